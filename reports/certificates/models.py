"""The certificate register: one row per certificate, with the words as they were printed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.append_only import append_only
from core.database import Model
from core.types import CanonicalJson, UtcDateTime

VALID = text("state = 'issued'")


class Certificate(Model):
    """One certificate; its number is never used again.

    `state` is issued, replaced (`replaced_by` is the one that counts now) or revoked. `public_id` is what its
    page is found by, `statement` what its QR code says; rows from before there were QR codes have neither.
    """

    __tablename__ = "certificate"
    __table_args__ = (
        # An entry has one certificate of a result that counts, however many were replaced.
        Index(
            "ix_certificate_valid", "version_id", "entry_id", unique=True, sqlite_where=VALID,
            postgresql_where=VALID,
        ),
        append_only("state", "ended_at", "ended_by_id", "ended_reason", "replaced_by_id"),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    words: Mapped[Any] = mapped_column(CanonicalJson)
    public_id: Mapped[str | None] = mapped_column(String(22), unique=True)
    statement: Mapped[str | None] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), default="issued")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    ended_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    replaced_by_id: Mapped[int | None] = mapped_column(ForeignKey("certificate.id"))

    replaced_by: Mapped["Certificate | None"] = relationship(remote_side=[id])

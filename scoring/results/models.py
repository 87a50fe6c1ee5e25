"""Result versions: frozen documents with the ledger's head; the only place where ranks are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.append_only import append_only
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class ResultVersion(Model):
    """One tabulated result of an event, never changed; a correction is a new version."""

    __tablename__ = "result_version"
    __table_args__ = (UniqueConstraint("event_id", "number"), append_only("announced_at", "final_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    scheme_version_id: Mapped[int] = mapped_column(ForeignKey("scheme_version.id"))
    ledger_seq: Mapped[int]
    ledger_head: Mapped[str] = mapped_column(String(64))
    document: Mapped[Any] = mapped_column(CanonicalJson)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    tabulated_at: Mapped[datetime] = mapped_column(UtcDateTime)
    tabulated_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    final_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    rows: Mapped[list["ResultRow"]] = relationship(back_populates="version", order_by="ResultRow.position")


class ResultRow(Model):
    """One entry in one result version, in the order of the published table."""

    __tablename__ = "result_row"
    __table_args__ = (
        UniqueConstraint("version_id", "entry_id"), Index("ix_result_row_entry", "entry_id"), append_only(),
    )  # fmt: skip

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    position: Mapped[int]
    rank: Mapped[int | None]
    status: Mapped[str] = mapped_column(String(12))
    total: Mapped[str] = mapped_column(String(40), default="")
    award: Mapped[str] = mapped_column(String(60), default="")
    award_tier: Mapped[int | None]

    version: Mapped[ResultVersion] = relationship(back_populates="rows")


class ResultStatement(Model):
    """What was said in public about a version, signed: that it was announced, or that it is final.

    `ref` is the random address under which everybody reads it; `statement` is exactly what is signed
    (scoring.results.statements), `signature` is Ed25519 in hexadecimal.
    """

    __tablename__ = "result_statement"
    __table_args__ = (UniqueConstraint("version_id", "kind"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"))
    kind: Mapped[str] = mapped_column(String(10))
    statement: Mapped[Any] = mapped_column(CanonicalJson)
    kid: Mapped[str] = mapped_column(String(8))
    signature: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    version: Mapped[ResultVersion] = relationship()

"""Disputes about entries, raised before a result is announced."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.entries.models import Entry
from core.database import Model
from core.files.models import StoredFile
from core.types import UtcDateTime


class Dispute(Model):
    """One dispute about one entry; `kind` is one of rules.KINDS.

    `decision` is one of rules.DECISIONS or WITHDRAWN, "" while it is open; `said` is who disputes, how to
    reach them and why, sealed under the row's `ref`.
    """

    __tablename__ = "dispute"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    said: Mapped[bytes] = mapped_column(LargeBinary)
    raised_at: Mapped[datetime] = mapped_column(UtcDateTime)
    raised_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    decision: Mapped[str] = mapped_column(String(12), default="")
    reasons: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    entry: Mapped[Entry] = relationship()
    files: Mapped[list["DisputeFile"]] = relationship(order_by="DisputeFile.id")


class DisputeFile(Model):
    """A piece of evidence, kept with its dispute."""

    __tablename__ = "dispute_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)

    file: Mapped[StoredFile] = relationship()

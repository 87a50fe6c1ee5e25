"""What comes to the desk: lists of marks, keyed paper sheets, backup files of tablets with their records."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class MarkList(Model):
    """A list of marks as it was read, what its columns mean, and what became of it.

    `state` is open, entered or discarded; `changes` are [code, judge, aspect, attempt, before, after].
    """

    __tablename__ = "mark_list"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    stage: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    grid: Mapped[Any] = mapped_column(CanonicalJson, deferred=True)
    columns: Mapped[Any] = mapped_column(CanonicalJson)
    signs: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12), default="open")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    changes: Mapped[Any] = mapped_column(CanonicalJson)
    signed: Mapped[int] = mapped_column(default=0)

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    closed_by: Mapped[User | None] = relationship(foreign_keys=[closed_by_id])


class Keying(Model):
    """A judge's paper sheet as one person keyed it in; two that agree become the sheet.

    `marks` are [aspect, attempt, value]; `state` is open, entered or discarded.
    """

    __tablename__ = "keying"
    __table_args__ = (Index("ix_keying_event", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), index=True)
    marks: Mapped[Any] = mapped_column(CanonicalJson)
    signed: Mapped[bool]
    state: Mapped[str] = mapped_column(String(12), default="open")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    operation_id: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

    by: Mapped[User] = relationship()


class BackupFile(Model):
    """A backup file of a tablet that was brought to the desk: whose it is, and when it was made there."""

    __tablename__ = "backup_file"
    __table_args__ = (UniqueConstraint("event_id", "sha256"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64))
    judge_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    judge_code: Mapped[str] = mapped_column(String(40))
    device: Mapped[str] = mapped_column(String(40))
    made_at: Mapped[str] = mapped_column(String(40))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)

    by: Mapped[User] = relationship(foreign_keys=[by_id])
    records: Mapped[list["BackupRecord"]] = relationship(order_by="BackupRecord.position")


class BackupRecord(Model):
    """One operation of a backup file with its verdict; one that was not applied waits for somebody.

    `operation` is what the tablet would have sent; `outcome` the verdict of the one door.
    """

    __tablename__ = "backup_record"
    __table_args__ = (UniqueConstraint("file_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("backup_file.id"))
    position: Mapped[int]
    operation: Mapped[Any] = mapped_column(CanonicalJson)
    outcome: Mapped[str] = mapped_column(String(16))
    withdrawn_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text, default="")

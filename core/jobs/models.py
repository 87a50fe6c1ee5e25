"""Jobs as they are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model
from core.files.models import StoredFile
from core.types import CanonicalJson, UtcDateTime

UNFINISHED = text("state IN ('waiting', 'running')")


class Job(Model):
    """One piece of long work: waiting, running, done, failed or cancelled.

    `subject` is what it works on ("event:5"): of those that are not finished there is one a subject.
    `beat_at` is the worker's last sign of life; `attempts` tells a worker whether the job still is its own.
    """

    __tablename__ = "job"
    __table_args__ = (
        Index(
            "ix_job_unfinished", "subject", unique=True, sqlite_where=UNFINISHED, postgresql_where=UNFINISHED
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    wishes: Mapped[Any] = mapped_column(CanonicalJson)
    state: Mapped[str] = mapped_column(String(10), default="waiting", index=True)
    attempts: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    done: Mapped[int] = mapped_column(default=0)
    faults: Mapped[Any] = mapped_column(CanonicalJson, default=list)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    beat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    parts: Mapped[list["JobPart"]] = relationship(order_by="JobPart.number", cascade="all, delete-orphan")


class JobPart(Model):
    """One part of a job with the file that it makes; a part that has its file is never made again."""

    __tablename__ = "job_part"
    __table_args__ = (UniqueConstraint("job_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    job_id: Mapped[int] = mapped_column(ForeignKey("job.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(160))
    size: Mapped[int]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id"))

    file: Mapped[StoredFile | None] = relationship()

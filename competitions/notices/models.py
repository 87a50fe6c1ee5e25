"""Notices and what they say, version by version."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.events.models import Competition, Event
from core.database import Model
from core.files.models import StoredFile
from core.types import UtcDateTime


class Notice(Model):
    """One notice; `kind` and `state` are among rules.KINDS and rules.STATES.

    `current` is the number of the version that everybody reads; a version above it is a draft.
    """

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_published_at", "published_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(12), default="draft")
    current: Mapped[int | None]
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(String(300), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    competition: Mapped[Competition] = relationship()
    event: Mapped[Event | None] = relationship()
    versions: Mapped[list["NoticeVersion"]] = relationship(
        back_populates="notice", order_by="NoticeVersion.number.desc()", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class NoticeVersion(Model):
    """What a notice says; never changed once it is published."""

    __tablename__ = "notice_version"
    __table_args__ = (UniqueConstraint("notice_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    contact: Mapped[str] = mapped_column(String(200), default="")
    correction: Mapped[str] = mapped_column(String(300), default="")
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    sha256: Mapped[str] = mapped_column(String(64), default="")

    notice: Mapped[Notice] = relationship(back_populates="versions")
    files: Mapped[list["NoticeFile"]] = relationship(
        order_by="NoticeFile.id", cascade="all, delete-orphan"
    )


class NoticeFile(Model):
    """A file that comes with one version of a notice; versions may share it."""

    __tablename__ = "notice_file"
    __table_args__ = (UniqueConstraint("version_id", "file_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("notice_version.id"))
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), index=True)

    file: Mapped[StoredFile] = relationship()

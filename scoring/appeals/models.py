"""Appeals (申诉) against an announced result, and the evidence that comes with them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.entries.models import Entry
from competitions.events.models import Event
from core.database import Model
from core.files.models import StoredFile
from core.types import CanonicalJson, UtcDateTime


class Appeal(Model):
    """One appeal of one entry; `state` is one of rules.STATES, `about` a list of [kind, code] (rules.KINDS).

    `said` is who speaks, how to reach them, why and what they want, sealed under the row's `ref`. `version`
    is the number of the announced version that it is against. `opened` are the sheets and penalties that the
    decision released, by their references; `sha256` is the digest of the decision.
    """

    __tablename__ = "appeal"
    __table_args__ = (UniqueConstraint("event_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    version: Mapped[int]
    about: Mapped[Any] = mapped_column(CanonicalJson)
    said: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(10), default="filed")
    filed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    filed_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    taken_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reasons: Mapped[str] = mapped_column(Text, default="")
    opened: Mapped[Any] = mapped_column(CanonicalJson)
    sha256: Mapped[str] = mapped_column(String(64), default="")

    event: Mapped[Event] = relationship()
    entry: Mapped[Entry] = relationship()
    files: Mapped[list["AppealFile"]] = relationship(order_by="AppealFile.id")


class AppealFile(Model):
    """A piece of evidence, kept with its appeal."""

    __tablename__ = "appeal_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    appeal_id: Mapped[int] = mapped_column(ForeignKey("appeal.id"), index=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)

    file: Mapped[StoredFile] = relationship()

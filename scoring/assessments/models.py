"""What units report of themselves for a period, and what was found; what counts stands in the ledger."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.entries.models import Entry
from core.database import Model
from core.files.models import StoredFile
from core.types import CanonicalJson, UtcDateTime


class AssessmentPeriod(Model):
    """Until when the units report of themselves for a stage; without a row nobody is asked to."""

    __tablename__ = "assessment_period"
    __table_args__ = (UniqueConstraint("event_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    stage: Mapped[str] = mapped_column(String(40))
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Assessment(Model):
    """One entry in one period; `state` is one of rules.STATES.

    `reported` and `notes` are texts by aspect, `targets` what the office has set, `spot` is [value, note] by
    aspect of what was found on the spot. Checked values are marks on a sheet, and stand here nowhere.
    """

    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("entry_id", "stage"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"))
    stage: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(12), default="open")
    targets: Mapped[Any] = mapped_column(CanonicalJson, default=dict)
    reported: Mapped[Any] = mapped_column(CanonicalJson, default=dict)
    notes: Mapped[Any] = mapped_column(CanonicalJson, default=dict)
    spot: Mapped[Any] = mapped_column(CanonicalJson, default=dict)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    spot_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    spot_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    return_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    entry: Mapped[Entry] = relationship()
    files: Mapped[list["AssessmentFile"]] = relationship(order_by="AssessmentFile.id")

    __mapper_args__ = {"version_id_col": version}


class AssessmentFile(Model):
    """A piece of evidence, for one aspect or (empty) for the whole period."""

    __tablename__ = "assessment_file"

    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    aspect: Mapped[str] = mapped_column(String(40), default="")
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id"), unique=True)
    title: Mapped[str] = mapped_column(String(120))

    file: Mapped[StoredFile] = relationship()

"""Judges appointed to an event, the places where each of them marks, and declared conflicts of interest."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from competitions.events.models import Event
from core.database import Model
from core.types import UtcDateTime


class Appointment(Model):
    """One judge of one event, named J1, J2, … in marks and on papers."""

    __tablename__ = "appointment"
    __table_args__ = (UniqueConstraint("event_id", "code"), UniqueConstraint("event_id", "user_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    chief: Mapped[bool] = mapped_column(default=False)
    head: Mapped[bool] = mapped_column(default=False)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    appointed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    dismissed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    event: Mapped[Event] = relationship()
    user: Mapped[User] = relationship()
    assignments: Mapped[list["Assignment"]] = relationship(back_populates="appointment")


class Assignment(Model):
    """A place where a judge marks: a stage, or one aspect of it, at some stations (empty means all)."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("appointment_id", "stage", "aspect"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    stage: Mapped[str] = mapped_column(String(40))
    aspect: Mapped[str] = mapped_column(String(40), default="")
    stations: Mapped[str] = mapped_column(String(200), default="", server_default="")

    appointment: Mapped[Appointment] = relationship(back_populates="assignments")


class DeclaredConflict(Model):
    """Why a judge must stand back from a unit or from one entry; withdrawn or overridden, never deleted.

    What the judge has declared is kept in the judge's own words (`named`), with the unit where it is known.
    """

    __tablename__ = "declared_conflict"

    id: Mapped[int] = mapped_column(primary_key=True)
    appointment_id: Mapped[int] = mapped_column(ForeignKey("appointment.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    named: Mapped[str] = mapped_column(String(120), default="", server_default="")
    note: Mapped[str] = mapped_column(String(200), default="")
    declared_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    declared_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    overridden_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    overridden_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    override_reason: Mapped[str] = mapped_column(String(200), default="")

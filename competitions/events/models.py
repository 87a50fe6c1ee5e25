"""Competitions (大赛) and their events (赛项)."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.catalogue.models import CatalogueEntry
from competitions.organisations.models import Union
from core.database import Model
from core.types import UtcDateTime


class Competition(Model):
    """A competition of one year, owned by one union, with one or more events."""

    __tablename__ = "competition"
    __table_args__ = (UniqueConstraint("union_id", "year", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    theme: Mapped[str] = mapped_column(String(200), default="")
    year: Mapped[int] = mapped_column(index=True)
    kind_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"))
    level_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"))
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    profile: Mapped[str] = mapped_column(String(10), default="simple")
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)
    demo: Mapped[bool] = mapped_column(default=False)

    kind: Mapped[CatalogueEntry] = relationship(foreign_keys=[kind_id])
    level: Mapped[CatalogueEntry] = relationship(foreign_keys=[level_id])
    region: Mapped[CatalogueEntry | None] = relationship(foreign_keys=[region_id])
    union: Mapped[Union] = relationship()
    events: Mapped[list["Event"]] = relationship(back_populates="competition", order_by="Event.id")
    bodies: Mapped[list["CompetitionBody"]] = relationship(
        order_by="CompetitionBody.position", cascade="all, delete-orphan"
    )
    industries: Mapped[list[CatalogueEntry]] = relationship(secondary="competition_industry")

    __mapper_args__ = {"version_id_col": version}


class CompetitionIndustry(Model):
    """An industry (as union reports name it) that a competition covers."""

    __tablename__ = "competition_industry"

    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), primary_key=True)
    industry_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"), primary_key=True, index=True)


class CompetitionBody(Model):
    """A body that owns (organiser), executes (host) or helps (co_organiser), in its order on documents."""

    __tablename__ = "competition_body"

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    role: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120))
    position: Mapped[int]


class Event(Model):
    """One event: who competes in what, and how far it has come (states: competitions.events.rules).

    `marks_until`: from then on no judge's mark is taken; nothing where marking ends with its step.
    `anonymous`: who marks a work sees neither authors nor units.
    """

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("competition_id", "name"),
        CheckConstraint("minimum_field >= 0", name="minimum_field_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    trade_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"), index=True)
    role: Mapped[str] = mapped_column(String(60), default="", server_default="")  # in the place of a trade
    group_name: Mapped[str] = mapped_column(String(60), default="")
    entry_kind: Mapped[str] = mapped_column(String(10), default="person")
    minimum_field: Mapped[int] = mapped_column(default=0)
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    venue: Mapped[str] = mapped_column(String(120), default="")
    appeal_minutes: Mapped[int] = mapped_column(default=0)
    notice_days: Mapped[int] = mapped_column(default=0)
    signing: Mapped[str] = mapped_column(String(10), default="card")
    marks_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    anonymous: Mapped[bool] = mapped_column(default=True, server_default=true())
    state: Mapped[str] = mapped_column(String(15), default="draft", index=True)
    announced_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    finalised_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    competition: Mapped[Competition] = relationship(back_populates="events")
    trade: Mapped[CatalogueEntry | None] = relationship()

    __mapper_args__ = {"version_id_col": version}


class EventStep(Model):
    """One step of an event's life, with who took it and when."""

    __tablename__ = "event_step"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    from_state: Mapped[str] = mapped_column(String(15))
    to_state: Mapped[str] = mapped_column(String(15))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    reason: Mapped[str] = mapped_column(Text, default="")


class Approval(Model):
    """A person's consent to one exact thing: what was approved is held by its hash."""

    __tablename__ = "approval"
    __table_args__ = (Index("ix_approval_event_kind", "event_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    kind: Mapped[str] = mapped_column(String(30))
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    subject_hash: Mapped[str] = mapped_column(String(64), default="")
    reason: Mapped[str] = mapped_column(Text, default="")

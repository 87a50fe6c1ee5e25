"""Tablets on record, calls for the chief judge, nudges, and operations that wait for the chief judge."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class Device(Model):
    """A tablet as one judge uses it: on record from its first contact, withdrawn, never deleted.

    `ref` was drawn on the device; `proof_hash` is of a secret that has never left it but to this server.
    `facts` is what the device says of itself (scoring.devices.rules.Facts), `unsent` how much waits there, by
    event; `day` the last day on which it was in use.
    """

    __tablename__ = "device"
    __table_args__ = (UniqueConstraint("ref", "user_id"), Index("ix_device_user", "user_id", "last_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(40))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    proof_hash: Mapped[str] = mapped_column(String(64))
    session_id: Mapped[int | None] = mapped_column(ForeignKey("user_session.id"))
    card_id: Mapped[int | None] = mapped_column(ForeignKey("judge_card.id"))
    first_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_at: Mapped[datetime] = mapped_column(UtcDateTime)
    day: Mapped[date]
    browser: Mapped[str] = mapped_column(String(60), default="")
    facts: Mapped[Any] = mapped_column(CanonicalJson)
    unsent: Mapped[Any] = mapped_column(CanonicalJson)
    checked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revoke_reason: Mapped[str] = mapped_column(String(200), default="")


class Call(Model):
    """A judge calls the chief judge: `state` is open, coming, done or taken_back."""

    __tablename__ = "chief_call"
    __table_args__ = (Index("ix_chief_call_event", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(64), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    sheet_id: Mapped[int | None] = mapped_column(ForeignKey("sheet.id"))
    reason: Mapped[str] = mapped_column(String(20))
    device_time: Mapped[str] = mapped_column(String(40))
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12), default="open")
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Nudge(Model):
    """A short request that a judge's tablet shows until it was seen; the newest one stands."""

    __tablename__ = "nudge"
    __table_args__ = (Index("ix_nudge_event", "event_id", "user_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    message: Mapped[str] = mapped_column(String(20))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sent_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    seen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HeldOperation(Model):
    """An operation in quarantine, whole as it came: `state` is open, taken or dismissed."""

    __tablename__ = "held_operation"
    __table_args__ = (Index("ix_held_operation_event", "event_id", "state"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[str] = mapped_column(String(64), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"))
    device: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(String(20))
    stated: Mapped[Any] = mapped_column(CanonicalJson)
    size: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12), default="open")
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decision: Mapped[str] = mapped_column(Text, default="")


class ClosingWaiver(Model):
    """The chief judge closes a round although something is open on tablets: what exactly, and why."""

    __tablename__ = "closing_waiver"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    actor_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(Text)
    covers: Mapped[Any] = mapped_column(CanonicalJson)

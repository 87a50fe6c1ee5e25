"""Builders of sittings."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.schedule.models import Sitting
from core import clock


def at(text: str) -> datetime:
    """Return a moment of the clock on the wall where the contests are held: "2026-05-20 08:30"."""
    return datetime.fromisoformat(text).replace(tzinfo=clock.LOCAL)


def build_sitting(
    session: Session, event: Event, stage: str = "", batch: int = 0, **overrides: Any
) -> Sitting:
    """Return a new planned sitting of an event; `day`, `starts`, `ends` as text give it a time."""
    day, starts, ends = (overrides.pop(name, "") for name in ("day", "starts", "ends"))
    values = {"event_id": event.id, "stage": stage, "batch": batch, "site": "", "state": "planned"}
    if day:
        values |= {"starts_at": at(f"{day} {starts}"), "ends_at": at(f"{day} {ends}")}
    sitting = Sitting(**(values | overrides))
    session.add(sitting)
    session.flush()
    return sitting

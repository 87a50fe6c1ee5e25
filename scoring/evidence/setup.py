"""What evidence adds: checkpoints at every step of an event from the start of marking on, and of the site."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from core import clock, database
from core.jobs import chores
from scoring.evidence import site
from scoring.sheets.checkpoints import make_checkpoint

STEPS = ("start_scoring", "tabulate", "announce", "finalise", "archive", "reopen_scoring")


def init_app(_app: Flask) -> None:
    """Register the checkpoints; after the results, so that the record of their freezing is under them."""
    for step in STEPS:
        lifecycle.register_effect(step, _at(step))
    chores.register("site checkpoint", chores.Chore(_is_due, _make_due, lambda _session: None))


def _is_due(session: Session) -> bool:
    return site.is_due(session, clock.now())


def _make_due(session: Session) -> int:
    return site.make_due(session, clock.now())


def _at(step: str) -> lifecycle.Effect:
    def checkpoint(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
        database.lock(session, f"ledger:{event.id}")
        make_checkpoint(session, event.id, step, now)

    checkpoint.__qualname__ = f"checkpoint_at_{step}"
    return checkpoint

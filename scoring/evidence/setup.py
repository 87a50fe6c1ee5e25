"""What evidence adds to the life of an event: a checkpoint at every step from the start of marking on."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle
from competitions.events.models import Event
from core import database
from scoring.sheets.checkpoints import make_checkpoint

STEPS = ("start_scoring", "tabulate", "announce", "finalise", "archive", "reopen_scoring")


def init_app(_app: Flask) -> None:
    """Register the checkpoints; after the results, so that the record of their freezing is under them."""
    for step in STEPS:
        lifecycle.register_effect(step, _at(step))


def _at(step: str) -> lifecycle.Effect:
    def checkpoint(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
        database.lock(session, f"ledger:{event.id}")
        make_checkpoint(session, event.id, step, now)

    checkpoint.__qualname__ = f"checkpoint_at_{step}"
    return checkpoint

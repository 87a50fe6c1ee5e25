"""What the desk adds to the life of an event: a key for the backups of tablets, and nothing left lying."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle, mending
from competitions.events.models import Event
from core import clock
from core.boxes import services as boxes
from core.refusals import Refusal
from scoring.desk import queries
from scoring.tablet.bundle import BACKUP


def init_app(_app: Flask) -> None:
    """Register when the key is made, and what tabulating needs."""
    lifecycle.register_effect("start_scoring", make_key)
    lifecycle.register_guard("tabulate", nothing_open)
    mending.register({"DESK_OPEN": "desk.show_desk"})


def make_key(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Have a key for which tablets close their backup files."""
    boxes.ensure_key(session, BACKUP, seed=clock.new_bytes(boxes.SEED_BYTES), now=now)


def nothing_open(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a word on every keyed sheet and every record of a backup that did not become a mark."""
    count = queries.count_open(session, event.id)
    return [Refusal("DESK_OPEN", "", {"count": count})] if count else []

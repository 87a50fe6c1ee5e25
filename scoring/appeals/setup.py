"""What appeals add to the life of an event and to its pages."""

from datetime import datetime
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session

from competitions.events import lifecycle, mending, panels, waiting
from competitions.events.models import Event
from core import clock
from core.refusals import Refusal
from scoring.appeals import pages, queries
from scoring.appeals import waiting as source


def init_app(_app: Flask) -> None:
    """Let the confirmation wait for every appeal, and show on the event's page what is open."""
    lifecycle.register_guard("finalise", every_appeal_is_decided)
    mending.register(
        {
            "APPEALS_OPEN": "appeals.list_appeals",
            "RELEASES_ASKED": "appeals.list_appeals",
            "RELEASES_OPEN": "appeals.list_appeals",
        }
    )
    panels.register("appeals", panel)
    waiting.register("appeals", source.list_waiting)


def every_appeal_is_decided(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a decision on each appeal."""
    count = queries.count_open(session, event.id)
    return [Refusal("APPEALS_OPEN", "", {"count": count})] if count else []


def panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Return what is open between the announcement and the confirmation."""
    return pages.panel(session, event, clock.now())

"""What the re-check adds to the life of an event."""

from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from competitions.draw import unblinding
from competitions.events import lifecycle, mending, panels, waiting
from competitions.events.models import Event
from core import clock
from core.refusals import Refusal
from scoring.rechecks import progress, queries
from scoring.rechecks import waiting as source
from scoring.sheets import checkpoints, ledger


def init_app(_app: Flask) -> None:
    """Register what the opening of names and the announcement need, and the list on the event's page."""
    for step in (unblinding.STEP, "announce"):
        lifecycle.register_guard(step, recheck_done)
    lifecycle.register_effect(unblinding.STEP, note_opening)
    mending.register(
        {
            "RECHECK_NEEDED": "rechecks.show_recheck",
            "RECHECK_OPEN": "rechecks.show_recheck",
            "CORRECTION_OPEN": "rechecks.show_recheck",
        }
    )
    panels.register("integrity", progress.panel)
    waiting.register("rechecks", source.list_waiting)


def recheck_done(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for the re-check that the profile wants: drawn, and every chosen sheet found right."""
    if queries.shares_of(event) is None:
        return []
    found = queries.find_progress(session, event)
    if found is None:
        return [Refusal("RECHECK_NEEDED")]
    return [Refusal("RECHECK_OPEN", "", {"count": found.left})] if found.left else []


def note_opening(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Write into the ledger who has consented to open which layer: after every mark, before the result."""
    given = [
        [layer.number, role, approval.by_id]
        for layer in unblinding.list_layers(session, event)
        for role, approval in layer.given.items()
    ]
    proposal = ledger.Proposal(clock.new_ref(), "unblind", actor_id, {"given": given})
    ledger.append(session, event.id, proposal, now, lambda _operation: {})
    checkpoints.make_checkpoint(session, event.id, "unblind", now)

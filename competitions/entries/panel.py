"""What the overview of an event says of its entries: counts alone, no name."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.entries import queries
from competitions.events.models import Event


def entries_panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Return how many are approved and wait, and from how many units; nothing where nobody is entered."""
    counts = queries.count_by_review(session, event.id)
    if not any(counts.values()):
        return None
    units = queries.count_units(session, event.id)
    return "entries/_panel.html", {"counts": counts, "units": units, "event_id": event.id}

"""Where a certificate stands: its event."""

from typing import Any

from accounts.guard import Where
from competitions.events.places import event_place
from core.database import db
from reports.certificates import queries


def certificate_place(event_id: int, certificate_id: int, **_others: Any) -> Where | None:
    """Return the scope of a certificate, None where the event has none with this number."""
    found = queries.find_certificate(db.session, event_id, certificate_id)
    return event_place(event_id) if found is not None else None

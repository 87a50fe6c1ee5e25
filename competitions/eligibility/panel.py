"""What the overview of an event says of its rules of entry, until the registration closes."""

from typing import Any

from sqlalchemy.orm import Session

from competitions.eligibility.services import OPEN_STATES
from competitions.eligibility.wording import sentences
from competitions.events.models import Event


def rules_panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Return the rules in sentences while they can still change; nothing afterwards."""
    if event.state not in OPEN_STATES:
        return None
    said = sentences(session, event)
    return "eligibility/_panel.html", {"said": said, "event_id": event.id}

"""What a competition's page says of honours."""

from collections import Counter
from typing import Any

from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.events.models import Competition
from competitions.events.queries import competition_path
from scoring.honours import labels, queries


def competition_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return how many recommendations there are and how they stand, for those who see them."""
    if not may("honour.view", competition_path(session, competition)):
        return None
    states = Counter(honour.state for honour in queries.list_of_competition(session, competition.id))
    if not states:
        return None
    counted = [(*labels.STATES[state], states[state]) for state in labels.STATES if states[state]]
    return "honours/_panel.html", {"counted": counted, "competition_id": competition.id}

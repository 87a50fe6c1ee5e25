"""Where a request about a notice happens."""

from typing import Any

from accounts.guard import Where
from competitions.events.places import competition_place
from competitions.notices import queries
from core.database import db


def notice_place(competition_id: int, ref: str, **_others: Any) -> Where | None:
    """Return where the notice with this reference stands, if it belongs to the competition of the address."""
    if queries.find_notice(db.session, competition_id, ref) is None:
        return None
    return competition_place(competition_id)

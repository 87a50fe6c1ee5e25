"""Where a request about an honour happens."""

from typing import Any

from accounts.guard import Where
from core.database import db
from scoring.honours import queries


def honour_place(honour_id: int, **_others: Any) -> Where | None:
    """Return everything from which an honour is seen, or None where there is none of this number."""
    honour = queries.find_honour(db.session, honour_id)
    return None if honour is None else Where(queries.honour_path(db.session, honour))

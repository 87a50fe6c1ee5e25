"""The catalogue belongs to the site."""

from typing import Any

from accounts.guard import Where
from accounts.policy import SITE_PATH
from competitions.catalogue import queries, rules
from core.database import db


def list_place(kind: str, **_others: Any) -> Where | None:
    """Return where a list of the catalogue stands, or None for a list that does not exist."""
    return Where(SITE_PATH) if kind in rules.KINDS else None


def entry_place(entry_id: int, **_others: Any) -> Where | None:
    """Return where an entry of the catalogue stands, or None."""
    return None if queries.find_entry(db.session, entry_id) is None else Where(SITE_PATH)

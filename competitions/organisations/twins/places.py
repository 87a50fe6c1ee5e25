"""Where a request about two units happens."""

from typing import Any

from accounts import guard
from accounts.guard import Where
from competitions.organisations.offers import MANAGE
from competitions.organisations.places import unit_place
from competitions.organisations.twins import queries
from core.database import db


def units_place(unit_id: int, other_id: int, **_others: Any) -> Where | None:
    """Return from where both of two units are managed, or None.

    Whoever manages the one by a role of its own is asked for the other alone.
    """
    one, other = unit_place(unit_id), unit_place(other_id)
    if one is None or other is None:
        return None
    if guard.may(MANAGE, other.path):
        return one
    return Where(tuple(step for step in one.path if step in other.path))


def merge_place(merge_id: int, **_others: Any) -> Where | None:
    """Return from where both units of a merge are managed, or None."""
    merge = queries.find_merge(db.session, merge_id)
    return None if merge is None else units_place(merge.kept_id, merge.gone_id)

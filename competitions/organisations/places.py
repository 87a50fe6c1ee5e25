"""Where a request happens: the scope path of the union or unit in its address."""

from typing import Any

from accounts.guard import Where
from competitions.organisations import queries
from core.database import db


def union_place(union_id: int, **_others: Any) -> Where | None:
    """Return where the union with this number stands, or None."""
    union = queries.find_union(db.session, union_id)
    return None if union is None else Where(queries.union_path(db.session, union.id))


def unit_place(unit_id: int, **_others: Any) -> Where | None:
    """Return where the unit with this number stands, or None."""
    unit = queries.find_unit(db.session, unit_id)
    if unit is None:
        return None
    return Where((("unit", unit.id), *queries.union_path(db.session, unit.union_id)))


def contact_place(contact_id: int, **_others: Any) -> Where | None:
    """Return where the contact with this number stands: at its union or its unit."""
    contact = queries.find_contact(db.session, contact_id)
    if contact is None:
        return None
    return unit_place(contact.unit_id) if contact.unit_id is not None else union_place(contact.union_id or 0)

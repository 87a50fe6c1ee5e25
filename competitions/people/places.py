"""Where a request about people happens."""

from typing import Any

from accounts.guard import Where
from competitions.people import queries
from core.database import db


def person_place(person_id: int, **_others: Any) -> Where | None:
    """Return everything from which a person is seen, or None."""
    person = queries.find_person(db.session, person_id)
    return None if person is None else Where(queries.seen_path(db.session, person))


def person_home(person_id: int, **_others: Any) -> Where | None:
    """Return from where a person's particulars are changed, or None."""
    person = queries.find_person(db.session, person_id)
    return None if person is None else Where(queries.home_path(db.session, person))


def pair_home(person_id: int, other_id: int, **_others: Any) -> Where | None:
    """Return from where both of two people are changed, or None."""
    one, other = person_home(person_id), person_home(other_id)
    if one is None or other is None:
        return None
    return Where(tuple(step for step in one.path if step in other.path))


def merge_home(merge_id: int, **_others: Any) -> Where | None:
    """Return from where the person is changed into whom another was merged, or None."""
    merge = queries.find_merge(db.session, merge_id)
    return None if merge is None else person_home(merge.kept_id)

"""Under which references people stand in what was written down: their own, and those of merged records."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.models import Person
from competitions.people.models import PersonMerge

AT_ONCE = 500  # values in one IN list


def refs_of(session: Session, people: Collection[int]) -> dict[str, int]:
    """Return every reference that some people have or had before records were made one, with the person."""
    found: dict[str, int] = {}
    for start in range(0, len(wanted := sorted(set(people))), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        for row in session.execute(select(Person.ref, Person.id).where(Person.id.in_(some))):
            found[row.ref] = row.id
        merged = select(PersonMerge.gone_ref, PersonMerge.kept_id).where(
            PersonMerge.kept_id.in_(some), PersonMerge.undone_at.is_(None)
        )
        for gone_ref, kept_id in session.execute(merged):
            found[gone_ref] = kept_id
    return found

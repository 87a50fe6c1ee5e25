"""Personal data is kept for a purpose only: whoever takes part in nothing any more is forgotten."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from competitions.entries import queries
from competitions.entries.models import EntryMember, Person, PersonIdentity


def forget_people(session: Session, people: Iterable[int]) -> None:
    """Delete those of some people who take part in nothing any more."""
    session.flush()
    for some in queries.chunks(sorted(set(people))):
        still = set(session.scalars(select(EntryMember.person_id).where(EntryMember.person_id.in_(some))))
        gone = set(some) - still
        if gone:
            session.execute(delete(PersonIdentity).where(PersonIdentity.person_id.in_(gone)))
            session.execute(delete(Person).where(Person.id.in_(gone)))
            session.expire_all()

"""Personal data is kept for a purpose only: whoever takes part in nothing any more is forgotten.

So are the files of a work that is removed.
"""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from competitions.entries import queries
from competitions.entries.models import EntryFile, EntryMember, Person, PersonIdentity
from core.files.models import StoredFile


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


def forget_files(session: Session, entries: Iterable[int]) -> None:
    """Delete the files of some entries."""
    for some in queries.chunks(sorted(set(entries))):
        files = list(session.scalars(select(EntryFile.file_id).where(EntryFile.entry_id.in_(some))))
        session.execute(delete(EntryFile).where(EntryFile.entry_id.in_(some)))
        for part in queries.chunks(files):
            session.execute(delete(StoredFile).where(StoredFile.id.in_(part)))

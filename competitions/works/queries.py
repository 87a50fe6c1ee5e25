"""Read works with what is said of them."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from competitions.entries.models import Entry, EntryFile, EntryMember
from competitions.works.models import WorkParticulars
from competitions.works.rules import Particulars, named_in, shares_fit

OUT = ("rejected", "withdrawn", "draft")


class WorkLine(NamedTuple):
    """A work in a list: its entry, what is said of it, its files, and which hidden names its texts tell."""

    entry: Entry
    said: WorkParticulars | None
    files: int
    names: list[str]
    shares: bool  # of the authors, as far as they are given, fit


def find_particulars(session: Session, entry_id: int) -> WorkParticulars | None:
    """Return what is said of a work, if anything is yet."""
    return session.get(WorkParticulars, entry_id)


def particulars_of(session: Session, entry: Entry) -> Particulars | None:
    """Return what is said of a work as a form takes it."""
    row = find_particulars(session, entry.id)
    if row is None:
        return None
    shares = tuple(member.share for member in entry.members)
    return Particulars(
        row.nature, row.implemented, row.implemented_on, row.benefit, row.evidence, row.basis, shares
    )


def list_works(session: Session, event_id: int) -> list[WorkLine]:
    """Return the works of an event that are handed in, in the order of their numbers."""
    statement = (
        select(Entry)
        .options(
            joinedload(Entry.unit), selectinload(Entry.members).joinedload(EntryMember.person)
        )
        .where(Entry.event_id == event_id, Entry.review.not_in(OUT))
        .order_by(Entry.number)
    )
    entries = session.scalars(statement).all()
    numbers = [entry.id for entry in entries]
    said = _said_of(session, numbers)
    files = _files_of(session, numbers)
    return [
        WorkLine(
            entry, said.get(entry.id), files.get(entry.id, 0), hidden_names(entry, said.get(entry.id)),
            shares_fit([member.share for member in entry.members]),
        )
        for entry in entries
    ]  # fmt: skip


def hidden_names(entry: Entry, said: WorkParticulars | None) -> list[str]:
    """Return the authors and units whom the texts of a work name."""
    texts = [entry.name, entry.category, entry.summary, said.basis if said is not None else ""]
    authors = [member.person.name for member in entry.members]
    units = [entry.unit.name, *(member.unit_name for member in entry.members)]
    return named_in(texts, [*authors, *units])


def _said_of(session: Session, entries: Collection[int]) -> Mapping[int, WorkParticulars]:
    rows = session.scalars(select(WorkParticulars).where(WorkParticulars.entry_id.in_(entries)))
    return {row.entry_id: row for row in rows}


def _files_of(session: Session, entries: Collection[int]) -> Mapping[int, int]:
    statement = (
        select(EntryFile.entry_id, func.count())
        .where(EntryFile.entry_id.in_(entries))
        .group_by(EntryFile.entry_id)
    )
    return {entry_id: count for entry_id, count in session.execute(statement)}

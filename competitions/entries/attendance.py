"""The check-in (检录): who has come, as the desk marks it on the day. No code, no station is known here."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.models import User
from competitions.entries import holding
from competitions.entries.labels import ATTENDANCE
from competitions.entries.models import Entry, EntryMember
from competitions.events.models import Event
from competitions.events.services import hold
from core.refusals import refuse

PRESENT, ABSENT, OPEN = "present", "absent", ""
MARKS = (PRESENT, ABSENT, OPEN)
OPEN_STATES = frozenset({"ready", "scoring"})
Batches = Callable[[Session, int], Mapping[int, int]]
_batches: list[Batches] = []


class Counts(NamedTuple):
    """How many entries are expected, have come and stay away."""

    all: int
    present: int
    absent: int

    @property
    def open(self) -> int:
        """Return how many nobody has marked yet."""
        return self.all - self.present - self.absent


class Contradictions(NamedTuple):
    """Entries whose status for scoring says other than the desk: to be set absent, to be set valid again."""

    stay_away: Sequence[Entry]
    came_after_all: Sequence[Entry]


def register_batches(batches: Batches) -> None:
    """Let the draw say in which batch each entry comes: by `Entry.id`, nothing where there is one batch."""
    if batches not in _batches:
        _batches.append(batches)


def batches_of(session: Session, event_id: int) -> dict[int, int]:
    """Return the batch of each entry; empty where nothing is drawn or all come at once."""
    return {entry: batch for asked in _batches for entry, batch in asked(session, event_id).items()}


def list_expected(session: Session, event_id: int) -> list[Entry]:
    """Return the entries that take part, by number, with their units and people."""
    people = selectinload(Entry.members).joinedload(EntryMember.person)
    statement = select(Entry).options(joinedload(Entry.unit), people).order_by(Entry.number)
    return list(session.scalars(statement.where(Entry.event_id == event_id, Entry.review == "approved")))


def count(session: Session, event_id: int) -> Counts:
    """Return how many are expected, have come and stay away."""
    statement = select(Entry.attendance, func.count()).where(
        Entry.event_id == event_id, Entry.review == "approved"
    )
    found = dict(session.execute(statement.group_by(Entry.attendance)).all())
    return Counts(sum(found.values()), found.get(PRESENT, 0), found.get(ABSENT, 0))


def who_marked(session: Session, entries: Iterable[Entry]) -> dict[int, str]:
    """Return the names of those who have marked some entries, by `User.id`."""
    ids = {entry.attended_by_id for entry in entries if entry.attended_by_id is not None}
    if not ids:
        return {}
    return dict(session.execute(select(User.id, User.name).where(User.id.in_(ids))).all())


def mark(
    session: Session, event: Event, entry_id: int, attendance: str, *, seen: str, actor_id: int, now: datetime
) -> Entry:
    """Mark an entry as come or absent, or take the mark back; `seen` is what the desk saw before.

    Two desks that mark the same agree; who saw something else than stands is told, and nothing changes.
    Raises: Refused ATTENDANCE_CLOSED, ENTRY_GONE, ATTENDANCE_NOT_APPROVED, ATTENDANCE_CHANGED.
    """
    hold(session, event)
    if event.state not in OPEN_STATES:
        raise refuse("ATTENDANCE_CLOSED")
    entry = holding.held_entry(session, event, entry_id)
    if entry.review != "approved":
        raise refuse("ATTENDANCE_NOT_APPROVED")
    if entry.attendance not in (seen, attendance):
        raise refuse("ATTENDANCE_CHANGED", number=entry.number, says=ATTENDANCE[entry.attendance][1])
    if entry.attendance != attendance:
        entry.attendance, entry.attended_at, entry.attended_by_id = attendance, now, actor_id
        session.flush()
    holding.record(
        session, "entry:check_in", event, entry.id, actor_id=actor_id, now=now, entry=entry.number,
        attendance=attendance,
    )  # fmt: skip
    return entry


def contradictions(session: Session, event_id: int) -> Contradictions:
    """Return whose status for scoring contradicts the desk: absent but valid, come but absent."""
    apart = or_(
        (Entry.attendance == ABSENT) & (Entry.status == "valid"),
        (Entry.attendance == PRESENT) & (Entry.status == "absent"),
    )
    statement = select(Entry).where(Entry.event_id == event_id, Entry.review == "approved", apart)
    found = list(session.scalars(statement.order_by(Entry.number)))
    return Contradictions(
        [entry for entry in found if entry.attendance == ABSENT],
        [entry for entry in found if entry.attendance == PRESENT],
    )


def clear(session: Session, event_id: int) -> None:
    """Forget the marks of an event whose field is opened again: they were of another field."""
    statement = update(Entry).where(Entry.event_id == event_id, Entry.attendance != OPEN)
    session.execute(statement.values(attendance=OPEN, attended_at=None, attended_by_id=None))

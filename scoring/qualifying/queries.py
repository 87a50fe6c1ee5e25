"""Read qualifications, what they are worked out from, and which events can qualify for another."""

from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from competitions.entries.models import Entry
from competitions.events.models import Competition, Event
from competitions.events.rules import reached
from competitions.organisations.models import Unit
from competitions.organisations.queries import within
from scoring.qualifying.models import Qualification, QualifiedPlace
from scoring.qualifying.rules import Ranked
from scoring.results.models import ResultVersion
from scoring.results.queries import find_last_announced

ANNOUNCED = ("announced", "final", "archived")


def find_qualification(session: Session, target_id: int, number: int) -> Qualification | None:
    """Return a qualification for an event."""
    row = session.get(Qualification, number)
    return row if row is not None and row.target_id == target_id else None


def list_qualifications(session: Session, target_id: int) -> list[Qualification]:
    """Return the events from which entries qualify for one, with their places."""
    places = selectinload(Qualification.places).joinedload(QualifiedPlace.source_entry)
    statement = (
        select(Qualification)
        .options(
            joinedload(Qualification.source).joinedload(Event.competition), places.joinedload(Entry.unit)
        )
        .where(Qualification.target_id == target_id)
        .order_by(Qualification.id)
    )  # fmt: skip
    return list(session.scalars(statement))


def list_sources(session: Session, target: Event) -> list[Event]:
    """Return the events that can qualify for one: of its own union or one below, of the same entry kind."""
    used = select(Qualification.source_id).where(Qualification.target_id == target.id)
    statement = (
        select(Event)
        .join(Event.competition)
        .options(joinedload(Event.competition))
        .where(
            within(Competition.union_id, {("union", target.competition.union_id)}),
            Event.id != target.id, Event.entry_kind == target.entry_kind, Event.state != "cancelled",
            Event.id.not_in(used),
        )
        .order_by(Competition.year.desc(), Event.id.desc())
        .limit(200)
    )  # fmt: skip
    return list(session.scalars(statement))


def leads_to(session: Session, source_id: int, target_id: int) -> bool:
    """Say whether an event qualifies for another one already, directly or through others."""
    seen, waiting = set[int](), [source_id]
    while waiting:
        here = waiting.pop()
        if here == target_id:
            return True
        if here not in seen:
            seen.add(here)
            onward = select(Qualification.target_id).where(Qualification.source_id == here)
            waiting += session.scalars(onward)
    return False


def find_frozen(session: Session, source: Event) -> ResultVersion | None:
    """Return the announced result version of an event; None while there is none that counts."""
    return find_last_announced(session, source.id) if reached(source.state, "announced") else None


def list_ranked(session: Session, version: ResultVersion) -> list[Ranked]:
    """Return the ranked entries of a result version, with where they belong."""
    ranked = {row.entry_id: row for row in version.rows if row.rank is not None and row.total}
    rows = session.execute(
        select(Entry.id, Unit.id, Unit.region_id, Unit.union_id)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Entry.id.in_(ranked))
    )
    return [
        Ranked(number, ranked[number].rank or 0, Decimal(ranked[number].total), unit, region or 0, union or 0)
        for number, unit, region, union in rows
    ]


def names_of(session: Session, entries: list[int]) -> dict[int, Entry]:
    """Return entries with their units by number."""
    rows = session.scalars(select(Entry).options(joinedload(Entry.unit)).where(Entry.id.in_(entries)))
    return {row.id: row for row in rows}

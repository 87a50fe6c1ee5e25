"""Read the rules of entry of events and the quotas of units."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.catalogue.naming import name_of, trade_words
from competitions.catalogue.rules import TRADE
from competitions.eligibility.models import EntryRulesRow, UnitQuota
from competitions.eligibility.rules import DEFAULT, EntryRules, parse
from competitions.eligibility.rules.checks import Trade, asks_for_level
from competitions.events.models import Event
from competitions.organisations.models import Union, Unit
from core.database import asked_once

AT_ONCE = 500  # values in one IN list


def rules_of(session: Session, event: Event) -> EntryRules:
    """Return the rules of entry of an event; the usual ones where nothing was said."""
    return _rules_by_id(session, event.id)


@asked_once
def _rules_by_id(session: Session, event_id: int) -> EntryRules:
    row = session.get(EntryRulesRow, event_id)
    return DEFAULT if row is None else parse(row.document)


def trades_asked(session: Session, event: Event, rules: EntryRules) -> list[Trade]:
    """Return the trades of one of which everybody has to be; none where the rules ask for none."""
    listed = catalogue.list_by_keys(session, TRADE, rules.trades) if rules.trades else {}
    asked = [listed[key] for key in rules.trades if key in listed]
    if rules.own_trade and event.trade is not None:
        asked = [event.trade, *(trade for trade in asked if trade.id != event.trade_id)]
    return [Trade(trade.id, name_of(trade)) for trade in asked]


class AskedOfPeople(NamedTuple):
    """What everybody has to say beside name and unit, and the trades of one of which they have to be."""

    fields: frozenset[str]
    trades: Sequence[str] = ()


def asked_of_people(session: Session, event: Event) -> AskedOfPeople:
    """Return what the rules of an event ask everybody to say."""
    rules = rules_of(session, event)
    trades = [trade.name for trade in trades_asked(session, event, rules)]
    asked = {"trade": bool(trades), "skill_level": asks_for_level(rules)}
    return AskedOfPeople(frozenset(name for name, needed in asked.items() if needed), trades)


def trades_in_words(session: Session, rules: EntryRules) -> list[str]:
    """Return the listed trades as somebody types them."""
    found = catalogue.list_by_keys(session, TRADE, rules.trades) if rules.trades else {}
    return [trade_words(found[key]) if key in found else key for key in rules.trades]


def quotas_of(session: Session, event_id: int) -> dict[int, int]:
    """Return the places of the units that have other quotas than the rules say for all."""
    statement = select(UnitQuota.unit_id, UnitQuota.places).where(UnitQuota.event_id == event_id)
    return dict(session.execute(statement).all())


def rules_of_competition(session: Session, competition_id: int) -> dict[int, EntryRules]:
    """Return the rules of entry of those events of a competition that have some, by event."""
    statement = (
        select(EntryRulesRow)
        .join(Event, Event.id == EntryRulesRow.event_id)
        .where(Event.competition_id == competition_id)
    )
    return {row.event_id: parse(row.document) for row in session.scalars(statement)}


def rules_by_event(session: Session, events: Sequence[Event]) -> dict[int, EntryRules]:
    """Return the rules of entry of some events."""
    found = {event.id: DEFAULT for event in events}
    for start in range(0, len(events), AT_ONCE):
        some = [event.id for event in events[start : start + AT_ONCE]]
        for row in session.scalars(select(EntryRulesRow).where(EntryRulesRow.event_id.in_(some))):
            found[row.event_id] = parse(row.document)
    return found


def union_paths(session: Session, units: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """Return (number, kind) of the unions above each of some units, nearest first."""
    tree = {
        row.id: (row.kind, row.parent_id)
        for row in session.execute(select(Union.id, Union.kind, Union.parent_id))
    }
    found: dict[int, list[tuple[int, str]]] = {}
    for start in range(0, len(ordered := sorted(units)), AT_ONCE):
        some = select(Unit.id, Unit.union_id).where(Unit.id.in_(ordered[start : start + AT_ONCE]))
        for unit_id, union_id in session.execute(some):
            found[unit_id] = _path(tree, union_id)
    return found


def _path(tree: Mapping[int, tuple[str, int | None]], union_id: int | None) -> list[tuple[int, str]]:
    path: list[tuple[int, str]] = []
    while union_id is not None and union_id in tree and union_id not in {number for number, _kind in path}:
        kind, above = tree[union_id]
        path.append((union_id, kind))
        union_id = above
    return path


class QuotaRow(NamedTuple):
    """The places of one unit that has its own quota."""

    unit_id: int
    unit: str
    places: int


def list_quotas(session: Session, event_id: int) -> list[QuotaRow]:
    """Return the units with their own quotas, by name."""
    statement = (
        select(UnitQuota.unit_id, Unit.name, UnitQuota.places)
        .join(Unit, Unit.id == UnitQuota.unit_id)
        .where(UnitQuota.event_id == event_id)
        .order_by(Unit.name)
    )
    return [QuotaRow(*row) for row in session.execute(statement)]


def find_unit_by_name(session: Session, name: str) -> Unit | None:
    """Return the registered unit of exactly this name."""
    return session.scalar(select(Unit).where(Unit.name == name))


def list_unit_names(session: Session, limit: int = 1000) -> list[str]:
    """Return the names of registered units, for a list to choose from."""
    return list(session.scalars(select(Unit.name).order_by(Unit.name).limit(limit)))


def list_shared_quotas(session: Session, first_id: int, second_id: int) -> list[Event]:
    """Return the events in which both of two units have places of their own."""
    one, other = (
        select(UnitQuota.event_id).where(UnitQuota.unit_id == number) for number in (first_id, second_id)
    )
    shared = select(Event).where(Event.id.in_(one), Event.id.in_(other))
    return list(session.scalars(shared.order_by(Event.id)))

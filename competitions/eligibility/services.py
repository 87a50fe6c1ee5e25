"""Write the rules of entry of an event and the quotas of particular units, until the registration closes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.catalogue.naming import trade_words
from competitions.eligibility import queries
from competitions.eligibility.models import EntryRulesRow, UnitQuota
from competitions.eligibility.rules import QUOTAS, EntryRules, find_faults, to_document
from competitions.events.models import Event
from competitions.events.services import hold
from core import canonical
from core.audit import services as audit
from core.i18n import listed
from core.refusals import Refusal, Refused, refuse

OPEN_STATES = frozenset({"draft", "registration"})
_changed: dict[str, Callable[[Session, Event], None]] = {}


def register_changed(effect: Callable[[Session, Event], None]) -> None:
    """Run `effect` in the transaction in which rules of entry change."""
    _changed[f"{effect.__module__}.{effect.__qualname__}"] = effect


def save_rules(
    session: Session, event: Event, rules: EntryRules, *, actor_id: int | None, now: datetime
) -> None:
    """Let an event have these rules of entry.

    Raises: Refused ENTRY_RULES_FROZEN alone, or everything that is wrong, at its field.
    """
    _hold_open(session, event)
    faults = find_faults(rules)
    if faults:
        raise Refused(*(Refusal(fault.code, fault.field, fault.params) for fault in faults))
    document = to_document(rules)
    row = session.get(EntryRulesRow, event.id)
    if row is None:
        session.add(EntryRulesRow(event_id=event.id, document=document))
    else:
        row.document = document
    session.flush()
    for effect in _changed.values():
        effect(session, event)
    audit.record(
        session, "entry_rules:save", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        event_id=event.id, detail={"sha256": canonical.digest(document)},
    )  # fmt: skip


def with_trades(session: Session, rules: EntryRules) -> EntryRules:
    """Return rules whose trades were typed, by code or by name, with the keys of the catalogue instead.

    Raises: Refused ENTRY_TRADE for each line that names none.
    """
    keys, refusals = [], []
    for text in rules.trades:
        found = catalogue.find_trades(session, text)
        if found:
            keys.append(found[0].key)
        else:
            near = listed(trade_words(trade) for trade in catalogue.list_near_trades(session, text))
            refusals.append(Refusal("ENTRY_TRADE", "trades", {"text": text, "near": near}))
    if refusals:
        raise Refused(*refusals)
    return replace(rules, trades=tuple(dict.fromkeys(keys)))


def find_unit(session: Session, name: str) -> int:
    """Return the registered unit of this name.

    Raises: Refused QUOTA_UNIT.
    """
    found = queries.find_unit_by_name(session, name)
    if found is None:
        raise refuse("QUOTA_UNIT", "unit")
    return found.id


def set_quota(
    session: Session, event: Event, unit_id: int, places: int | None, *, actor_id: int | None, now: datetime
) -> None:
    """Give one unit its own number of places; None: it has as many as all others.

    Raises: Refused ENTRY_RULES_FROZEN, ENTRY_RANGE.
    """
    _hold_open(session, event)
    if places is not None and places not in (0, *QUOTAS):
        raise refuse("ENTRY_RANGE", "places", least=0, most=QUOTAS[-1])
    row = session.get(UnitQuota, (event.id, unit_id))
    if row is not None and places is None:
        session.delete(row)
    elif row is not None:
        row.places = places or 0
    elif places is not None:
        session.add(UnitQuota(event_id=event.id, unit_id=unit_id, places=places))
    session.flush()
    audit.record(
        session, "entry_rules:quota", actor_id=actor_id, subject=f"event:{event.id}", now=now,
        event_id=event.id, detail={"unit": unit_id, "places": places},
    )  # fmt: skip


def _hold_open(session: Session, event: Event) -> None:
    hold(session, event)
    if event.state not in OPEN_STATES:
        raise refuse("ENTRY_RULES_FROZEN")

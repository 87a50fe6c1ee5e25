"""What is wrong with what somebody says about a competition or an event, as refusals at their fields."""

from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue import queries as catalogue
from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.naming import name_of, trade_words
from competitions.events import guards, labels, queries, rules
from competitions.events.models import Competition, Event
from competitions.events.rules import CompetitionValues, EventValues
from core.i18n import day, moment
from core.refusals import Refusal, Refused, refuse


class Versioned(Protocol):
    """A row that counts its changes."""

    version: Any


def competition_refusals(
    session: Session, competition: Competition | None, values: CompetitionValues
) -> list[Refusal]:
    """Return everything that forbids a competition to be like this."""
    days = rules.days_faults(values.starts_on, values.ends_on, None, None)
    found = [Refusal(code, "ends_on") for code in days]
    same = select(Competition.id).where(
        Competition.union_id == values.union_id, Competition.year == values.year,
        Competition.name == values.name, Competition.id != (competition.id if competition else 0),
    )  # fmt: skip
    if session.scalar(same) is not None:
        found.append(Refusal("COMPETITION_NAME", "name", {"year": values.year}))
    if competition is not None:
        found += _frozen_competition(competition, values)
        found += _events_that_no_longer_fit(session, competition, values)
    return found


def event_refusals(
    session: Session, competition: Competition, event: Event | None, values: EventValues
) -> list[Refusal]:
    """Return everything that forbids an event to be like this."""
    first, last = competition.starts_on, competition.ends_on
    span = {"first": day(first), "last": day(last)}
    days = rules.days_faults(values.starts_on, values.ends_on, first, last)
    found = [Refusal(code, "ends_on", span) for code in days]
    same = select(Event.id).where(
        Event.competition_id == competition.id, Event.name == values.name,
        Event.id != (event.id if event else 0),
    )  # fmt: skip
    if session.scalar(same) is not None:
        found.append(Refusal("EVENT_NAME", "name"))
    if event is not None:
        found += _frozen_event(event, values)
    trade = values.trade_id is not None
    role, kind = bool(values.role), competition.kind
    return found + guards.kind_refusals(kind, trade=trade, entry_kind=values.entry_kind, role=role)


def refuse_stale(session: Session, thing: Versioned, subject: str, version: int) -> None:
    """Refuse a form that was opened before somebody else saved.

    Raises: Refused VERSION_CONFLICT with who it was and when.
    """
    if thing.version == version:
        return
    change = queries.find_last_change(session, subject)
    who, at = change if change is not None else ("—", None)
    raise refuse("VERSION_CONFLICT", "version", who=who, at=moment(at))


def get_trade(session: Session, text: str, keep: int | None = None) -> CatalogueEntry | None:
    """Return the trade that was typed as code, name or both; None for nothing.

    Raises: Refused TRADE_NOT_LISTED with the nearest names, TRADE_RETIRED unless it is the one in `keep`.
    """
    if not text:
        return None
    found = catalogue.find_trades(session, text)
    if not found:
        near = [trade_words(trade) for trade in catalogue.list_near_trades(session, text)]
        raise refuse("TRADE_NOT_LISTED", "trade", text=text, nearest=labels.nearest(near))
    if found[0].retired_at is not None and found[0].id != keep:
        raise refuse("TRADE_RETIRED", "trade", text=text)
    return found[0]


def _frozen_competition(competition: Competition, values: CompetitionValues) -> list[Refusal]:
    event = queries.first_beyond_draft(competition)
    changed = [n for n in rules.COMPETITION_FROZEN if getattr(competition, n) != getattr(values, n)]
    if event is None:
        return []
    return [Refusal("COMPETITION_FROZEN", name, {"event": name_of(event)}) for name in changed]


def _events_that_no_longer_fit(
    session: Session, competition: Competition, values: CompetitionValues
) -> list[Refusal]:
    kind = catalogue.get_entry(session, values.kind_id)
    found = []
    for event in competition.events:
        if event.state == rules.CANCELLED:
            continue
        trade = event.trade_id is not None
        role = bool(event.role)
        if guards.kind_refusals(kind, trade=trade, entry_kind=event.entry_kind, role=role):
            reason = labels.kind_reason("event", name_of(kind), event=name_of(event))
            found.append(Refusal("KIND_FIELD", "kind_id", {"reason": reason}))
        if rules.days_faults(event.starts_on, event.ends_on, values.starts_on, values.ends_on):
            found.append(Refusal("DATES_EVENT", "ends_on", {"event": name_of(event)}))
    return found


def _frozen_event(event: Event, values: EventValues) -> list[Refusal]:
    state = {"state": labels.STATES[event.state]}
    if event.state in rules.CLOSED:
        raise Refused(Refusal("EVENT_CLOSED", "", state))
    frozen = rules.frozen_fields(event.state)
    changed = [name for name in frozen if getattr(event, name) != getattr(values, name)]
    return [Refusal("FIELD_FROZEN", name.removesuffix("_id"), state) for name in sorted(changed)]

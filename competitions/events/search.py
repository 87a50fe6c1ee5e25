"""Read lists of competitions: who sees which, narrowed by filters; the addresses of such lists stay valid."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, distinct, exists, func, or_, select, true
from sqlalchemy.orm import Session, joinedload, selectinload

from accounts.policy import SITE
from competitions.catalogue.models import CatalogueEntry
from competitions.events.models import Competition, CompetitionIndustry, Event
from competitions.organisations.models import Union
from competitions.organisations.queries import within

Scopes = Collection[tuple[str, int]]


class CompetitionFilter(NamedTuple):
    """What narrows a list of competitions; None and "" leave everything in."""

    year: int | None = None
    level: int | None = None
    industry: int | None = None
    trade: int | None = None
    kind: int | None = None
    state: str = ""
    text: str = ""


def list_competitions(
    session: Session, scopes: Scopes, wanted: CompetitionFilter, *, offset: int = 0, limit: int = 25
) -> list[Competition]:
    """Return one page of the competitions in these scopes that fit, the newest first."""
    statement = (
        _narrowed(select(Competition), scopes, wanted)
        .options(
            joinedload(Competition.kind), joinedload(Competition.level), joinedload(Competition.union),
            selectinload(Competition.industries),
        )
        .order_by(Competition.year.desc(), Competition.id.desc())
    )  # fmt: skip
    return list(session.scalars(statement.offset(offset).limit(limit)))


def count_competitions(session: Session, scopes: Scopes, wanted: CompetitionFilter) -> int:
    """Return how many competitions in these scopes fit."""
    return session.scalar(_narrowed(select(func.count()).select_from(Competition), scopes, wanted)) or 0


def count_by_state(session: Session, scopes: Scopes, wanted: CompetitionFilter) -> dict[str, int]:
    """Return how many competitions have an event in each state, under all other filters."""
    fitting = _narrowed(select(Competition.id), scopes, wanted._replace(state=""))
    rows = session.execute(
        select(Event.state, func.count(distinct(Event.competition_id)))
        .where(Event.competition_id.in_(fitting))
        .group_by(Event.state)
    )
    return {state: number for state, number in rows}


def list_events_of(session: Session, scopes: Scopes, ids: Sequence[int]) -> dict[int, list[Event]]:
    """Return the events of these competitions that lie in these scopes, by competition."""
    own = [number for kind, number in scopes if kind == "event"]
    whole = select(Competition.id).where(_wide(scopes), Competition.id.in_(ids))
    statement = (
        select(Event)
        .where(Event.competition_id.in_(ids), or_(Event.id.in_(own), Event.competition_id.in_(whole)))
        .order_by(Event.id)
    )
    found: dict[int, list[Event]] = {number: [] for number in ids}
    for event in session.scalars(statement):
        found[event.competition_id].append(event)
    return found


def list_open_ids(session: Session, scopes: Scopes, ids: Sequence[int]) -> set[int]:
    """Return those of these competitions that lie in these scopes as a whole."""
    return set(session.scalars(select(Competition.id).where(_wide(scopes), Competition.id.in_(ids))))


def list_years(session: Session, scopes: Scopes) -> list[int]:
    """Return the years in which these scopes have competitions, the newest first."""
    statement = select(Competition.year).where(_visible(scopes)).distinct()
    return sorted(session.scalars(statement), reverse=True)


def list_trades(session: Session, scopes: Scopes) -> list[CatalogueEntry]:
    """Return the trades in which these scopes have events."""
    used = select(Event.trade_id).join(Event.competition).where(_visible(scopes))
    statement = select(CatalogueEntry).where(CatalogueEntry.id.in_(used))
    return list(session.scalars(statement.order_by(CatalogueEntry.position)))


def list_event_ids(session: Session, scopes: Scopes) -> set[int]:
    """Return all events in these scopes."""
    return set(session.scalars(events_in(scopes)))


def events_in(scopes: Scopes) -> Select[Any]:
    """Return the statement of all events in these scopes, for statements about what belongs to them."""
    return select(Event.id).join(Event.competition).where(in_scopes(scopes))


def in_scopes(scopes: Scopes) -> ColumnElement[bool]:
    """Return the condition that an event, joined with its competition, lies in these scopes."""
    own = [number for kind, number in scopes if kind == "event"]
    return or_(_wide(scopes), Event.id.in_(own))


def _narrowed(statement: Select[Any], scopes: Scopes, wanted: CompetitionFilter) -> Select[Any]:
    statement = statement.where(_visible(scopes), *_words(wanted.text))
    for column, value in (
        (Competition.year, wanted.year), (Competition.level_id, wanted.level),
        (Competition.kind_id, wanted.kind),
    ):  # fmt: skip
        if value is not None:
            statement = statement.where(column == value)
    if wanted.industry is not None:
        covered = select(CompetitionIndustry.competition_id).where(
            CompetitionIndustry.industry_id == wanted.industry
        )
        statement = statement.where(Competition.id.in_(covered))
    if wanted.trade is not None:
        statement = statement.where(_has_event(Event.trade_id == wanted.trade))
    return statement.where(_in_state(wanted.state)) if wanted.state else statement


def _in_state(state: str) -> ColumnElement[bool]:
    found = _has_event(Event.state == state)
    # A competition without events is still being planned.
    return or_(found, ~_has_event(true())) if state == "draft" else found


def _has_event(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Event.competition_id == Competition.id, condition).correlate(Competition)


def _words(text: str) -> list[ColumnElement[bool]]:
    columns = (Competition.name, Competition.name_en, Competition.theme)
    found = []
    for word in text.split():
        own = [column.icontains(word, autoescape=True) for column in columns]
        owner = exists().where(Union.id == Competition.union_id, Union.name.icontains(word, autoescape=True))
        found.append(or_(*own, owner, _has_event(Event.name.icontains(word, autoescape=True))))
    return found


def _visible(scopes: Scopes) -> ColumnElement[bool]:
    events = [number for kind, number in scopes if kind == "event"]
    return or_(_wide(scopes), Competition.id.in_(select(Event.competition_id).where(Event.id.in_(events))))


def _wide(scopes: Scopes) -> ColumnElement[bool]:
    """Return the condition that a whole competition, not only one of its events, lies in these scopes."""
    if SITE in scopes:
        return true()
    own = [number for kind, number in scopes if kind == "competition"]
    return or_(within(Competition.union_id, scopes), Competition.id.in_(own))

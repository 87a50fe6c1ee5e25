"""Read sittings; no name and no code of an entrant stands in any answer."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, contains_eager, selectinload

from competitions.catalogue.naming import name_of
from competitions.draw import queries as draw
from competitions.draw import rules as draw_rules
from competitions.draw.models import EntryCode
from competitions.events.models import Event
from competitions.judges import queries as judges
from competitions.judges.models import Appointment
from competitions.schedule import rules, sources
from competitions.schedule.models import Sitting
from competitions.schedule.rules import CANCELLED, HELD, PLANNED, Timed
from competitions.schedule.sources import Titles
from core import clock

SEEN_FROM = ("registration", "ready", "scoring", "tabulated", "announced", "final", "archived")


class PublicSitting(NamedTuple):
    """One line of the public schedule: times where the contests are held; None where none is set yet."""

    day: date | None
    starts_at: datetime | None
    ends_at: datetime | None
    event_id: int
    event: str
    stage: str  # the title; empty for the event as a whole
    batch: int  # 0: all batches together
    site: str


def list_sittings(session: Session, event_id: int) -> list[Sitting]:
    """Return the sittings of an event in the order of time, what has no time yet last."""
    return list(session.scalars(_in_order(select(Sitting).where(Sitting.event_id == event_id))))


def find_sitting(session: Session, event_id: int, sitting_id: int) -> Sitting | None:
    """Return the sitting with this number if it is one of this event."""
    found = session.get(Sitting, sitting_id)
    return found if found is not None and found.event_id == event_id else None


def list_of_competition(session: Session, competition_id: int) -> list[Sitting]:
    """Return the sittings of all events of a competition with their events, cancelled events left out."""
    statement = (
        select(Sitting)
        .join(Sitting.event)
        .where(Event.competition_id == competition_id, Event.state != "cancelled")
        .options(contains_eager(Sitting.event))
    )
    return list(session.scalars(_in_order(statement)))


def list_public(session: Session, competition_id: int) -> list[PublicSitting]:
    """Return what anybody may read of a competition's schedule: no draft, nothing cancelled."""
    shown = [
        sitting
        for sitting in list_of_competition(session, competition_id)
        if sitting.state != CANCELLED and sitting.event.state in SEEN_FROM
    ]
    titles = titles_of(session, shown)
    return [
        PublicSitting(
            day_of(sitting),
            sitting.starts_at,
            sitting.ends_at,
            sitting.event_id,
            name_of(sitting.event),
            titles.get(sitting.event_id, {}).get(sitting.stage, sitting.stage),
            sitting.batch,
            sitting.site,
        )
        for sitting in shown
    ]


def titles_of(session: Session, sittings: Iterable[Sitting]) -> Titles:
    """Return the titles of the stages of these sittings' events."""
    return sources.list_titles(session, {sitting.event_id for sitting in sittings})


def day_of(sitting: Sitting) -> date | None:
    """Return the day of a sitting where the contests are held."""
    return sitting.starts_at.astimezone(clock.LOCAL).date() if sitting.starts_at else None


def count_batches(session: Session, event: Event) -> int:
    """Return how many batches an event has: as drawn, before the draw as its settings would make them."""
    drawn = session.scalar(select(func.max(EntryCode.batch)).where(EntryCode.event_id == event.id))
    if drawn:
        return drawn
    entries, settings = draw.count_drawable(session, event.id), draw.find_settings(session, event.id)
    if not entries or draw_rules.field_faults(entries, settings):
        return 1
    return len(draw_rules.sizes(entries, settings))


def count_by_state(session: Session, event_id: int) -> dict[str, int]:
    """Return how many sittings of an event are planned, held and cancelled."""
    rows = session.execute(
        select(Sitting.state, func.count()).where(Sitting.event_id == event_id).group_by(Sitting.state)
    )
    return {PLANNED: 0, HELD: 0, CANCELLED: 0} | dict(rows.all())


def list_taken(session: Session, competition_id: int, without: Collection[int] = ()) -> list[Sitting]:
    """Return the sittings that keep a site busy: with a time, not cancelled; `without` these numbers."""
    busy = (
        sitting
        for sitting in list_of_competition(session, competition_id)
        if sitting.state != CANCELLED and sitting.starts_at and sitting.id not in without
    )
    return list(busy)


def list_clashes(session: Session, event: Event) -> list[tuple[Appointment, rules.Clash]]:
    """Return the judges of an event who are wanted in two sittings of its competition at once."""
    taken = list_taken(session, event.competition_id)
    timed = [Timed(s.event_id, s.stage, s.starts_at, s.ends_at) for s in taken if s.starts_at and s.ends_at]
    here = [one for one in timed if one.event_id == event.id]
    if not here or len(timed) == 1:
        return []
    appointed = _appointments(session, {one.event_id for one in timed})
    known = {judge.user_id: judge for judge in appointed if judge.event_id == event.id}
    found = rules.clashes(timed, _judges(session, appointed))
    return [
        (known[clash.judge], clash)
        for clash in found
        if clash.judge in known and event.id in (clash.one.event_id, clash.other.event_id)
    ]


def _appointments(session: Session, event_ids: Collection[int]) -> list[Appointment]:
    statement = (
        select(Appointment)
        .where(Appointment.event_id.in_(event_ids), Appointment.dismissed_at.is_(None))
        .options(contains_eager(Appointment.user), selectinload(Appointment.assignments))
        .join(Appointment.user)
        .order_by(Appointment.id)
    )
    return list(session.scalars(statement))


def _judges(session: Session, appointed: Iterable[Appointment]) -> dict[tuple[int, str], set[int]]:
    """Return who marks in each stage of each event, by account."""
    by_event: dict[int, list[Appointment]] = {}
    for judge in appointed:
        by_event.setdefault(judge.event_id, []).append(judge)
    titles = sources.list_titles(session, by_event)
    found: dict[tuple[int, str], set[int]] = {}
    for event_id, held in by_event.items():
        known = {stage: {seat.aspect for judge in held for seat in judges.seats_of(judge)}
                 for stage in titles.get(event_id, {})}  # fmt: skip
        seats = judges.effective_seats(held, known)
        for judge in held:
            for seat in seats[judge.id]:
                found.setdefault((event_id, seat.stage), set()).add(judge.user_id)
    return found


def _in_order(statement: Select[Sitting]) -> Select[Sitting]:
    return statement.order_by(
        Sitting.starts_at.is_(None), Sitting.starts_at, Sitting.stage, Sitting.batch, Sitting.site, Sitting.id
    )

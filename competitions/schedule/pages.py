"""What the pages of the schedule show, as plain values for their templates."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts import guard
from accounts.queries import list_names
from competitions.catalogue.naming import name_of
from competitions.events.models import Competition, Event
from competitions.events.queries import event_path
from competitions.events.rules import reached
from competitions.schedule import queries, rules, services, sources, wording
from competitions.schedule.checks import days_of
from competitions.schedule.models import Sitting
from competitions.schedule.rules import CANCELLED, HELD, PLANNED
from core.database import db


def schedule_page(session: Session, event: Event) -> dict[str, Any]:
    """Return the context of an event's schedule: its days, what is wanted twice, what to record as held."""
    sittings = queries.list_sittings(session, event.id)
    titles = sources.list_titles(session, [event.id]).get(event.id, {})
    path = event_path(db.session, event)
    open_still = event.state not in rules.CLOSED_IN
    return {
        "event": event,
        "days": days(sittings, {event.id: titles}),
        "clashes": _clashes(session, event, titles) if guard.may("judge.list", path) else [],
        "suggested": _suggested(session, event, titles),
        "counts": counts(sittings),
        "may_edit": open_still and guard.may("schedule.edit", path),
        "may_hold": open_still and guard.may("schedule.hold", path),
        "shiftable": planned_days(sittings),
        "names": list_names(session, {s.settled_by_id for s in sittings if s.settled_by_id}),
    }


def days(sittings: Iterable[Sitting], titles: Mapping[int, Mapping[str, str]]) -> list[dict[str, Any]]:
    """Return sittings that are in the order of time by day."""
    return [
        {
            "day": of,
            "title": wording.day_words(of),
            "rows": [row(sitting, titles.get(sitting.event_id, {})) for sitting in held],
        }
        for of, held in groupby(sittings, key=queries.day_of)
    ]


def row(sitting: Sitting, titles: Mapping[str, str]) -> dict[str, Any]:
    """Return one sitting in words."""
    return {
        "sitting": sitting,
        "time": wording.time_words(sitting.starts_at, sitting.ends_at),
        "stage": wording.stage_words(titles, sitting.stage),
        "batch": wording.batch_words(sitting.batch),
        "site": sitting.site,
        "state": wording.STATES[sitting.state],
        "planned": sitting.state == PLANNED,
    }


def counts(sittings: Iterable[Sitting]) -> str:
    """Return how many sittings there are, in one line."""
    states = [sitting.state for sitting in sittings]
    words = [
        _("%(count)s planned", count=states.count(PLANNED)),
        _("%(count)s held", count=states.count(HELD)),
    ]
    if CANCELLED in states:
        words.append(_("%(count)s cancelled", count=states.count(CANCELLED)))
    return " · ".join(words)


def planned_days(sittings: Iterable[Sitting]) -> list[tuple[str, str]]:
    """Return the days on which something is planned, for the choice of what to shift."""
    planned: dict[date, None] = {}
    for sitting in sittings:
        of = queries.day_of(sitting)
        if sitting.state == PLANNED and of is not None:
            planned[of] = None
    return [(of.isoformat(), wording.day_words(of)) for of in planned]


def stored(sitting: Sitting) -> dict[str, Any]:
    """Return what the form shows of a sitting."""
    starts, ends = (services.wall(at) for at in (sitting.starts_at, sitting.ends_at))
    return {
        "version": sitting.version, "stage": sitting.stage, "batch": sitting.batch, "site": sitting.site,
        "day": starts.date() if starts else None, "starts": starts.time() if starts else None,
        "ends": ends.time() if ends else None,
    }  # fmt: skip


def planned(session: Session, event: Event) -> dict[str, Any]:
    """Return what the form for many sittings starts with: all batches, on the first day, at the venue."""
    return {
        "last_batch": queries.count_batches(session, event),
        "day": days_of(event)[0],
        "sites": [event.venue] if event.venue else [],
    }


def titles_with(session: Session, event: Event, sitting: Sitting | None = None) -> dict[str, str]:
    """Return the stages to choose from, with that of a sitting whose stage the scheme no longer has."""
    titles = dict(sources.list_titles(session, [event.id]).get(event.id, {}))
    if sitting is not None and sitting.stage:
        titles.setdefault(sitting.stage, sitting.stage)
    return titles


def competition_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the day plan of a competition over all its events."""
    sittings = [s for s in queries.list_of_competition(session, competition.id) if s.state != CANCELLED]
    if not sittings:
        return None
    titles = queries.titles_of(session, sittings)
    return "schedule/_competition.html", {"days": days(sittings, titles), "counts": counts(sittings)}


def public_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the day plan of a competition as everybody may read it."""
    lines = queries.list_public(session, competition.id)
    if not lines:
        return None
    by_day = [
        {
            "title": wording.day_words(of),
            "rows": [
                {
                    "time": wording.time_words(line.starts_at, line.ends_at),
                    "event": line.event,
                    "stage": line.stage or _("Whole event"),
                    "batch": wording.batch_words(line.batch),
                    "site": line.site,
                }
                for line in held
            ],
        }
        for of, held in groupby(lines, key=lambda line: line.day)
    ]
    return "schedule/_public.html", {"days": by_day}


def event_panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Remind of the sittings that have been marked and are not recorded as held."""
    waiting = _suggested(session, event, {})
    return ("schedule/_reminder.html", {"waiting": len(waiting)}) if waiting else None


def _suggested(session: Session, event: Event, titles: Mapping[str, str]) -> list[str]:
    """Return in words what is marked and not recorded as held; nothing before scoring has ended."""
    if not reached(event.state, "tabulated") or event.state in rules.CLOSED_IN:
        return []
    waiting, unplanned = services.unrecorded(session, event)
    return [wording.place_of(titles, sitting) for sitting in waiting] + [
        wording.place_words(titles, *place) for place in unplanned
    ]


def _clashes(session: Session, event: Event, own: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return who is wanted twice at once: the judge, and both sittings by the names of their events."""
    found = queries.list_clashes(session, event)
    ids = {one.event_id for _judge, clash in found for one in (clash.one, clash.other)}
    events = {sitting.event_id: sitting.event for sitting in queries.list_taken(session, event.competition_id)
              if sitting.event_id in ids}  # fmt: skip
    titles = sources.list_titles(session, ids) if ids else {}
    return [
        {
            "judge": f"{judge.code} {judge.user.name}",
            "sittings": [
                _(
                    "%(event)s, %(stage)s, %(span)s",
                    event=name_of(events[one.event_id]),
                    stage=wording.stage_words(titles.get(one.event_id, own), one.stage),
                    span=wording.span_words(one.starts, one.ends),
                )
                for one in (clash.one, clash.other)
            ],
        }
        for judge, clash in found
    ]

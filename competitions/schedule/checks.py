"""What forbids sittings to be like this, as refusals at their fields."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.events import labels
from competitions.events.models import Event
from competitions.schedule import queries, rules, sources, wording
from competitions.schedule.models import Sitting
from competitions.schedule.rules import SittingValues
from core import clock
from core.i18n import day
from core.refusals import Refusal

MOST = 400  # sittings that are planned at once
NAMED = 5  # refusals that are told at once


def closed_refusals(event: Event) -> list[Refusal]:
    """Refuse where the schedule of an event stays as it is."""
    if event.state not in rules.CLOSED_IN:
        return []
    return [Refusal("SITTING_CLOSED", "", {"state": labels.STATES[event.state]})]


def refusals(
    session: Session, event: Event, wanted: Sequence[SittingValues], replaced: Collection[Sitting] = ()
) -> list[Refusal]:
    """Return everything that forbids these sittings, in the place of `replaced` ones."""
    without = {sitting.id for sitting in replaced}
    found = [refusal for values in wanted for refusal in _span_refusals(event, values)]
    found += _twice(session, event, wanted, without)
    found += _taken(session, event, wanted, without)
    return found[:NAMED]


def days_of(event: Event) -> tuple[date | None, date | None]:
    """Return the first and the last day of an event, or of its competition where it has none of its own."""
    competition = event.competition
    return event.starts_on or competition.starts_on, event.ends_on or competition.ends_on


def _span_refusals(event: Event, values: SittingValues) -> list[Refusal]:
    if values.starts_at is None or values.ends_at is None:
        return []
    found = [] if values.starts_at < values.ends_at else [Refusal("SITTING_ORDER", "ends")]
    of = values.starts_at.astimezone(clock.LOCAL).date()
    first, last = days_of(event)
    if (first and of < first) or (last and of > last):
        span: dict[str, Any] = {"day": day(of), "first": day(first), "last": day(last)}
        found.append(Refusal("SITTING_OUTSIDE", "day", span))
    return found


def _twice(
    session: Session, event: Event, wanted: Sequence[SittingValues], without: Collection[int]
) -> list[Refusal]:
    known = {(s.stage, s.batch, s.site) for s in queries.list_sittings(session, event.id)
             if s.id not in without}  # fmt: skip
    titles = sources.list_titles(session, [event.id]).get(event.id, {})
    found = []
    for values in wanted:
        if values.place in known:
            sitting = wording.place_words(titles, *values.place)
            found.append(Refusal("SITTING_TWICE", "batch", {"sitting": sitting}))
        known.add(values.place)
    return found


def _taken(
    session: Session, event: Event, wanted: Sequence[SittingValues], without: Collection[int]
) -> list[Refusal]:
    taken = queries.list_taken(session, event.competition_id, without)
    titles = queries.titles_of(session, taken)
    by_site: dict[str, list[Sitting]] = {}
    for sitting in taken:
        by_site.setdefault(sitting.site.casefold(), []).append(sitting)
    found = []
    for values in wanted:
        other = next((s for s in by_site.get(values.site.casefold(), ()) if _meets(values, s)), None)
        if values.site and other is not None:
            told = {
                "site": values.site,
                "event": name_of(other.event),
                "sitting": wording.place_of(titles.get(other.event_id, {}), other),
                "span": wording.span_words(other.starts_at, other.ends_at),
            }
            found.append(Refusal("SITE_TAKEN", "site", told))
    return found


def _meets(values: SittingValues, sitting: Sitting) -> bool:
    if not (values.starts_at and values.ends_at and sitting.starts_at and sitting.ends_at):
        return False
    return rules.overlap((values.starts_at, values.ends_at), (sitting.starts_at, sitting.ends_at))

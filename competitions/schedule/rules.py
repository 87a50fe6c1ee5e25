"""Sittings, decided: a day filled batch by batch, what overlaps, which judge is wanted twice. Pure.

Source: DOMAIN.md section 9.2, C02 (场次 = stage × batch × site). Times of a plan are those of the
clock on the wall, without a time zone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import NamedTuple

PLANNED, HELD, CANCELLED = STATES = ("planned", "held", "cancelled")
CLOSED_IN = frozenset({"archived", "cancelled"})  # states of an event in which its sittings stay as they are
ALL_BATCHES = 0
MOST_BATCHES, MOST_SITES, LONGEST = 200, 20, 24 * 60


class SittingValues(NamedTuple):
    """What is said about a sitting; it has both moments or neither."""

    stage: str = ""
    batch: int = ALL_BATCHES
    site: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    @property
    def place(self) -> tuple[str, int, str]:
        """Return what is unique within an event."""
        return self.stage, self.batch, self.site


class Rhythm(NamedTuple):
    """How days are filled: from when until when, how long a sitting is and the pause after it, in minutes."""

    first_day: date
    begins: time
    ends: time
    minutes: int
    pause: int = 0
    lunch: tuple[time, time] | None = None


class Slot(NamedTuple):
    """One sitting of a plan."""

    batch: int
    site: str
    starts: datetime
    ends: datetime


class Timed(NamedTuple):
    """A sitting with its time, as far as judges are concerned."""

    event_id: int
    stage: str
    starts: datetime
    ends: datetime


class Clash(NamedTuple):
    """One judge who is wanted in two sittings at once."""

    judge: int
    one: Timed
    other: Timed


def rounds(batches: Iterable[int], sites: Sequence[str], *, shared_out: bool) -> list[list[tuple[int, str]]]:
    """Return what is held side by side, round after round, as (batch, site).

    Shape: `shared_out` gives each site a batch of its own; otherwise every batch fills all sites at once.
    """
    places = sites or [""]
    if not shared_out:
        return [[(batch, site) for site in places] for batch in batches]
    queue, found = list(batches), []
    for start in range(0, len(queue), len(places)):
        found.append(list(zip(queue[start : start + len(places)], places, strict=False)))
    return found


def slots(plan: Iterable[Sequence[tuple[int, str]]], rhythm: Rhythm) -> list[Slot]:
    """Return every sitting of a plan with its time; the rhythm must be without faults.

    A sitting that would run into lunch begins after it; one that would end too late begins the next day.
    """
    found: list[Slot] = []
    length, free = timedelta(minutes=rhythm.minutes), datetime.combine(rhythm.first_day, rhythm.begins)
    for together in plan:
        starts = _fit(free, rhythm)
        found += [Slot(batch, site, starts, starts + length) for batch, site in together]
        free = starts + length + timedelta(minutes=rhythm.pause)
    return found


def rhythm_faults(rhythm: Rhythm) -> list[tuple[str, str]]:
    """Return (code, field) of why nothing can be planned like this."""
    if rhythm.ends <= rhythm.begins:
        return [("RHYTHM_DAY", "ends")]
    if rhythm.lunch is not None and rhythm.lunch[1] <= rhythm.lunch[0]:
        return [("RHYTHM_LUNCH", "lunch_ends")]
    return [] if _fit_within(_morning(rhythm.first_day, rhythm), rhythm) else [("RHYTHM_LONG", "minutes")]


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    """Say whether two spans share time; one that begins when the other ends does not."""
    return one[0] < other[1] and other[0] < one[1]


def clashes(sittings: Iterable[Timed], judges: Mapping[tuple[int, str], Collection[int]]) -> list[Clash]:
    """Return who is wanted in two stages at once, each judge once for each pair of stages.

    Shape: `judges` holds who marks by event and stage; the stage "" stands for all of an event. Sittings of
    one stage at the same time stand at several sites, over which its judges are shared out: no clash.
    """
    wanted: dict[int, list[Timed]] = {}
    for sitting in sorted(sittings, key=lambda one: (one.starts, one.event_id, one.stage)):
        for judge in _judges_of(sitting, judges):
            wanted.setdefault(judge, []).append(sitting)
    found: dict[tuple[int, frozenset[tuple[int, str]]], Clash] = {}
    for judge, held in sorted(wanted.items()):
        for one, other in combinations(held, 2):
            if _apart(one, other) and overlap(one[2:], other[2:]):
                pair = frozenset({one[:2], other[:2]})
                found.setdefault((judge, pair), Clash(judge, one, other))
    return list(found.values())


def _judges_of(sitting: Timed, judges: Mapping[tuple[int, str], Collection[int]]) -> set[int]:
    if sitting.stage:
        return set(judges.get((sitting.event_id, sitting.stage), ()))
    return {judge for (event_id, _stage), held in judges.items() if event_id == sitting.event_id
            for judge in held}  # fmt: skip


def _apart(one: Timed, other: Timed) -> bool:
    """Say whether two sittings are of different stages; the event as a whole holds each of its stages."""
    same_event = one.event_id == other.event_id
    return not same_event or (one.stage != other.stage and bool(one.stage) and bool(other.stage))


def _morning(day: date, rhythm: Rhythm) -> datetime:
    return datetime.combine(day, rhythm.begins)


def _fit(free: datetime, rhythm: Rhythm) -> datetime:
    """Return when a sitting can begin from `free` on, on this day or the next."""
    return _fit_within(free, rhythm) or _fit(_morning(free.date() + timedelta(days=1), rhythm), rhythm)


def _fit_within(free: datetime, rhythm: Rhythm) -> datetime | None:
    """Return when a sitting can begin on the day of `free`; None where the day has no room for it."""
    day, length = free.date(), timedelta(minutes=rhythm.minutes)
    starts = max(free, _morning(day, rhythm))
    if rhythm.lunch is not None:
        lunch = tuple(datetime.combine(day, at) for at in rhythm.lunch)
        if overlap((starts, starts + length), (lunch[0], lunch[1])):
            starts = lunch[1]
    return starts if starts + length <= datetime.combine(day, rhythm.ends) else None

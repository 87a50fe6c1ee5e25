"""Whether a draw is what it should be: each entry once, nobody else, and the seed gives it again."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.draw import queries, rules
from competitions.draw.models import Draw
from competitions.draw.rules import Drawn, Entrant


class Check(NamedTuple):
    """One thing that has to hold, with how many break it."""

    key: str
    faulty: int

    @property
    def holds(self) -> bool:
        """Say whether nothing breaks it."""
        return not self.faulty


def checks(session: Session, draw: Draw) -> list[Check]:
    """Return what is to be confirmed of a draw: `each`, `others`, `codes`, `places`, `stations`, `replay`."""
    drawn = queries.list_drawn(session, draw.event_id)
    field = [entrant for _number, entrant in queries.list_entrants(session, draw.event_id)]
    times = Counter(row.ref for row in drawn)
    refs = {entrant.ref for entrant in field}
    places = [(row.batch, row.seat) for row in drawn if row.seat]
    return [
        Check("each", sum(times[ref] != 1 for ref in refs)),
        Check("others", sum(times[ref] for ref in times if ref not in refs)),
        Check("codes", len(drawn) - len({row.code for row in drawn})),
        Check("places", len(places) - len(set(places))),
        Check("stations", len(stations_out_of_range(draw, drawn))),
        Check("replay", len(differences(draw, drawn, field))),
    ]


def codes_given_twice(drawn: Sequence[Drawn]) -> list[str]:
    """Return the codes that more than one entry has."""
    times = Counter(row.code for row in drawn)
    return sorted(code for code, count in times.items() if count > 1)


def stations_out_of_range(draw: Draw, drawn: Sequence[Drawn]) -> list[int]:
    """Return the stations that there are not: of a batch, so many as its settings say or its entries need."""
    settings = queries.settings_of(draw.settings)
    most = settings.stations or max(Counter(row.batch for row in drawn).values(), default=0)
    numbers = {row.station for row in drawn if row.station is not None}
    return sorted(number for number in numbers if not 1 <= number <= most)


def differences(draw: Draw, drawn: list[Drawn], field: list[Entrant]) -> list[str]:
    """Return the references of the entries that the replay of a draw gives something else.

    A draw of a package is none: its codes came with it, and there is nothing to replay.
    """
    if draw.seed.startswith("package:"):
        return []
    settings = queries.settings_of(draw.settings)
    again = {row.ref: rules.stored(row, settings) for row in rules.draw(draw.seed, field, settings)}
    kept = {row.ref: row for row in drawn}
    older = all(row.position is None for row in drawn)  # they had a code and a station alone
    refs = sorted(again.keys() | kept.keys())
    return [ref for ref in refs if _shown(again.get(ref), older) != _shown(kept.get(ref), older)]


def _shown(row: Drawn | None, older: bool) -> tuple[object, ...]:
    """Return a line as far as the draw stores it."""
    if row is None:
        return ()
    return (row.code, row.station) if older else tuple(row)


def unavoidable(session: Session, draw: Draw) -> dict[int, int]:
    """Return, by batch, how many neighbours of one unit could not be kept apart; only where there are any.

    The draw leaves exactly as many as there must be (rules.neighbours.spread).
    """
    settings = queries.settings_of(draw.settings)
    if not settings.apart:
        return {}
    field = queries.list_entrants(session, draw.event_id)
    unit_of = {entrant.ref: entrant.unit for _number, entrant in field}
    batches: dict[int, Counter[str]] = {}
    for row in queries.list_drawn(session, draw.event_id):
        batches.setdefault(row.batch, Counter())[unit_of.get(row.ref, row.ref)] += 1
    counted = {batch: rules.fewest(units) for batch, units in sorted(batches.items())}
    return {batch: count for batch, count in counted.items() if count}

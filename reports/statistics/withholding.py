"""Find what a report about people's sex, age or skill withholds, the same wherever the figure stands.

A figure of a row stands again as the total of the report that the row leads to, and as a row of the reports
that split by each of its filters. It is told only where none of these tables withholds it, and no row is told
beside a total that is withheld. Not held against one another are tables of different dimensions over the same
contests, both kinds of years, and what the unions below see of their own.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from reports.statistics import distinct, privacy, shelf, trees
from reports.statistics.distinct import Chosen, Group
from reports.statistics.facts import Fact
from reports.statistics.rules import ATTRIBUTES, PERSONAL, Wanted, is_tiny, region_above
from reports.statistics.tallies import Place
from reports.statistics.trees import Trees

YEAR = "year"
TREES = frozenset({"region", "union"})
WITHHELD = "withheld"
TOTAL = object()  # stands for the row of everything


class Withheld(NamedTuple):
    """The rows that are not told, and whether the total is."""

    rows: frozenset[Any]
    total: bool


NOTHING = Withheld(frozenset(), False)


class Question(NamedTuple):
    """Where a report looks: whose events, which of them, in which years."""

    place: Place
    climbed: Trees
    wanted: Wanted


def is_personal(wanted: Wanted, dimension: str = "") -> bool:
    """Say whether figures are split or narrowed by what people are."""
    return dimension in PERSONAL or any(name in PERSONAL for name, _value in wanted.conditions)


def find(asked: Question, dimension: str) -> Withheld:
    """Return what the table of a dimension withholds.

    Raises: Moved.
    """
    if not is_personal(asked.wanted, dimension):
        return NOTHING
    question = (WITHHELD, asked.wanted, dimension)
    key = asked.place.facts.key
    return shelf.tallied(key, question, asked.climbed, lambda: _find(asked, dimension))


def _find(asked: Question, dimension: str) -> Withheld:
    wanted = asked.wanted
    # Years are held against all years: a report of some of them leads to the same single ones.
    beside = wanted._replace(first_year=None, last_year=None) if dimension == YEAR else wanted
    people = {row: one[0] for row, one in _crossed(asked, beside, dimension, "").items()}
    rows, total = set[Any](), False
    for axis in _axes(wanted):
        for row, hides in _hidden_along(asked, dimension, axis):
            if row is TOTAL:
                total |= hides
            elif hides:
                rows.add(row)
    if total:
        rows |= people.keys()  # they would add up to it
    return Withheld(frozenset(privacy.withheld(people, rows)), total)


def _axes(wanted: Wanted) -> list[str]:
    named = [name for name in Wanted._fields[3:] if getattr(wanted, name) is not None]
    years = wanted.first_year is not None or wanted.last_year is not None
    return named + ([YEAR] if years else [])


def _hidden_along(asked: Question, dimension: str, axis: str) -> Iterator[tuple[Any, bool]]:
    """Yield for each row, and for the total, whether the table that splits by a filter withholds it."""
    wider, own = _widened(asked, axis)
    if wider is None:
        return
    if axis != dimension:
        for row, columns in _crossed(asked, wider, dimension, axis).items():
            yield row, _hides(columns, own, axis, asked.wanted)
    if is_personal(asked.wanted):
        yield TOTAL, _hides(_crossed(asked, wider, "", axis).get(0, {}), own, axis, asked.wanted)


def _hides(columns: dict[Any, int], own: Any, axis: str, wanted: Wanted) -> bool:
    if axis == YEAR and own is None:  # several years: no other range may be taken away from it
        outside = [key for key in columns if key not in wanted.years]
        return bool(outside) and any(is_tiny(count) for count in columns.values())
    return own in privacy.withheld(columns)


def _widened(asked: Question, axis: str) -> tuple[Wanted | None, Any]:
    """Return the same report without one filter, one level up in a tree, and the row that the filter is."""
    wanted = asked.wanted
    if axis == YEAR:
        one = wanted.first_year if wanted.first_year == wanted.last_year else None
        return wanted._replace(first_year=None, last_year=None), one
    value = getattr(wanted, axis)
    if axis not in ATTRIBUTES and not value:  # what is not stated is a row of its own, below nothing
        return wanted.where(axis, None), None
    if axis == "region":
        codes = asked.climbed.codes
        above = region_above(codes[value])
        holder = next((key for key, code in codes.items() if code == above), None)
        return wanted.where(axis, holder), codes[value]
    if axis == "union":
        tops = trees.read(asked.place.session, asked.place.scopes, wanted._replace(union=None))
        if value in tops.tops:
            return None, None
        above_it = tops.parents.get(value)
        return wanted.where(axis, above_it if above_it not in tops.tops else None), value
    return wanted.where(axis, None), value


def _crossed(asked: Question, wanted: Wanted, row: str, column: str) -> dict[Any, dict[Any, int]]:
    """Return how many people there are by the values of two dimensions; without one everything is 0."""
    session, scopes, facts = asked.place
    climbed = trees.read(session, scopes, wanted)
    events = [fact for fact in trees.fitting(facts, wanted, climbed) if fact.digest]
    found: dict[Any, dict[Any, int]] = defaultdict(dict)
    crossed = _groups(events, row, column, climbed, wanted)
    groups, everybody = {key: distinct.choose(some) for key, some in crossed.items()}, distinct.choose(events)
    for conditions, row_value, column_value in _conditions(session, everybody, wanted, row, column):
        counts = distinct.people(session, {key: Group(some, conditions) for key, some in groups.items()})
        for (row_key, column_key), people in counts.items():
            if people:
                across = column_value if column in ATTRIBUTES else column_key
                found[row_value if row in ATTRIBUTES else row_key][across] = people
    return found


def _groups(
    events: Sequence[Fact], row: str, column: str, climbed: Trees, wanted: Wanted
) -> dict[Any, Sequence[Fact]]:
    groups: dict[Any, Sequence[Fact]] = {}
    for row_key, some in _split(events, row, climbed, wanted).items():
        for column_key, these in _split(some, column, climbed, wanted).items():
            groups[row_key, column_key] = these
    return groups


def _split(events: Sequence[Fact], name: str, climbed: Trees, wanted: Wanted) -> dict[Any, Sequence[Fact]]:
    if not name or name in ATTRIBUTES:
        return {0: events} if events else {}
    return {**trees.split(events, name, climbed, wanted)}


def _conditions(
    session: Session, events: Chosen, wanted: Wanted, row: str, column: str
) -> Iterator[tuple[Any, str, str]]:
    """Yield the conditions of each cell with its values of the two dimensions, "" where it is of events."""
    for row_value in _values(session, events, wanted, row):
        for column_value in _values(session, events, wanted, column):
            narrowed = wanted
            for name, value in ((row, row_value), (column, column_value)):
                if name in ATTRIBUTES:
                    narrowed = narrowed.where(name, value)
            yield narrowed.conditions, row_value, column_value


def _values(session: Session, events: Chosen, wanted: Wanted, name: str) -> Collection[str]:
    if name not in ATTRIBUTES:
        return ("",)
    asked = getattr(wanted, name)
    return distinct.values(session, events, name) if asked is None else (asked,)

"""Find what a report about people's sex, age or skill withholds, the same wherever the figure stands.

A figure with several filters stands in a table for each of them: as the row of the report that splits by this
filter, and as the total of every report that it leads to. So filters and dimension together are the axes of a
box of figures, and every line through it is a table. What is withheld in one line is looked at again in the
lines across, until no line gives away anything more; where the total of a line is withheld, so is all of it.
Which report asks makes no difference: the box is the same for all of them.

A box has three axes at most, two where there are very many events: to split all of them three ways would take
longer than a page may. With more filters a report stands in several boxes, which are not held against one
another. Nor are tables of different dimensions over the same contests, both kinds of years, and what the
unions below see of their own.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
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
MOST_AXES, FEW_AXES = 3, 2
MANY_EVENTS = 6000


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
    total = is_personal(asked.wanted) and (_is_hidden(asked) or _give_away(asked, "").get(0, False))
    if _is_narrowed(asked.wanted, dimension):  # its only row is the total
        _wider, own = _widened(asked, dimension)
        return Withheld(frozenset({own} if total else ()), total)
    boxes = [(box, _closed(asked, box)) for box in _boxes_of(asked, dimension)]
    people = boxes[0][0].line(boxes[0][1].people, dimension)
    if total:
        return Withheld(frozenset(people), True)  # they would add up to it
    first, *others = (
        {row for row in people if box.cell(dimension, row) in closed.hidden} for box, closed in boxes
    )
    more = first.union(*others, (row for row, away in _give_away(asked, dimension).items() if away))
    return Withheld(frozenset(privacy.withheld(people, more) if more > first else first), False)


class Box(NamedTuple):
    """The axes of a box of figures in the order of their names, the filters held, where a report stands."""

    axes: tuple[str, ...]
    held: Wanted
    place: dict[str, Any]  # the value on each axis but the one that is split

    def cell(self, dimension: str, row: Any) -> tuple[Any, ...]:
        """Return where a row of this dimension stands in the box."""
        return tuple(row if axis == dimension else self.place[axis] for axis in self.axes)

    def line(self, people: Mapping[tuple[Any, ...], int], dimension: str) -> dict[Any, int]:
        """Return the people of the line in which somebody looks, by row."""
        if dimension not in self.axes:
            return {0: people.get(self.cell("", None), 0)}
        at = self.axes.index(dimension)
        return {cell[at]: count for cell, count in people.items() if cell == self.cell(dimension, cell[at])}


class Closed(NamedTuple):
    """How many people stand in each cell of a box, and which cells are withheld."""

    people: Mapping[tuple[Any, ...], int]
    hidden: frozenset[tuple[Any, ...]]


def _boxes_of(asked: Question, dimension: str) -> list[Box]:
    """Return the boxes in which a report stands: one, or one for each filter that the first has no room for.

    Filters of people are axes first.
    """
    filters = [axis for axis in _axes(asked.wanted) if axis != dimension]
    splitting = [axis for axis in filters if _box(asked, dimension, [axis]).place]
    splitting.sort(key=lambda axis: (axis not in PERSONAL, axis))
    axes = MOST_AXES if len(asked.place.facts.events) < MANY_EVENTS else FEW_AXES
    room = axes - bool(dimension)
    chosen = [splitting[:room], *([*splitting[: room - 1], axis] for axis in splitting[room:])]
    return [_box(asked, dimension, axes) for axes in chosen]


def _box(asked: Question, dimension: str, filters: Iterable[str]) -> Box:
    """Return the box of a dimension and some filters; the others are held."""
    held, place = asked.wanted, dict[str, Any]()
    if dimension == YEAR:
        # Years are held against all years: a report of some of them leads to the same single ones.
        held = held._replace(first_year=None, last_year=None)
    for axis in filters:
        wider, own = _widened(asked._replace(wanted=held), axis)
        if wider is not None and not (axis == YEAR and own is None):
            held, place[axis] = wider, own
    return Box(tuple(sorted({*place, dimension} - {""})), held, place)


def _is_narrowed(wanted: Wanted, dimension: str) -> bool:
    """Say whether a filter leaves one row of a dimension; a filter on a tree splits it one level below."""
    return dimension in _axes(wanted) and dimension not in TREES and dimension != YEAR


def _is_hidden(asked: Question) -> bool:
    """Say whether the total of a report is withheld in one of the tables in which it is a row."""
    return any(box.cell("", None) in _closed(asked, box).hidden for box in _boxes_of(asked, ""))


def _closed(asked: Question, box: Box) -> Closed:
    """Return a box with everything that is withheld in it; the same for whoever looks."""
    whole = asked._replace(wanted=box.held)
    climbed = trees.read(*asked.place[:2], box.held)
    key, question = asked.place.facts.key, (WITHHELD, box.held, box.axes)
    return shelf.tallied(key, question, climbed, lambda: _close(whole, box.axes))


def _close(asked: Question, axes: tuple[str, ...]) -> Closed:
    people = _crossed(asked, asked.wanted, axes)
    if not axes:
        return Closed(people, frozenset(cell for cell, count in people.items() if is_tiny(count)))
    lines = [_lines(people, at) for at in range(len(axes))]
    totals = [_hidden_totals(asked, axes, at, lines[at]) for at in range(len(axes))]
    known = _alone(lines, totals)
    found, before = set[tuple[Any, ...]](), -1
    while len(found) > before:
        before = len(found)
        for across, hidden in zip(lines, totals, strict=True):
            for rest, line in across.items():
                found |= line.keys() if rest in hidden else privacy.withheld(line, found & line.keys(), known)
    return Closed(people, frozenset(found))


def _alone(lines: Sequence[Mapping[Any, Mapping[Any, int]]], totals: Sequence[Set[Any]]) -> Set[Any]:
    """Return the cells that stand alone in a line whose total is told: they are that total."""
    return {
        cell
        for across, hidden in zip(lines, totals, strict=True)
        for rest, line in across.items()
        for cell, count in line.items()
        if len(line) == 1 and rest not in hidden and not is_tiny(count)
    }


def _lines(
    people: Mapping[tuple[Any, ...], int], at: int
) -> dict[tuple[Any, ...], dict[tuple[Any, ...], int]]:
    """Return the lines along one axis: the cells of each with their people, by the values on the others."""
    lines: dict[tuple[Any, ...], dict[tuple[Any, ...], int]] = defaultdict(dict)
    for cell, count in people.items():
        lines[cell[:at] + cell[at + 1 :]][cell] = count
    return lines


def _hidden_totals(
    asked: Question, axes: tuple[str, ...], at: int, lines: Collection[tuple[Any, ...]]
) -> Set[tuple[Any, ...]]:
    """Return the lines along an axis whose totals are withheld where they stand themselves."""
    axis, others = axes[at], axes[:at] + axes[at + 1 :]
    if not is_personal(asked.wanted) and PERSONAL.isdisjoint(others):
        return frozenset()
    wider, own = (None, None)
    if axis in TREES and getattr(asked.wanted, axis) is not None:
        wider, own = _widened(asked, axis)
    if wider is None:  # the axis has no value above it
        return _closed(asked, Box(others, asked.wanted, {})).hidden
    hidden = _closed(asked, Box(axes, wider, {})).hidden
    return {rest for rest in lines if (*rest[:at], own, *rest[at:]) in hidden}


def _axes(wanted: Wanted) -> list[str]:
    named = [name for name in Wanted._fields[3:] if getattr(wanted, name) is not None]
    years = wanted.first_year is not None or wanted.last_year is not None
    return named + ([YEAR] if years else [])


def _give_away(asked: Question, dimension: str) -> dict[Any, bool]:
    """Say of each row whether several years asked for, taken from all years, give away a tiny one.

    No other range of years may be taken away from it; a single year is an axis like any other.
    """
    wider, own = _widened(asked, YEAR) if YEAR in _axes(asked.wanted) else (None, None)
    if wider is None or own is not None or dimension == YEAR:
        return {}
    found: dict[Any, dict[Any, int]] = defaultdict(dict)
    for (year, *row), count in _crossed(asked, wider, (YEAR, *filter(None, [dimension]))).items():
        found[row[0] if row else 0][year] = count
    return {
        row: any(year not in asked.wanted.years for year in by_year)
        and any(is_tiny(count) for count in by_year.values())
        for row, by_year in found.items()
    }


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


def _crossed(asked: Question, wanted: Wanted, axes: Sequence[str]) -> dict[tuple[Any, ...], int]:
    """Return how many people there are by the values on each axis, without those of whom there are none."""
    session, scopes, facts = asked.place
    climbed = trees.read(session, scopes, wanted)
    events = [fact for fact in trees.fitting(facts, wanted, climbed) if fact.digest]
    groups = {key: distinct.choose(some) for key, some in _groups(events, axes, climbed, wanted).items()}
    found = dict[tuple[Any, ...], int]()
    offered = [_values(session, distinct.choose(events), wanted, axis) for axis in axes]
    for values in itertools.product(*offered):
        narrowed = wanted
        for axis, value in zip(axes, values, strict=True):
            narrowed = narrowed.where(axis, value) if axis in ATTRIBUTES else narrowed
        counts = distinct.people(
            session, {key: Group(some, narrowed.conditions) for key, some in groups.items()}
        )
        for key, count in counts.items():
            if count:
                cell = zip(axes, key, values, strict=True)
                found[tuple(value if axis in ATTRIBUTES else at for axis, at, value in cell)] = count
    return found


def _groups(
    events: Sequence[Fact], axes: Sequence[str], climbed: Trees, wanted: Wanted
) -> dict[tuple[Any, ...], Sequence[Fact]]:
    groups: dict[tuple[Any, ...], Sequence[Fact]] = {(): events} if events else {}
    for axis in axes:
        groups = {
            (*key, value): these
            for key, some in groups.items()
            for value, these in _split(some, axis, climbed, wanted).items()
        }
    return groups


def _split(events: Sequence[Fact], name: str, climbed: Trees, wanted: Wanted) -> dict[Any, Sequence[Fact]]:
    if name in ATTRIBUTES:
        return {"": events}
    return {**trees.split(events, name, climbed, wanted)}


def _values(session: Session, events: Chosen, wanted: Wanted, name: str) -> Collection[str]:
    if name not in ATTRIBUTES:
        return ("",)
    asked = getattr(wanted, name)
    return distinct.values(session, events, name) if asked is None else (asked,)

"""The figures of a statistical return, and what cannot be true of them together (STAT_LOGIC). Pure.

A figure speaks of the whole union with everything below it. Declared figures are compared with each other and
with the accepted returns below, which are declared as well; they are never added to what is computed.
Source of the checks: carried out ≤ proposed, people ≤ participations, the parts make the whole where a figure
may be added, no negative counts, ten thousands not mixed with ones.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

DRAFT, SUBMITTED, SENT_BACK, ACCEPTED = "draft", "submitted", "sent_back", "accepted"
OPEN = (DRAFT, SENT_BACK)  # in these states it is filled
QUALIFIERS = ("=", "≈", ">", "≥")
LARGEST = Decimal(10**13)
SCALES = {"": 1, "万": 10**4, "亿": 10**8}
NUMBER = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,8})? ?(万|亿|)")

# The first and the last day of a calendar year and of a statistical one.
WHOLE_YEARS = ((1, 1, 12, 31), (10, 1, 9, 30))

# The first is a part of the second, or counts the same less often.
NOT_MORE = (
    ("C06", "C05"), ("C12b", "C12a"), ("C14b", "C14a"), ("C18b", "C18a"), ("C18a", "C18c"),
)  # fmt: skip
# There is none of the first where there is none of the second.
NOT_WITHOUT = (("C02", "C01"), ("C05", "C01"), ("C16b", "C16a"), ("C16c", "C16a"))

# What no figure can be, whatever stands around it: with one of these nothing is kept.
IMPOSSIBLE = frozenset({"negative", "large", "places"})


@dataclass(frozen=True)
class Figure:
    """One declared figure.

    Shape: `value` is the whole, None where nothing is declared; `own` what stands in no return below, None
    where it is not said. `complete` is False for 不完全统计.
    """

    value: Decimal | None = None
    qualifier: str = "="
    complete: bool = True
    own: Decimal | None = None
    remark: str = ""


Figures = Mapping[str, Figure]


@dataclass(frozen=True)
class Around:
    """What a return is compared with.

    Shape: the accepted returns below, how many are missing, what is computed, and what the same union had
    accepted `before`, for the same days a year ago.
    """

    below: Sequence[Figures] = ()
    missing: int = 0
    computed: Mapping[str, int | Decimal] = field(default_factory=dict)
    before: Figures = field(default_factory=dict)


def are_whole_years(first: date, last: date) -> bool:
    """Say whether days are whole calendar or statistical years: for these alone the records are counted."""
    return (first.month, first.day, last.month, last.day) in WHOLE_YEARS


class Fault(NamedTuple):
    """One thing that cannot be: the rule, the figure it is about, and the numbers to name."""

    rule: str
    key: str
    values: Mapping[str, object] = {}


class Unreadable(Exception):
    """A text that is no number, or one in a scale that its unit has already; `rule` says which."""

    def __init__(self, rule: str) -> None:
        super().__init__(rule)
        self.rule = rule


def is_overdue(state: str | None, due_on: date | None, today: date) -> bool:
    """Say whether a return is late: the day has passed, and it lies with the union that fills it in."""
    return due_on is not None and today > due_on and state not in (SUBMITTED, ACCEPTED)


def year_before(day: date) -> date:
    """Return the same day a year ago."""
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def last_day_before(day: date) -> date:
    """Return the last day of the same period a year ago: the end of February stays the end of February."""
    if (day + timedelta(days=1)).month != day.month == 2:
        return date(day.year - 1, 3, 1) - timedelta(days=1)
    return year_before(day)


def read_number(text: str, *, scaled_unit: bool = False) -> Decimal | None:
    """Return what was written as a number, None for nothing: digits, thousands apart, 万 or 亿 behind.

    `scaled_unit`: the unit counts in ten thousands already (万元), so that 万 behind it would count twice.
    Raises: Unreadable.
    """
    text = text.strip().replace("，", ",")
    if not text:
        return None
    found = NUMBER.fullmatch(text)
    if found is None:
        raise Unreadable("number")
    sign, whole, decimals, scale = found.groups()
    if scale and scaled_unit:
        raise Unreadable("scaled")
    return Decimal(f"{sign}{whole.replace(',', '')}{decimals or ''}") * SCALES[scale]


def added(parts: Iterable[Figure]) -> Figure | None:
    """Return the parts as one figure: exact and complete only where each part is; None for no parts."""
    given = [part for part in parts if part.value is not None]
    if not given:
        return None
    total = sum((part.value for part in given if part.value is not None), Decimal(0))
    return Figure(total, joined([part.qualifier for part in given]), all(part.complete for part in given))


def joined(qualifiers: Sequence[str]) -> str:
    """Return how exact a sum of such parts is."""
    for qualifier in ("≈", ">", "≥"):
        if qualifier in qualifiers:
            return qualifier
    return "="


def completed(figures: Figures, below: Sequence[Figures], additive: frozenset[str]) -> dict[str, Figure]:
    """Return the figures with the whole where only the own part was written and parts may be added."""
    return {key: _completed(figure, _parts(below, key), key in additive) for key, figure in figures.items()}


def _completed(figure: Figure, parts: Sequence[Figure], additive: bool) -> Figure:
    if figure.value is not None or figure.own is None or not additive:
        return figure
    whole = added([*parts, Figure(figure.own)])
    value = None if whole is None else whole.value
    return Figure(value, figure.qualifier, figure.complete, figure.own, figure.remark)


def check(
    figures: Figures, around: Around, places: Mapping[str, int], additive: frozenset[str]
) -> list[Fault]:
    """Return everything that cannot be true, in the order of the figures.

    Shape: `places` are the decimals of each figure that there is, `additive` the figures that may be added
    over unions.
    """
    given = {key: figure for key, figure in figures.items() if figure.value is not None}
    found = [] if given else [Fault("empty", "")]
    if around.missing and any(figure.complete for figure in given.values()):
        found.append(Fault("missing", "", {"count": around.missing}))
    found += impossible(figures, places)
    found += _between(given)
    for key in places:
        figure, parts = figures.get(key, Figure()), _parts(around.below, key)
        if figure.value is None:
            found += _left(key, figure, parts, key in additive)
        else:
            found += _with_below(key, figure, parts, key in additive)
            found += _scale(key, figure, parts, around)
    return found


def impossible(figures: Figures, places: Mapping[str, int]) -> list[Fault]:
    """Return what no figure can be, in the order of the figures."""
    return [
        fault
        for key, decimals in places.items()
        for value in _values(figures.get(key))
        for fault in _of_itself(key, value, decimals)
    ]


def _values(figure: Figure | None) -> list[Decimal]:
    return [value for value in (figure.value, figure.own) if value is not None] if figure else []


def _of_itself(key: str, value: Decimal, places: int) -> list[Fault]:
    if value < 0:
        return [Fault("negative", key, {"value": value})]
    if value > LARGEST:
        return [Fault("large", key, {"value": value})]
    if value != round(value, places):
        return [Fault("places", key, {"value": value, "places": places})]
    return []


def _between(given: Figures) -> list[Fault]:
    found = []
    for small, large in NOT_MORE:
        if small in given and large in given and _surely_more(given[small], given[large]):
            values = {"value": given[small].value, "limit": given[large].value, "other": large}
            found.append(Fault("more", small, values))
    for some, none in NOT_WITHOUT:
        if some in given and none in given and given[some].value and _is_none(given[none]):
            found.append(Fault("nothing", some, {"value": given[some].value, "other": none}))
    return found


def _surely_more(small: Figure, large: Figure) -> bool:
    """Say whether one is more than the other; what is "at least" something may still be any larger."""
    if small.value is None or large.value is None or large.qualifier in {">", "≥"}:
        return False
    return small.value > large.value or (small.qualifier == ">" and small.value == large.value)


def _is_none(figure: Figure) -> bool:
    return figure.value == 0 and figure.qualifier in {"=", "≈"}


def _parts(below: Sequence[Figures], key: str) -> list[Figure]:
    return [figures[key] for figures in below if key in figures and figures[key].value is not None]


def _with_below(key: str, figure: Figure, parts: Sequence[Figure], additive: bool) -> list[Fault]:
    whole = added(parts)
    if whole is None or whole.value is None or figure.value is None:
        return []
    found = _sums(key, figure, whole.value) if additive else _limits(key, figure, parts, whole.value)
    if additive and figure.qualifier == "=" and whole.qualifier != "=":
        found.append(Fault("exact", key, {"value": figure.value, "qualifier": whole.qualifier}))
    if figure.complete and not whole.complete:
        found.append(Fault("complete", key, {"value": figure.value}))
    return found


def _left(key: str, figure: Figure, parts: Sequence[Figure], additive: bool) -> list[Fault]:
    """Ask for a figure that returns below carry and this one does not; a remark answers."""
    whole = added(parts)
    if whole is None or figure.remark:
        return []
    if additive:
        return [Fault("left", key, {"below": whole.value})]
    return [Fault("left_apart", key, {"below": max(part.value for part in parts if part.value is not None)})]


def _sums(key: str, figure: Figure, below: Decimal) -> list[Fault]:
    """Compare what may be added: own and below make the whole; without an own part it is the difference."""
    value, own = figure.value or Decimal(0), figure.own
    if own is not None and own + below != value:
        return [Fault("sum", key, {"value": value, "own": own, "below": below, "sum": own + below})]
    if own is None and value < below:
        return [Fault("less", key, {"value": value, "below": below})]
    return []


def _limits(key: str, figure: Figure, parts: Sequence[Figure], below: Decimal) -> list[Fault]:
    """Compare what is counted once each: at least the largest part, at most all parts together."""
    value, own = figure.value or Decimal(0), figure.own
    largest = max((part.value for part in parts if part.value is not None), default=Decimal(0))
    if value < largest:
        return [Fault("one", key, {"value": value, "below": largest})]
    if own is not None and value > own + below:
        return [Fault("most", key, {"value": value, "sum": own + below})]
    return []


def _scale(key: str, figure: Figure, parts: Sequence[Figure], around: Around) -> list[Fault]:
    """Ask about a figure that is ten thousand times another one; a remark answers."""
    if figure.value is None or figure.remark:
        return []
    whole, before = added(parts), around.before.get(key, Figure())
    below = whole.value if whole else None
    together = None if below is None or figure.own is None else below + figure.own
    computed = around.computed.get(key)
    others = (
        ("scale", "computed", None if computed is None else Decimal(computed), _ten_thousandfold),
        ("scale_below", "below", below, _some_ten_thousandfold),
        ("scale_own", "sum", together, _some_ten_thousandfold),
        ("scale_before", "before", before.value, _some_ten_thousandfold),
    )
    for rule, name, other, too_far in others:
        if other is not None and too_far(*sorted((figure.value, other))):
            return [Fault(rule, key, {"value": figure.value, name: other})]
    return []


def _ten_thousandfold(small: Decimal, large: Decimal) -> bool:
    """Compare two counts of the same thing: apart from ten thousand they differ by a twentieth at most."""
    return small >= 10 and abs(large - small * 10**4) * 20 <= large


def _some_ten_thousandfold(small: Decimal, large: Decimal) -> bool:
    """Compare with a part, or with another year, which may itself be half as much or twice."""
    return small > 0 and small * 5000 <= large <= small * 20000

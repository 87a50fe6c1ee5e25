"""Compute a report: the figures of everything that fits, and split by one dimension or by each."""

from collections.abc import Collection, Mapping, Sequence, Set
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.eligibility.rules import SKILL_LEVELS
from competitions.organisations.queries import list_unions_by_id
from core import clock
from reports.statistics import growth, recorded, tallies, trees, withholding, yearly
from reports.statistics.asking import Asked, Offered, filters_in_words, period_in_words
from reports.statistics.computed import TINY, WITHHELD, ComputedReport, Measure, ReportRow, ReportTable, Value
from reports.statistics.definitions import INDICATORS
from reports.statistics.distinct import steadily
from reports.statistics.facts import Facts, Scopes, load
from reports.statistics.figures import Figures
from reports.statistics.queries import list_entries, list_regions
from reports.statistics.rules import ATTRIBUTES, OVERLAPPING, Wanted, is_tiny
from reports.statistics.tallies import Place, Tally
from reports.statistics.words import BASES, NOT_STATED, OWN_CONTESTS, heading, value_of

OF_CONTESTS = ("competitions", "C01")  # counted whether or not a result is announced
OF_ROWS = 11  # the indicators that rows have; the others are of the whole report


class Source(NamedTuple):
    """What a report is computed from."""

    session: Session
    scopes: Scopes
    facts: Facts
    offers: Offered


class Label(NamedTuple):
    """How a row is called, its official code, and its place in the order."""

    name: str
    code: str = ""
    place: Any = None
    key: str = ""  # in addresses, where that is not the value itself


def compute(
    source: Source, asked: Asked, dimensions: Sequence[str], *, scope: str, now: datetime
) -> ComputedReport:
    """Return the report over what is asked for, with a table for each dimension."""
    facts = iter([source.facts])

    def attempt() -> ComputedReport:
        again = next(facts, None) or load(source.session, source.scopes, asked.wanted.basis)
        return _compute(source._replace(facts=again), asked, dimensions, scope, now)

    return steadily(attempt)


def _measures(*, complete: bool) -> tuple[Measure, ...]:
    """Return all indicators as the columns of a report; contests are counted before their results, too."""
    return tuple(
        Measure(
            one.code, str(one.name), str(one.unit), one.kind, one.additive, str(one.definition),
            complete=complete or one.code in OF_CONTESTS,
        )
        for one in INDICATORS
    )  # fmt: skip


def _compute(
    source: Source, asked: Asked, dimensions: Sequence[str], scope: str, now: datetime
) -> ComputedReport:
    wanted = asked.wanted
    place = Place(source.session, source.scopes, source.facts)
    climbed = trees.read(source.session, source.scopes, wanted)
    seen = _Seen(place, climbed, wanted)
    before, told = _comparison(source, seen, now, dimensions[0])
    tables = tuple(_table(source, seen, before, name, now) for name in dimensions)
    events = trees.fitting(place.facts, wanted, climbed)
    announced = all(one.digest for one in events) and not place.facts.waiting
    columns, totals = _measures(complete=announced), _totals(seen, asked.by)
    return ComputedReport(
        title=_("Statistics of labour and skills competitions"),
        scope=scope,
        period=period_in_words(wanted, source.offers),
        filters=filters_in_words(wanted, source.offers),
        columns=columns[:OF_ROWS],
        totals=totals[:OF_ROWS],
        whole=tuple(zip(columns[OF_ROWS:], totals[OF_ROWS:], strict=True)),
        tables=tables,
        how=_how(wanted, len(events)),
        computed_at=now,
        before=_totals(before, asked.by) if before else (),
        period_before=period_in_words(before.wanted, source.offers) if before else "",
        notes=(*_notes(source.facts, wanted), *recorded.gaps(*seen), *told),
        completeness=recorded.completeness(events, place.facts.waiting),
        years=str(BASES[wanted.basis]),
        nothing=recorded.nothing(events),
    )


class _Seen(NamedTuple):
    """One period of what is asked for."""

    place: Place
    climbed: trees.Trees
    wanted: Wanted

    def tally(self, dimension: str) -> Tally:
        """Return its figures, whole or by a dimension."""
        return tallies.count(self.place, self.climbed, self.wanted, dimension)

    def withheld(self, dimension: str) -> withholding.Withheld:
        """Return what of them is not told."""
        return withholding.find(withholding.Question(*self), dimension)


def _comparison(
    source: Source, seen: _Seen, now: datetime, dimension: str
) -> tuple[_Seen | None, list[str]]:
    """Return the period before, if figures can be compared with it, and what is to be said about that.

    It will be split by this dimension.
    """
    earlier = seen.wanted.before()
    if earlier is None or earlier.first_year is None or seen.wanted.last_year is None:
        return None, []
    before, basis = seen._replace(wanted=earlier), earlier.basis
    period, period_before = (period_in_words(one, source.offers) for one in (seen.wanted, earlier))
    begin = growth.records_begin(source.facts, basis)
    if begin is not None and not growth.is_covered(earlier.first_year, basis, begin):
        return None, [growth.not_covered(begin, period_before)]
    if not before.tally(dimension).events:
        return None, []
    over = now.astimezone(clock.LOCAL).date() >= growth.first_day(seen.wanted.last_year + 1, basis)
    told = [] if over else [growth.not_over(period, period_before)]
    awaited = sum(not one.digest for one in trees.fitting(seen.place.facts, seen.wanted, seen.climbed))
    return before, [*told, *([growth.not_announced(period, awaited)] if awaited else [])]


def _totals(seen: _Seen, by: str) -> tuple[Value, ...]:
    return _values(seen.tally("").rows[None], seen.withheld(by).total)


def _table(source: Source, seen: _Seen, before: _Seen | None, name: str, moment: datetime) -> ReportTable:
    now, hidden = seen.tally(name).rows, seen.withheld(name).rows
    then = before.tally(name).rows if before else {}
    hidden_then = before.withheld(name).rows if before else frozenset()
    notes = _table_notes(name, bool(hidden | hidden_then))
    if name == "year":
        now = yearly.filled(now, seen.wanted, moment)
        then, hidden_then = _years_before(source, seen.wanted.basis, {**then, **now}, hidden | hidden_then)
        notes += _year_notes(source, seen.wanted, now, then, moment)
    labels = _labels(source, seen.climbed, name, list(now))
    whole = name == "year" or not seen.wanted.conditions
    found = [key for key, one in now.items() if whole or one.participations or one.units]
    ordered = sorted(found, key=lambda key: _order(labels[key], now[key], key in hidden))
    title, head = heading(name, seen.wanted.basis)
    return ReportTable(
        dimension=name,
        title=title,
        head=head,
        rows=tuple(
            ReportRow(
                key=labels[key].key or ("" if key is None else str(key)),
                label=labels[key].name,
                code=labels[key].code,
                values=_values(now[key], key in hidden)[:OF_ROWS],
                before=_values(then[key], key in hidden_then)[:OF_ROWS] if key in then else (),
            )
            for key in ordered
        ),
        overlapping=name in OVERLAPPING,
        notes=notes,
    )


def _years_before(source: Source, basis: str, years: Mapping[Any, Figures], hidden: Set[Any]) -> Any:
    """Return the figures of the year before each year, and which of them are not told."""
    begin = growth.records_begin(source.facts, basis)
    known = {year + 1: figures for year, figures in years.items() if growth.is_covered(year, basis, begin)}
    return known, {year + 1 for year in hidden}


def _year_notes(
    source: Source, wanted: Wanted, now: Collection[int], then: Collection[int], moment: datetime
) -> tuple[str, ...]:
    if wanted.first_year is not None and wanted.first_year == wanted.last_year:
        return ()  # the report says it
    begin = growth.records_begin(source.facts, wanted.basis)

    def named(year: int) -> str:
        return period_in_words(wanted._replace(first_year=year, last_year=year), source.offers)

    return tuple(yearly.notes(now, {*now} & {*then}, begin, wanted, moment, named))


def _labels(source: Source, climbed: trees.Trees, name: str, keys: list[Any]) -> dict[Any, Label]:
    """Return how the values of a dimension are called; a place puts a row where it belongs by itself."""
    if name == "year":
        return {key: Label(str(key), place=key) for key in keys}
    if name in ATTRIBUTES:
        order = list(SKILL_LEVELS) if name == "skill" else [value for value, _word in source.offers[name]]
        return {
            key: Label(value_of(name, key), place=(key == "", order.index(key) if key in order else 99, key))
            for key in keys
        }
    found = {None: Label(str(NOT_STATED))} | {key: Label(str(key)) for key in keys if key is not None}
    if name == "region":
        regions = list_regions(source.session, [key for key in keys if key])
        return found | {entry.key: Label(name_of(entry), entry.code, key=str(entry.id)) for entry in regions}
    if name == "union":
        unions = list_unions_by_id(source.session, keys)
        return found | {union.id: Label(_union_name(union, climbed)) for union in unions}
    if name != "group":
        entries = list_entries(source.session, [key for key in keys if key])
        return found | {key: Label(name_of(entry), entry.code) for key, entry in entries.items()}
    return found


def _union_name(union: Any, climbed: trees.Trees) -> str:
    name = name_of(union)
    return str(OWN_CONTESTS % {"name": name}) if union.id in climbed.tops else name


def _order(label: Label, counted: Figures, hidden: bool) -> Any:
    """Return the place of a row: its own, or by participations; withheld ones last, or it would tell."""
    if label.place is not None:
        return label.place
    times = 0 if hidden else -(counted.participations or 0)
    return (hidden, label.name == str(NOT_STATED), times, -(counted.events or 0), label.name)


def _values(counted: Figures, hidden: bool) -> tuple[Value, ...]:
    people = TINY if is_tiny(counted.people or 0) else WITHHELD
    instead: dict[str, Value] = {"participations": WITHHELD, "people": people} if hidden else {}
    return tuple(instead.get(name, value) for name, value in counted._asdict().items())


def _how(wanted: Wanted, events: int) -> tuple[str, ...]:
    found = [
        _("%(count)s events fit these filters; all but their number is counted of those with an announced "
          "result.", count=events),
        _("Participations, sittings and awards are added event by event. Different people and units are "
          "found by uniting who took part in each event: exactly, nothing is estimated."),
        _("Sex, age and skill level of people, and whose a unit is, are as they were at the contest."),
    ]  # fmt: skip
    if wanted.basis == "statistical":
        found.append(
            _("A statistical year begins on 1 October and bears the number of the year in which it ends; an "
              "event belongs to it by its first day.")
        )  # fmt: skip
    else:
        found.append(
            _("An event belongs to the year of its first day; without one, to that of its competition.")
        )
    return tuple(found)


def said_of_waiting(facts: Facts) -> list[str]:
    """Say how many events are not counted as they are now, where there are any."""
    if not facts.waiting:
        return []
    return [_("%(count)s events are being counted anew; look again in a minute.", count=facts.waiting)]


def _notes(facts: Facts, wanted: Wanted) -> tuple[str, ...]:
    found = said_of_waiting(facts)
    if wanted.conditions:
        found.append(_("Events, sittings and awards are not split by who took part."))
    return tuple(found)


def _table_notes(name: str, hidden: bool) -> tuple[str, ...]:
    found = [
        _("The total counts everything once; rows of people, units and competitions do not add up to it.")
    ]
    if name in OVERLAPPING:
        found.append(_("A competition of several industries stands in each of them."))
    if hidden:
        found.append(
            _("“%(tiny)s” stands for one or two people, “%(withheld)s” for a figure from which they could be "
              "worked out.", tiny=TINY, withheld=WITHHELD)
        )  # fmt: skip
    return tuple(found)

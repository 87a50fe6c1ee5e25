"""The table of years: none left out between the first and the last, each beside the year before it."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from core import clock
from reports.statistics import growth
from reports.statistics.figures import NOT_SPLIT, Figures
from reports.statistics.rules import OWNERSHIP, Wanted, is_next_year

Years = Mapping[Any, Figures]


def filled(rows: Years, wanted: Wanted, now: datetime) -> dict[Any, Figures]:
    """Return the years of a report; one without a contest has zeros, unless it is still to come.

    They reach from the first asked for, or else recorded, to the last.
    """
    if not any(one.participations or one.units for one in rows.values()) and (wanted.conditions or not rows):
        return {}
    first = min(rows) if wanted.first_year is None else wanted.first_year
    last = max(rows) if wanted.last_year is None else wanted.last_year
    last = max(*rows, min(last, running(wanted.basis, now)))
    none = _none(wanted)
    return {year: rows.get(year, none) for year in range(first, last + 1)}


def running(basis: str, now: datetime) -> int:
    """Return the year in which a moment lies."""
    today = now.astimezone(clock.LOCAL).date()
    return today.year + (basis != "calendar" and is_next_year(today))


def _none(wanted: Wanted) -> Figures:
    if not wanted.conditions:
        return Figures()
    of_units = {name for name, _value in wanted.conditions} <= {OWNERSHIP}
    return NOT_SPLIT._replace(participations=0, people=0, units=0 if of_units else None)


def notes(
    years: Collection[int], compared: Collection[int], begin: date | None, wanted: Wanted, now: datetime,
    named: Any,
) -> list[str]:  # fmt: skip
    """Say why the latest year that is not compared is not, and that the running one is not over.

    `named` returns the words for a year.
    """
    found = []
    uncovered = [year - 1 for year in years if not growth.is_covered(year - 1, wanted.basis, begin)]
    if begin is not None and uncovered:
        found.append(growth.not_covered(begin, named(max(uncovered))))
    current = running(wanted.basis, now)
    if current in compared:
        found.append(growth.not_over(named(current), named(current - 1)))
    return found

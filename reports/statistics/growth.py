"""How figures compare with the period before, and when they do not.

A period that lies, wholly or in part, before the first recorded contest would make everything since look like
growth; against few, a change in per cent says more than it knows.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import ngettext

from core.i18n import day
from reports.statistics import shelf
from reports.statistics.computed import ComputedReport, ReportTable, Value
from reports.statistics.facts import Fact, Facts
from reports.statistics.rules import OCTOBER, STATISTICAL

FEW = 10  # below it a change is told as a number


def first_day(year: int, basis: str) -> date:
    """Return the day on which a year of a report begins."""
    return date(year - 1, OCTOBER, 1) if basis == STATISTICAL else date(year, 1, 1)


def records_begin(facts: Facts, basis: str) -> date | None:
    """Return the day of the first event with an announced result; one without a day has all of its year."""
    return shelf.tallied(facts.key, "begin", None, lambda: _begin(facts.events, basis))


def _begin(events: Iterable[Fact], basis: str) -> date | None:
    return min((one.day or first_day(one.year, basis) for one in events if one.digest), default=None)


def is_covered(year: int, basis: str, begin: date | None) -> bool:
    """Say whether contests were recorded from the beginning of a year on."""
    return begin is not None and begin <= first_day(year, basis)


def not_covered(begin: date | None, period: str) -> str:
    """Say why nothing is compared with a period."""
    return _(
        "No growth on %(period)s is shown: the records begin on %(day)s and do not cover all of it.",
        period=period, day=day(begin),
    )  # fmt: skip


def not_over(period: str, before: str) -> str:
    """Say that a period still runs, and is compared with a whole one."""
    return _(
        "%(period)s is not over yet; it is compared with all of %(before)s.", period=period, before=before
    )


def not_announced(period: str, awaited: int) -> str:
    """Say that some results of a period are still to come, and are missing in its growth."""
    return ngettext(
        "The result of one event of %(period)s is not announced yet: it is missing in the growth.",
        "The results of %(num)s events of %(period)s are not announced yet: they are missing in the growth.",
        awaited, period=period,
    )  # fmt: skip


def change(now: Value, before: Value) -> str:
    """Return the change in per cent, or as a number where there were few.

    Empty where one of both is not to be told, or nothing was before.
    """
    if not isinstance(now, int) or not isinstance(before, int) or not before:
        return ""
    if before < FEW:
        return f"{_sign(now - before)}{abs(now - before):,}"
    share = ratio(now, before)
    return f"{_sign(share)}{abs(share) * 100:,.1f} %"


def _sign(difference: int | Decimal) -> str:
    return "±" if not difference else "+" if difference > 0 else "−"


def share(now: Value, before: Value) -> Decimal | None:
    """Return the change as a share of before, to a thousandth; None where `change` tells no per cent."""
    if not isinstance(now, int) or not isinstance(before, int) or before < FEW:
        return None
    return ratio(now, before)


def ratio(now: int | Decimal, before: int | Decimal) -> Decimal:
    """Return the change as a share of what was before and is not nothing, to a thousandth, half up."""
    difference, whole = abs(Decimal(now) - Decimal(before)), Decimal(before)
    permille = (2000 * difference + whole) // (2 * whole)
    return (permille if now >= before else -permille).scaleb(-3)


def is_compared(report: ComputedReport, table: ReportTable) -> bool:
    """Say whether a report compares anything in a table with what was before."""
    return bool(report.before) or any(row.before for row in table.rows)

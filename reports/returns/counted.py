"""What the records say of a union in a period: whole calendar years or whole statistical years."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from competitions.returns.rules import are_whole_years
from reports.statistics import distinct, facts, figures
from reports.statistics.rules import Wanted
from reports.works import queries as works
from reports.works.sheet import amount

# The figures of the statistics by the keys of the dictionary.
KEYS = {
    "C01": "events", "C02": "sittings", "C03": "hosts", "C04": "units", "C05": "participations",
    "C06": "people", "C08a": "industries", "C08b": "trades", "C09": "promotions",
}  # fmt: skip


def years_of(first: date, last: date) -> Wanted | None:
    """Return the period as years of the statistics; None where it is not whole years."""
    if not are_whole_years(first, last):
        return None
    if first.month == 1:
        return Wanted("calendar", first.year, last.year)
    return Wanted("statistical", first.year + 1, last.year)


def count(session: Session, union_id: int, first: date, last: date) -> Mapping[str, int | Decimal]:
    """Return what is counted of a union with all unions below it; nothing for what is not whole years.

    Nothing either while many events are about to be counted anew: what is submitted keeps these figures.
    """
    wanted = years_of(first, last)
    if wanted is None:
        return {}
    found = distinct.steadily(lambda: _count(session, union_id, wanted))
    if found is None:
        return {}
    counted = {key: value for key, name in KEYS.items() if (value := getattr(found, name)) is not None}
    return {**counted, **_works(session, union_id, wanted)}


def _count(session: Session, union_id: int, wanted: Wanted) -> figures.Figures | None:
    """Return the figures; None while so many events wait to be counted anew that they would be old ones."""
    loaded = facts.load(session, {("union", union_id)}, wanted.basis)
    if loaded.waiting:
        return None
    events = [fact for fact in loaded.events if fact.year in wanted.years]
    return figures.count(session, {0: events}, wanted)[0]


def _works(session: Session, union_id: int, wanted: Wanted) -> dict[str, int | Decimal]:
    """Return the figures of innovation awards, the benefit in 万元; nothing where no work competed."""
    by_year = works.count_by_year(session, {("union", union_id)}, wanted.basis)
    covered = {year: figures for year, figures in by_year.items() if year in wanted.years}
    whole = works.totals(covered)
    if not covered:
        return {}
    return {**{key: whole[key] for key in works.KEYS}, works.BENEFIT: amount(whole[works.BENEFIT])}

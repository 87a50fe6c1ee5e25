"""What the records say of a union in a period: whole calendar years or whole statistical years."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.orm import Session

from reports.statistics import facts, figures
from reports.statistics.rules import Wanted
from reports.works import queries as works

# The figures of the statistics by the keys of the dictionary.
KEYS = {
    "C01": "events", "C02": "sittings", "C03": "hosts", "C04": "units", "C05": "participations",
    "C06": "people", "C08a": "industries", "C08b": "trades", "C09": "promotions",
}  # fmt: skip


def years_of(first: date, last: date) -> Wanted | None:
    """Return the period as years of the statistics; None where it is not whole years."""
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return Wanted("calendar", first.year, last.year)
    if (first.month, first.day, last.month, last.day) == (10, 1, 9, 30):
        return Wanted("statistical", first.year + 1, last.year)
    return None


def count(session: Session, union_id: int, first: date, last: date) -> Mapping[str, int]:
    """Return what is counted of a union with all unions below it; nothing for what is not whole years."""
    wanted = years_of(first, last)
    if wanted is None:
        return {}
    loaded = facts.load(session, {("union", union_id)}, wanted.basis)
    events = [fact for fact in loaded.events if fact.year in wanted.years]
    found = figures.count(session, {0: events}, wanted)[0]
    counted = {key: value for key, name in KEYS.items() if (value := getattr(found, name)) is not None}
    return counted | _works(session, union_id, wanted)


def _works(session: Session, union_id: int, wanted: Wanted) -> dict[str, int]:
    """Return the figures of innovation awards; nothing where no work competed."""
    by_year = works.count_by_year(session, {("union", union_id)}, wanted.basis)
    covered = {year: figures for year, figures in by_year.items() if year in wanted.years}
    whole = works.totals(covered)
    return {key: whole[key] for key in works.KEYS} if covered else {}

"""How a file of the statistics is called: whose figures, split by what, of when."""

from typing import NamedTuple

from core import clock
from core.files.kinds import joined_name
from reports.statistics.asking import Asked
from reports.statistics.computed import ComputedReport


class FileName(NamedTuple):
    """A name in the language of the reader, and one of English letters for old programs."""

    full: str
    plain: str


def of_report(report: ComputedReport, asked: Asked, ending: str) -> FileName:
    """Return the name of a report's file; filters besides the years are named as values."""
    period = report.period.replace(" ", "")
    values = [value.strip() for _label, value in report.filters]
    full = [report.title, report.tables[0].title, period, report.scope, *values]  # what is long may be cut
    wanted = asked.wanted
    years = [str(year) for year in (wanted.first_year, wanted.last_year) if year is not None]
    made = f"{report.computed_at.astimezone(clock.LOCAL):%Y%m%d}"
    plain = "-".join(["statistics", asked.by, *dict.fromkeys(years), made])
    return FileName(joined_name(full, ending), f"{plain}.{ending}")

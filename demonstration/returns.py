"""A statistical return on its way: asked for by a union, filled below it. All figures are made up."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from competitions.organisations.models import Union
from competitions.organisations.queries import list_below
from competitions.returns import services
from competitions.returns.models import ReturnPeriod, UnionReturn
from competitions.returns.rules import Figure
from competitions.returns.services import Filled, PeriodValues
from core import clock
from demonstration.site import Site

WORKS = {
    "C01": "14", "C02": "62", "C04": "1", "C05": "3860", "C06": "2140", "C07": "5200", "C08b": "9",
    "C09": "186", "C12a": "912", "C12b": "455", "C13a": "38", "C13d": "12", "C15": "860.5", "C16a": "48",
    "C16b": "2960", "C17": "6",
}  # fmt: skip
PROVINCE = {
    "C01": "96", "C02": "410", "C04": "37", "C05": "25000", "C06": "18600", "C07": "62000", "C08a": "5",
    "C08b": "31", "C09": "1240", "C10": "58", "C11a": "3", "C11c": "2", "C12a": "6400", "C12b": "3310",
    "C13a": "215", "C13c": "40", "C13d": "74", "C14a": "320", "C14b": "61", "C15": "5420.75", "C16a": "260",
    "C16b": "15800", "C17": "28",
}  # fmt: skip
ABOUT = {"C05": ">", "C07": "≈"}


def load(session: Session, site: Site) -> ReturnPeriod:
    """Ask for the last statistical year; one return is accepted, the one above it waits to be looked at."""
    top, year = site.unions["machinery"], site.now.astimezone(clock.LOCAL).year
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    title = f"劳动和技能竞赛统计报表（{year} 统计年度，演示）"
    asked = PeriodValues(title, date(year - 1, 10, 1), date(year, 9, 30), date(year, 11, 30))
    period = services.open_period(session, top, asked, ref=clock.new_ref(), **by)
    province = list_below(session, top.id)[0]
    works = list_below(session, province.id)[0]
    given = _fill(session, period, works, WORKS, by)
    services.submit(session, period, given, **by)
    services.accept(session, period, given, **by)
    services.submit(session, period, _fill(session, period, province, PROVINCE, by), **by)
    return period


def _fill(
    session: Session, period: ReturnPeriod, union: Union, numbers: dict[str, str], by: dict[str, Any]
) -> UnionReturn:
    exact = union.kind == "grassroots"
    figures = {
        key: Figure(Decimal(number), "=" if exact else ABOUT.get(key, "="), complete=key != "C07")
        for key, number in numbers.items()
    }
    return services.save_return(session, period, union.id, Filled(figures, "演示主席", "演示干事"), 0, **by)

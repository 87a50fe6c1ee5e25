"""Builders of periods and returns."""

from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from competitions.declared import services as declared
from competitions.declared.models import DeclaredContest
from competitions.declared.rules import DeclaredValues
from competitions.organisations.models import Union
from competitions.returns import services
from competitions.returns.models import ReturnPeriod, UnionReturn
from competitions.returns.rules import Figure
from competitions.returns.services import Filled, PeriodValues
from core import clock
from reports.published import services as published
from reports.published.models import PublishedReport
from reports.published.rules import Line
from reports.published.services import About
from tests.factories.accounts import MOMENT
from tests.factories.catalogue import build_activity_kind, build_level

_number = count(1)
BY = {"actor_id": None, "now": MOMENT}


def build_period(session: Session, union: Union, **overrides: Any) -> ReturnPeriod:
    """Return a period of the statistical year 2025 (October to September)."""
    values = {
        "title": f"演示统计报表{next(_number)}", "first_day": date(2024, 10, 1), "last_day": date(2025, 9, 30)
    }  # fmt: skip
    wanted = PeriodValues(**(values | overrides))
    return services.open_period(session, union, wanted, ref=clock.new_ref(), **BY)


def build_return(session: Session, period: ReturnPeriod, union: Union, **figures: Any) -> UnionReturn:
    """Return a return with these figures, still being filled in."""
    filled = {key: one if isinstance(one, Figure) else Figure(Decimal(one)) for key, one in figures.items()}
    return services.save_return(session, period, union.id, Filled(filled, "演示主席", "演示干事"), 0, **BY)


def build_accepted(session: Session, period: ReturnPeriod, union: Union, **figures: Any) -> UnionReturn:
    """Return a return that the union above has accepted."""
    given = build_return(session, period, union, **figures)
    services.submit(session, period, given, **BY)
    if given.state == "submitted":
        services.accept(session, period, given, **BY)
    return given


def build_published(session: Session, union: Union, *lines: Line) -> PublishedReport:
    """Return a published report with these lines, or with one figure."""
    named = ("总体", "Overall", "场次", "Sittings", "2.5万余场次")
    one = Line(*named, Decimal(25000), ">", "场次", "sittings", "sittings")
    about = About(*("演示报告", "Demonstration report") * 4)
    return published.keep_report(session, union, about, lines or (one,), ref=clock.new_ref(), **BY)


def build_declared(session: Session, union: Union) -> DeclaredContest:
    """Return a contest that the union declares, without figures."""
    day = date(2022, 5, 10)
    kind, level = build_activity_kind(session), build_level(session)
    values = DeclaredValues(union.id, f"演示申报竞赛{next(_number)}", kind.id, level.id, day, day)
    return declared.declare(session, values, {}, [], ref=clock.new_ref(), today=MOMENT.date(), **BY)

"""A contest of four years ago that was held without this system, as its union declares it."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from competitions.declared import services
from competitions.declared.models import DeclaredContest
from competitions.declared.rules import DeclaredValues
from competitions.returns.rules import Figure
from core import clock
from core.files.reading import from_bytes
from demonstration.site import Site, catalogue_id

FIGURES = {
    "C02": Figure(Decimal(12)), "C04": Figure(Decimal(146)), "C05": Figure(Decimal(25000), "≈", False),
    "C07": Figure(Decimal(120000), "≥", False), "C09": Figure(Decimal(310)),
}  # fmt: skip
WINNERS = [
    ("一等奖", "演示张一", "演示钢铁公司"), ("二等奖", "演示李二", "演示重型机械厂"),
    ("优秀组织奖", "演示建材集团", ""),
]  # fmt: skip


def load(session: Session, site: Site) -> DeclaredContest:
    """Declare it, with its list of winners as a document."""
    year = site.now.astimezone(clock.LOCAL).year - 4
    values = DeclaredValues(
        site.unions["machinery"].id, f"{year}年机械冶金行业班组长管理技能大赛（演示申报）",
        catalogue_id(session, "activity_kind", "SKILL_ROLE"), catalogue_id(session, "level", "national"),
        date(year, 5, 10), date(year, 9, 20), host="演示重型机械厂",
        source="行业工会年度工作总结（演示），数字为约数。",
    )  # fmt: skip
    by: dict[str, Any] = {"actor_id": site.users["analyst"].id, "now": site.now}
    today = site.now.astimezone(clock.LOCAL).date()
    contest = services.declare(
        session, values, FIGURES, WINNERS, ref=clock.new_ref(), today=today, demo=True, **by
    )
    document = from_bytes("获奖名单（演示）.txt", "\n".join("，".join(one) for one in WINNERS).encode())
    services.attach(session, contest, document, ref=clock.new_ref(), **by)
    return contest

"""Contests of a provincial union below that of machinery, so that the tree of unions has two levels."""

from sqlalchemy.orm import Session

from demonstration import history
from demonstration.history import Contest
from demonstration.organisations import PROVINCIAL
from demonstration.site import Site

YEARS = (2024, 2025, 2026)
NAMES = (
    "演示某省{industry}行业职业技能竞赛（{year}）",
    "Demonstration skills contest of a province, {industry}, {year}",
)
REGION, TRADES = "210000", ("6-31-01-03",)


def load(session: Session, site: Site) -> None:
    """Load a contest of each year, up to its final result."""
    for year in YEARS:
        contest = Contest(year, "machinery", PROVINCIAL, REGION, TRADES)
        history.load_contest(session, site, contest, NAMES)

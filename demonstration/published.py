"""The two reports from which the project began: figures that national industrial unions have published.

They are no made-up figures: each keeps the words in which it was printed, its sign (余, 约, 近, 超过) and the
source. They belong to the demonstration's unions only so that somebody may open them.
"""

import csv
from decimal import Decimal
from pathlib import Path

from sqlalchemy.orm import Session

from core import clock
from demonstration.site import Site
from reports.published import services
from reports.published.rules import Line
from reports.published.services import About

FOLDER = Path(__file__).parent / "printed"
TITLE = (
    "五年劳动和技能竞赛情况（公布数据）",
    "Five years of labour and skills competitions (published figures)",
)
PERIOD = ("5年累计，至2022年9月", "Five years until September 2022")
SOURCE = (
    "公布数据：{name}第五届全委会第一次会议报道，工会报纸，2022年9月。"
    "数字和用语照原文，未经本系统计算。",
    "Published figures: report on a plenary meeting of the {name}, a trade-union newspaper of September "
    "2022. Figures and signs as printed; nothing was computed by this system.",
)
REPORTERS = {
    "energy": ("中国能源化学地质工会", "National union of energy, chemistry and geology"),
    "machinery": ("中国机械冶金建材工会", "National union of machinery, metallurgy and building materials"),
}


def load(session: Session, site: Site) -> None:
    """Keep both reports."""
    for key, (name, english) in REPORTERS.items():
        source = (SOURCE[0].format(name=name), SOURCE[1].format(name=english))
        about = About(*TITLE, name, english, *PERIOD, *source)
        services.keep_report(
            session, site.unions[key], about, read(key), ref=clock.new_ref(), actor_id=None, now=site.now
        )


def read(key: str) -> list[Line]:
    """Return the lines of a data file."""
    with (FOLDER / f"{key}.csv").open(encoding="utf-8", newline="") as file:
        return [_line(row) for row in csv.DictReader(file)]


def _line(row: dict[str, str]) -> Line:
    texts = {name: text for name, text in row.items() if name != "value"}
    return Line(value=Decimal(row["value"]) if row["value"] else None, **texts)

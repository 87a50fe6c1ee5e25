"""Two small events that are open for registration: electricians in teams, and works of innovation."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from competitions.eligibility import services as eligibility
from competitions.eligibility.rules import EntryRules
from competitions.entries import deciding, work_files
from competitions.entries import services as entries
from competitions.entries.models import Entry
from competitions.entries.proposals import Asked
from competitions.events import services as events
from competitions.events.models import Competition, Event
from competitions.events.rules import CompetitionValues, EventValues
from competitions.lists.table import Cell, Line, Table
from core import clock
from core.files.reading import from_bytes
from demonstration.site import Site, catalogue_id
from reports.documents import pdf
from reports.documents.model import Column, Document
from reports.documents.model import Table as Printed
from reports.documents.words import document_words
from scoring.schemes import services as schemes

TRADE = "6-31-01-03"
ROLES = ("队长", "队员", "队员", "替补")
TEAM_RULES = EntryRules(
    own_trade=True, level_least="中级工", team_least=3, team_most=3, substitutes=1, unit_quota=2
)
WORK_RULES = EntryRules(unit_quota=3)
# Title, category, the places of its unit and of its authors in the list of units, summary.
WORKS: Sequence[tuple[str, str, int, Sequence[int], str]] = (
    ("演示：大型轧辊吊装平衡梁", "技术革新", 1, (1, 1), "用可调平衡梁替代两台行车抬吊，吊装一次到位。"),
    ("演示：薄壁件焊接防变形工装", "先进操作法", 0, (0, 0, 1), "快换工装配合对称施焊，校正工时减少一半。"),
    ("演示：余热回收支路改造", "合理化建议", 3, (3,), "将冷却水余热接入更衣室采暖。"),
)


def load(session: Session, site: Site, competition: Competition) -> tuple[Event, Event]:
    """Open the registration of both: teams in a competition that there is, works in one of their own."""
    teams = _event(session, site, competition, "电工 · 班组赛", "Electricians, teams", "team", TRADE)
    _open(session, site, teams, TEAM_RULES, "ELEC-2026", "score")
    _enter_teams(session, site, teams)
    works = _event(session, site, _innovation(session, site), "创新成果", "Innovations", "work", "")
    _open(session, site, works, WORK_RULES, "WORK-2026", "judgement")
    _enter_works(session, site, works)
    return teams, works


def _innovation(session: Session, site: Site) -> Competition:
    day, union = site.now.astimezone(clock.LOCAL).date(), site.unions["machinery"]
    values = CompetitionValues(
        name=f"{day.year}年职工创新成果评选（演示）",
        name_en=f"Selection of workers’ innovations {day.year} (demonstration)",
        year=day.year,
        kind_id=catalogue_id(session, "activity_kind", "INNOVATION"),
        level_id=catalogue_id(session, "level", "province"),
        union_id=union.id,
        industry_ids=(catalogue_id(session, "industry", "machinery"),),
        starts_on=day + timedelta(days=30),
        ends_on=day + timedelta(days=31),
        bodies=(("organiser", union.name),),
    )
    return events.create_competition(session, values, actor_id=site.organiser.id, now=site.now, demo=True)


def _event(
    session: Session, site: Site, competition: Competition, name: str, english: str, kind: str, trade: str
) -> Event:
    day = competition.starts_on or site.now.astimezone(clock.LOCAL).date()
    values = EventValues(
        name=name, name_en=english, entry_kind=kind, starts_on=day, ends_on=day, minimum_field=3,
        trade_id=catalogue_id(session, "trade", trade) if trade else None,
    )  # fmt: skip
    return events.create_event(session, competition, values, **_by(site))


def _open(session: Session, site: Site, event: Event, rules: EntryRules, code: str, kind: str) -> None:
    aspect: dict[str, Any] = {"code": "A1", "title": "综合评分", "kind": kind, "max": "100"}
    if kind == "judgement":
        aspect["levels"] = ["一般", "有推广价值", "效益显著", "行业领先"]
    else:
        aspect |= {"step": "0.5", "panel": {"method": "agreed"}}
    criteria = [{"code": "A", "title": "评审", "aspects": [aspect]}]
    scheme = {
        "format": "scheme/1", "code": code, "title": event.name,
        "stages": [{"code": "S", "title": "决赛", "weight": "1", "max": "100", "criteria": criteria}],
        "ranking": {"share": True},
    }  # fmt: skip
    schemes.save_scheme(session, event, scheme, reason="", **_by(site))
    eligibility.save_rules(session, event, rules, **_by(site))
    events.take_step(session, event, "open_registration", **_by(site))


def _enter_teams(session: Session, site: Site, event: Event) -> None:
    """Two teams are approved, one waits; that of the registrar's own unit is a draft which lacks a trade."""
    for place, unit in enumerate(site.units["machinery"][3::-1]):
        name = f"演示{unit.name.removeprefix('演示')}班组"
        rows = [
            {"group": name, "unit": unit.name, "role": role, "name": f"演示电工{place + 1}{number}号",
             "skill_level": "高级工", "trade": TRADE}
            for number, role in enumerate(ROLES, start=1)
        ]  # fmt: skip
        last = place == 3
        if last:
            rows[-1]["trade"] = ""
        number = _add(session, site, event, rows, draft=last)
        if place < 2:
            deciding.decide_entry(session, event, number, "approve", "", **_by(site))


def _enter_works(session: Session, site: Site, event: Event) -> None:
    units = site.units["machinery"]
    for place, (title, category, unit, authors, summary) in enumerate(WORKS):
        rows = [
            {"group": title, "unit": units[unit].name, "category": category, "summary": summary,
             "name": f"演示作者{place + 1}{number}号", "own_unit": units[own].name if own != unit else ""}
            for number, own in enumerate(authors, start=1)
        ]  # fmt: skip
        number = _add(session, site, event, rows)
        if place == 0:
            _explain(session, site, event, session.get_one(Entry, number))
            deciding.decide_entry(session, event, number, "approve", "", **_by(site))


def _add(
    session: Session, site: Site, event: Event, rows: Sequence[Mapping[str, str]], *, draft: bool = False
) -> int:
    lines = [
        Line(number, {name: Cell(text) for name, text in row.items() if text})
        for number, row in enumerate(rows, start=1)
    ]
    today = site.now.astimezone(clock.LOCAL).date()
    asked = Asked(event.id, event.entry_kind, today, draft=draft)
    (number,) = entries.add_entries(session, event, Table("", {}, lines), asked, **_by(site))
    return number


def _explain(session: Session, site: Site, event: Event, entry: Entry) -> None:
    """Add a file to a work."""
    columns = (Column("项目"), Column("改进前"), Column("改进后"))
    rows = (("吊装用时", "90 分钟", "40 分钟"), ("所需行车", "两台", "一台"))
    made = Document(
        title=entry.name, words=document_words(), subtitle=event.competition.name,
        tables=(Printed("效果对比", columns, rows),), issued="演示内容，仅供了解系统", issued_at=site.now,
    )  # fmt: skip
    file = from_bytes("成果说明（演示）.pdf", pdf.render(made))
    work_files.add_file(session, event, entry.id, file, "成果说明", ref=clock.new_ref(), **_by(site))


def _by(site: Site) -> dict[str, Any]:
    return {"actor_id": site.organiser.id, "now": site.now}

"""A contest in its notice period: one appeal upheld and corrected, another being looked into."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import services as accounts
from competitions.catalogue import queries as catalogue
from competitions.entries.models import Entry
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues
from core import clock
from core.files.reading import from_bytes
from demonstration import history
from demonstration.site import Site, catalogue_id
from scoring.appeals import queries
from scoring.appeals import services as appeals
from scoring.appeals.models import Appeal
from scoring.appeals.rules import MARKED, Said
from scoring.packages import services as packages
from scoring.packages.field import Plan
from scoring.packages.reading import load_files
from scoring.results import services as results
from scoring.rules.numbers import ONE, format_short, parse_decimal
from scoring.sheets import corrections
from scoring.sheets.queries import code_of, marks_of

TRADE, DAYS_FOR_APPEALS, NOTICE_DAYS = "6-18-01-02", 2, 7
SAID = Said(
    "演示领队", "010-00000000",
    "实操中停电约三分钟，现场裁判已登记，第二名裁判的评分未扣除该段时间（演示）。", "按实际操作时间重新评定",
)  # fmt: skip

MISREAD = "第一名裁判的纸质评分表与公布的分数相差 1 分，系录入时看错（演示）。"
RULING = "经核对纸质评分表，录入的分数少 1 分，申诉成立，按纸质评分表更正（演示）。"


def load(session: Session, site: Site) -> Appeal:
    """Build the contest and return the second appeal: taken up, with its evidence, and not decided."""
    event = _event(session, site)
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    for login, role in (("chief", "chief_judge"), ("supervisor", "supervisor"), ("arbitrator", "arbitrator")):
        accounts.give_grant(session, site.users[login], role, ("event", event.id), **by)
    event.appeal_minutes, event.notice_days = DAYS_FOR_APPEALS * 24 * 60, NOTICE_DAYS
    for step in ("tabulate", "announce"):
        events.take_step(session, event, step, **by)
    unit = site.units["machinery"][0]
    own = select(Entry).where(Entry.event_id == event.id, Entry.unit_id == unit.id, Entry.status == "valid")
    first, entry = session.scalars(own.order_by(Entry.id).limit(2)).all()
    _corrected(session, site, event, first)
    speaker: dict[str, Any] = {"actor_id": site.users["registrar"].id, "now": site.now}
    about = [(MARKED, "P")]
    appeal = appeals.file_appeal(session, event, entry, SAID, about, ref=clock.new_ref(), **speaker)
    upload = from_bytes("现场记录（演示）.txt", "第二批 10:42 停电，10:45 恢复供电。".encode())
    appeals.attach(session, event, appeal, upload, ref=clock.new_ref(), **speaker)
    appeals.accept(session, event, appeal, actor_id=site.users["arbitrator"].id, now=site.now)
    return appeal


def _corrected(session: Session, site: Site, event: Event, entry: Entry) -> None:
    """Let an appeal be upheld about one sheet, corrected by two people, announced as the second version."""

    def by(login: str) -> dict[str, Any]:
        return {"actor_id": site.users[login].id, "now": site.now}

    said = SAID._replace(grounds=MISREAD, wanted="按纸质评分表更正")
    about = [(MARKED, "P")]
    appeal = appeals.file_appeal(
        session, event, entry, said, about, ref=clock.new_ref(), **by("registrar")
    )
    appeals.accept(session, event, appeal, **by("arbitrator"))
    sheet = queries.list_sheets(session, entry.id)[0].sheet
    appeals.decide(session, event, appeal, "upheld", RULING, ([sheet], []), **by("arbitrator"))
    (place, given), *_others = marks_of(session, sheet.id).items()
    values = {place: format_short((parse_decimal(given) or 0) + ONE)}
    wanted = corrections.propose(
        session, event, sheet, sheet.version, values, "按裁决更正（演示）", **by("chief")
    )
    corrections.witness(session, event, wanted, **by("supervisor"))
    code = code_of(session, entry.id)
    results.correct(session, event, f"申诉成立，更正 {code} 实操评分（演示）", **by("organiser"))


def _event(session: Session, site: Site) -> Event:
    held = site.now - timedelta(days=1)
    day = held.astimezone(clock.LOCAL).date()
    industry = catalogue.list_by_keys(session, "industry", ["machinery"])["machinery"]
    name = f"演示{industry.name_zh}行业职工技能竞赛决赛（{day.year}）"
    values = CompetitionValues(
        name=name, name_en=f"Demonstration final of {industry.name_en.lower()}, {day.year}", year=day.year,
        kind_id=catalogue_id(session, "activity_kind", "SKILL_TRADE"),
        level_id=catalogue_id(session, "level", "province"), union_id=site.unions["machinery"].id,
        industry_ids=(industry.id,), region_id=catalogue_id(session, "region", "210000"),
        starts_on=day, ends_on=day, bodies=(("organiser", site.unions["machinery"].name),),
    )  # fmt: skip
    events.create_competition(session, values, actor_id=site.organiser.id, now=held, demo=True)
    trade = catalogue.list_by_keys(session, "trade", [TRADE])[TRADE]
    contest = history.Contest(day.year, "machinery", "machinery", "210000", (TRADE,))
    units = [unit.name for unit in site.units["machinery"]]
    files = load_files(history.package(contest, TRADE, trade.name_zh, units))
    plan = Plan(competition=name, year=day.year, trade=TRADE, state="scoring", demo=True, same_people=True)
    event = packages.import_package(session, files, plan, actor_id=site.organiser.id, now=held).event
    event.name_en, event.starts_on, event.ends_on = trade.name_en, day, day
    session.flush()
    history.hold(session, event, contest, trade.name_zh, opened=held, ended=site.now)
    return event

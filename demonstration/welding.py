"""A welding contest that is being marked: 24 entrants, 6 units, 5 judges, theory 30 and practice 70."""

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw import services as draw
from competitions.draw.models import EntryCode
from competitions.draw.rules import Settings
from competitions.eligibility import services as eligibility
from competitions.eligibility.rules import EntryRules
from competitions.entries import attendance, deciding
from competitions.entries import services as entries
from competitions.entries.models import Entry
from competitions.entries.proposals import Asked
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues, EventValues
from competitions.judges import seats as judge_seats
from competitions.judges import services as judges
from competitions.judges.models import Appointment
from competitions.judges.services import JudgeValues
from competitions.lists.table import Cell, Line, Table
from competitions.schedule import services as schedule
from competitions.schedule.queries import list_sittings
from competitions.schedule.rules import ALL_BATCHES, Rhythm, rounds
from core import clock
from demonstration import chance
from demonstration.site import JUDGES, Site, catalogue_id
from scoring.schemes import services as schemes
from scoring.sheets import decisions, services
from scoring.sheets.decisions import Act
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation

ENTRANTS = 24
RULES = EntryRules(
    age_least=16, not_retired=True, own_trade=True, level_least="高级工", one_event=True, unit_quota=4
)
RARE_NAMES = {3: "演示李䶮", 8: "演示王𬭎", 15: "演示阿卜杜拉·买买提"}
ABSENT = "A05"
# How far each judge has come in practice: so many sheets signed, then so many begun.
MARKED = {"J1": (17, 2), "J2": (15, 1), "J3": (16, 0), "J4": (12, 2), "J5": (9, 1)}
LEVELS = ["低于行业标准", "达到标准", "部分优于标准", "优秀"]
SIZES = ["偏差大于 3 mm", "偏差 2–3 mm", "偏差 1–2 mm", "偏差不大于 1 mm"]
SCHEME: dict[str, Any] = {
    "format": "scheme/1",
    "code": "WELD-2026",
    "title": "焊工 决赛",
    "rule_reference": "演示技术文件 第4.2条",
    "stages": [
        {"code": "T", "title": "理论", "weight": "0.3", "max": "100", "criteria": [
            {"code": "Q", "title": "笔试", "aspects": [
                {"code": "Q1", "title": "卷面分", "kind": "score", "max": "100", "step": "0.5",
                 "panel": {"method": "agreed"}}]}]},
        {"code": "P", "title": "实操", "weight": "0.7", "max": "100", "criteria": [
            {"code": "A", "title": "外观", "min": "0", "aspects": [
                {"code": "A1", "title": "焊缝成形", "kind": "judgement", "max": "6", "levels": LEVELS},
                {"code": "A2", "title": "焊脚尺寸对称", "kind": "judgement", "max": "6", "levels": SIZES},
                {"code": "A3", "title": "咬边", "kind": "deduction", "max": "34", "per": "5"},
                {"code": "A4", "title": "综合评分", "kind": "score", "max": "54", "step": "0.5",
                 "panel": {"method": "trimmed_mean", "drop": 1, "min_judges": 5}}]},
            {"code": "B", "title": "用时", "aspects": [
                {"code": "B1", "title": "用时", "kind": "time", "unit": "分秒"}]}]},
    ],
    "ranking": {"share": False, "ties": [
        {"by": "stage", "code": "P"},
        {"by": "aspect", "code": "P.B.B1", "order": "asc"},
        {"by": "manual"}]},
    "awards": {"boundary": "decide", "tiers": [
        {"title": "一等奖", "percent": "10", "at_least": 1},
        {"title": "二等奖", "percent": "20"},
        {"title": "三等奖", "percent": "30"}]},
}  # fmt: skip
# The judgement is given by three; what the panel agrees on by its head.
ASPECTS = {
    "J1": ("A1", "A2", "A3", "A4", "B1"),
    "J2": ("A1", "A2", "A4"),
    "J3": ("A1", "A2", "A4"),
    "J4": ("A4",),
    "J5": ("A4",),
}


def load(session: Session, site: Site) -> Event:
    """Build the contest through the product's own services, up to the middle of the marking."""
    event = _event(session, site)
    schemes.save_scheme(session, event, SCHEME, reason="", actor_id=site.organiser.id, now=site.now)
    eligibility.save_rules(session, event, RULES, actor_id=site.organiser.id, now=site.now)
    _step(session, site, event, "open_registration")
    _enter(session, site, event)
    _appoint(session, site, event)
    _plan(session, site, event)
    for step in ("close_registration", "start_scoring"):
        _step(session, site, event, step)
    _mark(session, site, event)
    _hold(session, site, event)
    return event


def _event(session: Session, site: Site) -> Event:
    day = site.now.astimezone(clock.LOCAL).date()
    union = site.unions["machinery"]
    competition = events.create_competition(
        session,
        CompetitionValues(
            name=f"{day.year}年机械冶金系统职业技能竞赛（演示）",
            name_en=f"Machinery and metallurgy skills competition {day.year} (demonstration)",
            year=day.year,
            kind_id=catalogue_id(session, "activity_kind", "SKILL_TRADE"),
            level_id=catalogue_id(session, "level", "province"),
            union_id=union.id,
            industry_ids=(catalogue_id(session, "industry", "machinery"),),
            region_id=catalogue_id(session, "region", "210000"),
            starts_on=day,
            ends_on=day + timedelta(days=1),
            bodies=(("organiser", union.name), ("host", site.units["machinery"][0].name)),
        ),
        actor_id=site.organiser.id,
        now=site.now,
        demo=True,
    )
    values = EventValues(
        name="焊工 · 决赛",
        name_en="Welding, final",
        entry_kind="person",
        trade_id=catalogue_id(session, "trade", "6-18-02-04"),
        group_name="职工组",
        minimum_field=20,
        starts_on=day,
        ends_on=day + timedelta(days=1),
        venue=site.units["machinery"][0].name,
    )
    return events.create_event(session, competition, values, actor_id=site.organiser.id, now=site.now)


def _enter(session: Session, site: Site, event: Event) -> None:
    lines = [
        Line(
            number,
            {"name": Cell(_name(number)), "unit": Cell(_unit(site, number)), "skill_level": Cell("高级工"),
             "trade": Cell("焊工")},
        )
        for number in range(1, ENTRANTS + 1)
    ]
    asked = Asked(event.id, event.entry_kind, site.now.astimezone(clock.LOCAL).date())
    entries.add_entries(session, event, Table("", {}, lines), asked, actor_id=site.organiser.id, now=site.now)
    deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=site.organiser.id, now=site.now)


def _name(number: int) -> str:
    return RARE_NAMES.get(number, f"演示选手{number:02d}")


def _unit(site: Site, number: int) -> str:
    units = site.units["machinery"]
    return units[number % len(units)].name


def _appoint(session: Session, site: Site, event: Event) -> None:
    people = [(login, JudgeValues(head=login == "judge1")) for login in JUDGES]
    people.append(("chief", JudgeValues(chief=True)))
    made = {
        login: judges.appoint(
            session, event, site.users[login], values, actor_id=site.organiser.id, now=site.now
        )
        for login, values in people
    }
    stages = {made[login].id: ["P"] for login in JUDGES} | {
        made["judge1"].id: ["T", "P"],
        made["chief"].id: [],
    }
    judge_seats.assign_stages(session, event, stages, actor_id=site.organiser.id, now=site.now)
    aspects = {made[f"judge{code[1]}"].id: chosen for code, chosen in ASPECTS.items()}
    judge_seats.assign_aspects(session, event, "P", aspects, actor_id=site.organiser.id, now=site.now)


def _plan(session: Session, site: Site, event: Event) -> None:
    """Let all sit the paper together, then three batches of eight stations weld one after another."""
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    draw.save_settings(session, event, Settings(stations=8), **by)
    day = site.now.astimezone(clock.LOCAL).date()
    paper = Rhythm(day, time(8, 30), time(18), 90)
    practice = Rhythm(day, time(10, 20), time(18), 90, 20, (time(12), time(13, 30)))
    batches = rounds(range(1, 4), ["焊接车间"], shared_out=False)
    schedule.plan_sittings(session, event, "T", [[(ALL_BATCHES, "理论考场")]], paper, **by)
    schedule.plan_sittings(session, event, "P", batches, practice, **by)


def _hold(session: Session, site: Site, event: Event) -> None:
    """Record as held what is over: the paper, and the first batch."""
    held = [sitting.id for sitting in list_sittings(session, event.id) if sitting.batch <= 1]
    schedule.hold_sittings(session, event, held, actor_id=site.organiser.id, now=site.now)


def _mark(session: Session, site: Site, event: Event) -> None:
    codes = {code: entry for entry, code in _coded(session, event)}
    decisions.set_status(
        session, event, codes[ABSENT], "absent",
        Act(clock.new_ref(), site.users["chief"].id, "未到场检录", site.now),
    )  # fmt: skip
    present = [code for code in sorted(codes) if code != ABSENT]
    _check_in(session, site, event, codes)
    for code in present:
        _fill(session, site, event, "J1", code, "T", sign=True)
    for judge, (signed, begun) in MARKED.items():
        for number, code in enumerate(present[: signed + begun]):
            _fill(session, site, event, judge, code, "P", sign=number < signed)


def _check_in(session: Session, site: Site, event: Event, codes: Mapping[str, Entry]) -> None:
    """Mark who has come, as the desk does on the day."""
    for code, entry in codes.items():
        came = "absent" if code == ABSENT else "present"
        attendance.mark(
            session, event, entry.id, came, seen="", actor_id=site.organiser.id, now=site.now
        )


def _coded(session: Session, event: Event) -> Iterable[tuple[Entry, str]]:
    statement = select(Entry, EntryCode.code).join(EntryCode, EntryCode.entry_id == Entry.id)
    return [(row[0], row[1]) for row in session.execute(statement.where(Entry.event_id == event.id))]


def _fill(
    session: Session, site: Site, event: Event, judge: str, code: str, stage: str, *, sign: bool
) -> None:
    sheet = session.scalars(
        select(Sheet)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(
            Sheet.event_id == event.id,
            Sheet.stage == stage,
            Appointment.code == judge,
            EntryCode.code == code,
        )
    ).one()
    marks = _values(judge, code) if stage == "P" else {"Q1": chance.halves(62, 98, code, "theory")}
    if not sign:
        marks = dict(list(marks.items())[:-1])
    keys = {MarkKey(aspect, 1): value for aspect, value in marks.items()}
    if keys:
        operation = SheetOperation(clock.new_ref(), sheet.ref, sheet.version, keys)
        _applied(services.save_marks(session, event, sheet, operation, site.now))
    if sign:
        signature = SheetOperation(clock.new_ref(), sheet.ref, sheet.version)
        _applied(services.sign_sheet(session, event, sheet, signature, site.now))


def _values(judge: str, code: str) -> Mapping[str, str]:
    skill = chance.between(30, 52, code, "skill")
    level = min(3, max(0, (skill - 28) // 8))
    values = {
        "A1": str(max(0, level - chance.below(2, code, judge))),
        "A2": str(max(0, level - chance.below(2, code, judge, "size"))),
        "A3": str(chance.below(4, code, "faults")),
        "A4": chance.halves(skill - 2, skill + 2, code, judge),
        "B1": str(5400 + chance.below(1500, code, "time")),
    }
    return {aspect: values[aspect] for aspect in ASPECTS[judge]}


def _applied(answer: services.Answer) -> None:
    if answer.outcome != "applied":
        raise RuntimeError(f"the demonstration's own mark was answered {answer}")


def _step(session: Session, site: Site, event: Event, step: str) -> None:
    events.take_step(session, event, step, actor_id=site.organiser.id, now=site.now)

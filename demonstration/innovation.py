"""Innovation awards: one that runs, with a dispute and five experts at their desks; one that is announced."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from competitions.entries import deciding, work_files
from competitions.entries import services as entries
from competitions.entries.models import Entry
from competitions.entries.proposals import Asked
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues, EventValues
from competitions.judges import seats
from competitions.judges import services as judges
from competitions.judges.models import Appointment
from competitions.judges.services import JudgeValues
from competitions.lists.table import Cell, Line, Table
from competitions.works import services as works
from competitions.works.rules import YUAN, Particulars
from core import clock
from core.files.reading import from_bytes
from demonstration import chance
from demonstration.site import JUDGES, Site, catalogue_id
from scoring.disputes import services as disputes
from scoring.disputes.rules import Said
from scoring.schemes import offers
from scoring.schemes import services as schemes
from scoring.sheets import services as sheets
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation

RUNNING = ("职工技术创新成果评选（演示）", "Employees' innovation award")
ANOTHER = ("“五小”创新成果评选（演示）", "“Five small” innovation award")
DISPUTED = 4
SIGNED = {"J1": 5, "J2": 3}  # how many works these experts have marked and signed; the others have not begun
ALL_SIGNED = tuple(f"J{number}" for number in range(1, 6))
POINTS = {"A1": (20, 30), "A2": (18, 30), "A3": (12, 20), "A4": (13, 20)}
SAID = Said("演示异议人", "010-00000000", "该成果的主要方案在我单位 2024 年立项书中已有记载（演示）。")


class Work(NamedTuple):
    """One work: what it is called, its field, what is said of it; benefit in 万元."""

    title: str
    field: str
    summary: str
    said: Particulars


WORKS = (
    Work("转炉挡渣装置快换结构", "节能降耗", "把挡渣装置改为插接结构，更换时间由 40 分钟缩短到 12 分钟。",
         Particulars("innovation", True, date(2025, 4, 1), 86 * YUAN, True,
                     "2025 年节约停炉时间，按吨钢成本计算", (60, 40))),
    Work("井下带式输送机托辊巡检车", "安全生产", "小车沿巷道自行，听音测温，发现过热托辊即报警。",
         Particulars("invention", True, date(2025, 9, 1), 120 * YUAN, True, "减少停机 310 小时", (50, 50))),
    Work("高处作业“三确认”卡", "安全生产", "登高前由本人、监护人、班组长逐项确认并签名。",
         Particulars("proposal", True, date(2026, 1, 10), None, False, "", (100,))),
    Work("大型铸件冷裂预热操作法", "质量提升", "按壁厚分区预热，冷裂由每月 6 件降到 1 件。",
         Particulars("method", True, date(2025, 6, 1), 45 * YUAN, False, "按废品损失测算", (70, 30))),
    Work("切削液集中过滤回收箱", "绿色生产", "两级过滤后回用，切削液用量减少三成。",
         Particulars("five_small", False, None, 9 * YUAN, False, "按试用三个月推算", (100,))),
    Work("数控机床刀具寿命提醒程序", "智能制造", "按切削时间累计，提前一班提醒换刀。",
         Particulars("innovation", False, None, None, False, "", (50, 30, 20))),
)  # fmt: skip


def load(session: Session, site: Site) -> Event:
    """Build the award through the product's own services, up to the middle of the review."""
    event, by = _event(session, site), _by(site)
    rubric: Any = offers.LIBRARY.find_document("innovation")
    schemes.save_scheme(session, event, rubric, reason="", **by)
    works.save_terms(session, event, anonymous=True, until=site.now + timedelta(days=6), **by)
    events.take_step(session, event, "open_registration", **by)
    _enter(session, site, event)
    _appoint(session, site, event)
    for step in ("close_registration", "start_scoring"):
        events.take_step(session, event, step, **by)
    _mark(session, site, event)
    disputes.raise_dispute(
        session, event, str(DISPUTED), "ownership", SAID, ref=clock.new_ref(), **_by(site, "registrar")
    )
    _announce_another(session, site)
    return event


def _announce_another(session: Session, site: Site) -> None:
    """Build a smaller award of two months ago, marked by everybody and announced."""
    then = replace(site, now=site.now - timedelta(days=60))
    event, by = _event(session, then, ANOTHER), _by(then)
    rubric: Any = offers.LIBRARY.find_document("innovation")
    schemes.save_scheme(session, event, rubric, reason="", **by)
    events.take_step(session, event, "open_registration", **by)
    _enter(session, then, event, WORKS[2:])
    _appoint(session, then, event)
    for step in ("close_registration", "start_scoring"):
        events.take_step(session, event, step, **by)
    _mark(session, then, event, dict.fromkeys(ALL_SIGNED, len(WORKS)))
    for step in ("tabulate", "announce", "finalise"):
        events.take_step(session, event, step, **by)


def _by(site: Site, login: str = "organiser") -> dict[str, Any]:
    return {"actor_id": site.users[login].id, "now": site.now}


def _event(session: Session, site: Site, named: tuple[str, str] = RUNNING) -> Event:
    day = site.now.astimezone(clock.LOCAL).date()
    union = site.unions["machinery"]
    values = CompetitionValues(
        name=f"{day.year}年{named[0]}", name_en=f"{named[1]} {day.year} (demonstration)", year=day.year,
        kind_id=catalogue_id(session, "activity_kind", "INNOVATION"),
        level_id=catalogue_id(session, "level", "province"), union_id=union.id,
        industry_ids=(catalogue_id(session, "industry", "machinery"),),
        starts_on=day, ends_on=day + timedelta(days=14), bodies=(("organiser", union.name),),
    )  # fmt: skip
    competition = events.create_competition(
        session, values, actor_id=site.organiser.id, now=site.now, demo=True
    )
    said = EventValues(name="创新成果", name_en="Innovation results", entry_kind="work", starts_on=day,
                        ends_on=day + timedelta(days=14))  # fmt: skip
    return events.create_event(session, competition, said, **_by(site))


def _enter(session: Session, site: Site, event: Event, entered: Sequence[Work] = WORKS) -> None:
    by, units = _by(site), site.units["machinery"]
    today = site.now.astimezone(clock.LOCAL).date()
    for number, work in enumerate(entered, start=1):
        unit = units[number % len(units)].name
        shared = {"group": Cell(work.title), "unit": Cell(unit), "category": Cell(work.field),
                  "summary": Cell(work.summary)}  # fmt: skip
        lines = [
            Line(place, shared | {"name": Cell(f"演示作者{number}{letter}")})
            for place, letter in enumerate("甲乙丙"[: len(work.said.shares)], start=1)
        ]
        asked = Asked(event.id, "work", today)
        (entry_id,) = entries.add_entries(session, event, Table("", {}, lines), asked, **by)
        works.save_particulars(session, event, entry_id, work.said, revision=0, today=today, **by)
        file = from_bytes("成果说明.txt", f"{work.title}\n\n{work.summary}\n\n（演示材料）".encode())
        work_files.add_file(session, event, entry_id, file, "", ref=clock.new_ref(), **by)
    deciding.approve_all(session, event, deciding.AS_ORGANISER, **by)


def _appoint(session: Session, site: Site, event: Event) -> None:
    by = _by(site)
    made = [judges.appoint(session, event, site.users[login], JudgeValues(), **by) for login in JUDGES]
    seats.assign_stages(session, event, {row.id: ["R"] for row in made}, **by)


def _mark(session: Session, site: Site, event: Event, signed_of: Mapping[str, int] = SIGNED) -> None:
    """Let experts mark the first works, as they would from their own desks."""
    for judge, count in signed_of.items():
        for sheet, code in _sheets(session, event, judge)[:count]:
            marks = {
                MarkKey(aspect, 1): str(chance.between(least, most, judge, code, aspect))
                for aspect, (least, most) in POINTS.items()
            }
            saved = SheetOperation(clock.new_ref(), sheet.ref, sheet.version, marks)
            _applied(sheets.save_marks(session, event, sheet, saved, site.now))
            signed = SheetOperation(clock.new_ref(), sheet.ref, sheet.version)
            _applied(sheets.sign_sheet(session, event, sheet, signed, site.now))


def _sheets(session: Session, event: Event, judge: str) -> list[tuple[Sheet, str]]:
    statement = (
        select(Sheet, EntryCode.code)
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(Entry, Entry.id == Sheet.entry_id)
        .join(EntryCode, EntryCode.entry_id == Entry.id)
        .where(Sheet.event_id == event.id, Appointment.code == judge)
        .order_by(EntryCode.code)
    )
    return [(sheet, code) for sheet, code in session.execute(statement)]


def _applied(answer: sheets.Answer) -> None:
    if answer.outcome != "applied":
        raise RuntimeError(f"the demonstration's own mark was answered {answer}")

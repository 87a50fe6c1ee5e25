"""A strict contest between its steps: marked by code, locked, tabulated; a second person compares sheets."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts import services as accounts
from competitions.draw import services as draw
from competitions.draw.rules import Settings
from competitions.entries import deciding
from competitions.entries import services as entries
from competitions.entries.proposals import Asked
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues, EventValues
from competitions.judges import seats
from competitions.judges import services as judges
from competitions.judges.services import JudgeValues
from competitions.lists.table import Cell, Line, Table
from core import clock
from demonstration import chance
from demonstration.site import Site, catalogue_id
from scoring.rechecks import queries
from scoring.rechecks import services as rechecks
from scoring.schemes import services as schemes
from scoring.sheets import closing, services
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation

ENTRANTS, LAYERS, COMPARED = 8, 3, 3
JUDGES = ("judge1", "judge2")
# The organiser neither draws nor opens the names here; nobody has two of these hands.
HELPERS = (
    ("draw-officer", "draw_officer"), ("tabulator", "tabulator"), ("supervisor", "supervisor"),
    ("arbitrator", "arbitrator"),
)  # fmt: skip
PART = {"kind": "score", "step": "0.5", "panel": {"method": "mean", "min_judges": 2}}
SCHEME: dict[str, Any] = {
    "format": "scheme/1",
    "code": "TURN-2026",
    "title": "车工 决赛",
    "rule_reference": "演示技术文件 第6.2条",
    "stages": [
        {"code": "P", "title": "实操", "weight": "1", "max": "100", "criteria": [
            {"code": "A", "title": "零件", "aspects": [
                {"code": "A1", "title": "尺寸精度", "max": "70", **PART},
                {"code": "A2", "title": "表面质量", "max": "30", **PART}]}]},
    ],
    "ranking": {"share": False, "ties": [{"by": "aspect", "code": "P.A.A1"}, {"by": "manual"}]},
    "awards": {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]},
}  # fmt: skip


def load(session: Session, site: Site) -> Event:
    """Build the contest through the product's own services, each act by whoever does it."""
    event = _event(session, site)
    schemes.save_scheme(session, event, SCHEME, reason="", **_by(site, "organiser"))
    draw.save_settings(session, event, Settings(layers=LAYERS), **_by(site, "organiser"))
    _step(session, site, event, "open_registration")
    _enter(session, site, event)
    _appoint(session, site, event)
    _step(session, site, event, "close_registration")
    draw.make_draw(session, event, seed=clock.new_token(), **_by(site, "draw-officer"))
    draw.confirm_draw(session, event, **_by(site, "draw-officer"))
    _step(session, site, event, "start_scoring")
    _sign(session, event, site.now)
    for act, login in (("confirm", JUDGES[0]), ("lock", "chief")):
        waiting = {row.ref: row.version for row in closing.list_waiting(session, event, act, None)}
        closing.close_sheets(
            session, event, act, waiting, operation_id=clock.new_ref(), **_by(site, login)
        )
    _step(session, site, event, "tabulate", "tabulator")
    _compare(session, site, event)
    return event


def _by(site: Site, login: str) -> dict[str, Any]:
    return {"actor_id": site.users[login].id, "now": site.now}


def _step(session: Session, site: Site, event: Event, step: str, login: str = "organiser") -> None:
    events.take_step(session, event, step, **_by(site, login))


def _event(session: Session, site: Site) -> Event:
    day = site.now.astimezone(clock.LOCAL).date()
    union = site.unions["machinery"]
    values = CompetitionValues(
        name=f"演示机械行业职工技能决赛（{day.year}，严格模式）",
        name_en=f"Demonstration final in the strict profile, {day.year}", year=day.year,
        kind_id=catalogue_id(session, "activity_kind", "SKILL_TRADE"),
        level_id=catalogue_id(session, "level", "province"), union_id=union.id, profile="strict",
        industry_ids=(catalogue_id(session, "industry", "machinery"),),
        region_id=catalogue_id(session, "region", "210000"), starts_on=day, ends_on=day,
        bodies=(("organiser", union.name),),
    )  # fmt: skip
    competition = events.create_competition(session, values, demo=True, **_by(site, "organiser"))
    about = EventValues(
        name="车工 · 决赛", name_en="Turning, final", entry_kind="person",
        trade_id=catalogue_id(session, "trade", "6-18-01-01"), group_name="职工组",
        starts_on=day, ends_on=day, venue=site.units["machinery"][5].name, appeal_minutes=120, notice_days=7,
    )  # fmt: skip
    return events.create_event(session, competition, about, **_by(site, "organiser"))


def _enter(session: Session, site: Site, event: Event) -> None:
    units = site.units["machinery"]
    lines = [
        Line(n, {"name": Cell(f"演示车工{n:02d}"), "unit": Cell(units[n % len(units)].name)})
        for n in range(1, ENTRANTS + 1)
    ]
    asked = Asked(event.id, event.entry_kind, site.now.astimezone(clock.LOCAL).date())
    entries.add_entries(session, event, Table("", {}, lines), asked, **_by(site, "organiser"))
    deciding.approve_all(session, event, deciding.AS_ORGANISER, **_by(site, "organiser"))


def _appoint(session: Session, site: Site, event: Event) -> None:
    by = _by(site, "organiser")
    for login, role in HELPERS:
        accounts.give_grant(session, site.users[login], role, ("event", event.id), **by)
    units = site.units["energy"]
    stages: dict[int, Iterable[str]] = {}
    for place, login in enumerate(JUDGES):
        values = JudgeValues(head=place == 0, unit_id=units[place].id)
        stages[judges.appoint(session, event, site.users[login], values, **by).id] = ["P"]
    values = JudgeValues(chief=True, unit_id=units[5].id)
    stages[judges.appoint(session, event, site.users["chief"], values, **by).id] = []
    seats.assign_stages(session, event, {key: list(own) for key, own in stages.items()}, **by)


def _sign(session: Session, event: Event, now: datetime) -> None:
    """Let both judges give every code what its work deserves, within a point of each other, and sign."""
    for sheet in session.scalars(select(Sheet).where(Sheet.event_id == event.id).order_by(Sheet.id)):
        skill = chance.between(40, 66, sheet.entry_id, "turning")
        marks = {
            MarkKey("A1", 1): chance.halves(skill - 1, skill + 1, sheet.id),
            MarkKey("A2", 1): chance.halves(skill // 3, skill // 3 + 4, sheet.id, "surface"),
        }
        operation = SheetOperation(clock.new_ref(), sheet.ref, sheet.version, marks)
        answers = [services.save_marks(session, event, sheet, operation, now)]
        signature = SheetOperation(clock.new_ref(), sheet.ref, sheet.version)
        answers.append(services.sign_sheet(session, event, sheet, signature, now))
        if any(answer.outcome != "applied" for answer in answers):
            raise RuntimeError(f"the demonstration's own sheet was answered {answers}")


def _compare(session: Session, site: Site, event: Event) -> None:
    """Draw the sheets to compare, and find the first ones right; the rest waits for whoever tries it."""
    by = _by(site, "tabulator")
    rechecks.draw_sample(
        session, event, seed=clock.new_token(), operation_id=clock.new_ref(), **by
    )
    found = queries.find_progress(session, event)
    for sheet in found.chosen[:COMPARED] if found else ():
        rechecks.compare(
            session, event, sheet.row.ref, sheet.row.version, agrees=True, note="",
            operation_id=clock.new_ref(), **by,
        )  # fmt: skip

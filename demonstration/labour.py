"""A labour contest, a safety cup and a contest for a role, each in the middle of its year."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from accounts.models import User
from competitions.entries import deciding
from competitions.entries import services as entries
from competitions.entries.proposals import Asked
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CompetitionValues
from competitions.judges import services as judges
from competitions.judges.services import JudgeValues
from competitions.lists.table import Cell, Line, Table
from competitions.organisations.models import Unit
from core import clock
from core.files.reading import from_bytes
from demonstration import chance
from demonstration.site import Site, catalogue_id
from scoring.assessments import checking, queries, services
from scoring.assessments.checking import Checked
from scoring.assessments.services import By, Texts
from scoring.rules.numbers import ONE
from scoring.schemes.queries import get_scheme
from scoring.sheets import decisions
from scoring.sheets import queries as sheets
from scoring.sheets import services as marking
from scoring.sheets.decisions import Act, Veto
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from scoring.starting import services as starting
from scoring.starting.offers import TEMPLATES
from scoring.starting.services import Wanted

TARGETS = {"A1": ("1200", "960", "1080", "840"), "A2": ("4", "3", "4", "3")}
# What the units reach in the first quarter; the last one has had an accident.
REACHED = (
    {"A1": "1176", "A2": "4", "B1": "98", "B2": "1", "C1": "1", "C2": "9", "D1": "4", "D2": "5"},
    {"A1": "960", "A2": "3", "B1": "99", "B2": "0", "C1": "1", "C2": "9.5", "D1": "5", "D2": "4"},
    {"A1": "990", "A2": "4", "B1": "96", "B2": "0", "C1": "0", "C2": "8.5", "D1": "3", "D2": "4"},
    {"A1": "820", "A2": "3", "B1": "97", "B2": "1", "C1": "2", "C2": "8", "D1": "4", "D2": "4"},
)
CUP = (
    {"A1": "10", "A2": "15", "B1": "15", "B2": "10", "C1": "14.5", "C2": "15", "D1": "10", "D2": "9.5"},
    {"A1": "9", "A2": "14", "B1": "14", "B2": "9.5", "C1": "14", "C2": "14.5", "D1": "9.5", "D2": "9"},
)
QUARTER_ONE, QUARTER_TWO = "P1", "P2"
MAY = 5


class Setting(NamedTuple):
    """What a contest of the demonstration is called and who takes part."""

    template: str
    union: str
    name: str
    name_en: str
    event: str
    event_en: str
    units: Sequence[Unit]


def load(session: Session, site: Site) -> tuple[Event, Event, Event]:
    """Build the labour contest, the safety cup and the role contest, each in the middle of its year."""
    return _labour(session, site), _cup(session, site), _role(session, site)


def _labour(session: Session, site: Site) -> Event:
    """Close the first of two quarters, with a banner and a veto, and let the units report the second."""
    setting = Setting(
        "project", "machinery", "重点工程保供劳动竞赛（演示）",
        "Labour contest for key project supplies (demonstration)", "制造单位竞赛", "Contest of the works",
        site.units["machinery"][:4],
    )  # fmt: skip
    event = _start(session, site, setting, periods=("第一季度", "第二季度"))
    stage = get_scheme(session, event.id).stages[0]
    entrants = queries.list_entrants(session, event.id)
    for code in (QUARTER_ONE, QUARTER_TWO):
        _targets(session, site, event, code)
    services.ask(session, event, stage, site.now + timedelta(days=1), _by(site))
    for one, values in zip(entrants, REACHED, strict=True):
        _report(session, site, event, QUARTER_ONE, one, values)
        found = {"C1": ("2", "现场一处临边无防护")} if one is entrants[0] else {}
        _check(session, site, event, QUARTER_ONE, one, values | {k: v[0] for k, v in found.items()}, found)
    today = site.now.astimezone(clock.LOCAL).date()
    decisions.set_status(
        session, event, entrants[3].entry, "ineligible",
        Act(clock.new_ref(), site.organiser.id, "发生重大生产安全事故", site.now),
        veto=Veto(min(date(today.year, MAY, 11), today), "演示应急管理局事故通报〔演示〕3号"),
    )  # fmt: skip
    second = get_scheme(session, event.id).stages[1]
    services.ask(session, event, second, site.now + timedelta(days=14), _by(site))
    for one, values in list(zip(entrants, REACHED, strict=True))[1:3]:
        _report(session, site, event, QUARTER_TWO, one, values)
    return event


def _cup(session: Session, site: Site) -> Event:
    """Let the units report of themselves; two are checked, one of them has reached 98."""
    setting = Setting(
        "safety", "energy", "“安康杯”竞赛（演示）", "Ankang Cup (demonstration)", "优胜单位", "Winning units",
        site.units["energy"][:4],
    )  # fmt: skip
    event = _start(session, site, setting)
    stage = get_scheme(session, event.id).stages[0]
    services.ask(session, event, stage, site.now + timedelta(days=21), _by(site))
    for one, values in zip(queries.list_entrants(session, event.id), CUP, strict=False):
        _report(session, site, event, stage.code, one, values)
        _check(session, site, event, stage.code, one, values, {})
    return event


def _role(session: Session, site: Site) -> Event:
    """Let attendants of four stations compete; half of the sheets are signed."""
    setting = Setting(
        "role", "energy", "“百城万站·卓越服务”加油员技能大赛（演示）",
        "Filling station attendants' contest (demonstration)", "加油员", "Filling station attendants",
        site.units["energy"][:4],
    )  # fmt: skip
    event = _start(session, site, setting, role="加油员")
    for row in sheets.list_sheets(session, event.id)[::2]:
        stage = get_scheme(session, event.id).find_stage(row.stage)
        sheet = sheets.find_sheet(session, row.ref)
        if stage is None or sheet is None:
            continue
        marks = {}
        for aspect in stage.aspects:
            most = int(aspect.highest // ONE)
            value = chance.halves(most * 7 // 10, most, row.entry, row.judge, row.stage, aspect.code)
            marks[MarkKey(aspect.code, 1)] = value
        saved = SheetOperation(clock.new_ref(), sheet.ref, sheet.version, marks)
        marking.save_marks(session, event, sheet, saved, site.now)
        signed = SheetOperation(clock.new_ref(), sheet.ref, sheet.version)
        marking.sign_sheet(session, event, sheet, signed, site.now)
    return event


def _start(
    session: Session, site: Site, setting: Setting, periods: tuple[str, ...] = (), role: str = ""
) -> Event:
    today = site.now.astimezone(clock.LOCAL).date()
    competition = CompetitionValues(
        name=f"{today.year}年{setting.name}", name_en=f"{setting.name_en} {today.year}", year=today.year,
        kind_id=0, level_id=catalogue_id(session, "level", "province"),
        union_id=site.unions[setting.union].id,
        industry_ids=(catalogue_id(session, "industry", INDUSTRIES[setting.union]),),
        starts_on=date(today.year, 1, 1), ends_on=date(today.year, 12, 31),
        bodies=(("organiser", site.unions[setting.union].name),),
    )  # fmt: skip
    template = TEMPLATES[setting.template]
    wanted = Wanted(
        competition, setting.event, role=role, periods=periods, checks=True, name_en=setting.event_en
    )
    event = starting.start(session, template, wanted, site.organiser, now=site.now, demo=True)
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    events.take_step(session, event, "open_registration", **by)
    asked = Asked(event.id, event.entry_kind, today)
    entries.add_entries(session, event, Table("", {}, _lines(event, setting.units)), asked, **by)
    deciding.approve_all(session, event, deciding.AS_ORGANISER, **by)
    if not template.checks:
        _appoint(session, site, event)
    for step in ("close_registration", "start_scoring"):
        events.take_step(session, event, step, **by)
    return event


INDUSTRIES = {"machinery": "machinery", "energy": "petroleum"}


def _lines(event: Event, units: Sequence[Unit]) -> list[Line]:
    if event.entry_kind == "unit":
        return [
            Line(number, {"name": Cell(unit.name), "unit": Cell(unit.name)})
            for number, unit in enumerate(units, start=1)
        ]
    return [
        Line(number, {"name": Cell(f"演示加油员{number:02d}"), "unit": Cell(units[number % len(units)].name)})
        for number in range(1, 13)
    ]


def _appoint(session: Session, site: Site, event: Event) -> None:
    people: list[User] = [site.users[f"judge{number}"] for number in range(1, 6)]
    for user in people:
        values = JudgeValues(head=user is people[0])
        judges.appoint(session, event, user, values, actor_id=site.organiser.id, now=site.now)


def _targets(session: Session, site: Site, event: Event, stage: str) -> None:
    found = get_scheme(session, event.id).find_stage(stage)
    entrants = queries.list_entrants(session, event.id)
    if found is None:
        return
    targets = {
        one.entry.id: {code: values[number] for code, values in TARGETS.items()}
        for number, one in enumerate(entrants)
    }
    seen = queries.targets_seen(session, event.id, stage)
    services.set_targets(session, event, found, targets, _by(site), seen=seen)


def _report(
    session: Session, site: Site, event: Event, stage: str, one: Any, values: Mapping[str, str]
) -> None:
    found, by = get_scheme(session, event.id).find_stage(stage), _by(site)
    if found is None:
        return
    upload = from_bytes("佐证材料（演示）.txt", "演示：监理签认的工程量清单。".encode())
    row = services.add_file(session, event, one.entry, found, "", upload, "", by, ref=clock.new_ref())
    assessment = queries.find_assessment(session, one.entry.id, stage)
    version = assessment.version if assessment is not None and row else 0
    notes = {found.aspects[0].code: "以监理签认的数量为准"}
    services.save_report(
        session, event, one.entry, found, Texts(values, notes), by, version=version, submits=True
    )


def _check(
    session: Session, site: Site, event: Event, stage: str, one: Any, values: Mapping[str, str],
    found: Mapping[str, tuple[str, str]],
) -> None:  # fmt: skip
    scheme = get_scheme(session, event.id)
    known, assessment = scheme.find_stage(stage), queries.find_assessment(session, one.entry.id, stage)
    if known is None or assessment is None:
        return
    spot = Texts({code: said[0] for code, said in found.items()}, {code: s[1] for code, s in found.items()})
    checking.save_check(
        session, event, one.entry, scheme, known, Checked(spot, values, True), _by(site),
        operation=clock.new_ref(), version=assessment.version,
    )  # fmt: skip


def _by(site: Site) -> By:
    return By(site.organiser.id, site.now)

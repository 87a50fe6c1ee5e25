"""A house with everything in it for the gates: the demonstration's welding, and events around it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from accounts.models import User
from competitions.catalogue import data_files, loading
from competitions.catalogue.models import CatalogueEntry
from competitions.documents.models import CompetitionDocument, PublicPage
from competitions.draw.models import Draw
from competitions.eligibility.models import EntryRulesRow
from competitions.eligibility.rules import EntryRules, to_document
from competitions.entries import work_files
from competitions.entries.models import Entry, EntryMember, Substitution
from competitions.events.models import Competition, Event
from competitions.judges.models import Appointment
from competitions.judges.register.models import JudgeQualification
from competitions.lists.grid import from_json
from competitions.notices import services as notices
from competitions.notices.models import Notice
from competitions.notices.objections import services as objections
from competitions.notices.objections.models import Objection
from competitions.organisations.queries import list_below
from competitions.schedule.queries import list_sittings
from core import clock
from core.database import metadata
from core.files.reading import from_bytes
from demonstration import (
    appealing,
    board,
    declared,
    innovation,
    judges,
    labour,
    organisations,
    published,
    returns,
    site,
    welding,
)
from demonstration.site import Site
from reports.certificates import services as certificates
from reports.certificates.designs import services as designs
from reports.published.models import PublishedReport
from scoring.boards import services as boards
from scoring.ceremonies import services as ceremonies
from scoring.desk import keying
from scoring.desk.lists import entering
from scoring.desk.models import BackupFile, BackupRecord
from scoring.disputes import services as disputes
from scoring.disputes.models import Dispute
from scoring.promotions import offers
from scoring.promotions import services as promotions
from scoring.rechecks import services as rechecks
from scoring.rechecks.queries import find_progress
from scoring.results.statements import list_statements
from scoring.schemes.queries import get_scheme
from scoring.sheets import corrections, decisions
from scoring.sheets.decisions import Act
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey
from scoring.standings import offers as methods
from scoring.standings import services as standings
from tests.factories.accounts import build_user
from tests.factories.devices import build_call, build_device, build_held
from tests.factories.entries import build_entry, build_person
from tests.factories.events import build_competition, build_event
from tests.factories.honours import build_honour
from tests.factories.judges import build_appointment
from tests.factories.marking import build_theory_and_practice, take
from tests.factories.notices import build_notice, build_objection
from tests.factories.organisations import build_contact, build_unit
from tests.factories.returns import build_period
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_scheme
from tests.factories.trust import close

SCORES = {
    "李䶮": ("96", "98.5"), "王𬭎": ("90", "92"), "阿卜杜拉·买买提": ("91.5", "90"), "演示赵一": ("60", "60"),
}  # fmt: skip
TIED = {"演示周一": ("90", "90"), "演示吴二": ("90", "90"), "演示郑三": ("80", "80")}
LEVELS = ("高级工", "", "技师", "初级工")  # of those entrants: one is not recorded, one leads nowhere
PRIZES = {"awards": {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}}
TO_DECIDE = {"ranking": {"share": False, "ties": [{"by": "manual"}]}}


@dataclass
class World:
    """The people by what they do, and what an address needs: for each event, and for single endpoints."""

    users: dict[str, User] = field(default_factory=dict)
    arguments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def address(self, app: Flask, endpoint: str, event: str = "scoring") -> str:
        """Return the address of a page."""
        values = self.arguments[event] | self.arguments.get(endpoint, {})
        rule = next(rule for rule in app.url_map.iter_rules(endpoint) if "GET" in (rule.methods or ()))
        named = {name: values[name] for name in rule.arguments}
        return str(app.url_map.bind("localhost").build(endpoint, named))


def build_world(session: Session) -> World:
    """Fill an empty database."""
    now, world = clock.now(), World()
    loading.load(session, data_files.rows(), data_files.trade_industries(), actor_id=None, now=now)
    made = site.build(session, now)
    event = welding.load(session, made)
    judges.load(session, made)
    session.commit()
    _people(session, world, made, event)
    _scoring(session, world, made, event)
    _tablets(session, world, made, event)
    _before(session, world, made, event.competition)
    _after(session, world, event.competition, now)
    _board(session, world, made, event)
    _desk(session, world, made, event)
    _two_people(session, world, made, event.competition)
    _returns(session, world, made)
    _works(session, world, made)
    _labour(session, world, made)
    appeal = appealing.load(session, made)
    world.arguments["appealed"] = {
        "event_id": appeal.event_id, "competition_id": appeal.event.competition_id, "code": "A01",
        "entry_id": appeal.entry_id, "number": appeal.number,
    }  # fmt: skip
    session.commit()
    session.expunge_all()
    return world


def _people(session: Session, world: World, made: Site, event: Event) -> None:
    union, unit = made.unions["machinery"], made.units["machinery"][0]
    world.users = {name: made.users[name] for name in ("admin", "organiser", "chief", "analyst")}
    world.users["judge"] = made.users["judge1"]
    for role in ("draw_officer", "tabulator", "supervisor", "arbitrator"):
        world.users[role] = build_user(session, f"demo-{role}", [(role, "union", union.id)])
    world.users["registrar"] = build_user(session, "demo-registrar", [("registrar", "unit", unit.id)])
    world.users["nobody"] = build_user(session, "demo-nobody")


def _scoring(session: Session, world: World, made: Site, event: Event) -> None:
    """Name the things of the welding contest, and add what a chief judge does."""
    chief = made.users["chief"]
    entry = session.scalars(select(Entry).where(Entry.event_id == event.id, Entry.number == 3)).one()
    penalty = decisions.give_penalty(
        session, event, entry, "2", Act(clock.new_ref(), chief.id, "未戴防护面罩", made.now)
    )
    decision = decisions.record_decision(
        session, event, entry, "absent_judge", Act(clock.new_ref(), chief.id, "临时就医", made.now),
        place=("P", "A4", "J5"),
    )  # fmt: skip
    own = select(Sheet).join(Appointment, Appointment.id == Sheet.appointment_id).where(
        Sheet.event_id == event.id, Sheet.stage == "P", Appointment.code == "J1"
    )  # fmt: skip
    begun = session.scalars(own.where(Sheet.state == "draft").order_by(Sheet.version.desc())).first()
    signed = session.scalars(own.where(Sheet.state != "draft")).first()
    judge = session.scalars(select(Appointment).where(Appointment.event_id == event.id)).first()
    boards.act(session, event, "open", actor_id=chief.id, now=made.now)
    admin = made.users["admin"]
    trade = session.scalars(select(CatalogueEntry).where(CatalogueEntry.kind == "trade")).first()
    unit = made.units["machinery"][0]
    alike = [build_person(session, "演示同名", unit=unit, skill_level="技师") for _number in range(2)]
    contact = build_contact(session, unit_id=unit.id)
    world.arguments["scoring"] = {
        "contact_id": contact.id, "person_id": alike[0].id, "other_id": alike[1].id,
        "event_id": event.id, "competition_id": event.competition_id, "entry_id": entry.id, "code": "A03",
        "appointment_id": judge.id, "stage": "P", "ref": begun.ref, "number": 1, "kind": "trade",
        "penalty_id": penalty.id, "decision_id": decision.id, "step": "cancel", "user_id": admin.id,
        "union_id": made.unions["machinery"].id, "unit_id": made.units["machinery"][0].id,
        "sitting_id": list_sittings(session, event.id)[-1].id,
    }  # fmt: skip
    held = session.scalars(
        select(JudgeQualification).where(JudgeQualification.user_id == made.users["judge3"].id)
    ).one()
    world.arguments |= {
        f"register.{page}": {"user_id": held.user_id, "qualification_id": held.id}
        for page in ("show_judge", "edit_judge", "new_qualification", "edit_qualification")
    }
    twin = build_unit(session, name=f"{unit.name}有限公司", union_id=unit.union_id)
    world.arguments |= {
        "twins.compare_units": {"unit_id": unit.id, "other_id": twin.id},
        "sheets.ask_reopen": {"ref": signed.ref},
        "sheets.show_sheet": {"ref": signed.ref},
        "sheets.ask_look_end": {"ref": signed.ref},
        "sheets.show_judge": {"code": "J1"},
        "catalogue.edit_entry": {"entry_id": trade.id},
    }


def _desk(session: Session, world: World, made: Site, event: Event) -> None:
    """Bring a list with a fault, two keyings that differ, and a backup with a record that was not applied."""
    actor = {"actor_id": made.organiser.id, "now": made.now}
    scheme = get_scheme(session, event.id)
    stage = scheme.stages[-1]
    aspect = stage.aspects[0]
    rows = [[1, ["编号", "裁判", aspect.code]], [2, ["A01", "J1", "999999"]], [3, ["A02", "J1", "1"]]]
    grid = from_json({"sheet": "成绩", "header": 1, "rows": rows, "notes": []})
    upload = entering.Upload(stage, grid, "演示成绩.xlsx", "0" * 64)
    listed = entering.keep_list(session, event, upload, signs=True, **actor)
    blank = session.scalars(
        select(Sheet)
        .join(Entry, Entry.id == Sheet.entry_id)
        .where(Sheet.event_id == event.id, Sheet.state == "draft")
        .where(Entry.status == "valid", ~Sheet.marks.any())
        .order_by(Sheet.id)
    ).all()
    place = keying.place_of(session, event, blank[0])
    for value in ("1", "2"):
        keying.keep(session, event, place, {MarkKey(place.aspects[0], 1): value}, signed=True, **actor)
    judge = session.scalars(select(Appointment).where(Appointment.event_id == event.id)).first()
    operation = {
        "op_id": "demo-00001", "sheet": blank[0].ref, "base": 9, "kind": "save", "device_time": "",
        "marks": [[place.aspects[0], 1, "2"]],
    }  # fmt: skip
    backup = BackupFile(
        event_id=event.id, sha256="0" * 64, judge_id=judge.user_id, judge_code=judge.code, device="演示平板",
        made_at="", by_id=made.organiser.id, at=made.now,
        records=[BackupRecord(position=1, operation=operation, outcome="conflict")],
    )  # fmt: skip
    session.add(backup)
    session.flush()
    sheet = {"ref": blank[0].ref}
    world.arguments |= {
        "desk.show_list": {"number": listed.number},
        "desk.key_sheet": {"ref": blank[1].ref},
        "desk.compare_sheet": sheet,
        "desk.ask_discard": sheet,
        "desk.show_backup": {"backup_id": backup.id},
        "desk.ask_withdraw": {"backup_id": backup.id, "number": 1},
    }


def _two_people(session: Session, world: World, made: Site, welding_contest: Competition) -> None:
    """Add a tabulated event of the standard profile: its re-check begun, a correction waiting."""
    named = {"name": "机械行业焊工竞赛", "kind": welding_contest.kind, "level": welding_contest.level}
    contest = build_competition(session, profile="standard", union=made.unions["machinery"], **named)
    event = build_theory_and_practice(
        session, SCORES, event={"competition": contest, "name": "气焊工", "name_en": "Gas welding"}
    )
    session.add(Draw(event_id=event.id, seed="package:演示", settings={"layers": 3}, drawn_at=made.now))
    chief, tabulator = made.users["chief"], world.users["tabulator"]
    close(session, event, "lock", chief)
    take(session, event, "tabulate", now=made.now)
    actor: dict[str, Any] = {"actor_id": tabulator.id, "now": made.now}
    rechecks.draw_sample(session, event, seed="演示", operation_id=clock.new_ref(), **actor)
    progress = find_progress(session, event)
    first = progress.chosen[0].row if progress else None
    assert first is not None
    rechecks.compare(
        session, event, first.ref, first.version, agrees=False, note="原件为 59 分",
        operation_id=clock.new_ref(), **actor,
    )  # fmt: skip
    sheet = session.scalars(select(Sheet).where(Sheet.ref == first.ref)).one()
    values = {MarkKey(mark.aspect, mark.attempt): "59" for mark in sheet.marks}
    corrections.propose(
        session, event, sheet, sheet.version, values, "抄写错误", actor_id=chief.id, now=made.now
    )
    world.arguments["two_people"] = {
        "event_id": event.id, "competition_id": contest.id, "ref": first.ref, "code": "A01", "number": 1,
    }  # fmt: skip


def _labour(session: Session, world: World, made: Site) -> None:
    """Add a labour contest in its second quarter, and a safety cup."""
    contest, cup, _role = labour.load(session, made)
    for name, event, stage in (("labour", contest, labour.QUARTER_TWO), ("cup", cup, "K")):
        entry = select(Entry).where(Entry.event_id == event.id).order_by(Entry.number)
        world.arguments[name] = {
            "event_id": event.id, "stage": stage, "entry_id": session.scalars(entry).first().id,
        }  # fmt: skip
    world.arguments["starting.ask"] = {"key": "project"}


def _returns(session: Session, world: World, made: Site) -> None:
    """Let the unions below one fill in their returns: one accepted, one waiting, the top not begun."""
    organisations.load(session, made)
    period = returns.load(session, made)
    published.load(session, made)
    report = session.scalars(select(PublishedReport).order_by(PublishedReport.id.desc())).first()
    world.arguments["published.show_report"] = {"ref": report.ref}
    province = list_below(session, period.union_id)[0]
    unanswered = build_period(session, period.union, title="演示统计报表（2019 统计年度）",
                              first_day=date(2018, 10, 1), last_day=date(2019, 9, 30))
    world.arguments |= {
        "returns.edit_period": {"ref": unanswered.ref},
        "returns.show_period": {"ref": period.ref},
        "returns.show_return": {"ref": period.ref, "union_id": province.id},
        "returns.edit_return": {"ref": period.ref, "union_id": period.union_id},
        "returns.show_step": {"ref": period.ref, "union_id": province.id, "number": 1},
    }


def _tablets(session: Session, world: World, made: Site, event: Event) -> None:
    """Let tablets come by in each way that the board tells apart, a judge call, and an operation wait."""
    away = build_device(session, event, "J4", made.now - timedelta(minutes=14), unsent=2, current=False)
    build_device(session, event, "J1", made.now, battery=92, charging=True)
    build_device(session, event, "J3", made.now, battery=15, persisted=False, worker=False, skew=95)
    build_call(session, event, "J3", made.now)
    own = select(Sheet).join(Appointment, Appointment.id == Sheet.appointment_id).where(
        Sheet.event_id == event.id, Sheet.stage == "P", Sheet.state == "draft", Appointment.code == "J4"
    )  # fmt: skip
    sheet = session.scalars(own).first()
    build_held(session, event, sheet, made.now, [["A1", 1, "2"]])
    world.arguments["scoring"]["device_id"] = away.id


def _board(session: Session, world: World, made: Site, event: Event) -> None:
    """Publish what the demonstration does, and begin a correction and a draft."""
    board.load(session, made, event)
    by = made.organiser
    public = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    call = session.scalars(select(Notice).order_by(Notice.id)).first()
    acts = {"version": call.version, "actor_id": by.id, "now": made.now}
    values = notices.values_of(call.versions[0])._replace(correction="时间有调整")
    notices.save_draft(session, call, call.kind, None, values, **acts)
    draft = build_notice(session, event.competition, by, "entrants", event.id, body="联系电话 13800138000")
    listed = select(Notice).where(Notice.kind == "entrants", Notice.current.is_not(None))
    entrants = session.scalars(listed).one()
    objection = build_objection(session, entrants)
    document = session.scalars(select(CompetitionDocument)).first()
    page = session.scalars(select(PublicPage).where(PublicPage.competition_id == event.competition_id)).one()
    world.arguments |= {
        "notices.read": {"ref": public.ref},
        "notices.read_version": {"ref": call.ref, "number": 1},
        "notices.show_competition": {"page_ref": page.ref},
        "notices.show_notice": {"ref": draft.ref},
        "notices.edit_notice": {"ref": call.ref},
        "notices.ask_withdraw": {"ref": call.ref},
        "objections.new_objection": {"ref": entrants.ref},
        "objections.show_receipt": {"receipt": objection.ref},
        "objections.list_objections": {"ref": entrants.ref},
        "objections.show_objection": {"ref": entrants.ref, "number": objection.number},
        "documents.show_document": {"ref": document.ref},
        "documents.ask_withdraw": {"ref": document.ref},
    }


def _before(session: Session, world: World, made: Site, competition: Competition) -> None:
    """Add an event that is being planned, and one into which units enter."""
    units = made.units["machinery"]
    draft = build_event(session, competition=competition, name="车工 · 初赛", name_en="Turning, first round")
    named = {"name": "钳工 · 决赛", "name_en": "Fitting, final"}
    registration = build_event(session, "registration", competition=competition, **named)
    build_scheme(session, registration)
    for number, review in enumerate(("approved", "submitted", "submitted", "rejected")):
        reason = {"status_reason": "材料不全"} if review == "rejected" else {}
        entry = build_entry(session, registration, unit=units[number], review=review, **reason)
    _kinds(session, world, made, competition)
    judge = build_appointment(session, registration, ["T", "P"])
    build_appointment(session, registration, ["P"], unit_id=units[0].id)
    shared = {"competition_id": competition.id, "stage": "P", "number": 1}
    world.arguments["draft"] = shared | {"event_id": draft.id, "step": "cancel"}
    world.arguments["registration"] = shared | {
        "event_id": registration.id, "entry_id": entry.id, "appointment_id": judge.id, "step": "reopen_draft",
    }  # fmt: skip


def _kinds(session: Session, world: World, made: Site, competition: Competition) -> None:
    """Add a contest of teams with a substitute and a coach, and one of works with files."""
    unit, by = made.units["machinery"][0], made.organiser
    named = {"name": "班组 · 决赛", "name_en": "Work teams, final", "entry_kind": "team"}
    teams = build_event(session, "registration", competition=competition, **named)
    document = to_document(EntryRules(team_least=2, team_most=3, substitutes=2))
    session.add(EntryRulesRow(event_id=teams.id, document=document))
    team = build_entry(session, teams, "演示一队", unit=unit, members=4)
    for member, role in zip(team.members[2:], ("substitute", "coach"), strict=True):
        member.role = role
    session.add(
        Substitution(
            entry_id=team.id, position=2, left_ref="0" * 32, left_name="演示前队员", came_ref="1" * 32,
            came_name=team.members[1].person.name, reason="临时出差", review="approved", at=made.now,
            by_id=by.id,
        )  # fmt: skip
    )
    named = {"name": "创新成果 · 评选", "name_en": "Innovations", "entry_kind": "work"}
    works = build_event(session, "registration", competition=competition, **named)
    said = {"category": "技术革新", "summary": "演示作品的简介。\n第二段。"}
    work = build_entry(session, works, "演示焊接夹具改进", unit=unit, members=2, **said)
    for name in ("简介.txt", "照片说明.txt"):
        upload = from_bytes(name, name.encode())
        work_files.add_file(
            session, works, work.id, upload, "", ref=clock.new_ref(), actor_id=by.id, now=made.now
        )
    shared = {"competition_id": competition.id, "stage": "P", "number": 1}
    ref = team.members[0].person.ref
    world.arguments["teams"] = shared | {"event_id": teams.id, "entry_id": team.id, "person_ref": ref}
    ref = work.members[0].person.ref
    world.arguments["works"] = shared | {"event_id": works.id, "entry_id": work.id, "person_ref": ref}


def _works(session: Session, world: World, made: Site) -> None:
    """Add an innovation award that experts mark, with a dispute, and a contest held elsewhere."""
    elsewhere = {"ref": declared.load(session, made).ref}
    world.arguments |= {f"declared.{page}": elsewhere for page in ("show_contest", "edit_contest")}
    event = innovation.load(session, made)
    entry = session.scalars(select(Entry).where(Entry.event_id == event.id, Entry.number == 6)).one()
    world.arguments["judged"] = {
        "event_id": event.id, "competition_id": event.competition_id, "entry_id": entry.id, "code": "A01",
        "number": 1, "stage": "R",
    }  # fmt: skip


def _standing(session: Session, world: World, competition: Competition, now: datetime) -> None:
    """Add a published standing of the units over the announced events."""
    method: Any = methods.LIBRARY.find_document("three-members")
    standing = standings.add_standing(session, competition, method, [], actor_id=None, now=now)
    standings.publish(session, standing, reason="", actor_id=None, now=now)
    for name in ("edit_standing", "show_standing"):
        world.arguments[f"standings.{name}"] = {"standing_id": standing.id}


def _after(session: Session, world: World, competition: Competition, now: datetime) -> None:
    """Add an event with a tie to decide, and one whose certificates are issued."""
    named = {"name": "数控铣工 · 决赛", "name_en": "CNC milling, final"}
    tied = build_theory_and_practice(
        session, TIED, event={"competition": competition, **named}, **PRIZES, **TO_DECIDE
    )
    named = {"name": "电焊工 · 决赛", "name_en": "Arc welding, final"}
    final = build_theory_and_practice(session, SCORES, event={"competition": competition, **named}, **PRIZES)
    levels = iter(LEVELS)
    for entry in session.scalars(select(Entry).where(Entry.event_id == final.id).order_by(Entry.number)):
        person = build_person(session, entry.name, unit_id=entry.unit_id, skill_level=next(levels))
        session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))
    take(session, tied, "tabulate", now=now)
    take(session, final, "tabulate", "announce", "finalise", now=now)
    _ceremony(session, world, final, now)
    issued = certificates.issue(session, final, actor_id=None, now=now)[0]
    rules: Any = offers.LIBRARY.find_document("chongqing")
    promotions.save_rules(session, final, rules, base=0, reason="", actor_id=None, now=now)
    shared = {"competition_id": competition.id, "code": "A01", "number": 1}
    world.arguments["tied"] = shared | {"event_id": tied.id}
    held = build_sitting(session, final, "P", 1, state="held", settled_at=now)
    certificate = {"certificate_id": issued.id, "public_id": issued.public_id}
    template = designs.add_template(
        session, competition, "honour", "演示模板", ref=clock.new_ref(),
        actor_id=session.scalars(select(User.id)).first() or 0, now=now,
    )  # fmt: skip
    _honours(session, world, final)
    world.arguments["designs.edit_template"] = {"ref": template.ref}
    _standing(session, world, competition, now)
    said = list_statements(session, final.id)[0]
    world.arguments["publication.show"] = {"ref": said.ref}
    world.arguments["final"] = shared | {"event_id": final.id, "sitting_id": held.id} | certificate


def _ceremony(session: Session, world: World, event: Event, now: datetime) -> None:
    """Uncover the first step of a result on the large screen."""
    by: dict[str, Any] = {"actor_id": session.scalars(select(User.id)).first() or 0, "now": now}
    ceremony = ceremonies.prepare(session, event, "award", 3, ref=clock.new_ref(), **by)
    ceremonies.uncover(session, event, ceremony, 1, **by)
    world.arguments["ceremonies.show_screen"] = {"ref": ceremony.ref}


def _honours(session: Session, world: World, final: Event) -> None:
    """Add recommendations whose groups are said in part, and an honour that was granted."""
    for number, group in enumerate(("industrial", "other", "")):
        build_honour(
            session, final.competition, recipient=f"演示荣誉{number}", grouping=group, event_id=final.id
        )
    granted = build_honour(session, final.competition, kind="expert", state="granted", event_id=final.id)
    world.arguments["honours.show_honour"] = {"honour_id": granted.id}


def entered(session: Session) -> list[str]:
    """Return every text that stands in the database, as people entered it or the catalogue has it.

    Where something has an English name, its Chinese one is left out: an English page shows the other.
    """
    texts = list(data_files.source_titles().values())  # and the works that it cites
    for table in metadata.sorted_tables:
        for row in session.execute(select(table)).mappings():
            bilingual = bool(row.get("name_en"))
            texts += [
                str(value)
                for name, value in row.items()
                if isinstance(value, (str, dict, list)) and not (bilingual and name in {"name", "name_zh"})
            ]
    for objection in session.scalars(select(Objection)):  # sealed: the table itself does not tell them
        texts += objections.masked(objection)
    for dispute in session.scalars(select(Dispute)):
        texts += disputes.masked(dispute)
    return texts

"""An appeal: who may file it until when, who may decide it, what it opens, and what waits for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts.models import Grant
from competitions.events import lifecycle
from competitions.events import services as events
from competitions.judges.models import Appointment
from core.audit.models import AuditRecord
from core.files.reading import from_bytes
from core.refusals import Refused
from scoring.appeals import queries, rules, services
from scoring.appeals.models import Appeal
from scoring.appeals.rules import Said
from scoring.results import services as results
from scoring.results import statements
from scoring.sheets import corrections, decisions, integrity, projection, releases
from scoring.sheets.decisions import Act
from scoring.sheets.models import LedgerOperation
from scoring.sheets.queries import marks_of
from scoring.sheets.rules import MarkKey
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import entry_of, take
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated

A1 = MarkKey("A1", 1)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SAID = Said("演示领队", "13800138000", "第二名裁判的评分与现场记录不符", "改正评分")
ABOUT = [("marks", "P/A1")]


@pytest.fixture
def found(session):
    """An announced result of four entries with two hours for appeals, and its arbitrator."""
    found = build_tabulated(session, "simple")
    found.event.appeal_minutes = 120
    session.commit()
    take(session, found.event, "announce")
    found.users["arbitrator"] = build_user(session, grants=[("arbitrator", "event", found.event.id)])
    entry = entry_of(session, found.event, "A02")
    found.users["registrar"] = build_user(session, grants=[("registrar", "unit", entry.unit_id)])
    session.commit()
    return found


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as raised:
        act(*args, **kwargs)
    return [refusal.code for refusal in raised.value.refusals]


def by(found, role, now=MOMENT):
    return {"actor_id": found.users[role].id, "now": now}


def file(session, found, code="A02", said=SAID, about=ABOUT, now=MOMENT, ref="0123456789abcdef"):
    entry = entry_of(session, found.event, code)
    return services.file_appeal(
        session, found.event, entry, said, about, ref=ref, **by(found, "registrar", now)
    )


def accepted(session, found, **settings):
    appeal = file(session, found, **settings)
    services.accept(session, found.event, appeal, **by(found, "arbitrator"))
    return appeal


def decide(session, found, appeal, decision, sheets=(), penalties=(), reasons="查看录像，评分有误"):
    opened = (list(sheets), list(penalties))
    services.decide(
        session, found.event, appeal, decision, reasons, opened, **by(found, "arbitrator", MOMENT + HOUR)
    )


def correct(session, found, sheet, value, reason="按裁决更正"):
    correction = corrections.propose(
        session, found.event, sheet, sheet.version, {A1: value}, reason, **by(found, "chief_judge")
    )
    corrections.witness(session, found.event, correction, **by(found, "supervisor"))


def test_in_time_is_before_the_last_minute_has_passed_by_the_clock_of_the_server(session, found):
    assert file(session, found, now=MOMENT + 120 * MINUTE - timedelta(seconds=1)).number == 1
    late = {"now": MOMENT + 120 * MINUTE, "ref": "fedcba9876543210"}
    assert refused(file, session, found, **late) == ["APPEAL_LATE"]


def test_an_appeal_is_in_writing_with_a_name_and_about_something(session, found):
    empty = Said("", "x", "不服", "")
    assert refused(file, session, found, said=empty, about=[]) == [
        "APPEAL_ABOUT", "APPEAL_FORM", "APPEAL_NAME", "APPEAL_CONTACT",
    ]  # fmt: skip


def test_where_an_arbitrator_starts_it_says_what_is_to_decide(session, browser, found):
    appeal = accepted(session, found)
    session.commit()
    arbitrator, organiser = browser(found.users["arbitrator"]), browser(found.users["organiser"])
    arbitrator.get("/competitions/")
    assert "1 件申诉待裁决" in visible(arbitrator.page)
    organiser.get("/competitions/")
    assert "待裁决" not in visible(organiser.page)
    decide(session, found, appeal, "dismissed")
    session.commit()
    arbitrator.get("/competitions/")
    assert "待办事项" not in visible(arbitrator.page)


def test_sent_twice_it_is_one_appeal_and_who_speaks_is_sealed(session, found):
    first, again = file(session, found), file(session, found)
    assert first.id == again.id
    assert queries.last_number(session, found.event.id) == 1
    assert "领队".encode() not in first.said
    assert (services.masked(first).name, services.masked(first).contact) == ("演*", "138******00")
    whole = services.open_speaker(session, first, **by(found, "arbitrator"))
    assert whole == SAID
    acts = session.scalars(select(AuditRecord.action).where(AuditRecord.action.startswith("appeal:"))).all()
    assert sorted(acts) == ["appeal:file", "appeal:open", "appeal:repeat"]


def test_before_the_announcement_and_after_the_confirmation_none_is_taken(session):
    found = build_tabulated(session, "simple")
    entry = entry_of(session, found.event, "A02")
    found.users["registrar"] = build_user(session, grants=[("registrar", "unit", entry.unit_id)])
    assert refused(file, session, found) == ["APPEAL_STATE"]


@pytest.mark.parametrize(("who", "code"), [
    ("filer", "ARBITRATOR_FILED"), ("judge", "ARBITRATOR_JUDGES"), ("dismissed", "ARBITRATOR_JUDGES"),
    ("chief_judge", "ARBITRATOR_JUDGES"), ("unit", "ARBITRATOR_UNIT"), ("register", "ARBITRATOR_UNIT"),
])  # fmt: skip
def test_nobody_decides_who_judged_here_is_of_the_unit_or_has_filed_it(session, found, who, code):
    appeal = file(session, found)
    user = found.users["registrar"] if who == "filer" else build_user(session)
    if who in ("judge", "dismissed"):
        seat = session.scalars(select(Appointment).where(Appointment.event_id == found.event.id)).first()
        seat.user_id, seat.dismissed_at = user.id, MOMENT if who == "dismissed" else None
    if who == "register":
        other = build_tabulated(session, "simple").event
        seat = session.scalars(select(Appointment).where(Appointment.event_id == other.id)).first()
        seat.user_id, seat.unit_id = user.id, appeal.entry.unit_id
    if who in ("chief_judge", "unit"):
        kind, number = ("event", found.event.id) if who == "chief_judge" else ("unit", appeal.entry.unit_id)
        role = "chief_judge" if who == "chief_judge" else "registrar"
        session.add(
            Grant(user_id=user.id, role=role, scope_kind=kind, scope_id=number, granted_at=MOMENT)
        )
    session.flush()
    assert refused(services.accept, session, found.event, appeal, actor_id=user.id, now=MOMENT) == [code]


def test_while_an_appeal_is_open_the_result_is_not_confirmed(session, found):
    appeal = accepted(session, found)
    later = MOMENT + 3 * HOUR
    assert [r.code for r in lifecycle.missing(session, found.event, "finalise", later)] == ["APPEALS_OPEN"]
    decide(session, found, appeal, "dismissed", reasons="录像与评分一致")
    assert lifecycle.missing(session, found.event, "finalise", later) == []
    assert refused(decide, session, found, appeal, "upheld") == ["APPEAL_DECIDED"]


def test_a_decision_has_reasons_and_names_what_it_opens(session, found):
    appeal = accepted(session, found)
    sheet = sheet_of(session, found.event, "J2", "A02", "P")
    assert refused(decide, session, found, appeal, "", reasons="") == ["APPEAL_DECISION", "APPEAL_REASONS"]
    assert refused(decide, session, found, appeal, "upheld") == ["APPEAL_OPENS_NOTHING"]
    assert refused(decide, session, found, appeal, "dismissed", [sheet]) == ["APPEAL_OPENS"]


def test_an_upheld_appeal_opens_exactly_the_named_sheet_once_and_leads_to_a_version_that_cites_it(
    session, found
):
    """A02 has 50, 50 and 40: 0.3 × 50 + 0.7 × 90 = 78; with 58 of J2 it is 15 + 0.7 × 94 = 80.8."""
    named, other = (sheet_of(session, found.event, judge, "A02", "P") for judge in ("J2", "J1"))
    assert refused(correct, session, found, named, "58") == ["CORRECTION_RELEASE"]
    appeal = accepted(session, found)
    decide(session, found, appeal, "upheld", [named])
    assert refused(correct, session, found, other, "58") == ["CORRECTION_RELEASE"]
    later = MOMENT + 3 * HOUR
    assert [r.code for r in lifecycle.missing(session, found.event, "finalise", later)] == ["RELEASES_OPEN"]
    correct(session, found, named, "58")
    assert (named.state, marks_of(session, named.id)[A1]) == ("corrected", "58")
    assert refused(correct, session, found, named, "60") == ["CORRECTION_RELEASE"]
    assert [r.code for r in lifecycle.missing(session, found.event, "finalise", later)] == ["RESULT_MOVED"]
    version = results.correct(session, found.event, "第1号申诉成立，更正A02", **by(found, "organiser", later))
    said = statements.list_statements(session, found.event.id)[0]
    assert said.statement["appeals"] == [{"number": 1, "decision_sha256": appeal.sha256}]
    assert said.statement["replaces"]["version"] == 1
    assert {row.entry_id: row.total for row in version.rows}[appeal.entry_id] == "80.80"
    assert refused(
        events.take_step, session, found.event, "finalise", actor_id=None, now=later + HOUR
    ) == ["APPEAL_WINDOW"]  # fmt: skip
    events.take_step(session, found.event, "finalise", actor_id=None, now=later + 2 * HOUR)
    kinds = session.scalars(
        select(LedgerOperation.kind)
        .where(LedgerOperation.event_id == found.event.id)
        .order_by(LedgerOperation.seq.desc())
        .limit(2)
    ).all()
    assert kinds == ["correct", "release"]
    assert integrity.refusals(session, found.event.id) == projection.refusals(session, found.event.id) == []


def test_an_upheld_appeal_about_a_penalty_lets_exactly_that_one_be_withdrawn(session):
    found = build_tabulated(session, "simple")
    found.event.appeal_minutes = 120
    entry = entry_of(session, found.event, "A02")
    acts = [Act(f"op-{number}-{found.event.id}", None, "未清理工位", MOMENT) for number in range(3)]
    first, second = (decisions.give_penalty(session, found.event, entry, "3", act) for act in acts[:2])
    session.commit()
    take(session, found.event, "announce")
    found.users["arbitrator"] = build_user(session)
    found.users["registrar"] = build_user(session)
    appeal = accepted(session, found, about=[("penalty", str(first.id))])
    decide(session, found, appeal, "upheld", penalties=[first])
    withdraw = decisions.withdraw_penalty
    assert refused(withdraw, session, found.event, second, acts[2]) == ["CORRECTION_RELEASE"]
    decisions.withdraw_penalty(session, found.event, first, acts[2])
    assert releases.nothing_open(session, found.event, MOMENT) == []
    assert refused(decisions.give_penalty, session, found.event, entry, "1", acts[0]) == ["PENALTY_LATE"]


def test_an_error_that_is_found_takes_an_arbitrator_the_chief_judge_and_a_witness(session, found):
    sheet = sheet_of(session, found.event, "J2", "A02", "P")
    ask = (session, found.event, sheet)
    assert refused(releases.ask, *ask, " ", **by(found, "chief_judge")) == ["REASON_NEEDED"]
    row = releases.ask(*ask, "录入时看错一行", **by(found, "chief_judge"))
    assert refused(releases.ask, *ask, "再次", **by(found, "chief_judge")) == ["RELEASE_WAITS"]
    assert refused(correct, session, found, sheet, "58") == ["CORRECTION_RELEASE"]
    alone = by(found, "chief_judge")
    assert refused(releases.approve, session, found.event, row, **alone) == ["DUAL_CONTROL"]
    later = MOMENT + 3 * HOUR
    assert [r.code for r in lifecycle.missing(session, found.event, "finalise", later)] == ["RELEASES_ASKED"]
    releases.approve(session, found.event, row, **by(found, "arbitrator"))
    correct(session, found, sheet, "58", "录入时看错一行")
    operation = session.scalars(select(LedgerOperation).order_by(LedgerOperation.seq.desc())).first()
    assert (operation.kind, operation.body["release"]) == ("correct", row.ref)
    assert (row.outcome, row.correction_id is not None) == ("used", True)


def test_what_was_opened_and_not_used_is_ended_with_a_reason(session, found):
    appeal = accepted(session, found)
    decide(session, found, appeal, "partly", [sheet_of(session, found.event, "J2", "A02", "P")])
    (row,) = releases.list_releases(session, found.event.id)
    who = by(found, "arbitrator")
    assert refused(releases.close, session, found.event, row, "", **who) == ["REASON_NEEDED"]
    releases.close(session, found.event, row, "复核后分值无误", **who)
    assert lifecycle.missing(session, found.event, "finalise", MOMENT + 3 * HOUR) == []


def test_evidence_is_kept_until_the_decision_and_withdrawn_is_withdrawn(session, found):
    appeal = file(session, found)
    upload = from_bytes("记录.txt", "现场记录".encode())
    services.attach(session, found.event, appeal, upload, ref="f" * 32, **by(found, "registrar"))
    assert [held.file.name for held in appeal.files] == ["记录.txt"]
    services.withdraw(session, found.event, appeal, **by(found, "registrar"))
    again = {"ref": "e" * 32, **by(found, "registrar")}
    assert refused(services.attach, session, found.event, appeal, upload, **again) == ["APPEAL_DECIDED"]
    assert lifecycle.missing(session, found.event, "finalise", MOMENT + 3 * HOUR) == []


# ---------------------------------------------------------------- pages


def test_an_archived_event_says_that_nothing_is_corrected_any_more(session, browser, found):
    sheet = sheet_of(session, found.event, "J2", "A02", "P")
    found.event.state = "archived"
    session.commit()
    path, chief = f"/events/{found.event.id}", browser(found.users["chief_judge"])
    for page in ("/", "/results", "/appeals/", f"/progress/sheets/{sheet.ref}/corrections"):
        shown = chief.get(path + page).get_data(as_text=True)
        assert "不再更正" in shown, page
    assert "提请仲裁员批准" not in shown
    chief.post(f"{path}/progress/sheets/{sheet.ref}/release", {"release-reason": "差错"}, status=409)


def test_evidence_is_downloaded_by_who_reads_the_appeal_and_that_is_on_record(session, browser, found):
    appeal = file(session, found)
    upload = from_bytes("记录.txt", "演示甲 110105…".encode())
    services.attach(session, found.event, appeal, upload, ref="f" * 32, **by(found, "registrar"))
    stranger = build_user(session, grants=[("judge", "event", found.event.id)])
    session.commit()
    path = f"/events/{found.event.id}/appeals/{appeal.number}"
    reader = browser(found.users["arbitrator"])
    assert "下载文件会留下记录" in reader.get(path).get_data(as_text=True)
    assert reader.post(f"{path}/files/{'f' * 32}", status=200).get_data() == upload.data
    reader.post(f"{path}/files/{'e' * 32}", status=404)
    reader.get(f"{path}/files/{'f' * 32}", 405)
    browser(stranger).post(f"{path}/files/{'f' * 32}", status=403)
    taken = session.scalars(select(AuditRecord).where(AuditRecord.action == "appeal:fetch")).all()
    assert [(row.actor_id, row.detail["sha256"]) for row in taken] == [
        (found.users["arbitrator"].id, upload.sha256)
    ]


@pytest.mark.parametrize(("act", "role", "said"), [
    ("withdraw", "registrar", "已撤回"), ("refuse", "arbitrator", "不予受理"),
])  # fmt: skip
def test_an_appeal_that_has_ended_without_a_decision_can_be_read(session, browser, found, act, role, said):
    found.event.announced_at = None
    appeal = file_on_page(session, browser, found)
    path = f"/events/{found.event.id}/appeals/{appeal.number}"
    browser(found.users[role]).post(f"{path}/{act}", {"refuse-reasons": "不属于申诉范围"})
    for reader in ("registrar", "arbitrator"):
        assert said in visible(browser(found.users[reader]).get(path).get_data(as_text=True))


def test_a_form_that_was_sent_for_another_entry_makes_no_second_appeal(session, found):
    file(session, found)
    assert refused(file, session, found, code="A03") == ["APPEAL_AGAIN"]
    other = {"ref": "0123456789abcdef", "actor_id": found.users["arbitrator"].id, "now": MOMENT}
    entry = entry_of(session, found.event, "A02")
    again = (services.file_appeal, session, found.event, entry, SAID, ABOUT)
    assert refused(*again, **other) == ["APPEAL_AGAIN"]
    assert file(session, found).number == 1
    assert session.scalars(select(AuditRecord).where(AuditRecord.action == "appeal:repeat")).one()


def test_only_the_own_unit_files_and_reads_its_appeal(session, browser, found):
    found.event.announced_at = None
    appeal = file_on_page(session, browser, found)
    unit = entry_of(session, found.event, "A01").unit_id
    stranger = build_user(session, grants=[("registrar", "unit", unit)])
    session.commit()
    other = browser(stranger)
    other.get(f"/events/{found.event.id}/appeals/{appeal.number}", 403)
    other.get(f"/events/{found.event.id}/appeals/")
    assert "SS0" not in other.page
    other.get(f"/events/{found.event.id}/entries/{appeal.entry_id}/appeal", 403)
    organiser = browser(found.users["organiser"])
    organiser.get(f"/events/{found.event.id}/appeals/{appeal.number}")
    organiser.post(f"/events/{found.event.id}/appeals/{appeal.number}/accept", status=403)


def file_on_page(session, browser, found):
    from core import clock

    found.event.announced_at = clock.now()
    session.commit()
    entry = entry_of(session, found.event, "A02")
    unit, where = browser(found.users["registrar"]), f"/events/{found.event.id}/entries/{entry.id}/appeal"
    unit.get(where)
    said = SAID._asdict() | {"about": ["marks:P/A1"], "operation": "0123456789abcdef"}
    unit.post(where, said | {"grounds": "不服"}, 422)
    assert "至少 10 个字" in unit.page
    unit.post(where, said)
    session.expire_all()
    return session.scalars(select(Appeal)).one()


def test_rules_name_each_state_once():
    assert rules.OPEN | rules.GRANTED | {"refused", "withdrawn", "dismissed"} == set(rules.STATES)

"""Works: what their units say of them, how experts see them, until when marks are taken."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from accounts.models import User
from competitions.entries import work_files
from competitions.judges.models import Appointment
from competitions.works import services
from competitions.works.queries import find_particulars, list_works
from core import clock
from core.audit.models import AuditRecord
from core.files.reading import from_bytes
from core.refusals import Refused
from scoring.sheets import services as sheets
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.marking import entry_of
from tests.factories.organisations import build_unit
from tests.factories.scoring import sheet_of
from tests.factories.works import build_marked_works
from tests.files.samples import PDF

BY = {"actor_id": None, "now": MOMENT}
pytestmark = POSTGRESQL_IN_DEEP


@pytest.fixture
def contest(session):
    """An open contest of works with one work of two authors, and who has to do with it."""

    class Contest:
        event = build_event(session, "registration", entry_kind="work")
        unit = build_unit(session, name="演示甲厂")
        entry = build_entry(session, event, "夹具改进", unit=unit, members=2, summary="改进了夹具。")
        organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
        registrar = build_user(session, grants=[("registrar", "unit", unit.id)])

    session.commit()
    Contest.path = f"/events/{Contest.event.id}/entries/{Contest.entry.id}/particulars"
    return Contest


SAID = {
    "nature": "proposal", "implemented": "y", "implemented_on": "2026-03-01", "benefit": "８６.5",
    "basis": "同比节约", "evidence": "y", "shares-0": "60", "shares-1": "40", "version": "0",
}  # fmt: skip


def test_a_unit_says_what_its_work_is_and_what_it_brings(session, browser, contest):
    page = browser(contest.registrar)
    page.post(contest.path, SAID)
    page.get(f"/events/{contest.event.id}/entries/{contest.entry.id}")
    text = visible(page.page)
    for words in ("合理化建议", "86.5 万元", "同比节约"):
        assert words in text
    kept = find_particulars(session, contest.entry.id)
    assert (kept.benefit, kept.evidence, kept.implemented_on) == (865_000, True, date(2026, 3, 1))
    assert [member.share for member in contest.entry.members] == [60, 40]


def test_the_second_of_two_who_open_the_form_at_the_same_time_is_told(session, browser, contest):
    one, other = browser(contest.registrar), browser(contest.organiser)
    one.post(contest.path, SAID)
    other.post(contest.path, SAID | {"benefit": "3"}, status=422)
    assert "其他人刚刚修改过这项成果" in visible(other.page)
    other.post(contest.path, SAID | {"benefit": "3", "version": ""}, status=422)
    session.rollback()
    assert find_particulars(session, contest.entry.id).benefit == 865_000
    other.get(contest.path)
    assert re.search(r'name="version"[^>]* value="1"', other.page)
    other.post(contest.path, SAID | {"benefit": "3", "version": "1"})
    session.rollback()
    session.expire_all()
    assert find_particulars(session, contest.entry.id).benefit == 30_000


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"nature": ""}, "请选择成果类型"),
        ({"nature": "x" * 5000}, "请从列表中选择"),
        ({"benefit": "很多"}, "写数字"),
        ({"basis": ""}, "效益怎样计算"),
        ({"shares-1": "41"}, "合计应为 100"),
        ({"shares-0": "-5"}, "1"),
        ({"implemented_on": "2999-01-01"}, "年份"),
        ({"implemented_on": "2026-02-30"}, "存在"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_is_kept(session, browser, contest, change, told):
    page = browser(contest.registrar)
    page.post(contest.path, SAID | change, status=422)
    assert told in visible(page.page)
    session.rollback()
    assert find_particulars(session, contest.entry.id) is None


def test_nobody_else_says_it_and_nobody_after_the_closing(session, browser, contest):
    browser(build_stranger(session)).post(contest.path, SAID, status=403)
    contest.event.state = "ready"
    session.commit()
    browser(contest.registrar).post(contest.path, SAID, status=422)
    session.rollback()
    assert find_particulars(session, contest.entry.id) is None


def build_stranger(session):
    stranger = build_user(session, grants=[("registrar", "unit", build_unit(session).id)])
    session.commit()
    return stranger


def test_names_in_the_texts_of_a_work_are_pointed_at(session, contest):
    author = contest.entry.members[0].person
    contest.entry.summary = f"由{author.name}完成"
    session.flush()
    assert list_works(session, contest.event.id)[0].names == [author.name]


@pytest.fixture
def marked(session):
    """A contest that is being marked, whose first work has an author and a file named after the author."""
    event = build_marked_works(session)
    entry = entry_of(session, event, "A01")
    entry.members[:] = build_entry(session, event, "别的", members=1, review="rejected").members
    event.state = "registration"
    upload = from_bytes(f"{entry.members[0].person.name}的材料.pdf", PDF)
    work_files.add_file(session, event, entry.id, upload, "", ref=clock.new_ref(), **BY)
    event.state = "scoring"
    session.commit()
    return event


def test_an_expert_sees_the_work_by_its_code_alone_and_its_files_without_their_names(
    session, browser, marked
):
    entry, address = entry_of(session, marked, "A01"), f"/marking/works/{marked.id}/A01/"
    author, unit = entry.members[0].person.name, entry.unit.name
    page = browser(session.get(User, appointment_of(session, marked).user_id))
    page.get(address)
    assert "甲成果" in visible(page.page)
    assert (author in page.page, unit in page.page) == (False, False)
    assert "A01-1.pdf" in page.post(address + "files/1", status=200).headers["Content-Disposition"]
    page.post(address + "files/2", status=404)
    taken = session.scalars(select(AuditRecord).where(AuditRecord.action == "work:fetch")).one()
    assert taken.detail["code"] == "A01"
    page.get(f"/marking/works/{marked.id}/A09/", status=404)
    marked.anonymous = False
    session.commit()
    page.get(address)
    assert author in visible(page.page)


def test_no_other_judge_sees_it(session, browser, marked):
    other = build_user(session, grants=[("judge", "event", marked.id)])
    session.commit()
    browser(other).get(f"/marking/works/{marked.id}/A01/", status=404)


def appointment_of(session, event):
    return session.scalars(select(Appointment).where(Appointment.event_id == event.id)).one()


def test_no_mark_is_taken_after_the_last_moment_until_a_later_one_is_named(session):
    event = build_marked_works(session)
    event.marks_until = MOMENT
    session.flush()
    sheet = sheet_of(session, event, "J1", "A01", "R")
    operation = SheetOperation("late-1", sheet.ref, sheet.version, {MarkKey("A1", 1): "80"})
    assert sheets.save_marks(session, event, sheet, operation, MOMENT).outcome == "locked"
    services.save_terms(
        session, event, anonymous=True, until=MOMENT + timedelta(hours=1), actor_id=None, now=MOMENT
    )
    assert sheets.save_marks(session, event, sheet, operation, MOMENT).outcome == "applied"


def test_how_works_are_shown_cannot_be_opened_once_experts_mark(session):
    event = build_marked_works(session)
    with pytest.raises(Refused, match="WORK_OPENED"):
        services.save_terms(session, event, anonymous=False, until=None, **BY)
    with pytest.raises(Refused, match="MARKS_UNTIL"):
        services.save_terms(session, event, anonymous=True, until=MOMENT, **BY)


def test_an_organiser_says_how_works_are_reviewed(session, browser, contest):
    page, address = browser(contest.organiser), f"/events/{contest.event.id}/works/"
    page.post(address, {"until": "2999-01-01T17:00"}, status=422)
    page.post(address, {"anonymous": "y", "until": "gestern"}, status=422)
    page.post(address, {"until": "2099-01-01T17:00"})
    session.refresh(contest.event)
    assert not contest.event.anonymous
    assert contest.event.marks_until.isoformat() == "2099-01-01T09:00:00+00:00"
    page.get(address)
    assert "1 项成果没有填写成果情况" in visible(page.page)
    person = build_event(session, "registration", competition=contest.event.competition)
    session.commit()
    page.get(f"/events/{person.id}/works/", status=404)

"""The pages of judges: appointing, inviting, ending, and the matrix of places."""

import re

import pytest
from sqlalchemy import select

from competitions.judges import places
from competitions.judges.models import Appointment, Assignment
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.judges.test_services import STAGES


@pytest.fixture
def event(session, monkeypatch):
    """A contest that is open for registration, with its organiser."""
    monkeypatch.setattr(places, "_source", [lambda session, event: list(STAGES)])
    event = build_event(session, "registration")
    event.organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    event.path = f"/events/{event.id}/judges"
    session.commit()
    return event


def judges(session):
    session.rollback()
    found = list(session.scalars(select(Appointment).order_by(Appointment.id)))
    session.rollback()
    return found


def test_somebody_with_an_account_is_appointed_by_name_or_sign_in_name(session, browser, event):
    build_user(session, "wang", name="演示王芳")
    for login in ("li1", "li2"):
        build_user(session, login, name="演示李伟")
    session.commit()
    page = browser(event.organiser)
    page.get(f"{event.path}/new")
    page.post(f"{event.path}/new", {"old-who": "wang"})
    page.post(f"{event.path}/new", {"old-who": "演示李伟"}, 422)
    assert "有多人符合" in page.page
    user = re.search(r'name="old-user"[^>]*value="(\d+)"', page.page) or re.search(
        r'value="(\d+)"[^>]*name="old-user"', page.page
    )
    page.post(f"{event.path}/new", {"old-who": "演示李伟", "old-user": user[1], "old-chief": "y"})
    page.post(f"{event.path}/new", {"old-who": "演示王芳"}, 422)
    assert "已是本赛项裁判" in page.page
    page.post(f"{event.path}/new", {"old-who": "谁也不是"}, 422)
    page.post(f"{event.path}/new", {"old-who": "li2", "old-unit": "没有这家厂"}, 422)
    page.post(f"{event.path}/new", {}, 422)
    assert [judge.code for judge in judges(session)] == ["J1", "J2"]


def test_the_search_for_a_judge_lists_no_accounts(session, browser, event):
    """Judges come from anywhere, so the search goes over all accounts; what it gives is kept small."""
    for number in range(25):
        build_user(session, f"secret-login-{number}", name=f"演示赵{number:02d}")
    known = build_user(session, "secret-login-x", name="演示赵亮")
    unit = build_unit(session, name="演示乙厂")
    build_appointment(session, build_event(session), user=known, unit_id=unit.id)
    session.commit()
    page = browser(event.organiser)
    page.post(f"{event.path}/new", {"old-who": "赵"}, 422)
    assert "至少输入两个字" in visible(page.page)
    assert 'name="old-user"' not in page.page
    page.post(f"{event.path}/new", {"old-who": "演示赵"}, 422)
    assert page.page.count('name="old-user"') == 20
    page.post(f"{event.path}/new", {"old-who": "secret-login"}, 422)
    assert "没有" in visible(page.page)
    assert 'name="old-user"' not in page.page
    build_user(session, name="演示赵亮亮")
    session.commit()
    page.post(f"{event.path}/new", {"old-who": "赵亮"}, 422)
    assert "演示赵亮 · 演示乙厂" in page.page
    assert "secret-login" not in page.page
    page.post(f"{event.path}/new", {"old-who": "secret-login-x"})
    assert [judge.user_id for judge in judges(session)][-1] == known.id


def test_a_conflict_of_interest_is_named_at_once(session, browser, event):
    unit = build_unit(session, name="演示甲厂")
    build_entry(session, event, unit=unit)
    build_user(session, "wang", name="演示王芳")
    session.commit()
    page = browser(event.organiser)
    page.post(f"{event.path}/new", {"old-who": "wang", "old-unit": "演示甲厂"})
    page.get(f"{event.path}/")
    assert "以下裁判须回避" in visible(page.page)


def test_a_new_judge_is_invited_and_the_link_is_shown_once(session, browser, event):
    page = browser(event.organiser)
    page.post(f"{event.path}/invite", {"new-name": "演示新裁判", "new-login": "a b"}, 422)
    page.post(f"{event.path}/invite", {"new-name": "演示新裁判", "new-login": "xincaipan"}, 200)
    link = re.search(r'value="(http[^"]+)"', page.page)[1]
    assert re.search(r'<button[^>]* hidden [^>]*data-copy="address"', page.page)  # a script shows it
    page.get(f"{event.path}/")
    assert link not in page.page
    assert "已邀请，未设密码" in page.page
    page.post(f"{event.path}/invite", {"new-name": "又一位", "new-login": "xincaipan"}, 422)
    (judge,) = judges(session)
    page.post(f"{event.path}/{judge.id}/link", status=200)
    assert "accounts/link#" in page.page


def test_an_appointment_is_changed_stopped_and_ended(session, browser, event):
    build_user(session, "wang", name="演示王芳")
    session.commit()
    page = browser(event.organiser)
    page.post(f"{event.path}/new", {"old-who": "wang"})
    (judge,) = judges(session)
    path = f"{event.path}/{judge.id}"
    page.get(path)
    page.post(path, {"unit": "没有这家厂"}, 422)
    page.post(path, {"head": "y"})
    page.post(f"{path}/stop", {"stop-reason": ""}, 422)
    page.post(f"{path}/stop", {"stop-reason": "生病"})
    page.get(f"{event.path}/")
    assert "已停止评分" in page.page
    page.post(f"{path}/resume")
    page.post(f"{path}/dismiss", {"dismiss-reason": "生病"})
    page.get(path, 404)


def test_the_matrix_sets_stages_and_aspects(session, browser, event):
    for login in ("wang", "li"):
        build_user(session, login, name=f"演示{login}")
    session.commit()
    page = browser(event.organiser)
    for login in ("wang", "li"):
        page.post(f"{event.path}/new", {"old-who": login})
    first, second = judges(session)
    page.get(f"{event.path}/")
    assert "2 人，至少 3 人" in visible(page.page)
    ticks = {f"judge-{first.id}": ["T"], f"judge-{second.id}": ["T", "P"]}
    page.post(f"{event.path}/stages", ticks)
    page.post(f"{event.path}/stages", ticks, 422)
    page.post(f"{event.path}/stages", {"judge-x": "T", "judge-99999999999999999": "T"}, 409)
    page.get(f"{event.path}/stages/P")
    page.get(f"{event.path}/stages/X", 404)
    page.post(f"{event.path}/stages/P", {f"judge-{second.id}": ["A2"]})
    rows = session.execute(select(Assignment.appointment_id, Assignment.stage, Assignment.aspect)).all()
    session.rollback()
    expected = [(first.id, "T", ""), (second.id, "P", "A2"), (second.id, "T", "")]
    assert sorted(map(tuple, rows)) == sorted(expected)


def test_without_a_scheme_the_page_says_what_decides(session, browser, event, monkeypatch):
    monkeypatch.setattr(places, "_source", [])
    build_user(session, "wang", name="演示王芳")
    session.commit()
    page = browser(event.organiser)
    page.get(f"{event.path}/")
    assert "还没有聘请裁判" in page.page
    page.post(f"{event.path}/new", {"old-who": "wang"})
    page.get(f"{event.path}/")
    assert "评分位置由评分方案决定" in page.page


def test_only_organisers_appoint(session, browser, event):
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    judge = build_user(session, grants=[("judge", "event", event.id)])
    session.commit()
    browser(chief).get(f"{event.path}/")
    browser(chief).get(f"{event.path}/new", 403)
    browser(judge).get(f"{event.path}/", 403)
    for path in ("new", "invite", "stages", "stages/P"):
        browser(chief).post(f"{event.path}/{path}", status=403)

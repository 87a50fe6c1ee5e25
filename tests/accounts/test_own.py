"""What is one's own: roles, sessions, password, and the first page."""

import pytest
from sqlalchemy import select

from core.audit.models import AuditRecord
from tests.client import apart, visible
from tests.factories.accounts import PASSWORD, build_user, password_hash

GOOD = "焊花四溅的车间清晨很安静呢"


@pytest.fixture
def person(session):
    user = build_user(
        session, "person", [("judge", "event", 5), ("analyst", "union", 3)], password_hash=password_hash()
    )
    session.commit()
    return user


def change(page, status=302, current=PASSWORD, password=GOOD, repeat=GOOD):
    data = {"current": current, "password": password, "repeat": repeat}
    return page.post("/accounts/password", data, status)


def answer(page):
    return apart(page.client.get, "/accounts/me").status_code


def test_the_profile_shows_the_own_roles_and_browsers(browser, person):
    browser(person)
    text = visible(browser(person).get("/accounts/me").text)
    assert "裁判 赛项 5 号" in text
    assert "统计分析员" in text
    assert text.count("未知浏览器") == 2
    assert text.count("本机") == 1


def test_without_any_role_the_profile_says_what_to_do(session, browser):
    user = build_user(session, "new")
    session.commit()
    assert "请联系本单位工会的管理员" in visible(browser(user).get("/accounts/me").text)


def test_changing_the_password_needs_the_current_one(session, browser, person):
    page = browser(person)
    change(page, 422, current="wrong")
    assert "当前密码不正确" in visible(page.page)
    change(page)
    stranger = browser()
    stranger.post("/accounts/sign-in", {"login": "person", "password": PASSWORD}, 422)
    stranger.post("/accounts/sign-in", {"login": "person", "password": GOOD})
    assert "account:password_change" in session.scalars(select(AuditRecord.action)).all()


def test_changing_the_password_signs_out_all_other_browsers(browser, person):
    here, elsewhere = browser(person), browser(person)
    change(here)
    here.get("/accounts/me")
    elsewhere.get("/accounts/me", 302)


def test_a_stolen_browser_cannot_guess_the_current_password(browser, person):
    page = browser(person)
    for _ in range(5):
        change(page, 422, current="wrong")
    change(page, 422)
    assert "尝试次数过多" in visible(page.page)


def test_a_new_password_that_will_not_do_changes_nothing(browser, person):
    page = browser(person)
    for password, repeat in (("short", "short"), (GOOD, "other"), ("person-person-1", "person-person-1")):
        change(page, 422, password=password, repeat=repeat)
    browser().post("/accounts/sign-in", {"login": "person", "password": PASSWORD})


def test_one_other_browser_or_all_of_them_can_be_signed_out(session, browser, person):
    here, second, third = browser(person), browser(person), browser(person)
    text = here.get("/accounts/me").text
    number = text.split('name="session" value="')[1].split('"')[0]
    here.post("/accounts/me/sessions/end", {"session": number})
    assert sorted(answer(page) for page in (second, third)) == [200, 302]
    here.post("/accounts/me/sessions/end", {"session": "all"})
    assert [answer(page) for page in (here, second, third)] == [200, 302, 302]


def test_a_session_that_does_not_exist_ends_none(browser, person):
    here, elsewhere = browser(person), browser(person)
    for chosen in ("", "abc", "-1", "99999999999999", "0"):
        here.post("/accounts/me/sessions/end", {"session": chosen})
    elsewhere.get("/accounts/me")


def test_a_session_of_somebody_else_cannot_be_ended(session, browser, person):
    other = build_user(session, "other")
    session.commit()
    victim = browser(person)
    number = 1
    browser(other).post("/accounts/me/sessions/end", {"session": str(number)})
    victim.get("/accounts/me")

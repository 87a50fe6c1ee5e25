"""The administrator's pages: list, invite, rename, disable, roles."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from accounts import scopes, services
from accounts.models import Grant, OneTimeLink, User
from core import clock
from core.audit.models import AuditRecord
from core.database import db
from core.refusals import Refused
from tests.client import visible
from tests.factories.accounts import build_user, password_hash


@pytest.fixture
def admin(session):
    user = build_user(session, "admin", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    return user


@pytest.fixture
def person(session):
    user = build_user(session, "person", password_hash=password_hash())
    session.commit()
    return user


@pytest.fixture
def events(monkeypatch):
    """Two events that can be found by name, as the slice above would register them."""
    known = {5: "焊工决赛", 6: "电工决赛"}
    scopes_found = {"event": lambda _session, text: [item for item in known.items() if text in item[1]]}
    monkeypatch.setattr(scopes, "_SEARCHES", scopes_found)
    names_found = {"event": lambda _session, ids: {n: known[n] for n in ids if n in known}}
    monkeypatch.setattr(scopes, "_NAMES", names_found)


@pytest.fixture
def numbers_only(monkeypatch):
    """Nothing can be found by name."""
    monkeypatch.setattr(scopes, "_SEARCHES", {})
    monkeypatch.setattr(scopes, "_NAMES", {})


def held(session, user):
    rows = session.execute(
        select(Grant.role, Grant.scope_kind, Grant.scope_id).where(
            Grant.user_id == user.id, Grant.withdrawn_at.is_(None)
        )
    )
    return sorted(map(tuple, rows))


def test_the_list_narrows_to_a_name_a_role_and_a_state(session, browser, admin, person):
    build_user(session, "gone", name="演示离职", disabled_at=clock.now())
    session.commit()
    page = browser(admin)
    assert "共 3 个账号" in visible(page.get("/accounts/").text)
    assert "共 1 个账号" in visible(page.get("/accounts/?text=离职").text)
    assert "共 1 个账号" in visible(page.get("/accounts/?role=admin").text)
    assert "共 1 个账号" in visible(page.get("/accounts/?state=disabled").text)
    assert "没有符合条件的账号" in visible(page.get("/accounts/?text=100%25").text)


def test_a_strange_filter_shows_a_page_all_the_same(browser, admin):
    page = browser(admin)
    for query in ("page=-1", "page=99999999999", "role=x&state=y", "text=%01", "page=a"):
        page.get(f"/accounts/?{query}")


def test_an_account_that_is_not_there_is_not_found(browser, admin):
    browser(admin).get("/accounts/999", 404)
    browser(admin).get("/accounts/99999999999999999999", 404)


def test_inviting_makes_an_account_without_a_password_and_shows_its_link_once(session, browser, admin):
    page = browser(admin)
    page.post("/accounts/invite", {"name": " 演示\u202e李四 ", "login": "Li.Si"}, 200)
    assert "/accounts/link#" in page.page
    user = session.scalar(select(User).where(User.login == "li.si"))
    assert (user.name, user.password_hash) == ("演示李四", None)
    code = page.page.split("/accounts/link#")[1].split('"')[0]
    stored = session.scalars(select(OneTimeLink)).one()
    assert len(code) >= 43
    assert code not in stored.token_hash
    assert code not in page.get(f"/accounts/{user.id}").text


def test_a_sign_in_name_that_will_not_do_is_explained_and_the_name_is_kept(session, browser, admin):
    page = browser(admin)
    for login, sentence in (
        ("admin", "登录名 admin 已被使用"),
        ("ADMIN", "登录名 admin 已被使用"),
        ("a b", "不能有空格"),
        ("", "请输入登录名"),
    ):
        page.post("/accounts/invite", {"name": "演示李四", "login": login}, 422)
        assert sentence in visible(page.page)
        assert 'value="演示李四"' in page.page
    assert len(session.scalars(select(User)).all()) == 1


def test_a_name_is_changed_and_the_change_recorded(session, browser, admin, person):
    browser(admin).post(f"/accounts/{person.id}/name", {"name": "演示新名"})
    session.refresh(person)
    assert person.name == "演示新名"
    assert "account:rename" in session.scalars(select(AuditRecord.action)).all()


def test_disabling_needs_a_reason(browser, admin, person):
    page = browser(admin)
    page.post(f"/accounts/{person.id}/disable", {"reason": "  "}, 422)
    assert "请写明原因" in visible(page.page)


def test_disabling_ends_every_session_with_the_next_request(browser, admin, person):
    first, second = browser(person), browser(person)
    first.get("/accounts/me")
    browser(admin).post(f"/accounts/{person.id}/disable", {"reason": "调离"})
    for page in (first, second):
        page.get("/accounts/me", 302)
        page.post("/accounts/password", {}, 401)
    browser(admin).post(f"/accounts/{person.id}/enable")
    first.get("/accounts/me", 302)  # what has ended does not come back


def test_disabling_twice_and_enabling_the_enabled_are_refused(browser, admin, person):
    page = browser(admin)
    page.post(f"/accounts/{person.id}/enable", status=409)
    page.post(f"/accounts/{person.id}/disable", {"reason": "调离"})
    page.post(f"/accounts/{person.id}/disable", {"reason": "调离"}, 409)
    page.post(f"/accounts/{person.id}/link", status=409)


def test_the_last_administrator_can_neither_be_disabled_nor_lose_the_role(session, browser, admin):
    # Others who cannot help: invited without a password, disabled, administrator in name only.
    build_user(session, "invited", [("admin", "site", 0)])
    gone = build_user(session, "gone", [("admin", "site", 0)], password_hash=password_hash())
    gone.disabled_at = clock.now()
    session.commit()
    grant = session.scalars(select(Grant).where(Grant.user_id == admin.id)).one()
    number, grant_number = admin.id, grant.id
    page = browser(admin)
    page.post(f"/accounts/{number}/disable", {"reason": "退休"}, 409)
    assert "唯一能登录的管理员" in visible(page.page)
    page.post(f"/accounts/{number}/grants/{grant_number}/withdraw", status=409)
    page.get("/accounts/")


def test_one_of_two_administrators_can_go(session, browser, admin):
    build_user(session, "second", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    browser(admin).post(f"/accounts/{admin.id}/disable", {"reason": "退休"})


def test_a_role_is_given_for_a_place_found_by_name(session, browser, admin, person, events):
    page = browser(admin)
    text = visible(page.get(f"/accounts/{person.id}/grants/new?role=judge&kind=event&text=焊").text)
    assert "焊工决赛" in text
    assert "电工决赛" not in text
    page.post(f"/accounts/{person.id}/grants", {"role": "judge", "scope": "event:5"})
    assert held(session, person) == [("judge", "event", 5)]
    assert "焊工决赛" in page.get(f"/accounts/{person.id}").text
    assert "焊工决赛" in page.get("/accounts/").text


def test_a_place_that_nobody_can_search_is_given_by_number(session, browser, admin, person, numbers_only):
    page = browser(admin)
    assert "union:" in page.get(f"/accounts/{person.id}/grants/new?role=analyst&kind=union").text
    page.post(f"/accounts/{person.id}/grants", {"role": "analyst", "scope": "union:7"})
    assert held(session, person) == [("analyst", "union", 7)]


NO_GRANTS = [
    ("emperor", "site:0"),
    ("judge", "event:9"),  # no such event
    ("judge", "event:5:6"),
    ("judge", "galaxy:1"),
    ("judge", "site:1"),
    ("judge", "event:-5"),
    ("judge", "event:99999999999"),
    ("judge", "event:５"),
    ("judge", ""),
    ("admin", "event:5"),  # an administrator of a part could make administrators of the whole
]


def test_a_role_or_place_that_does_not_exist_is_refused(session, browser, admin, person, events):
    page, number = browser(admin), person.id
    for role, scope in NO_GRANTS:
        page.post(f"/accounts/{number}/grants", {"role": role, "scope": scope}, 422)
    assert held(session, person) == []


def test_giving_a_role_twice_is_refused_with_its_reason(session, browser, admin, person, events):
    page = browser(admin)
    page.post(f"/accounts/{person.id}/grants", {"role": "judge", "scope": "event:5"})
    page.post(f"/accounts/{person.id}/grants", {"role": "judge", "scope": "event:5"}, 422)
    assert "已有这个角色" in visible(page.page)
    assert len(held(session, person)) == 1


def test_a_withdrawn_role_stops_at_the_next_request(session, browser, admin):
    second = build_user(session, "second", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    grant = session.scalars(select(Grant).where(Grant.user_id == second.id)).one()
    number, grant_number = second.id, grant.id
    page = browser(second)
    page.get("/accounts/")
    browser(admin).post(f"/accounts/{number}/grants/{grant_number}/withdraw")
    page.get("/accounts/", 403)
    assert "管理员" in visible(page.page)  # which role is needed
    page.post("/accounts/invite", {"name": "演示", "login": "new"}, 403)
    browser(admin).post(f"/accounts/{number}/grants/{grant_number}/withdraw", status=409)


def test_a_grant_of_somebody_else_cannot_be_withdrawn_through_this_account(session, browser, admin, person):
    grant = session.scalars(select(Grant).where(Grant.user_id == admin.id)).one()
    browser(admin).post(f"/accounts/{person.id}/grants/{grant.id}/withdraw", status=409)
    assert held(session, admin) == [("admin", "site", 0)]


def test_two_administrators_cannot_disable_one_another_at_once(app, session, admin):
    second = build_user(session, "second", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    pairs = [(admin.id, second.id), (second.id, admin.id)]
    session.rollback()

    def disable(pair):
        actor, target = pair
        with app.app_context():
            try:
                user = db.session.get(User, target)
                services.disable_user(db.session, user, "同时", actor_id=actor, now=clock.now())
                db.session.commit()
            except Refused as refused:
                return refused.refusals[0].code
        return "disabled"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(disable, pairs)) == ["LAST_ADMIN", "disabled"]

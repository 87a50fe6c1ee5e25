"""One-time links: invitations and new passwords."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from accounts import links, signing_in
from accounts.models import OneTimeLink, SignInBrake, User
from core import clock
from core.audit.models import AuditRecord
from core.database import db
from core.refusals import Refused
from tests.client import visible
from tests.factories.accounts import PASSWORD, build_user, password_hash

GOOD = "焊花四溅的车间清晨很安静呢"
SIGN_IN = "/accounts/sign-in"


@pytest.fixture
def admin(session):
    user = build_user(session, "admin", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    return user


def make(session, user, admin, now=None):
    """Return the code of a new link for a user."""
    code = clock.new_token()
    links.make_link(session, user, token=code, actor_id=admin.id, now=now or clock.now())
    session.commit()
    return code


def accept(page, code, status=302, password=GOOD, repeat=None):
    data = {"code": code, "password": password, "repeat": password if repeat is None else repeat}
    return page.post("/accounts/link/password", data, status)


def test_an_invited_person_sets_a_password_and_signs_in(session, browser, admin):
    user = build_user(session, "new", name="演示新人")
    code = make(session, user, admin)
    page = browser()
    page.get("/accounts/link")
    page.post("/accounts/link", {"code": f" {code} "}, 200)
    assert "演示新人，您好" in visible(page.page)
    accept(page, code)
    page.post(SIGN_IN, {"login": "new", "password": GOOD})
    assert "account:activate" in session.scalars(select(AuditRecord.action)).all()


def test_a_link_works_once(session, browser, admin):
    code = make(session, build_user(session, "new"), admin)
    accept(browser(), code)
    accept(browser(), code, 409)
    browser().post("/accounts/link", {"code": code}, 422)


def test_of_two_who_use_a_link_at_once_one_is_refused(app, session, admin):
    code = make(session, build_user(session, "new"), admin)
    with app.app_context():
        now = clock.now()
        links.use_link(db.session, code, new_hash="first", now=now)
        with pytest.raises(Refused, match="LINK_GONE"):
            links.use_link(db.session, code, new_hash="second", now=now)
        db.session.commit()
    assert session.scalar(select(User.password_hash).where(User.login == "new")) == "first"


@pytest.mark.parametrize(
    ("has_password", "life"), [(False, timedelta(days=7)), (True, timedelta(minutes=30))]
)
def test_an_invitation_lives_a_week_and_a_reset_half_an_hour(session, browser, admin, has_password, life):
    user = build_user(session, "new", password_hash=password_hash() if has_password else None)
    code = make(session, user, admin, now=clock.now() - life + timedelta(minutes=1))
    browser().post("/accounts/link", {"code": code}, 200)
    code = make(session, user, admin, now=clock.now() - life - timedelta(seconds=1))
    browser().post("/accounts/link", {"code": code}, 422)
    accept(browser(), code, 409)


def test_only_the_newest_link_of_a_person_works(session, browser, admin):
    user = build_user(session, "new")
    first, second = make(session, user, admin), make(session, user, admin)
    browser().post("/accounts/link", {"code": first}, 422)
    browser().post("/accounts/link", {"code": second}, 200)


def test_a_link_of_a_disabled_person_does_not_work(session, browser, admin):
    user = build_user(session, "new")
    code = make(session, user, admin)
    user.disabled_at = clock.now()
    session.commit()
    browser().post("/accounts/link", {"code": code}, 422)
    accept(browser(), code, 409)


def test_a_code_of_nobody_is_refused(browser):
    page = browser()
    for code in ("", "x", "0" * 43, "\x01", "x" * 100_000):
        page.post("/accounts/link", {"code": code}, 422)
        accept(page, code, 409)


def test_a_password_that_will_not_do_leaves_the_link_usable(session, browser, admin):
    code = make(session, build_user(session, "newcomer"), admin)
    page = browser()
    for password, repeat, sentence in (
        ("k7#Vq9!zR2m", None, "现有 11 个字符，至少需要 12 个"),
        ("password1234", None, "容易被猜到"),
        ("newcomer-newcomer-2026", None, "容易被猜到"),
        (GOOD, GOOD + "。", "两次输入不一致"),
        ("", "", "请输入新密码"),
    ):
        accept(page, code, 422, password, repeat)
        assert sentence in visible(page.page)
    assert session.scalars(select(OneTimeLink.used_at)).one() is None
    accept(page, code)


def test_a_reset_ends_all_sessions_and_lifts_the_wait(session, browser, admin):
    user = build_user(session, "judge", password_hash=password_hash())
    session.commit()
    page = browser(user)
    page.get("/accounts/me")
    stranger = browser()
    for _ in range(5):
        stranger.post(SIGN_IN, {"login": "judge", "password": "wrong"}, 422)
    stranger.post(SIGN_IN, {"login": "judge", "password": PASSWORD}, 429)
    accept(stranger, make(session, user, admin))
    assert session.get(SignInBrake, signing_in.account_key("judge")) is None
    stranger.post(SIGN_IN, {"login": "judge", "password": GOOD})
    page.get("/accounts/me", 302)


def test_the_secret_of_a_link_stands_where_no_log_sees_it(session, browser, admin):
    user = build_user(session, "new")
    session.commit()
    page = browser(admin)
    page.post(f"/accounts/{user.id}/link", status=200)
    assert "http://localhost/accounts/link#" in page.page

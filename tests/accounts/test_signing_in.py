"""Signing in and out, and the brake on guessing."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

import wsgi
from accounts import passwords, signing_in
from accounts.models import SignInBrake, User, UserSession
from core import clock
from core.audit.models import AuditRecord
from core.database import db
from tests import databases
from tests.client import Browser, visible
from tests.factories.accounts import PASSWORD, build_user, password_hash

PAGE = "/accounts/sign-in"


@pytest.fixture
def judge(session):
    user = build_user(session, "caipan", [("judge", "event", 5)], password_hash=password_hash())
    session.commit()
    return user


def attempt(browser, password, status, login="caipan", **kwargs):
    return browser.post(PAGE, {"login": login, "password": password}, status, **kwargs)


def acts(session):
    return list(session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)))


def test_the_right_password_opens_a_session_and_is_recorded(session, browser, judge):
    page = browser()
    response = attempt(page, PASSWORD, 302)
    assert response.location == "/"
    assert "演示caipan" in page.get("/accounts/me").text
    assert acts(session) == ["account:sign_in"]


def test_the_sign_in_name_may_be_typed_in_capitals_or_full_width(browser, judge):
    attempt(browser(), PASSWORD, 302, login=" ＣaiPan ")


WRONG = [
    ("caipan", "wrong"), ("nobody", PASSWORD), ("caipan", PASSWORD + " "), ("caipan", PASSWORD.upper()),
    ("a\x01b", PASSWORD), ("' OR 1=1 --", PASSWORD), ("😀", PASSWORD), ("x" * 5000, PASSWORD),
]  # fmt: skip


def test_anything_else_gets_the_same_sentence(browser, judge):
    page = browser()
    for login, password in WRONG:
        attempt(page, password, 422, login=login)
        assert "登录名或密码不正确。" in visible(page.page), (login, password)


def test_an_empty_field_is_named(browser):
    page = browser()
    for missing in ("login", "password"):
        page.post(PAGE, {"login": "caipan", "password": PASSWORD, missing: ""}, 422)
        assert 'aria-invalid="true"' in page.page, missing


def test_a_refusal_is_recorded_with_the_address_but_without_what_nobody_is_called(session, browser, judge):
    attempt(browser(), "wrong", 422)
    attempt(browser(), "wrong", 422, login="paper teapot")  # somebody typed the password into the wrong field
    rows = session.scalars(select(AuditRecord).order_by(AuditRecord.id)).all()
    assert [row.action for row in rows] == ["account:sign_in_refused"] * 2
    assert rows[0].detail == {"login": "caipan", "address": "127.0.0.1", "reason": "password"}
    assert (rows[1].subject, rows[1].detail["login"]) == ("user:0", "")


def test_neither_the_disabled_nor_the_invited_get_in(session, browser):
    build_user(session, "gone", password_hash=password_hash(), disabled_at=clock.now())
    build_user(session, "invited")
    session.commit()
    for login in ("gone", "invited"):
        attempt(browser(), PASSWORD, 422, login=login)


def test_five_wrong_passwords_are_followed_by_a_wait_even_for_the_right_one(session, browser, judge):
    page = browser()
    for _ in range(5):
        attempt(page, "wrong", 422)
    response = attempt(page, PASSWORD, 429)
    assert 1 <= int(response.headers["Retry-After"]) <= 16
    assert "秒后再试" in visible(page.page)
    assert acts(session) == ["account:sign_in_refused"] * 6


def test_guessing_on_during_a_wait_fills_neither_the_record_nor_prolongs_the_wait(session, browser, judge):
    page = browser()
    for _ in range(5):
        attempt(page, "wrong", 422)
    for _ in range(4):
        attempt(page, "wrong", 429)
    assert len(acts(session)) == 6
    brake = session.get(SignInBrake, signing_in.account_key("caipan"))
    assert brake.failures == 5


def test_names_that_do_not_exist_are_braked_alike(browser, judge):
    page = browser()
    for _ in range(5):
        attempt(page, "wrong", 422, login="nobody")
    attempt(page, "wrong", 429, login="nobody")


def test_after_the_wait_the_right_password_opens_and_the_slate_is_clean(session, browser, judge):
    page = browser()
    for _ in range(6):
        page.client.post(PAGE, data={"login": "caipan", "password": "x", "csrf_token": page.token()})
    session.execute(update(SignInBrake).values(blocked_until=clock.now() - timedelta(seconds=1)))
    session.commit()
    attempt(page, PASSWORD, 302)
    assert session.get(SignInBrake, signing_in.account_key("caipan")) is None


def test_the_wait_holds_in_another_process_on_the_same_database(app, browser, judge, tmp_path):
    page = browser()
    for _ in range(5):
        attempt(page, "wrong", 422)
    other = wsgi.create_app(databases.settings_for(app.config["SETTINGS"].database_url, tmp_path))
    attempt(Browser(other), PASSWORD, 429)
    with other.app_context():
        for engine in db.engines.values():
            engine.dispose()


def test_many_names_from_one_address_are_braked_too(session, browser, judge):
    now = clock.now()
    key = signing_in.address_key("127.0.0.1")
    session.add(SignInBrake(key=key, failures=59, last_failure_at=now, noted=False))
    session.commit()
    attempt(browser(), "wrong", 422, login="somebody")
    attempt(browser(), PASSWORD, 429)


def test_a_forged_forwarding_header_changes_no_address(session, browser, judge):
    forged = {"X-Forwarded-For": "203.0.113.9", "Forwarded": "for=203.0.113.9"}
    attempt(browser(), "wrong", 422, headers=forged)
    (row,) = session.scalars(select(AuditRecord)).all()
    assert row.detail["address"] == "127.0.0.1"


def test_guesses_on_their_way_at_once_learn_nothing_after_the_fifth(app, session, judge):
    """Twenty guesses were verified before any failure was written; the twentieth had the right password."""
    now = clock.now()
    with app.app_context():
        guesses = [signing_in.look_up(db.session, "caipan", "192.0.2.1", now) for _ in range(20)]
        db.session.rollback()
    checked = [signing_in.check(guess, "wrong") for guess in guesses[:6]] * 3
    checked.append(signing_in.check(guesses[-1], PASSWORD))
    outcomes = []
    for guess in checked:
        with app.app_context():
            token = clock.new_token()
            outcomes.append(signing_in.conclude(db.session, guess, token=token, agent="", now=now))
            db.session.commit()
    assert [outcome.waits_until is not None for outcome in outcomes[:6]] == [False] * 5 + [True]
    assert not outcomes[-1].verified
    assert session.scalar(select(UserSession)) is None


def test_a_password_changed_while_the_old_one_was_verified_opens_nothing(app, session, judge):
    now = clock.now()
    with app.app_context():
        guess = signing_in.check(signing_in.look_up(db.session, "caipan", "192.0.2.1", now), PASSWORD)
        db.session.rollback()
        assert guess.verified
        db.session.execute(update(User).values(password_hash=passwords.hash_password("another one entirely")))
        assert not signing_in.conclude(db.session, guess, token="t", agent="", now=now).verified


def test_a_hash_made_with_weaker_settings_is_renewed_at_sign_in(session, browser):
    weak = passwords.PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    user = build_user(session, "early", password_hash=weak)
    session.commit()
    attempt(browser(), PASSWORD, 302, login="early")
    session.refresh(user)
    assert "$m=19456,t=2,p=1$" in user.password_hash
    attempt(browser(), PASSWORD, 302, login="early")


def test_signing_out_ends_the_session_on_the_server(session, browser, judge):
    page = browser()
    attempt(page, PASSWORD, 302)
    with page.client.session_transaction() as cookie:
        stolen = dict(cookie)
    response = page.post("/accounts/sign-out")
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert acts(session)[-1] == "account:sign_out"
    thief = browser()
    with thief.client.session_transaction() as cookie:
        cookie.update(stolen)
    assert thief.get("/accounts/me", 302).location.startswith(PAGE)


def test_only_a_demonstration_says_where_its_sign_ins_stand(app, browser):
    assert "演示系统" not in browser().get(PAGE).text
    file = app.config["SETTINGS"].instance / "demo-accounts.txt"
    file.write_text("organiser  four unlikely words", encoding="utf-8")
    text = browser().get(PAGE).text
    assert "演示账号和密码显示在启动系统的终端窗口中" in text
    assert "four unlikely words" not in text


def test_nobody_waits_in_line_behind_a_hash(app, browser, judge, monkeypatch):
    """While a password is verified or hashed, no connection to the database is held: 300 tablets at once."""
    held = []

    def watched(work):
        def run(*arguments):
            held.append([engine.pool.checkedout() for engine in db.engines.values()])
            return work(*arguments)

        return run

    for name in ("verify", "hash_password"):
        monkeypatch.setattr(passwords, name, watched(getattr(passwords, name)))
    page = browser()
    attempt(page, "wrong", 422)
    attempt(page, PASSWORD, 302)
    fresh = "焊花四溅的车间清晨很安静呢"
    page.post("/accounts/password", {"current": PASSWORD, "password": fresh, "repeat": fresh})
    assert held == [[0, 0]] * 4

"""Sessions live on the server: no fixation, no life after their end, no right after its withdrawal."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from accounts import identity, services
from accounts.models import Grant, UserSession
from core import clock
from tests.factories.accounts import PASSWORD, build_user, password_hash


@pytest.fixture
def person(session):
    user = build_user(session, "person", [("admin", "site", 0)], password_hash=password_hash())
    build_user(session, "second", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    return user


def cookie_of(page):
    with page.client.session_transaction() as cookie:
        return dict(cookie)


def wear(page, cookie):
    with page.client.session_transaction() as kept:
        kept.clear()
        kept.update(cookie)
    return page


def sign_in(page):
    page.post("/accounts/sign-in", {"login": "person", "password": PASSWORD})
    return page


def test_a_cookie_planted_before_signing_in_is_not_signed_in_by_it(browser, person):
    planted = {"_user_id": "known to the attacker", "csrf_token": "known", "locale": "en", "role": "admin"}
    victim = sign_in(wear(browser(), planted))
    kept = cookie_of(victim)
    assert kept["_user_id"] != planted["_user_id"]
    assert set(kept) == {"_user_id", "locale"}
    assert kept["locale"] == "en"
    wear(browser(), planted).get("/accounts/me", 302)


def test_signing_in_again_gives_a_new_secret_and_kills_the_old_one(browser, person):
    page = sign_in(browser())
    first = cookie_of(page)
    second = cookie_of(sign_in(page))
    assert first["_user_id"] != second["_user_id"]
    wear(browser(), first).get("/accounts/me", 302)
    page.get("/accounts/me")


def test_secrets_are_long_random_and_kept_as_digests(session, browser, person):
    secrets = {cookie_of(sign_in(browser()))["_user_id"] for _ in range(3)}
    assert len(secrets) == 3
    assert all(len(secret) >= 43 for secret in secrets)
    stored = set(session.scalars(select(UserSession.token_hash)))
    assert stored == {identity.digest(secret) for secret in secrets}


def test_a_session_ends_by_itself(session, browser, person):
    page = browser(person)
    page.get("/accounts/me")
    session.execute(update(UserSession).values(expires_at=clock.now() - timedelta(seconds=1)))
    session.commit()
    page.get("/accounts/me", 302)


def test_a_session_lasts_a_day_of_contest_and_no_longer():
    assert timedelta(hours=8) <= services.SESSION_LIFE <= timedelta(hours=14)


def test_a_cookie_that_nobody_signed_is_nobody(app, browser, person):
    page = browser()
    page.client.set_cookie("jiangsai", "eyJfdXNlcl9pZCI6IjEifQ.aaaaaa.bbbbbbbbbbbbbbbbbbbbbbbbbbb")
    page.get("/accounts/me", 302)


def test_a_signed_cookie_with_a_strange_secret_is_nobody(browser, person):
    for secret in ("", "1", 1, None, ["x"], {"id": 1}, "x" * 2000):
        wear(browser(), {"_user_id": secret}).get("/accounts/me", 302)


def test_whoever_loses_a_role_loses_it_with_the_next_request(session, browser, person):
    page = browser(person)
    page.get("/accounts/")
    session.execute(update(Grant).where(Grant.user_id == person.id).values(withdrawn_at=clock.now()))
    session.commit()
    page.get("/accounts/", 403)
    page.post("/accounts/invite", {"login": "mine", "name": "演示"}, 403)


def test_whoever_is_disabled_is_out_with_the_next_request(session, browser, person):
    page = browser(person)
    page.get("/accounts/")
    person.disabled_at = clock.now()
    session.commit()
    page.get("/accounts/", 302)
    page.post("/accounts/invite", {"login": "mine", "name": "演示"}, 401)
    page.post_json("/accounts/invite", {}, 401)

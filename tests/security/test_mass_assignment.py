"""A form takes the fields that it names; everything else that is sent along has no effect."""

import pytest
from sqlalchemy import select

from accounts.models import Grant, User
from competitions.events.models import Competition, Event
from tests.factories.accounts import PASSWORD, build_user, password_hash
from tests.factories.events import build_event

SMUGGLED = {
    "id": "999", "password_hash": "x", "disabled_at": "2020-01-01", "demo": "1", "created_at": "2020-01-01",
    "role": "admin", "scope": "site:0", "grants": "admin", "granted_by_id": "999", "actor_id": "999",
    "state": "final", "version": "77", "union_id": "1", "competition_id": "999", "announced_at": "2020-01-01",
}  # fmt: skip


@pytest.fixture
def admin(session):
    user = build_user(session, "admin", [("admin", "site", 0)], password_hash=password_hash())
    session.commit()
    return user


def test_an_invitation_gives_neither_a_password_nor_a_role(session, browser, admin):
    data = SMUGGLED | {"login": "new", "name": "演示新人", "password": PASSWORD}
    browser(admin).post("/accounts/invite", data, 200)
    user = session.scalars(select(User).where(User.login == "new")).one()
    assert (user.password_hash, user.disabled_at, user.demo, user.created_at.year >= 2026) == (
        None, None, False, True,
    )  # fmt: skip
    assert user.id != 999
    assert session.scalars(select(Grant).where(Grant.user_id == user.id)).all() == []


def test_a_role_is_given_to_whom_the_address_names_by_who_is_signed_in(session, browser, admin):
    user = build_user(session, "person")
    session.commit()
    wanted = {"role": "analyst", "scope": "site:0"}
    data = SMUGGLED | wanted | {"user_id": str(admin.id), "withdrawn_at": "2020-01-01"}
    browser(admin).post(f"/accounts/{user.id}/grants", data)
    grant = session.scalars(select(Grant).where(Grant.role == "analyst")).one()
    assert (grant.user_id, grant.granted_by_id, grant.withdrawn_at) == (user.id, admin.id, None)


def test_renaming_changes_the_name_alone(session, browser, admin):
    user = build_user(session, "person", password_hash=password_hash())
    session.commit()
    browser(admin).post(f"/accounts/{user.id}/name", SMUGGLED | {"name": "演示新名", "login": "other"})
    session.refresh(user)
    assert (user.login, user.name, user.disabled_at) == ("person", "演示新名", None)


def test_changing_the_own_password_changes_nobody_elses(session, browser, admin):
    other = build_user(session, "other", password_hash=password_hash())
    session.commit()
    before, fresh = other.password_hash, "焊花四溅的车间清晨很安静呢"
    data = SMUGGLED | {"current": PASSWORD, "password": fresh, "repeat": fresh}
    data |= {"user_id": str(other.id), "code": "x", "login": "other"}
    browser(admin).post("/accounts/password", data)
    session.refresh(other)
    assert other.password_hash == before


def test_no_form_of_an_event_or_a_competition_moves_its_state_or_owner(session, browser):
    event = build_event(session)
    user = build_user(session, "organiser", [("organiser", "site", 0)])
    session.commit()
    page = browser(user)
    number, competition, owner = event.id, event.competition_id, event.competition.union_id
    for path in (f"/events/{number}/edit", f"/competitions/{competition}/edit"):
        page.client.post(path, data=SMUGGLED | {"name": "改名", "csrf_token": page.token()})
    session.expire_all()
    kept = session.get(Event, number)
    assert (kept.state, kept.competition_id, kept.announced_at) == ("draft", competition, None)
    assert session.get(Competition, competition).union_id == owner

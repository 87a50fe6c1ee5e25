"""Organisers invite registrars for the units below their union, and for no other; no other role is given."""

import re
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from accounts.models import Grant, User
from core.audit.models import AuditRecord
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user, password_hash
from tests.factories.organisations import build_union, build_unit

SAID = {"name": "演示新人", "login": "newcomer"}


@pytest.fixture
def place(session):
    """A province with a city, a unit of the city and one elsewhere; the organisers of both provinces."""
    province, other = build_union(session, kind="provincial"), build_union(session, kind="provincial")
    city = build_union(session, kind="municipal", parent=province)
    unit, foreign = build_unit(session, union=city), build_unit(session, union=other)
    made = SimpleNamespace(
        unit=unit, foreign=foreign, path=f"/organisations/units/{unit.id}",
        organiser=build_user(session, grants=[("organiser", "union", province.id)]),
        stranger=build_user(session, grants=[("organiser", "union", other.id)]),
        analyst=build_user(session, grants=[("organiser", "competition", 1), ("analyst", "union", city.id)]),
        registrar=build_user(
            session, grants=[("registrar", "unit", unit.id)], password_hash=password_hash()
        ),
    )  # fmt: skip
    session.commit()
    return made


def held(session, login):
    session.rollback()
    rows = session.execute(
        select(Grant.role, Grant.scope_kind, Grant.scope_id)
        .join(User, User.id == Grant.user_id)
        .where(User.login == login, Grant.withdrawn_at.is_(None))
    ).all()
    session.rollback()
    return [tuple(row) for row in rows]


def user(session, login):
    found = session.scalar(select(User.id).where(User.login == login))
    session.rollback()
    return found


def test_an_organiser_invites_a_registrar_who_signs_in_by_the_link_and_has_this_role_alone(
    session, browser, place
):
    page = browser(place.organiser)
    assert "邀请填报员" in visible(page.get(place.path).text)
    page.post(f"{place.path}/registrars", SAID, 200)
    assert re.search(r'value="http[^"]+/accounts/[^"#]+#[\w-]{40,}"', page.page)
    assert held(session, "newcomer") == [("registrar", "unit", place.unit.id)]
    assert "演示新人 newcomer 待激活" in visible(page.get(place.path).text)
    actions = set(session.scalars(select(AuditRecord.action)))
    session.rollback()
    assert {"account:create", "account:invite", "grant:give"} <= actions
    page.post(f"{place.path}/registrars/{user(session, 'newcomer')}/link", status=200)
    page.post(f"{place.path}/registrars/{user(session, 'newcomer')}/withdraw")
    assert held(session, "newcomer") == []


def test_nobody_invites_for_units_that_are_not_below_them(session, browser, place):
    foreign = f"/organisations/units/{place.foreign.id}/registrars"
    browser(place.organiser).post(foreign, SAID, 403)
    for who in (place.stranger, place.registrar, place.analyst):
        browser(who).post(f"{place.path}/registrars", SAID, 403)
    browser(place.stranger).post(f"{place.path}/registrars/{place.registrar.id}/withdraw", status=403)
    browser(place.stranger).post(f"{foreign}/{place.registrar.id}/withdraw", status=404)  # of another unit
    assert held(session, place.registrar.login) == [("registrar", "unit", place.unit.id)]
    assert user(session, "newcomer") is None
    shown = visible(browser(place.registrar).get(place.path).text)
    assert "本单位填报员由所属工会的组织者在本页邀请" in shown
    assert "邀请填报员" not in shown


def test_a_link_is_made_again_for_nobody_whose_account_opens_more(session, browser, place):
    page = browser(place.organiser)
    page.post(f"{place.path}/registrars", SAID, 200)
    number = user(session, "newcomer")
    session.add(Grant(user_id=number, role="analyst", scope_kind="site", scope_id=0, granted_at=MOMENT))
    session.commit()
    page.post(f"{place.path}/registrars/{number}/link", status=409)
    page.post(f"{place.path}/registrars/{place.registrar.id}/link", status=409)  # has a password


def test_a_name_that_is_taken_comes_back_at_its_field(session, browser, place):
    page = browser(place.organiser)
    page.post(f"{place.path}/registrars", SAID | {"login": place.registrar.login}, 422)
    assert "演示新人" in page.page
    page.post(f"{place.path}/registrars", {"name": "", "login": "x"}, 422)


def test_a_new_unit_belongs_to_no_union_before_one_is_chosen(session, browser, place):
    page = browser(place.organiser)
    assert 'value="">请选择……</option>' in page.get("/organisations/units/new").text
    page.post("/organisations/units/new", {"name": "演示新厂", "union_id": "", "ownership": ""}, 422)
    assert "工会 此项必填，请选择。" in visible(page.page)

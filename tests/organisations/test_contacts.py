"""Whom one reaches at a union or a unit: sealed, masked, opened by an act that is recorded."""

import pytest
from sqlalchemy import select

from competitions.organisations import rules
from competitions.organisations.models import OrganisationContact
from core.audit.models import AuditRecord
from core.database import metadata
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union, build_unit

PHONE, EMAIL = "13987650123", "zhang.canary@example.com"
FORM = {"name": "张演示", "duty": "竞赛办公室主任", "phone": PHONE, "email": EMAIL}


@pytest.fixture
def unit(session):
    unit = build_unit(session, name="演示一厂", union_id=build_union(session).id)
    session.commit()
    return unit


@pytest.fixture
def registrar(session, browser, unit):
    user = build_user(session, grants=[("registrar", "unit", unit.id)])
    session.commit()
    return browser(user)


@pytest.fixture
def contact(session, registrar, unit):
    registrar.post(f"/organisations/units/{unit.id}/contacts/new", FORM)
    return session.scalar(select(OrganisationContact))


def acts(session, action):
    session.expire_all()
    return session.scalars(select(AuditRecord).where(AuditRecord.action == action)).all()


def test_a_registrar_keeps_the_contacts_of_the_own_unit_and_of_no_other(session, registrar, contact, unit):
    other = build_unit(session)
    session.commit()
    registrar.get(f"/organisations/units/{unit.id}")
    assert "张演示" in registrar.page
    registrar.get(f"/organisations/units/{other.id}", 403)
    registrar.post(f"/organisations/units/{other.id}/contacts/new", FORM, 403)


def test_numbers_are_masked_until_they_are_opened_and_that_is_recorded(session, registrar, contact, unit):
    registrar.get(f"/organisations/units/{unit.id}")
    assert PHONE not in registrar.page
    assert EMAIL not in registrar.page
    assert "139******23" in registrar.page
    registrar.post(f"/organisations/contacts/{contact.id}/open", status=200)
    assert PHONE in registrar.page
    assert EMAIL in registrar.page
    [opened] = acts(session, "contact:open")
    assert (opened.subject, opened.detail) == (f"unit:{unit.id}", {"contact": contact.id})


def test_a_number_that_is_left_empty_stays(session, registrar, contact):
    path = f"/organisations/contacts/{contact.id}/edit"
    registrar.get(path)
    assert PHONE not in registrar.page
    registrar.post(path, {"name": "李演示", "duty": "", "phone": "", "email": "li@example.com"})
    registrar.post(f"/organisations/contacts/{contact.id}/open", status=200)
    assert {PHONE, "li@example.com", "李演示"} <= set(visible(registrar.page).split())


def test_a_contact_without_a_number_or_with_a_wrong_one_is_refused(session, registrar, unit):
    path = f"/organisations/units/{unit.id}/contacts/new"
    registrar.post(path, FORM | {"phone": "", "email": ""}, 422)
    assert "请至少填写一项" in registrar.page
    registrar.post(path, FORM | {"phone": "call me", "email": "nobody"}, 422)
    assert "电话号码有误" in registrar.page
    assert "电子邮箱有误" in registrar.page
    assert session.scalar(select(OrganisationContact)) is None


def test_a_removed_contact_is_gone(session, registrar, contact):
    number = contact.id
    registrar.post(f"/organisations/contacts/{number}/remove")
    session.expire_all()
    assert session.scalar(select(OrganisationContact)) is None
    registrar.get(f"/organisations/contacts/{number}/edit", 404)


def test_no_table_holds_a_phone_or_an_address_in_plain(session, contact):
    for table in metadata.sorted_tables:
        for row in session.execute(select(table)):
            assert all(canary not in str(tuple(row)) for canary in (PHONE, EMAIL))


@pytest.mark.parametrize("number", ["13912345678", "010-88886666-802", "+86 139 1234 5678", "0531-8888 8888"])
def test_mobile_phones_and_lines_with_extensions_are_phones(number):
    assert rules.is_phone(rules.tidy_number(number))


def test_an_extension_is_kept_behind_a_hyphen():
    assert rules.tidy_number("０１０－８８８８６６６６ 分机 802") == "010-88886666-802"

"""Unions and units out of use: not offered any more, their history stays; and twins of units by name."""

import pytest
from sqlalchemy import select

from competitions.entries import services
from competitions.entries.models import Entry
from competitions.entries.queries import list_units
from competitions.organisations import retiring, rules
from competitions.organisations.models import Unit
from tests.client import visible
from tests.entries.tables import asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_union, build_unit


@pytest.fixture
def admin(session, browser):
    user = build_user(session, grants=[("admin", "site", 0)])
    session.commit()
    return browser(user)


def test_a_union_with_units_in_use_cannot_be_retired(session, admin):
    union = build_union(session, name="某市总工会")
    unit = build_unit(session, name="某厂", union_id=union.id)
    session.commit()
    admin.post(f"/organisations/unions/{union.id}/retire", {"reason": "机构改革"}, 422)
    assert "单位 1 个" in visible(admin.page)
    admin.post(f"/organisations/units/{unit.id}/retire", {"reason": ""}, 422)
    assert "请填写停用原因" in admin.page
    admin.post(f"/organisations/units/{unit.id}/retire", {"reason": "并入二厂"})
    admin.post(f"/organisations/unions/{union.id}/retire", {"reason": "机构改革"})
    admin.get("/organisations/")
    admin.get("/organisations/unions/new")
    assert "某市总工会" not in visible(admin.page)
    admin.get("/organisations/units/")
    assert "某厂" not in admin.page
    admin.get("/organisations/units/?state=retired")
    assert "某厂" in admin.page
    admin.get(f"/organisations/units/{unit.id}")
    assert "并入二厂" in admin.page
    admin.post(f"/organisations/units/{unit.id}/restore", status=409)
    assert "已停用" in admin.page
    admin.post(f"/organisations/unions/{union.id}/restore")
    admin.post(f"/organisations/units/{unit.id}/restore")
    admin.get("/organisations/units/")
    assert "某厂" in admin.page


@pytest.mark.parametrize(
    ("name", "known", "near"),
    [
        ("东方重机有限公司", "东方重机有限责任公司", True),  # the legal form alone
        ("东方重机（集团）有限公司", "东方重机(集团)公司", True),  # one bracket or the other
        ("中国石油大庆油田第一采油厂", "中国石油大庆油田第二采油厂", False),  # numbered units are two
        ("国网福建省电力公司福州供电分公司", "国网福建省电力有限公司福州供电公司", True),
        ("东方重机厂", "西方锅炉厂", False),
    ],
)
def test_names_that_may_be_one_unit(name, known, near):
    assert bool(rules.near_names(name, [known])) is near


def test_a_unit_much_like_another_is_asked_back_and_added_when_it_is_another(session, admin):
    build_unit(session, name="东方重机有限责任公司")
    session.commit()
    form = {"name": "东方重机有限公司", "ownership": "state"}
    admin.post("/organisations/units/new", form, 422)
    assert "东方重机有限责任公司" in admin.page
    assert session.scalar(select(Unit).where(Unit.name == form["name"])) is None
    session.rollback()
    admin.post("/organisations/units/new", form | {"sure": "y"})
    assert session.scalar(select(Unit.ownership).where(Unit.name == form["name"])) == "state"


def test_nobody_is_newly_entered_for_a_unit_out_of_use_and_what_stands_stays(session):
    event, unit = build_event(session, "registration"), build_unit(session, name="演示老厂")
    first = table(("张演示", "演示老厂", id_number(1)))
    [entry] = services.add_entries(session, event, first, asked(event), actor_id=None, now=MOMENT)
    retiring.retire_unit(session, unit, "并入新厂", actor_id=None, now=MOMENT)
    again = table(("李演示", "演示老厂", id_number(2)))
    with pytest.raises(services.NotEnterable) as refused:
        services.add_entries(session, event, again, asked(event), actor_id=None, now=MOMENT)
    assert {refusal.code for refusal in refused.value.refusals} == {"UNIT_RETIRED"}
    assert session.get(Entry, entry).unit_id == unit.id
    assert "演示老厂" not in [name for _number, name in list_units(session)]

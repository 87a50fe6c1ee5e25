"""Unions and units in the browser: everybody within the own branch of the tree."""

import pytest
from sqlalchemy import select

from competitions.organisations.models import Union, Unit
from competitions.organisations.queries import list_ancestor_ids
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union, build_unit

CODE = "91350100M000100Y43"


@pytest.fixture
def tree(session):
    """National, province below it, city below that, and a stranger."""
    national = build_union(session, name="全国工会", kind="national")
    province = build_union(session, name="省工会", kind="provincial", parent_id=national.id)
    city = build_union(session, name="市工会", kind="municipal", parent_id=province.id)
    other = build_union(session, name="外省工会", kind="provincial", parent_id=national.id)
    build_unit(session, name="本省重机厂", union_id=city.id, credit_code=CODE)
    build_unit(session, name="外省轴承厂", union_id=other.id)
    return {"national": national, "province": province, "city": city, "other": other}


@pytest.fixture
def organiser(session, browser, tree):
    """The organiser of the province."""
    user = build_user(session, grants=[("organiser", "union", tree["province"].id)])
    session.commit()
    return browser(user)


@pytest.fixture
def admin(session, browser, tree):
    user = build_user(session, grants=[("admin", "site", 0)])
    session.commit()
    return browser(user)


def union_form(union, **changes):
    return {"name": union.name, "kind": union.kind, "parent_id": union.parent_id or ""} | changes


def fresh(session, table, **columns):
    session.expire_all()
    return session.scalar(select(table).filter_by(**columns))


def test_a_branch_knows_what_is_above(session, tree):
    ids = {name: union.id for name, union in tree.items()}
    assert list_ancestor_ids(session, ids["city"]) == [ids["city"], ids["province"], ids["national"]]


def test_an_organiser_sees_the_own_branch_only(organiser):
    organiser.get("/organisations/")
    shown = visible(organiser.page)
    assert "省工会" in shown
    assert "市工会" in shown
    assert "全国工会" not in shown
    assert "外省工会" not in shown
    organiser.get("/organisations/units/")
    assert "本省重机厂" in organiser.page
    assert "外省轴承厂" not in organiser.page


def test_an_organiser_changes_nothing_outside_the_own_branch(session, organiser, tree):
    stranger = fresh(session, Unit, name="外省轴承厂")
    session.commit()
    for path in (f"unions/{tree['other'].id}", f"unions/{tree['national'].id}", f"units/{stranger.id}"):
        organiser.get(f"/organisations/{path}/edit", 403)
        organiser.post(f"/organisations/{path}/edit", {"name": "x"}, 403)


def test_a_parent_outside_the_own_branch_is_not_offered(session, organiser, tree):
    form = {"name": "新工会", "kind": "grassroots", "parent_id": tree["other"].id}
    organiser.post("/organisations/unions/new", form, 422)
    assert "此处没有这个选项" in organiser.page
    organiser.post("/organisations/unions/new", form | {"parent_id": ""}, 422)
    organiser.post("/organisations/unions/new", form | {"parent_id": tree["city"].id})
    assert fresh(session, Union, name="新工会").parent_id == tree["city"].id


def test_a_union_cannot_be_hung_below_itself(session, admin, tree):
    for parent in ("national", "province", "city"):
        form = union_form(tree["national"], parent_id=tree[parent].id)
        admin.post(f"/organisations/unions/{tree['national'].id}/edit", form, 422)
        assert "是本工会的下级" in admin.page
    form = union_form(tree["city"], parent_id=tree["other"].id)
    admin.post(f"/organisations/unions/{tree['city'].id}/edit", form)
    assert fresh(session, Union, name="市工会").parent_id == tree["other"].id


def test_names_of_unions_and_units_are_given_once(admin, tree):
    admin.post("/organisations/unions/new", {"name": " 省工会 ", "kind": "municipal"}, 422)
    assert "已有名为“省工会”的工会" in admin.page
    admin.post("/organisations/units/new", {"name": "本省重机厂"}, 422)
    assert "已有名为“本省重机厂”的单位，隶属“市工会”" in visible(admin.page)


def test_a_unit_code_is_checked_and_belongs_to_one_unit(session, admin):
    for code, says in (("91350100M000100Y44", "不是有效的统一社会信用代码"), (CODE, "已使用此代码")):
        admin.post("/organisations/units/new", {"name": "新厂", "credit_code": code}, 422)
        assert says in admin.page
        assert f'value="{code}"' in admin.page
    assert fresh(session, Unit, name="新厂") is None
    unit = fresh(session, Unit, name="外省轴承厂")
    session.commit()
    form = {"name": unit.name, "credit_code": "9135 0100m000100y43", "union_id": unit.union_id}
    admin.post(f"/organisations/units/{unit.id}/edit", form, 422)  # the spaces are not the trouble
    assert "已使用此代码" in admin.page


def test_units_are_found_by_name_code_and_union(admin, tree):
    for address in ("q=重机", "q=91350100m", f"union={tree['city'].id}"):
        admin.get(f"/organisations/units/?{address}")
        assert "本省重机厂" in admin.page
        assert "外省轴承厂" not in admin.page
    admin.get("/organisations/units/?q=%25")
    assert "没有符合条件的单位" in admin.page
    admin.get("/organisations/units/?union=999999&page=99")
    assert "外省轴承厂" in admin.page


def test_a_registrar_sees_the_own_unit_and_changes_nothing(session, browser, tree):
    unit = fresh(session, Unit, name="本省重机厂")
    user = build_user(session, grants=[("registrar", "unit", unit.id)])
    session.commit()
    page = browser(user)
    page.get("/organisations/units/")
    assert "本省重机厂" in page.page
    assert "外省轴承厂" not in page.page
    page.get("/organisations/units/new", 403)
    page.post(f"/organisations/units/{unit.id}/edit", {"name": "x"}, 403)


def test_a_missing_name_is_asked_for_and_what_was_typed_stays(admin):
    admin.post("/organisations/unions/new", {"name": "  ", "name_en": "Kept", "kind": "municipal"}, 422)
    assert "此项必填，请填写" in admin.page
    assert 'value="Kept"' in admin.page
    admin.post("/organisations/unions/new", {"name": "工" * 121, "kind": "nonsense"}, 422)
    assert "最多 120 个字符" in admin.page
    admin.get("/organisations/unions/999999/edit", 404)


def test_a_name_is_shown_as_text_never_as_markup(admin):
    admin.post("/organisations/unions/new", {"name": "<script>alert(1)</script>", "kind": "municipal"})
    admin.get("/organisations/")
    assert "&lt;script&gt;alert(1)" in admin.page
    assert "<script>alert" not in admin.page

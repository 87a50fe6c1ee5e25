"""The tree of unions: whole while it is small, opened along one branch when it is large."""

import pytest

from competitions.organisations import tree
from competitions.organisations.models import Union
from competitions.organisations.tree import Tree
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union, build_unit


def forest():
    """A province with two cities, the first with a county; a second province."""
    plan = [(1, "甲省", None), (2, "甲一市", 1), (3, "甲二市", 1), (4, "甲一县", 2), (5, "乙省", None)]
    return [
        Union(id=number, name=name, name_en="", kind="x", parent_id=above) for number, name, above in plan
    ]


def names(rows):
    return [(row.union.name, row.depth) for row in rows]


def test_units_count_for_the_union_and_for_all_above_it():
    rows = {row.union.name: row for row in Tree(forest(), {4: 3, 2: 1, 5: 7}).rows(None)}
    assert {name: (row.units, row.all_units, row.below) for name, row in rows.items()} == {
        "甲省": (0, 4, 2), "甲一市": (1, 4, 1), "甲二市": (0, 0, 0), "甲一县": (3, 3, 0), "乙省": (7, 7, 0)
    }  # fmt: skip


def test_a_small_tree_is_shown_whole():
    shown = names(Tree(forest(), {}).rows(None))
    assert shown == [("甲省", 0), ("甲一市", 1), ("甲一县", 2), ("甲二市", 1), ("乙省", 0)]


def test_a_large_tree_is_opened_along_one_branch(monkeypatch):
    monkeypatch.setattr(tree, "WHOLE", 2)
    large = Tree(forest(), {})
    assert names(large.rows(None)) == [("甲省", 0), ("乙省", 0)]
    assert names(large.rows(1)) == [("甲省", 0), ("甲一市", 1), ("甲二市", 1), ("乙省", 0)]
    assert names(large.rows(2)) == [("甲省", 0), ("甲一市", 1), ("甲一县", 2), ("甲二市", 1), ("乙省", 0)]


def test_a_union_is_found_by_its_name_with_what_stands_above_it():
    [found] = Tree(forest(), {}).search("甲 县")
    assert [found.union.name, [union.name for union in found.above]] == ["甲一县", ["甲省", "甲一市"]]


@pytest.fixture
def admin(session, browser):
    user = build_user(session, grants=[("admin", "site", 0)])
    session.commit()
    return browser(user)


def test_a_subtree_moves_as_a_whole_and_its_union_page_counts_its_units(session, admin):
    old, new = (build_union(session, name=name, kind="provincial") for name in ("甲省", "乙省"))
    city = build_union(session, name="一市", kind="municipal", parent_id=old.id)
    county = build_union(session, name="一县", kind="county", parent_id=city.id)
    build_unit(session, name="县重机厂", union_id=county.id)
    session.commit()
    form = {"name": "一市", "kind": "municipal", "parent_id": new.id}
    admin.post(f"/organisations/unions/{city.id}/edit", form)
    admin.get(f"/organisations/unions/{county.id}")
    shown = visible(admin.page)
    assert "乙省" in shown
    assert "甲省" not in shown
    admin.get(f"/organisations/unions/{new.id}")
    assert "一市" in visible(admin.page)


def test_the_page_of_many_unions_shows_one_branch_and_finds_the_others(session, admin):
    top = build_union(session, name="全国总工会", kind="national")
    below = {"kind": "provincial", "parent_id": top.id}
    provinces = [build_union(session, name=f"第{n:03d}省总工会", **below) for n in range(70)]
    for province in provinces:
        build_union(session, name=province.name.replace("省", "市"), kind="municipal", parent_id=province.id)
    session.commit()
    admin.get("/organisations/")
    assert "第003省总工会" in admin.page
    assert "第003市总工会" not in admin.page
    admin.get(f"/organisations/?open={provinces[3].id}")
    assert "第003市总工会" in admin.page
    assert "第004市总工会" not in admin.page
    admin.get("/organisations/?q=044")
    assert "第044市总工会" in admin.page
    admin.get("/organisations/?open=999999&q=nobody")
    assert "没有名称相符的工会" in admin.page

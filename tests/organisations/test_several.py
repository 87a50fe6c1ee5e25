"""Many units at once, pasted from a sheet: all of them or none, each fault at its line."""

import pytest
from sqlalchemy import func, select

from competitions.organisations.models import Unit
from competitions.organisations.several import lines_of
from tests.factories.accounts import build_user
from tests.factories.organisations import build_union, build_unit

CODE = "91350100M000100Y43"


def test_a_line_is_a_name_and_its_code_however_they_are_set_apart():
    text = "甲\u202e厂\t9135 0100m000100y43\n\n 乙厂 ，\n丙厂"  # a mark of direction is no part of a name
    assert lines_of(text) == [(1, "甲厂", CODE), (3, "乙厂", ""), (4, "丙厂", "")]


@pytest.fixture
def union(session):
    union = build_union(session, name="某市总工会", kind="municipal")
    build_unit(session, name="老厂", union_id=union.id, credit_code=CODE)
    session.commit()
    return union


@pytest.fixture
def organiser(session, browser, union):
    user = build_user(session, grants=[("organiser", "union", union.id)])
    session.commit()
    return browser(user)


def count(session):
    session.rollback()
    return session.scalar(select(func.count(Unit.id)))


def test_all_units_are_added_or_none_with_each_fault_at_its_line(session, organiser, union):
    wrong = f"甲厂\n乙厂\t{CODE}\n甲厂\n丙厂\t123\n{'长' * 121}"
    organiser.post("/organisations/units/several", {"union_id": union.id, "lines": wrong}, 422)
    for said in ("第 2 行：单位“老厂”已使用此代码", "第 3 行：已有名为“甲厂”的单位", "第 4 行", "第 5 行"):
        assert said in organiser.page
    assert "第 1 行" not in organiser.page
    assert count(session) == 1
    organiser.post("/organisations/units/several", {"union_id": union.id, "lines": "甲厂\n乙厂"})
    assert count(session) == 3


def test_nothing_at_all_and_another_union_are_refused(session, organiser, union):
    organiser.post("/organisations/units/several", {"union_id": union.id, "lines": " \n"}, 422)
    assert "每行一个" in organiser.page
    other = build_union(session)
    session.commit()
    organiser.post("/organisations/units/several", {"union_id": other.id, "lines": "甲厂"}, 422)
    assert count(session) == 1

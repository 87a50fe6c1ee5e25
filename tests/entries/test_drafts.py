"""A registrar imports drafts, completes them and hands them in; what is not complete is named and linked."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from competitions.entries import services
from competitions.entries.models import Entry
from competitions.entries.proposals import propose
from tests.client import visible
from tests.entries.tables import asked, table, workbook
from tests.entries.test_import_pages import upload
from tests.factories.accounts import MOMENT, build_user
from tests.factories.eligibility import build_rules
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

HEADINGS = ("姓名", "单位", "技能等级")
ROWS = [("演示甲", "演示甲厂", "高级工"), ("演示乙", "演示甲厂", ""), ("演示丙", "演示甲厂", "中级工")]
FIELDS = ("name", "unit", "skill_level")


@pytest.fixture
def place(session):
    """An open contest that asks for a senior worker, a unit of it, its registrar and the organiser."""
    event, unit = build_event(session, "registration"), build_unit(session, name="演示甲厂")
    build_rules(session, event, level_least="高级工")
    made = SimpleNamespace(
        id=event.id, event=event, path=f"/events/{event.id}/entries",
        registrar=build_user(session, grants=[("registrar", "unit", unit.id)]),
        organiser=build_user(session, grants=[("organiser", "union", event.competition.union_id)]),
    )  # fmt: skip
    session.commit()
    return made


def reviews(session):
    session.rollback()
    found = {entry.name: entry.review for entry in session.scalars(select(Entry).order_by(Entry.number))}
    session.rollback()
    return found


def test_a_registrar_imports_drafts_and_hands_in_those_that_are_complete(session, browser, place):
    page = browser(place.registrar)
    preview = upload(page, place, workbook(ROWS, HEADINGS), 302).location
    shown = visible(page.get(preview).text)
    assert "可导入 1 有错误 2" in shown
    assert "C 技能等级 中级工 技能等级“中级工”低于高级工" in shown  # the value of the very cell
    shown = visible(page.get(f"{preview}?draft=1").text)
    assert "可导入 3 有错误 0" in shown
    assert "技能等级“中级工”低于高级工" in shown  # said, though it does not stand against a draft
    landed = page.post(f"{preview}?draft=1", {"mode": "all"}).location
    assert reviews(session) == {"演示甲": "draft", "演示乙": "draft", "演示丙": "draft"}
    assert "请补充完整后提交" in visible(page.get(landed).text)
    page.post(f"{place.path}/submit", status=200)
    assert reviews(session) == {"演示甲": "submitted", "演示乙": "draft", "演示丙": "draft"}
    shown = visible(page.page)
    assert "已提交 1 项，还有 2 项未提交" in shown
    assert "尚未保存" not in shown
    for number, name in ((2, "演示乙"), (3, "演示丙")):
        assert f"第 {number} 号 {name}" in shown
        entry = session.scalars(select(Entry.id).where(Entry.number == number)).one()
        session.rollback()
        assert f'href="{place.path}/{entry}/edit"' in page.page
    page.post(f"{place.path}/submit", status=422)
    assert "没有提交任何报名" in visible(page.page)


def test_whoever_decides_imports_no_drafts(session, browser, place):
    page = browser(place.organiser)
    preview = upload(page, place, workbook(ROWS[:1], HEADINGS), 302).location
    assert "存为草稿" not in visible(page.get(f"{preview}?draft=1").text)
    page.post(f"{preview}?draft=1", {"mode": "all"})
    assert reviews(session) == {"演示甲": "submitted"}


def test_one_refused_entry_says_that_it_was_not_handed_in(session, browser, place):
    draft = table(ROWS[1], fields=FIELDS)
    (number,) = services.add_entries(
        session, place.event, draft, asked(place.event, draft=True), actor_id=None, now=MOMENT
    )
    session.commit()
    page = browser(place.registrar)
    page.post(f"{place.path}/{number}/submit", status=422)
    shown = visible(page.page)
    assert "未提交：" in shown
    assert "本赛项限定技能等级" in shown
    assert "尚未保存" not in shown


def test_a_list_of_drafts_breaks_no_rule_for_what_is_handed_in_already(session, place):
    services.add_entries(
        session, place.event, table(ROWS[0], fields=FIELDS), asked(place.event), actor_id=None, now=MOMENT
    )
    rows = [("1", "演示甲", "演示甲厂", "中级工"), ("", "演示乙", "演示甲厂", "中级工")]
    again = table(*rows, fields=("number", *FIELDS))
    proposal = propose(session, asked(place.event, updating=True, draft=True), again)
    assert proposal.groups == {2: "wrong", 3: "right"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("演示甲", "演示甲厂", "", "二十二级以上的高级工人技师和其他一切人员的等级"), ["TEXT_LONG"]),
        (("演示甲", "演示甲厂", "11010519491231002", ""), ["ID_LENGTH"]),
    ],
)  # fmt: skip
def test_one_cause_is_told_once(session, place, row, told):
    """What cannot be read is not also below the level or without an age; the level is not given at all."""
    build_rules(session, place.event, **({"level_least": "高级工"} if row[3] else {"age_least": 16}))
    fields = ("name", "unit", "id_number", "skill_level")
    proposal = propose(session, asked(place.event), table(row, fields=fields))
    assert [finding.code for finding in proposal.findings] == told


def test_rows_that_only_wait_for_another_of_their_team_are_no_faults(session, browser, place):
    place.event.entry_kind = "team"
    build_rules(session, place.event, level_least="高级工")
    session.commit()
    rows = [("演示一队", *row) for row in (ROWS[0], ROWS[1], ("演示丁", "演示甲厂", "技师"))]
    page = browser(place.registrar)
    preview = upload(page, place, workbook(rows, ("队名", *HEADINGS)), 302).location
    assert "有错误 1" in visible(page.get(preview).text)
    assert "等待同项其他行 2" in visible(page.page)
    assert "同项的另一行有错误" not in visible(page.page)
    assert "演示一队" in visible(page.get(f"{preview}?group=held").text)

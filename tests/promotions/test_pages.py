"""Promotion proposals on their pages: live and frozen, rules by version, levels, the list to send."""

import io
import json

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from competitions.entries.models import EntryMember, Person
from core.audit.models import AuditRecord
from scoring.promotions import offers
from scoring.promotions.models import PromotionRules
from scoring.results import outcomes
from scoring.schemes import queries as schemes
from tests.client import apart, visible
from tests.factories.accounts import build_user
from tests.factories.entries import build_person
from tests.factories.events import build_competition
from tests.factories.marking import (
    THEORY_AND_PRACTICE,
    build_event_with,
    build_organiser,
    build_theory_and_practice,
    entry_of,
    mark,
    scheme,
    take,
)
from tests.factories.scoring import build_scheme

# 30/70: 甲 96.00, 乙 90.00, 丙 84.00, 丁 60.00; 戊 has 50 in theory and 55.00.
FIVE = {"甲": ("96", "96"), "乙": ("90", "90"), "丙": ("84", "84"), "丁": ("60", "60"), "戊": ("50", "57.14")}
LEVELS = {"A01": "高级工（三级）", "A02": "", "A03": "技师", "A04": "中级工", "A05": "初级工"}
PRIZES = {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]}
RULES = offers.LIBRARY.find_text("chongqing")


@pytest.fixture
def event(session):
    return build(session)


def build(session, profile="simple"):
    event = build_theory_and_practice(
        session, FIVE, awards=PRIZES, event={"competition": build_competition(session, profile=profile)}
    )
    give_levels(session, event, LEVELS)
    session.commit()
    return event


def give_levels(session, event, levels):
    for code, level in levels.items():
        entry = entry_of(session, event, code)
        person = build_person(session, entry.name, unit_id=entry.unit_id, skill_level=level)
        session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))


def organiser(session, event, browser, locale="zh"):
    user = build_organiser(session, event)
    session.commit()
    return browser(user, locale=locale)


def path(event, rest=""):
    return f"/events/{event.id}/results/promotions{rest}"


def choose(opened, event, text=RULES, base="0", status=302, **fields):
    return opened.post(path(event, "/rules"), {"document": text, "base": base, **fields}, status)


def data(opened, event):
    return json.loads(opened.get(path(event, ".json")).text)


def proposed(document):
    return [(row["rank"], row["entry"], row["current"], row["proposed"]) for row in document["proposals"]]


# 甲 and 乙, 丙 win prizes; 丁 passes both parts with 60 and 60; 戊 fails in theory. 乙's level is not known.
CHONGQING = [(1, "A01", "高级工", "技师"), (4, "A04", "中级工", "高级工")]


def test_the_live_ranking_is_a_preview(session, browser, event):
    opened = organiser(session, event, browser)
    opened.get(path(event))
    assert "从现成的规则开始" in visible(opened.page)
    choose(opened, event)
    opened.get(path(event))
    text = visible(opened.page)
    assert "需人社部门核准" in text
    assert "暂定" in text
    assert "推荐 2 人" in text
    assert "高级工 技师 获奖：晋升技师" in text
    assert "未登记技能等级 1 人" in text
    assert "A03 丙" in text.rsplit("现有等级不再晋升", 1)[1]
    found = data(opened, event)
    assert proposed(found) == CHONGQING
    assert found["status"] == "proposal"
    assert found["result"] == {"version": None, "provisional": True}
    assert [row["entry"] for row in found["without_level"]] == ["A02"]
    assert [row["entry"] for row in found["without_step"]] == ["A03"]


def test_a_frozen_result_is_read_and_never_counted_again(session, browser, event, monkeypatch):
    opened = organiser(session, event, browser)
    choose(opened, event)
    take(session, event, "tabulate", "announce")
    monkeypatch.setattr(outcomes, "Computed", None)
    opened.get(path(event))
    assert "第 1 版 已公布" in visible(opened.page)
    found = data(opened, event)
    assert proposed(found) == CHONGQING
    assert (found["result"]["version"], found["result"]["provisional"]) == (1, False)


def test_while_marks_are_missing_no_award_counts(session, browser):
    """甲 has 96 points and would win; whether a prize, the others' marks decide."""
    event = build_event_with(session, scheme(THEORY_AND_PRACTICE, awards=PRIZES), ["甲", "乙"])
    give_levels(session, event, {"A01": "高级工", "A02": "高级工"})
    mark(session, event, "J1", "A01", "T", {"Q1": "96"})
    mark(session, event, "J1", "A01", "P", {"P1": "96"})
    opened = organiser(session, event, browser)
    choose(opened, event)
    opened.get(path(event))
    assert "还有 1 个参赛编号没有总分" in visible(opened.page)
    found = data(opened, event)
    assert proposed(found) == []
    assert [row["entry"] for row in found["without_step"]] == ["A01"]


def test_codes_alone_before_the_announcement_where_names_are_sealed(session, browser):
    event = build(session, "standard")
    opened = organiser(session, event, browser)
    choose(opened, event)
    opened.get(path(event))
    text = visible(opened.page)
    assert "只有参赛编号" in text
    assert "A01" in text
    assert "甲" not in text.split("重庆")[0]
    assert "高级工（三级）" not in text
    opened.get(path(event, ".json"), 404)
    opened.get(path(event, ".xlsx"), 404)
    opened.post(path(event, "/levels"), {}, 422)


def test_who_may_look_and_who_may_choose(session, browser, event):
    people = {
        role: build_user(session, grants=[(role, "event", event.id)])
        for role in ("supervisor", "judge", "chief_judge")
    }
    session.commit()
    browser(people["supervisor"]).get(path(event))
    browser(people["supervisor"]).get(path(event, "/rules"), 403)
    for role in ("judge", "chief_judge"):
        browser(people[role]).get(path(event), 403)
        browser(people[role]).get(path(event, ".xlsx"), 403)
    browser().get(path(event), 302)


def test_the_workbook_says_on_top_that_nothing_is_granted(session, browser, event):
    opened = organiser(session, event, browser)
    choose(opened, event)
    take(session, event, "tabulate", "announce", "finalise")
    response = opened.get(path(event, ".xlsx"))
    book = load_workbook(io.BytesIO(response.data))
    assert book.sheetnames == ["推荐名单", "未登记等级"]
    sheet = book["推荐名单"]
    assert sheet["A1"].value == "晋升推荐表（需人社部门核准） · 推荐名单"
    rows = list(sheet.iter_rows(values_only=True))
    head = next(number for number, row in enumerate(rows) if row[0] == "名次")
    assert rows[head][:6] == ("名次", "编号", "姓名", "单位", "总分", "奖项")
    assert rows[head][6:] == ("现有等级", "拟晋升等级", "规则", "核准意见")
    assert rows[head + 1][:3] + rows[head + 1][4:8] == (1, "A01", "甲", 96, "一等奖", "高级工", "技师")
    assert rows[head + 3][0].startswith("本表仅为晋升推荐")
    assert sheet.freeze_panes == f"A{head + 2}"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert sheet.print_title_rows == f"${head + 1}:${head + 1}"


def audited(session, action):
    session.expire_all()
    return session.scalar(select(func.count()).select_from(AuditRecord).where(AuditRecord.action == action))


def test_a_level_that_was_not_recorded_is_recorded_and_proposes(session, browser, event):
    opened = organiser(session, event, browser)
    choose(opened, event)
    person = session.scalars(select(Person).where(Person.name == "乙")).one()
    opened.post(path(event, "/levels"), {f"level_{person.id}": "工匠"}, 422)
    opened.post(path(event, "/levels"), {f"level_{person.id}": ""}, 422)
    assert "请至少为一人选定技能等级" in visible(opened.page)
    opened.post(path(event, "/levels"), {f"level_{person.id}": "无等级"})
    assert (2, "A02", "无等级", "技师") in proposed(data(opened, event))
    assert audited(session, "promotion:level") == 1
    opened.post(path(event, "/levels"), {f"level_{person.id}": "技师"}, 422)  # known now: it stays
    assert session.scalars(select(Person.skill_level).where(Person.name == "乙")).one() == "无等级"


def test_each_change_is_a_version_with_a_reason_and_the_same_again_is_none(session, browser, event):
    opened = organiser(session, event, browser)
    choose(opened, event)
    choose(opened, event, base="1")
    other = offers.LIBRARY.find_text("zhoushan")
    choose(opened, event, other, base="1", status=422)
    assert "请填写理由" in visible(opened.page)
    choose(opened, event, other, base="0", reason="文件更正", status=422)
    assert "他人已保存过这些规则" in visible(opened.page)
    choose(opened, event, other, base="1", reason="文件更正")
    numbers = session.scalars(select(PromotionRules.number).order_by(PromotionRules.number)).all()
    assert numbers == [1, 2]
    assert (audited(session, "promotion:save"), audited(session, "promotion:repeat")) == (2, 1)


def test_rules_that_do_not_fit_are_refused_with_everything_that_is_wrong(session, browser, event):
    opened = organiser(session, event, browser)
    choose(opened, event, offers.LIBRARY.find_text("hainan"), status=422)
    text = visible(opened.page)
    assert "第 1 条规则“awards” 评分方案中没有奖项“金牌”，现有奖项：一等奖, 二等奖。" in text
    assert "第 2 条规则“awards”" in text
    choose(opened, event, "{", status=422)
    choose(opened, event, "x" * 60_001, status=422)
    choose(opened, event, '{"format": "promotion/1", "title": "<b>", "rules": [{"<i>": 1}]}', status=422)
    assert "<i>" not in opened.page
    assert session.scalar(select(func.count()).select_from(PromotionRules)) == 0


def test_the_editor_starts_from_a_rule_book(session, browser, event):
    opened = organiser(session, event, browser)
    opened.get(path(event, "/rules?start=lvliang"))
    assert "to_fraction" in opened.page
    assert "第四名至决赛人数一半" in opened.page
    opened.get(path(event, "/rules?start=../../config"))
    assert "promotion/1" in opened.page


def test_half_of_the_field_is_said_in_places(session, browser, event):
    opened = organiser(session, event, browser, "en")
    half = json.loads(offers.LIBRARY.find_text("lvliang"))
    half["rules"][0]["from"] = 1
    choose(opened, event, json.dumps(half))
    opened.get(path(event))
    text = visible(opened.page)
    assert "down to 50% of the field of 5 entries that is to rank 2" in text
    assert "needs the approval of the human-resources authority" in text


def test_an_archived_event_keeps_what_it_has(session, browser, event):
    opened = organiser(session, event, browser)
    choose(opened, event)
    event.state = "archived"
    session.commit()
    choose(opened, event, offers.LIBRARY.find_text("zhoushan"), base="1", reason="x", status=422)
    assert "不能再改动" in visible(opened.page)


def test_the_results_page_leads_there(session, browser, event):
    opened = organiser(session, event, browser)
    opened.get(f"/events/{event.id}/results")
    assert f'href="{path(event)}"' in opened.page
    assert apart(opened.client.get, path(event)).text.count('aria-current="page"') >= 1


def test_each_member_of_a_team_is_proposed_from_the_own_level_and_a_unit_never(session, browser, event):
    team, unit = entry_of(session, event, "A01"), entry_of(session, event, "A03")
    team.kind, unit.kind = "team", "unit"
    second = build_person(session, "赵二", unit_id=team.unit_id, skill_level="技师")
    third = build_person(session, "钱三", unit_id=team.unit_id, skill_level="初级工")
    for place, person in enumerate((second, third), start=2):
        session.add(EntryMember(entry_id=team.id, person_id=person.id, position=place))
    opened = organiser(session, event, browser)
    choose(opened, event)
    found = data(opened, event)
    members = [(row["team"], row["name"], row["proposed"]) for row in found["proposals"] if row["rank"] == 1]
    assert members == [("甲", "甲", "技师"), ("甲", "钱三", "技师")]
    assert [(row["entry"], row["name"]) for row in found["without_step"]] == [("A01", "赵二")]


def test_rules_that_no_longer_fit_the_scheme_propose_nobody_and_say_why(session, browser, event):
    opened = organiser(session, event, browser)
    named = json.loads(offers.LIBRARY.find_text("hainan"))
    named["rules"] = [{"title": "一等奖晋升", "awards": ["一等奖"], "levels": {"高级工": "技师"}}]
    choose(opened, event, json.dumps(named))
    changed = dict(schemes.find_current(session, event.id).document)
    changed["awards"] = {"tiers": [{"title": "金奖", "count": 1}]}
    build_scheme(session, event, changed, number=2)
    session.commit()
    opened.get(path(event))
    assert "晋升规则与本赛项的评分方案不符" in visible(opened.page)
    assert "没有奖项“一等奖”，现有奖项：金奖" in visible(opened.page)
    opened.get(path(event, ".json"), 404)


def test_before_marks_are_entered_rules_can_be_chosen_already(session, browser, event):
    event.state = "ready"
    opened = organiser(session, event, browser)
    choose(opened, event)
    opened.get(path(event))
    text = visible(opened.page)
    assert "还没有成绩" in text
    assert "获得任一奖项" in text

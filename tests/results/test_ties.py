"""Ties are decided in writing: the order of equals until the announcement, awards until the confirmation."""

import re

import pytest

from scoring.results import queries
from scoring.sheets.queries import list_decisions
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.marking import build_organiser, build_theory_and_practice, take

BY_HAND = {"share": False, "ties": [{"by": "stage", "code": "P"}, {"by": "manual"}]}
TIED = {"甲": ("80", "80"), "乙": ("80", "80"), "丙": ("60", "60")}
# 90 and three times 80: the border after the second place cuts through a tie of three.
SHARED = {"甲": ("90", "90"), "乙": ("80", "80"), "丙": ("80", "80"), "丁": ("80", "80")}
TIERS = {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 1}]}


@pytest.fixture
def tied(session):
    event = build_theory_and_practice(session, TIED, ranking=BY_HAND)
    session.commit()
    return event


@pytest.fixture
def shared(session):
    event = build_theory_and_practice(session, SHARED, awards=TIERS)
    session.commit()
    return event


@pytest.fixture
def organiser(session, request):
    event = request.getfixturevalue("tied" if "tied" in request.fixturenames else "shared")
    user = build_organiser(session, event)
    session.commit()
    return user


def address(page, what):
    """Return the address of the tie's form on a page, and the name that its fields begin with."""
    found = re.search(rf'action="([^"]*/ties/([0-9a-f]+)/{what})"', page)
    assert found, visible(page)
    return found[1], found[2]


def step(browser, event, name, status=302):
    return browser.post(f"/events/{event.id}/steps/{name}", {}, status)


def test_a_tie_keeps_the_result_from_being_announced_until_it_is_decided(session, browser, tied, organiser):
    opened = browser(organiser)
    step(opened, tied, "tabulate")
    step(opened, tied, "announce", 409)
    opened.get(f"/events/{tied.id}/results")
    text = visible(opened.page)
    assert "第 1 至 2 名同分" in text
    assert "现在还不能“公布成绩”" in text
    where, key = address(opened.page, "order")
    data = {f"{key}-pick_0": "1", f"{key}-pick_1": "0", f"{key}-reason": "复看作品，A02 更规整"}
    opened.post(where, data)
    opened.get(f"/events/{tied.id}/results")
    assert "本版之后的裁定" in visible(opened.page)
    step(opened, tied, "announce")
    session.expire_all()
    second = queries.find_newest(session, tied.id)
    assert (second.number, second.announced_at is not None) == (2, True)
    assert [row[:2] for row in second.document["rows"]] == [["1", "A02"], ["2", "A01"], ["3", "A03"]]
    opened.get(f"/events/{tied.id}/results")
    text = visible(opened.page)
    assert "取代第 1 版" in text
    assert "A01, A02：书面裁定（复看作品，A02 更规整）" in text
    assert "同分，裁判长书面裁定" in text


def test_two_entries_cannot_have_one_place_and_a_reason_is_needed(session, browser, tied, organiser):
    opened = browser(organiser)
    opened.get(f"/events/{tied.id}/results")
    where, key = address(opened.page, "order")
    same = {f"{key}-pick_0": "1", f"{key}-pick_1": "1", f"{key}-reason": "同样好"}
    opened.post(where, same, 422)
    assert "请为每名同分者选择不同的名次。" in visible(opened.page)
    assert "同样好" in opened.page
    opened.post(where, {f"{key}-pick_0": "0", f"{key}-pick_1": "1", f"{key}-reason": " "}, 422)
    opened.post(where, {f"{key}-pick_0": "7", f"{key}-pick_1": "1", f"{key}-reason": "x"}, 422)
    session.expire_all()
    assert list_decisions(session, tied.id) == []


def test_a_decision_can_be_taken_back_and_decided_anew(session, browser, tied, organiser):
    opened = browser(organiser)
    opened.get(f"/events/{tied.id}/results")
    where, key = address(opened.page, "order")
    opened.post(where, {f"{key}-pick_0": "0", f"{key}-pick_1": "1", f"{key}-reason": "一"})
    opened.post(where, {f"{key}-pick_0": "1", f"{key}-pick_1": "0", f"{key}-reason": "二"}, 422)
    assert "不再同分" in visible(opened.page)
    session.expire_all()
    for row in list_decisions(session, tied.id):
        opened.get(f"/events/{tied.id}/progress/decisions/{row.id}/withdraw")
        opened.post(f"/events/{tied.id}/progress/decisions/{row.id}/withdraw", {"reason": "误录"})
    opened.post(where, {f"{key}-pick_0": "1", f"{key}-pick_1": "0", f"{key}-reason": "三"})
    session.expire_all()
    standing = [(row.entry, row.value) for row in list_decisions(session, tied.id)]
    assert standing == [("A01", "2"), ("A02", "1")]


def test_an_order_comes_too_late_once_the_result_is_announced(session, browser, shared, organiser):
    opened = browser(organiser)
    step(opened, shared, "tabulate")
    step(opened, shared, "announce")
    opened.post(f"/events/{shared.id}/results/ties/000000000000/order", {}, 422)


def test_an_award_on_a_border_is_decided_before_the_result_is_final(session, browser, shared, organiser):
    opened = browser(organiser)
    step(opened, shared, "tabulate")
    step(opened, shared, "announce")
    step(opened, shared, "finalise", 409)
    opened.get(f"/events/{shared.id}/results")
    text = visible(opened.page)
    assert "奖项界线上的同分者：第 2–4 名" in text
    assert "就高：二等奖；就低：不获奖" in text
    where, key = address(opened.page, "awards")
    data = {f"{key}-pick_0": "二等奖", f"{key}-pick_1": "", f"{key}-pick_2": "", f"{key}-reason": "加赛一轮"}
    opened.post(where, {**data, f"{key}-pick_1": "一等奖"}, 422)
    opened.post(where, data)
    opened.post(f"/events/{shared.id}/results/correction", {"reason": "奖项界线上的加赛结果"})
    step(opened, shared, "finalise")
    session.expire_all()
    version = queries.find_newest(session, shared.id)
    assert (version.number, shared.state) == (2, "final")
    assert [row.award for row in version.rows] == ["一等奖", "二等奖", "", ""]
    opened.get(f"/events/{shared.id}/results")
    assert "/ties/" not in opened.page


def test_the_preview_says_what_each_policy_would_give(session, browser, shared, organiser):
    opened = browser(organiser)
    opened.get(f"/events/{shared.id}/results")
    text = visible(opened.page)
    assert "基数 4 名（已检录者）；界线上同分：书面裁定" in text
    # 一等奖 1 place: nobody else. 二等奖 1 place, three equal: all higher 3, all lower 0.
    assert "二等奖 1 名 2 0 3 0" in text


def test_a_scheme_without_a_decision_in_writing_says_so_and_what_is_left_to_do(session, browser):
    event = build_theory_and_practice(session, TIED, ranking={"share": False})
    user = build_organiser(session, event)
    session.commit()
    opened = browser(user)
    opened.get(f"/events/{event.id}/results")
    text = visible(opened.page)
    assert "同分比较规则没有以裁判长书面裁定收尾" in text
    assert "须由裁判长书面裁定先后次序" not in text
    assert "评分开始后规则不能再改" in text
    assert "由裁判长退回评分表" in text
    assert "/ties/" not in opened.page


def test_only_organiser_and_chief_judge_decide(session, browser, tied):
    watcher = build_user(session, grants=[("supervisor", "event", tied.id)])
    chief = build_user(session, grants=[("chief_judge", "event", tied.id)])
    session.commit()
    seen = browser(watcher)
    seen.get(f"/events/{tied.id}/results")
    assert "/ties/" not in seen.page
    seen.post(f"/events/{tied.id}/results/ties/000000000000/order", {}, 403)
    deciding = browser(chief)
    deciding.get(f"/events/{tied.id}/results")
    where, key = address(deciding.page, "order")
    deciding.post(where, {f"{key}-pick_0": "0", f"{key}-pick_1": "1", f"{key}-reason": "裁判长裁定"})


def test_taking_all_steps_in_a_row_leaves_one_version_without_ties(session):
    event = build_theory_and_practice(session, {"甲": ("80", "81"), "乙": ("80", "80")})
    take(session, event, "tabulate", "announce", "finalise")
    assert [version.number for version in queries.list_versions(session, event.id)] == [1]

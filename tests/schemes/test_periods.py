"""Periods from one indicator table; the tables of labour contests and of 安康杯 (EX-24), by hand."""

import pytest

from scoring.rules.compute import compute
from scoring.rules.inputs import EntryInput, MarkInput
from scoring.rules.scheme import parse_scheme
from scoring.schemes import offers, queries
from scoring.schemes.periods import with_periods
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.scoring import build_scheme

TABLE = offers.LIBRARY.find_document("project-contest")
# Section 1 of the site plans 2000 and does 1500: 20 × 1500 ÷ 2000 = 15.
VALUES = {"A1": "1500/2000", "A2": "4/4", "B1": "90", "B2": "1", "C1": "2", "C2": "9", "D1": "3", "D2": "4.5"}
# 15 + 10 + 15 × 90 ÷ 100 + (10 − 2) + (20 − 4) + 9 + 3 × 2 + 4.5 = 82


def outcome(document, rows, statuses=()):
    scheme, findings = parse_scheme(document)
    assert findings == []
    entries = {row[2] for row in rows}
    return compute(
        scheme,
        [EntryInput(code, code, code, dict(statuses).get(code, "valid")) for code in sorted(entries)],
        [MarkInput(*row) for row in rows], None, awards=True,
    )  # fmt: skip


def period(stage, entry, values):
    return [(stage, aspect, entry, "J1", "", value) for aspect, value in values.items()]


def totals(found):
    return [
        (row.rank, row.entry, row.status, row.total and row.total / 10**6, row.award) for row in found.rows
    ]


def test_targets_of_its_own_give_each_unit_its_points():
    found = outcome(TABLE, period("P1", "一标段", VALUES))
    assert totals(found) == [(1, "一标段", "valid", 82.0, "优胜单位")]


@pytest.mark.parametrize(("way", "year"), [("mean", 86.0), ("sum", 172.0)])
def test_a_year_is_the_mean_or_the_sum_of_its_periods(way, year):
    document = with_periods(TABLE, ["上半年", "下半年"], way)
    assert [stage["title"] for stage in document["stages"]] == ["上半年", "下半年"]
    # A1 in full: + 5; one fault of quality less: + 2; C2 in full: + 1; so 90. (82 + 90) ÷ 2 = 86.
    better = VALUES | {"A1": "2000/2000", "B2": "0", "C2": "10"}
    found = outcome(document, period("P1", "甲", VALUES) + period("P2", "甲", better))
    assert totals(found)[0][3] == year


def test_a_grave_accident_outweighs_every_score():
    rows = period("P1", "甲", VALUES | {"A1": "2000/2000"}) + period("P1", "乙", VALUES)
    found = outcome(TABLE, rows, [("甲", "ineligible")])
    assert totals(found) == [(1, "乙", "valid", 82.0, "优胜单位"), (None, "甲", "ineligible", 87.0, None)]


def test_ex_24_thresholds_of_the_safety_cup():
    cup = offers.LIBRARY.find_document("safety-cup")
    # 25 + 24 + 28.5 + 18 = 95.50; the next has 28 + 17.5 in the last two, 94.50; 98.50; an accident at 99.
    marks = {
        "甲": "10 15 15 9 14 14.5 9 9", "乙": "10 15 15 9 14 14 9 8.5", "丙": "10 15 15 10 14.5 15 10 9",
        "丁": "10 15 15 10 15 15 10 9",
    }  # fmt: skip
    aspects = ["A1", "A2", "B1", "B2", "C1", "C2", "D1", "D2"]
    rows = [
        ("K", aspect, entry, "J1", "", value)
        for entry, values in marks.items()
        for aspect, value in zip(aspects, values.split(), strict=True)
    ]
    assert totals(outcome(cup, rows, [("丁", "ineligible")])) == [
        (1, "丙", "valid", 98.5, "优胜单位"),
        (2, "甲", "valid", 95.5, "优胜单位"),
        (3, "乙", "valid", 94.5, None),
        (None, "丁", "ineligible", 99.0, None),
    ]


@pytest.fixture
def made(session, browser):
    event = build_event(session)
    build_scheme(session, event, TABLE)
    user = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    return event, browser(user)


def test_an_organiser_makes_all_periods_in_one_act(session, made):
    event, opened = made
    opened.get(f"/events/{event.id}/scheme/")
    assert "生成考核期" in visible(opened.page)
    opened.get(f"/events/{event.id}/scheme/periods")
    quarters = "第一季度\n第二季度\n\n第三季度\n第四季度"
    opened.post(f"/events/{event.id}/scheme/periods", {"base": "1", "titles": quarters, "way": "mean"})
    session.expire_all()
    version = queries.find_current(session, event.id)
    assert version.number == 2
    assert [(s["code"], s["title"], s["weight"]) for s in version.document["stages"]] == [
        (f"P{number}", f"第{name}季度", "0.25") for number, name in enumerate("一二三四", start=1)
    ]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"titles": "一季度"}, "请填写 2 至 24 个考核期"),
        ({"titles": "甲\n甲"}, "名称相同"),
        ({"titles": "\n".join(f"{n}月" for n in range(1, 13)), "way": "mean"}, "不是精确的小数"),
        ({"titles": "甲\n乙", "way": "median"}, ""),
        ({"titles": "甲\n乙", "base": "9"}, ""),
    ],
)
def test_periods_that_do_not_fit_are_refused_and_nothing_is_saved(session, made, fields, said):
    event, opened = made
    opened.post(f"/events/{event.id}/scheme/periods", {"base": "1", "way": "sum"} | fields, 422)
    assert said in opened.page
    assert queries.find_current(session, event.id).number == 1

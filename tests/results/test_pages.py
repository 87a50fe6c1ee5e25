"""The results page: who stands where, how each came there, and what separated the neighbours."""

import pytest

from scoring.results.queries import get_inputs
from scoring.results.working import working_of
from tests.client import apart, visible
from tests.factories.marking import (
    build_event_with,
    build_organiser,
    build_theory_and_practice,
    mark,
    scheme,
    score,
    stage,
    take,
)

TRIMMED = {"method": "trimmed_mean", "drop": 1, "min_judges": 5}
FIVE = scheme([stage("P", "实操", [score("P1", "综合评分", panel=TRIMMED)])])


@pytest.fixture
def five_judges(session):
    """EX-01: 88, 90, 92, 95, 70: 95 and 70 are left out, 270 ÷ 3 = 90.00."""
    event = build_event_with(session, FIVE, ["甲"], judges=5)
    for judge, value in zip(("J1", "J2", "J3", "J4", "J5"), ("88", "90", "92", "95", "70"), strict=True):
        mark(session, event, judge, "A01", "P", {"P1": value})
    return event


def page_of(browser, user, path, locale="zh"):
    opened = browser(user, locale=locale)
    opened.get(path)
    return opened.page, visible(opened.page)


def test_a_trimmed_mean_shows_each_mark_with_the_extremes_struck_through(session, browser, five_judges):
    organiser = build_organiser(session, five_judges)
    session.commit()
    page, text = page_of(browser, organiser, f"/events/{five_judges.id}/results?open=A01")
    assert '<s title="最高分，去掉">95</s>' in page
    assert '<s title="最低分，去掉">70</s>' in page
    assert "综合评分 88 90 92 95 70 → 90.00" in text


def test_the_whole_working_names_the_judges_and_the_method(session, browser, five_judges):
    organiser = build_organiser(session, five_judges)
    session.commit()
    page, text = page_of(browser, organiser, f"/events/{five_judges.id}/results/entries/A01")
    assert "J1 J2 J3 J4 J5" in text
    assert "去掉 1 个最高分和 1 个最低分后平均" in text
    assert "<s>95</s>" in page
    assert "<s>70</s>" in page
    assert "90.00" in text
    page, text = page_of(browser, organiser, f"/events/{five_judges.id}/results/entries/A01", "en")
    assert "mean without the 1 highest and 1 lowest" in text


def test_the_whole_working_shows_how_levels_and_faults_became_points(session, browser):
    """Levels 1, 2, 1 of 0 to 3, worth 6: 4 ÷ 3 ÷ 3 × 6 = 2.67; two faults of 5 off 40; 7.5 × 1.6 = 12."""
    levels = ["低", "中", "良", "优"]
    aspects = [
        {"code": "A1", "title": "焊缝成形", "kind": "judgement", "max": "6", "levels": levels},
        {"code": "A2", "title": "咬边", "kind": "deduction", "max": "40", "per": "5"},
        score("A3", "技巧", "10", factor="1.6", panel={"method": "mean"}),
    ]
    event = build_event_with(session, scheme([stage("P", "实操", aspects)]), ["甲"], judges=3)
    for judge, values in {"J1": ("1", "7"), "J2": ("2", "8"), "J3": ("1", "7.5")}.items():
        more = {"A2": "2"} if judge == "J1" else {}
        mark(session, event, judge, "A01", "P", {"A1": values[0], "A3": values[1], **more})
    organiser = build_organiser(session, event)
    session.commit()
    _page, text = page_of(browser, organiser, f"/events/{event.id}/results/entries/A01")
    assert "平均分：4/3 ÷ 3 × 6 2.67" in text
    assert "40 − 2 × 5 30.00" in text
    assert "平均分：7.50 × 1.6 12.00" in text
    _page, text = page_of(browser, organiser, f"/events/{event.id}/results?open=A01")
    assert "技巧 7 8 7.5 → 7.50 × 1.6 = 12.00" in text


@pytest.mark.parametrize(
    ("aspect", "value", "line"),
    [
        ({"kind": "deduction", "max": "40"}, "7", "40 − 7"),
        ({"kind": "count", "max": "10", "per": "2"}, "3", "3 × 2"),
        ({"kind": "count", "max": "10", "per": "2", "per_false": "0.5"}, "3/1", "3 × 2 − 1 × 0.5"),
        ({"kind": "indicator", "max": "20", "target": "80"}, "60", "60 ÷ 80 × 20"),
        ({"kind": "indicator", "max": "20", "better": "lower"}, "60/30", "30 ÷ 60 × 20"),
        ({"kind": "measurement", "max": "20"}, "12", ""),
    ],
)
def test_a_value_becomes_points_by_a_line_that_can_be_counted_again(session, aspect, value, line):
    document = scheme([stage("P", "实操", [{"code": "A1", "title": "一项", **aspect}])])
    event = build_event_with(session, document, ["甲"])
    mark(session, event, "J1", "A01", "P", {"A1": value})
    (shown,) = working_of(get_inputs(session, event.id).outcome(), "A01")["blocks"][0]["lines"]
    assert shown["formula"] == line


# EX-09: 30/70, all 87.20: 27 + 60.2, 24.9 + 62.3, 29.1 + 58.1, 22.8 + 64.4.
EQUAL = {"甲": ("90", "86"), "乙": ("83", "89"), "丙": ("97", "83"), "丁": ("76", "92")}
CHAIN = {"share": False, "ties": [{"by": "stage", "code": "P"}, {"by": "stage", "code": "T"}]}


def test_equal_totals_are_told_apart_by_the_practice_in_both_languages(session, browser):
    event = build_theory_and_practice(session, EQUAL, ranking=CHAIN)
    organiser = build_organiser(session, event)
    session.commit()
    path = f"/events/{event.id}/results"
    _page, text = page_of(browser, organiser, path)
    assert "1 A04" in text
    assert "同分，实操高（92.00 对 89.00）" in text
    assert "同分，实操高（89.00 对 86.00）" in text
    assert "同分，实操高（86.00 对 83.00）" in text
    _page, english = page_of(browser, organiser, path, "en")
    assert "equal total; 实操 higher (92.00 to 89.00)" in english
    _page, opened = page_of(browser, organiser, f"{path}/entries/A04")
    assert "76.00 × 30% = 22.8" in opened
    assert "92.00 × 70% = 64.4" in opened
    assert "A04 列在 A02 之前：同分，实操高（92.00 对 89.00）。" in opened


def test_with_sharing_allowed_and_no_chain_all_four_share_rank_one(session, browser):
    event = build_theory_and_practice(session, EQUAL)
    organiser = build_organiser(session, event)
    session.commit()
    page, text = page_of(browser, organiser, f"/events/{event.id}/results")
    assert page.count("<b>1</b>") == 4
    assert text.count("并列") == 3


def test_while_marks_are_missing_the_ranking_is_provisional_and_promises_no_award(session, browser):
    awards = {"tiers": [{"title": "一等奖", "count": 1}]}
    event = build_theory_and_practice(session, {"甲": ("90", "86")}, awards=awards)
    organiser = build_organiser(session, event)
    session.commit()
    assert "gold" in page_of(browser, organiser, f"/events/{event.id}/results")[0]
    half = build_event_with(session, scheme(
        [stage("T", "理论", [score("Q1", "卷面分", panel={"method": "agreed"})])], awards=awards
    ), ["甲", "乙"])  # fmt: skip
    mark(session, half, "J1", "A01", "T", {"Q1": "88"}, sign=False)
    organiser = build_organiser(session, half)
    session.commit()
    page, text = page_of(browser, organiser, f"/events/{half.id}/results")
    assert "暂定" in text
    assert "评分未齐" in text
    rows = page.split("</table>")[0]
    assert "chip--gold" not in rows


def test_a_rounded_sum_shows_what_was_rounded(session, browser):
    """EX-06: 80.5 and 77.35 → 24.15 + 54.145 = 78.295 → 78.30."""
    event = build_theory_and_practice(session, {"甲": ("80.5", "77.35")})
    organiser = build_organiser(session, event)
    session.commit()
    _page, text = page_of(browser, organiser, f"/events/{event.id}/results?open=A01")
    assert "合计 78.295 → 78.30" in text


def test_the_working_opens_as_a_part_of_the_page_too(session, browser, five_judges):
    organiser = build_organiser(session, five_judges)
    session.commit()
    opened, path = browser(organiser), f"/events/{five_judges.id}/results/working/A01"
    response = apart(opened.client.get, path)
    assert response.status_code == 200
    assert "<html" not in response.text
    assert "90.00" in response.text


def test_unknown_entries_and_versions_are_not_there(session, browser, five_judges):
    organiser = build_organiser(session, five_judges)
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{five_judges.id}/results/entries/A99", 404)
    opened.get(f"/events/{five_judges.id}/results/working/A99", 404)
    opened.get(f"/events/{five_judges.id}/results/versions/1", 404)
    opened.get(f"/events/{five_judges.id}/results?open=A99&page=-3")


def test_before_anything_is_marked_the_page_says_what_comes(session, browser):
    event = build_theory_and_practice(session, {"甲": ("90", "86")})
    organiser = build_organiser(session, event)
    event.state = "ready"
    session.commit()
    _page, text = page_of(browser, organiser, f"/events/{event.id}/results")
    assert "还没有成绩" in text


def test_the_head_names_version_state_ledger_and_what_comes_next(session, browser):
    event = build_theory_and_practice(session, {"甲": ("90", "86"), "乙": ("80", "80")})
    organiser = build_organiser(session, event)
    take(session, event, "tabulate")
    page, text = page_of(browser, organiser, f"/events/{event.id}/results")
    assert "第 1 版 已统分" in text
    assert "账本 " in text
    assert f"/events/{event.id}/steps/announce" in page
    assert f"/events/{event.id}/steps/reopen_scoring" in page

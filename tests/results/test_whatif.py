"""What if: another weight, rule or mark, a judge less; the table beside the real one, nothing kept."""

import json

import pytest
from sqlalchemy import func, select

from core.audit.models import AuditRecord
from scoring.results import whatif
from scoring.results.models import ResultVersion
from scoring.results.queries import get_inputs
from scoring.results.rules import table_of
from scoring.results.whatif import MarkWish, Wishes
from scoring.schemes.queries import find_current
from scoring.sheets.models import LedgerOperation
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.marking import (
    build_event_with,
    build_organiser,
    build_theory_and_practice,
    mark,
    scheme,
    score,
    stage,
)

# 30/70: 甲 90 and 70 = 76.00, 乙 60 and 80 = 74.00; 70/30: 甲 84.00, 乙 66.00; 10/90: 甲 72.00, 乙 78.00.
TWO = {"甲": ("90", "70"), "乙": ("60", "80")}
TRIMMED = {"method": "trimmed_mean", "drop": 1, "min_judges": 5}
PRACTICE = scheme([stage("P", "实操", [score("P1", "综合评分", panel=TRIMMED)])])


def result(session, event, **wishes):
    document = find_current(session, event.id).document
    answer = whatif.answer(get_inputs(session, event.id), document, Wishes(**wishes))
    if answer.table is None:
        return [finding.code for finding in answer.findings]
    return {row[1]: (row[0], row[3]) for row in answer.table[1]}


@pytest.fixture
def two(session):
    event = build_theory_and_practice(session, TWO)
    session.commit()
    return event


@pytest.fixture
def five(session):
    """70, 88, 90, 92, 95: trimmed 90.00; mean 87.00; median 90.00; without J1 (70): 95 and 88 go, 91.00."""
    event = build_event_with(session, PRACTICE, ["甲"], judges=5)
    for judge, value in zip(("J1", "J2", "J3", "J4", "J5"), ("70", "88", "90", "92", "95"), strict=True):
        mark(session, event, judge, "A01", "P", {"P1": value})
    session.commit()
    return event


def test_nothing_wished_is_the_real_result(session, two):
    assert result(session, two) == {"A01": ("1", "76.00"), "A02": ("2", "74.00")}


def test_other_weights_turn_the_table_round(session, two):
    assert result(session, two, weights=("0.1", "0.9")) == {"A02": ("1", "78.00"), "A01": ("2", "72.00")}


def test_weights_that_are_no_shares_of_one_are_named(session, two):
    assert result(session, two, weights=("0.5", "")) == ["WEIGHTS_SUM"]


def test_a_mark_is_changed_or_taken_away(session, two):
    changed = (MarkWish("T", "Q1", "A02", "J1", 1, "100"),)
    assert result(session, two, marks=changed)["A02"] == ("1", "86.00")
    gone = (MarkWish("T", "Q1", "A01", "J1", 1, ""),)
    assert result(session, two, marks=gone)["A01"] == ("", "")


def test_a_mark_that_no_judge_could_enter_is_a_finding(session, two):
    document = find_current(session, two.id).document
    wishes = Wishes(marks=(MarkWish("T", "Q1", "A02", "J1", 1, "101"),))
    answer = whatif.answer(get_inputs(session, two.id), document, wishes)
    assert [finding.code for finding in answer.findings] == ["SCORE_RANGE"]


@pytest.mark.parametrize(
    ("wishes", "total"),
    [
        ({"method": "mean"}, "87.00"),
        ({"method": "median"}, "90.00"),
        ({"method": "sum"}, "435.00"),
        ({"method": "trimmed_mean", "drop": 2}, "90.00"),
        ({"method": "mean", "places": (("P", "P1"),)}, "87.00"),
        ({"method": "mean", "places": (("P", "P9"),)}, "90.00"),
    ],
)
def test_another_way_to_combine_the_marks(session, five, wishes, total):
    assert result(session, five, **wishes)["A01"] == ("1", total)


def test_without_a_judge_the_panel_may_be_too_small_and_this_is_said(session, five):
    document = find_current(session, five.id).document
    inputs = get_inputs(session, five.id)
    answer = whatif.answer(inputs, document, Wishes(left_out=frozenset({"J1"})))
    assert [finding.code for finding in answer.findings] == ["PANEL_SIZE"]
    other = Wishes(left_out=frozenset({"J1"}), method="trimmed_mean")
    assert whatif.answer(inputs, document, other).table[1][0][3] == "91.00"
    smaller = json.loads(json.dumps(document))
    smaller["stages"][0]["criteria"][0]["aspects"][0]["panel"] = {"method": "trimmed_mean"}
    wishes = Wishes(left_out=frozenset({"J1"}), document=smaller)
    assert whatif.answer(inputs, document, wishes).table[1][0][3] == "91.00"


def test_a_value_that_the_panel_agreed_on_stays_when_the_judge_who_typed_it_is_left_out(session):
    """Theory 80, agreed and typed in by J1; practice 70, 90 and 80 by J1, J2, J3: without J1 85."""
    agreed = score("Q1", "卷面", panel={"method": "agreed"})
    free = score("P1", "综合评分", panel={"method": "mean"})
    document = scheme([stage("T", "理论", [agreed], weight="0.5"), stage("P", "实操", [free], weight="0.5")])
    event = build_event_with(session, document, ["甲"], judges=3)
    mark(session, event, "J1", "A01", "T", {"Q1": "80"})
    for judge, value in zip(("J1", "J2", "J3"), ("70", "90", "80"), strict=True):
        mark(session, event, judge, "A01", "P", {"P1": value})
    session.commit()
    assert result(session, event) == {"A01": ("1", "80.00")}
    assert result(session, event, left_out=frozenset({"J1"})) == {"A01": ("1", "82.50")}


def test_real_and_wished_stand_side_by_side_with_the_places_moved(session, two):
    inputs = get_inputs(session, two.id)
    document = find_current(session, two.id).document
    wished = whatif.answer(inputs, document, Wishes(weights=("0.1", "0.9"))).table
    first, second = whatif.side_by_side(table_of(inputs, inputs.outcome()), wished)
    assert (first.entry, first.rank, first.total, first.moved) == ("A02", ("2", "1"), ("74.00", "78.00"), 1)
    assert (second.entry, second.moved, second.changed) == ("A01", -1, True)


def counts(session):
    session.expire_all()
    return [session.scalar(select(func.count()).select_from(m)) for m in (LedgerOperation, ResultVersion)]


def test_the_page_shows_both_tables_and_keeps_nothing(session, browser, two):
    organiser = build_organiser(session, two)
    session.commit()
    page = browser(organiser)
    path = f"/events/{two.id}/results/what-if"
    page.get(path)
    before, audited = counts(session), session.scalar(select(func.count()).select_from(AuditRecord))
    wishes = {"weights-0": "0.1", "weights-1": "0.9", "method": "", "where": "", "share": "", "drop": "1"}
    page.post(path, wishes, status=200)
    text = visible(page.page)
    assert "2 名名次有变" in text
    assert "升 1 A02" in text
    assert "74.00 78.00" in text
    assert counts(session) == before
    assert session.scalar(select(func.count()).select_from(AuditRecord)) == audited
    assert "76.00" in visible(page.get(f"/events/{two.id}/results").text)


def test_a_wished_mark_and_a_judge_left_out_are_sent_by_the_form(session, browser, two):
    organiser = build_organiser(session, two)
    session.commit()
    page = browser(organiser)
    path = f"/events/{two.id}/results/what-if"
    wish = {"marks-0-entry": "A02", "marks-0-place": "T.Q1", "marks-0-judge": "J1", "marks-0-value": "100"}
    rest = {"weights-0": "0.3", "weights-1": "0.7", "method": "", "where": "", "share": "", "drop": "1"}
    page.post(path, wish | rest, status=200)
    assert "74.00 86.00" in visible(page.page)
    page.post(path, rest | {"left_out": "J1"}, status=200)
    assert "–" in visible(page.page)


WRONG = [
    ({"marks-0-entry": "A02"}, "请同时选定编号、评分点和裁判"),
    ({"document": "{"}, "这不是评分方案的 JSON"),
    ({"weights-0": "0.5"}, "阶段权重 权重合计为 1.2，必须恰好为 1"),
    ({"weights-0": "NaN"}, "“NaN”不能用作数字"),
    ({"weights-0": "50%", "weights-1": "６０％"}, "权重合计为 1.1"),
    (
        {"marks-0-entry": "Z99", "marks-0-place": "T.Q1", "marks-0-judge": "J1", "marks-0-value": "1"},
        "没有编号“Z99”",
    ),
    ({"method": "guess"}, "此处没有这个选项"),
    ({"drop": "99"}, "1"),
]


def test_wishes_that_make_no_result_are_refused_in_words(session, browser, two):
    organiser = build_organiser(session, two)
    session.commit()
    page = browser(organiser)
    rest = {"weights-0": "0.3", "weights-1": "0.7", "method": "", "where": "", "share": "", "drop": "1"}
    for wrong, said in WRONG:
        page.post(f"/events/{two.id}/results/what-if", rest | wrong, status=422)
        assert said in visible(page.page), wrong


def test_codes_may_be_typed_small_and_shares_in_percent_and_the_answer_is_gone_to(session, browser, two):
    organiser = build_organiser(session, two)
    session.commit()
    page = browser(organiser)
    rest = {"method": "", "where": "", "share": "", "drop": "1"}
    wish = {"marks-0-entry": "a02", "marks-0-place": "T.Q1", "marks-0-judge": "J1", "marks-0-value": "100"}
    path = f"/events/{two.id}/results/what-if"
    page.post(path, {"weights-0": "0.3", "weights-1": "0.7"} | wish | rest, status=200)
    assert "74.00 86.00" in visible(page.page)
    assert f'action="{path}#answer"' in page.page
    assert 'id="answer"' in page.page
    page.post(path, {"weights-0": "10%", "weights-1": "９０％"} | rest, status=200)
    assert "74.00 78.00" in visible(page.page)


def test_what_stands_in_the_way_is_said_once_with_the_names_of_aspect_and_entry(session, browser, five):
    organiser = build_organiser(session, five)
    session.commit()
    page = browser(organiser)
    rest = {"weights-0": "1", "method": "", "where": "", "share": "", "drop": "1"}
    page.post(f"/events/{five.id}/results/what-if", rest | {"left_out": "J1"}, status=200)
    assert "综合评分：A01 只有 4 名裁判打分" in visible(page.page)


def test_before_there_is_a_result_there_is_nothing_to_wish(session, browser, two):
    two.state = "ready"
    organiser = build_organiser(session, two)
    session.commit()
    browser(organiser).get(f"/events/{two.id}/results/what-if", status=404)


def test_a_judge_may_not_look_at_it(session, browser, two):
    judge = build_user(session, grants=[("judge", "event", two.id)])
    session.commit()
    browser(judge).get(f"/events/{two.id}/results/what-if", status=403)

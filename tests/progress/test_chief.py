"""What the chief judge decides beside the sheets: give them back, penalties, absent judges."""

import pytest

from scoring.results import outcomes
from scoring.sheets import queries
from scoring.sheets.models import Penalty
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.marking import build_event_with, build_organiser, mark, scheme, score, stage
from tests.factories.scoring import build_scoring_event, sheet_of

PANEL = {
    "method": "trimmed_mean", "drop": 1, "min_judges": 5, "fallback": {"method": "mean", "min_judges": 4},
}  # fmt: skip


def five(panel):
    return scheme([stage("P", "实操", [score("P1", "综合评分", panel=panel)])])


@pytest.fixture
def event(session):
    event = build_event_with(session, five(PANEL), ["甲"], judges=5)
    for judge, value in zip(("J1", "J2", "J3", "J5"), ("88", "90", "92", "70"), strict=True):
        mark(session, event, judge, "A01", "P", {"P1": value})
    session.commit()
    return event


@pytest.fixture
def chief(session, event):
    user = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    return user


def totals(session, event):
    session.expire_all()
    return [row.total for row in outcomes.live(session, event.id).outcome.rows]


def test_a_missing_judge_blocks_the_result_until_the_fallback_is_declared(session, browser, event, chief):
    """EX-12: 88, 90, 92, none, 70: no score; with J4 declared absent the mean of four, 340 ÷ 4 = 85.00."""
    assert totals(session, event) == [None]
    opened = browser(chief)
    opened.get(f"/events/{event.id}/progress/judges/J4")
    opened.post(f"/events/{event.id}/progress/judges/J4/absences", {"stage": "P", "reason": "突发疾病"})
    assert totals(session, event) == [85_000_000]
    opened.get(f"/events/{event.id}/progress")
    assert "裁判缺席" in visible(opened.page)
    assert "已经评齐" in visible(opened.page)
    opened.get(f"/events/{event.id}/results/entries/A01")
    text = visible(opened.page)
    assert "缺席" in text
    assert "平均分（备用办法）" in text


def test_without_a_fallback_the_result_stays_blocked(session, browser):
    event = build_event_with(session, five({"method": "trimmed_mean", "drop": 1}), ["甲"], judges=3)
    mark(session, event, "J1", "A01", "P", {"P1": "88"})
    mark(session, event, "J2", "A01", "P", {"P1": "90"})
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    opened = browser(chief)
    opened.post(f"/events/{event.id}/progress/judges/J3/absences", {"stage": "P", "reason": "未到"})
    assert totals(session, event) == [None]
    opened.get(f"/events/{event.id}/progress")
    assert "只有 2 名裁判打分" in visible(opened.page)


def test_an_absence_names_an_open_sheet_and_has_a_reason(session, browser, event, chief):
    opened = browser(chief)
    where = f"/events/{event.id}/progress/judges/J4/absences"
    opened.post(where, {"stage": "P", "entry": "A07", "reason": "x"}, 422)
    assert "没有“A07”的未签名评分表" in visible(opened.page)
    opened.post(where, {"stage": "P", "entry": "A01", "reason": ""}, 422)
    opened.post(where, {"stage": "X", "reason": "x"}, 422)
    signed = f"/events/{event.id}/progress/judges/J1/absences"
    opened.post(signed, {"stage": "P", "reason": "x"}, 422)
    assert "没有未签名的评分表" in visible(opened.page)
    assert queries.list_decisions(session, event.id) == []


def test_an_absence_can_be_withdrawn(session, browser, event, chief):
    opened = browser(chief)
    opened.post(f"/events/{event.id}/progress/judges/J4/absences", {"stage": "P", "reason": "未到"})
    session.expire_all()
    (decision,) = queries.list_decisions(session, event.id)
    where = f"/events/{event.id}/progress/decisions/{decision.id}/withdraw"
    opened.get(where)
    opened.post(where, {"reason": " "}, 422)
    opened.post(where, {"reason": "已赶到"})
    assert totals(session, event) == [None]
    opened.post(where, {"reason": "再来一次"}, 422)
    assert "已撤销" in visible(opened.page)


def test_a_sheet_is_given_back_with_a_reason_and_shows_as_given_back(session, browser, event, chief):
    opened = browser(chief)
    ref = sheet_of(session, event, "J1", "A01", "P").ref
    where = f"/events/{event.id}/progress/sheets/{ref}/reopen"
    opened.get(where)
    opened.post(where, {"reason": ""}, 422)
    opened.post(where, {"reason": "漏看一处"})
    session.expire_all()
    assert sheet_of(session, event, "J1", "A01", "P").state == "returned"
    opened.get(f"/events/{event.id}/progress")
    assert "已退回" in visible(opened.page)
    opened.post(where, {"reason": "再退一次"}, 422)
    opened.get(f"/events/{event.id}/progress/sheets/{'0' * 32}/reopen", 404)


def test_a_sheet_of_another_event_is_not_there(session, browser, event, chief):
    other = build_scoring_event(session, entries=1, judges=1)
    ref = sheet_of(session, other, "J1", "A01", "T").ref
    session.commit()
    browser(chief).get(f"/events/{event.id}/progress/sheets/{ref}/reopen", 404)


def test_a_penalty_is_given_and_withdrawn_with_reasons(session, browser, event, chief):
    opened = browser(chief)
    where = f"/events/{event.id}/progress/entries/A01/penalties"
    opened.post(where, {"penalty-points": "３．５", "penalty-reason": "未清理工位"})
    session.expire_all()
    (row,) = queries.list_penalties(session, event.id)
    assert (row.points, row.reason) == ("3.5", "未清理工位")
    opened.get(f"/events/{event.id}/progress/entries/A01")
    assert "未清理工位" in visible(opened.page)
    withdraw = f"/events/{event.id}/progress/penalties/{row.id}/withdraw"
    opened.get(withdraw)
    opened.post(withdraw, {"reason": "复核属误判"})
    session.expire_all()
    assert queries.list_penalties(session, event.id) == []
    assert session.query(Penalty).count() == 1


def test_a_penalty_that_is_no_number_is_refused_with_what_was_typed(session, browser, event, chief):
    opened = browser(chief)
    where = f"/events/{event.id}/progress/entries/A01/penalties"
    for points in ("-1", "3,5", "abc", "", "NaN", "1e3", "1.2345678"):
        opened.post(where, {"penalty-points": points, "penalty-reason": "x"}, 422)
        assert f'value="{points}"' in opened.page
    assert queries.list_penalties(session, event.id) == []


def test_a_penalty_takes_more_than_nothing_and_at_most_what_the_scheme_gives(session, browser, event, chief):
    """The event's one stage gives at most 100 points."""
    opened = browser(chief)
    where = f"/events/{event.id}/progress/entries/A01/penalties"
    for points, says in (
        ("0", "扣分必须大于 0"), ("0.00", "扣分必须大于 0"), ("100.01", "最多为 100 分"),
        ("999999999999", "最多为 100 分"), ("٣", "不是数字"), ("²", "不是数字"),
    ):  # fmt: skip
        opened.post(where, {"penalty-points": points, "penalty-reason": "x"}, 422)
        assert says in visible(opened.page)
        assert f'value="{points}"' in opened.page
    opened.post(where, {"penalty-points": "100", "penalty-reason": "弃权一场"})
    assert [row.points for row in queries.list_penalties(session, event.id)] == ["100"]


def test_a_profile_never_widens_a_role(session, browser, event):
    organiser = build_organiser(session, event)
    ref = sheet_of(session, event, "J1", "A01", "P").ref
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress/entries/A01")
    assert "/reopen" not in opened.page
    assert "penalty-points" not in opened.page
    opened.post(f"/events/{event.id}/progress/sheets/{ref}/reopen", {"reason": "x"}, 403)
    opened.post(f"/events/{event.id}/progress/entries/A01/penalties", {"penalty-points": "1"}, 403)


def test_penalties_wait_for_scoring_to_be_open(session, browser, event, chief):
    event.state = "tabulated"
    session.commit()
    opened = browser(chief)
    data = {"penalty-points": "1", "penalty-reason": "x"}
    opened.post(f"/events/{event.id}/progress/entries/A01/penalties", data, 409)
    opened.post(f"/events/{event.id}/progress/judges/J4/absences", {"stage": "P", "reason": "x"}, 422)

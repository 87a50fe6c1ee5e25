"""A correction makes a new version: the old one stays readable, and the page says what changed and why."""

from datetime import timedelta

import pytest

from scoring.results import queries, rules
from scoring.sheets import decisions, services
from scoring.sheets.decisions import Act
from tests.client import visible
from tests.factories.accounts import MOMENT
from tests.factories.marking import (
    build_organiser,
    build_theory_and_practice,
    entry_of,
    mark,
    take,
)
from tests.factories.scoring import sheet_of

HOUR = timedelta(hours=1)


@pytest.fixture
def corrected(session):
    """Two entrants; after the first tabulation the practice of the first one is corrected from 90 to 70."""
    event = build_theory_and_practice(session, {"甲": ("90", "90"), "乙": ("80", "80")})
    take(session, event, "tabulate")
    take(session, event, "reopen_scoring", reason="复核发现录入有误", now=MOMENT + HOUR)
    sheet = sheet_of(session, event, "J1", "A01", "P")
    services.reopen_sheet(
        session, event, sheet, operation_id="again-a01", reason="漏扣一处", actor_id=None, now=MOMENT + HOUR
    )
    mark(session, event, "J1", "A01", "P", {"P1": "70"})
    take(session, event, "tabulate", now=MOMENT + 2 * HOUR)
    return event


def test_the_new_version_says_what_it_replaces_and_why(session, browser, corrected):
    organiser = build_organiser(session, corrected)
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{corrected.id}/results")
    text = visible(opened.page)
    assert "第 2 版 已统分" in text
    assert "取代第 1 版" in text
    assert "重新开放评分：复核发现录入有误" in text
    assert "A01：退回评分表（漏扣一处）" in text


def test_both_versions_stay_readable_and_show_what_changed(session, browser, corrected):
    organiser = build_organiser(session, corrected)
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{corrected.id}/results/versions/1")
    text = visible(opened.page)
    assert "本版已被取代" in text
    assert "第 1 版 已被第 2 版取代" in text
    assert "1 A01 ▸".replace(" ▸", "") in text
    assert "90.00 90.00 90.00" in text
    opened.get(f"/events/{corrected.id}/results/versions/2")
    text = visible(opened.page)
    assert "与第 1 版相比的变化" in text
    # A01: 0.3·90 + 0.7·70 = 76.00, behind 80.00
    assert "A01 1 2" in text
    assert "90.00 76.00" in text
    opened.get(f"/events/{corrected.id}/results/entries/A01?version=1")
    assert "90.00 × 70% = 63" in visible(opened.page)


def test_somebody_disqualified_after_the_announcement_moves_everybody_up_in_a_new_version(session, browser):
    """EX-14: the first one is disqualified after the announcement."""
    event = build_theory_and_practice(session, {"甲": ("95", "95"), "乙": ("80", "80"), "丙": ("70", "70")})
    organiser = build_organiser(session, event)
    take(session, event, "tabulate", "announce")
    opened = browser(organiser)
    data = {"status-status": "dsq", "status-reason": "携带手机"}
    opened.post(f"/events/{event.id}/progress/entries/A01/status", data)
    opened.get(f"/events/{event.id}/results")
    text = visible(opened.page)
    assert "第 1 版 已公布" in text
    assert "A01：更改成绩状态（携带手机）" in text
    opened.post(f"/events/{event.id}/steps/finalise", status=409)
    opened.post(f"/events/{event.id}/results/correction", {"reason": "A01 携带手机，取消成绩"})
    opened.post(f"/events/{event.id}/steps/finalise")
    session.expire_all()
    second, first = queries.list_versions(session, event.id)
    assert [row.rank for row in first.rows] == [1, 2, 3]
    assert [(row.rank, row.status, row.total) for row in second.rows] == [
        (1, "valid", "80.00"),
        (2, "valid", "70.00"),
        (None, "dsq", ""),
    ]


def test_a_final_result_takes_no_more_statuses(session, browser):
    event = build_theory_and_practice(session, {"甲": ("95", "95")})
    organiser = build_organiser(session, event)
    take(session, event, "tabulate", "announce", "finalise")
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress/entries/A01")
    assert "status-status" not in opened.page
    data = {"status-status": "dsq", "status-reason": "迟到的举报"}
    opened.post(f"/events/{event.id}/progress/entries/A01/status", data, 422)
    assert "成绩已经确认" in visible(opened.page)


def test_a_penalty_stands_in_the_working(session, browser):
    event = build_theory_and_practice(session, {"甲": ("90", "90")})
    decisions.give_penalty(
        session, event, entry_of(session, event, "A01"), "3", Act("op-penalty", None, "未清理工位", MOMENT)
    )
    organiser = build_organiser(session, event)
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/results?open=A01")
    assert "判罚 − 3 未清理工位" in visible(opened.page)
    assert "87.00" in visible(opened.page)


HEADER = ["rank", "entry", "status", "total", "award"]


def test_changes_are_those_of_rank_status_total_and_award():
    before = (HEADER, [["1", "A", "valid", "90", "x"], ["2", "B", "valid", "80", ""]])
    after = (HEADER, [["1", "B", "valid", "80", "x"], ["", "A", "dsq", "", ""]])
    assert [change.entry for change in rules.changes(before, after)] == ["B", "A"]
    assert rules.changes(before, before) == []
    (gone,) = rules.changes(before, (HEADER, before[1][:1]))
    assert (gone.entry, gone.after) == ("B", None)

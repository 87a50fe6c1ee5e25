"""The board of progress: every sheet of every judge, told apart by what still has to be done."""

import re

import pytest

from scoring.sheets import board, queries
from tests.client import apart, visible
from tests.factories.accounts import build_user
from tests.factories.marking import build_event_with, build_organiser, entry_of, mark, scheme, score, stage
from tests.factories.scoring import build_scoring_event, sheet_of

TWO = scheme(
    [
        stage("T", "理论", [score("Q1", "卷面分"), score("Q2", "附加题")]),
        stage("P", "实操", [score("P1", "作品")]),
    ],
    weights="plain",
)


@pytest.fixture
def event(session):
    """Two judges, three entrants; J1 has signed A01, begun A02 and finished A03 of the theory."""
    event = build_event_with(session, TWO, ["甲", "乙", "丙"], judges=2)
    mark(session, event, "J1", "A01", "T", {"Q1": "80", "Q2": "9"})
    mark(session, event, "J1", "A02", "T", {"Q1": "70"}, sign=False)
    mark(session, event, "J1", "A03", "T", {"Q1": "70", "Q2": "8"}, sign=False)
    session.commit()
    return event


@pytest.fixture
def organiser(session, event):
    user = build_organiser(session, event)
    session.commit()
    return user


def states(session, event, judge, stage_code="T"):
    found = board.overall(session, event)
    return {
        standing.row.entry: standing.state
        for standing in found.standings
        if (standing.row.judge, standing.row.stage) == (judge, stage_code)
    }


def test_each_sheet_is_signed_begun_complete_or_not_marked(session, event):
    assert states(session, event, "J1") == {"A01": "signed", "A02": "progress", "A03": "to_sign"}
    assert states(session, event, "J2") == {"A01": "waiting", "A02": "waiting", "A03": "waiting"}


def test_the_page_shows_codes_judges_states_and_what_is_missing(session, browser, event, organiser):
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress")
    text = visible(opened.page)
    assert "A01 已签名 未评 差 1 份" in text
    assert "A02 1 / 2 未评 差 2 份" in text
    assert "A03 待签名 未评 差 2 份" in text
    assert "还有 11 份评分表没有签名" in text
    assert "理论 1 / 6" in text
    opened.get(f"/events/{event.id}/progress?stage=P")
    assert "0 / 6" in visible(opened.page)
    assert "A01 未评 未评 差 2 份" in visible(opened.page)


def test_what_is_no_stage_shows_the_first_one(browser, event, organiser):
    browser(organiser).get(f"/events/{event.id}/progress?stage=X&page=99")


def fragment(browser, event, etag=None):
    headers = {"If-None-Match": f'W/"{etag}"'} if etag else {}
    number = event.id
    return apart(browser.client.get, f"/events/{number}/progress/board?stage=T", headers=headers)


def test_the_board_is_sent_again_only_when_something_has_changed(session, browser, event, organiser):
    opened = browser(organiser)
    first = fragment(opened, event)
    etag = first.get_etag()[0]
    assert (first.status_code, "<html" in first.text) == (200, False)
    again = fragment(opened, event, etag)
    assert (again.status_code, again.data) == (304, b"")
    assert len(again.headers["X-As-Of"]) == len("10:31:05")
    mark(session, event, "J2", "A01", "T", {"Q1": "81", "Q2": "9"})
    session.commit()
    changed = fragment(opened, event, etag)
    assert changed.status_code == 200
    assert "A01 已签名 已签名 齐" in visible(changed.text)


def test_somebody_absent_needs_no_sheet(session, browser, event, organiser):
    opened = browser(organiser)
    data = {"status-status": "absent", "status-reason": "未到场"}
    opened.post(f"/events/{event.id}/progress/entries/A02/status", data)
    session.expire_all()
    assert states(session, event, "J1")["A02"] == "absent"
    opened.get(f"/events/{event.id}/progress")
    assert "A02 缺考 缺考 缺考" in visible(opened.page)
    opened.get(f"/events/{event.id}/progress/entries/A02")
    assert "未到场" in visible(opened.page)


def test_a_status_needs_a_reason_and_has_to_be_one(session, browser, event, organiser):
    opened = browser(organiser)
    where = f"/events/{event.id}/progress/entries/A02/status"
    opened.post(where, {"status-status": "absent", "status-reason": "  "}, 422)
    opened.post(where, {"status-status": "winner", "status-reason": "x"}, 422)
    assert "列表" in visible(opened.page) or "选择" in visible(opened.page)
    session.expire_all()
    assert entry_of(session, event, "A02").status == "valid"
    opened.post(f"/events/{event.id}/progress/entries/A77/status", {}, 404)


def test_no_status_is_chosen_beforehand_and_one_has_to_be(session, browser, event, organiser):
    opened = browser(organiser)
    where = f"/events/{event.id}/progress/entries/A02"
    opened.get(where)
    offered = re.search(r'<select[^>]*name="status-status".*?</select>', opened.page, re.DOTALL)[0]
    assert re.findall(r'<option[^>]*value="([^"]*)"', offered)[:2] == ["", "absent"]
    assert re.findall(r'<option selected value="([^"]*)"', offered) in ([], [""])
    opened.post(f"{where}/status", {"status-status": "", "status-reason": "未到场"}, 422)
    assert "状态 此项必填，请选择" in visible(opened.page)
    assert "未到场" in opened.page
    session.expire_all()
    assert entry_of(session, event, "A02").status == "valid"


def test_the_board_opens_on_the_first_stage_that_is_not_finished(session, browser, event, organiser):
    opened = browser(organiser)
    where = f"/events/{event.id}/progress"
    opened.get(where)
    assert "/progress/board?stage=T" in opened.page
    for judge in ("J1", "J2"):
        for code in ("A01", "A02", "A03"):
            if (judge, code) != ("J1", "A01"):
                mark(session, event, judge, code, "T", {"Q1": "80", "Q2": "9"})
    session.commit()
    opened.get(where)
    assert "/progress/board?stage=P" in opened.page
    opened.get(f"{where}?stage=T")
    assert "/progress/board?stage=T" in opened.page


@pytest.mark.parametrize(("locale", "said"), [("zh", "A01、A02、A03"), ("en", "A01, A02, A03")])
def test_codes_that_still_miss_a_sheet_are_listed_as_the_language_does(
    session, browser, event, organiser, locale, said
):
    opened = browser(organiser, locale=locale)
    for page in ("", "progress"):
        opened.get(f"/events/{event.id}/{page}")
        assert said in visible(opened.page)


def test_before_scoring_the_board_says_when_it_fills(session, browser):
    event = build_scoring_event(session, entries=0, judges=0)
    event.state = "ready"
    organiser = build_organiser(session, event)
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress")
    assert "评分尚未开始" in visible(opened.page)


def test_when_everything_is_signed_the_organiser_can_tabulate_from_here(session, browser):
    event = build_event_with(session, scheme([stage("P", "实操", [score("P1", "作品")])]), ["甲"])
    mark(session, event, "J1", "A01", "P", {"P1": "80"})
    organiser = build_organiser(session, event)
    session.commit()
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress")
    assert "已经评齐" in visible(opened.page)
    assert f"/events/{event.id}/steps/tabulate" in opened.page


def test_without_a_chief_judge_the_page_says_who_is_missing(session, browser, event, organiser):
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress")
    assert "没有裁判长" in visible(opened.page)
    build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    opened.get(f"/events/{event.id}/progress")
    assert "没有裁判长" not in visible(opened.page)


def test_ten_thousand_entries_come_in_pages(session, browser, event, organiser, monkeypatch):
    monkeypatch.setattr(board, "PAGE", 2)
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress?page=2")
    text = visible(opened.page)
    assert "A03 待签名" in text
    assert "A01 已签名" not in text
    assert "共 3 条" in text or "第 2" in text


def test_the_sheets_of_one_judge_have_a_page(session, browser, event, organiser):
    opened = browser(organiser)
    opened.get(f"/events/{event.id}/progress/judges/J1")
    assert "A02 理论 1 / 2" in visible(opened.page)
    opened.get(f"/events/{event.id}/progress/judges/J9", 404)
    assert queries.find_sheet_row(session, event.id, sheet_of(session, event, "J1", "A01", "T").ref)

"""What a judge's device is given: the own sheets by code; no name, no unit, nothing of another judge."""

import re

import pytest
from sqlalchemy import select

from competitions.entries.models import Entry
from competitions.organisations.models import Unit
from scoring.tablet.assets import STATIC
from tests.factories.accounts import build_user
from tests.factories.scoring import build_judge, build_scoring_event, sheet_of
from tests.factories.trust import build_trusted
from tests.tablet.sending import owner, save, send


@pytest.fixture
def event(session):
    event = build_scoring_event(session, name="焊工决赛")
    session.commit()
    return event


@pytest.fixture
def judge(session, event):
    return owner(session, sheet_of(session, event, "J1", "A01", "P"))


def bundle(browser):
    return browser.get("/marking/bundle").get_json()


def test_the_oldest_browsers_that_may_mark_know_what_the_styles_ask_for(event, browser, judge):
    """Trap 10: Chromium 103 (templates/tablet/_shell.html) knows no :has()."""
    page = browser(judge).get(f"/marking/{event.id}/P/").text
    names = re.findall(r'href="/static/(css/[a-z]+\.css)', page)
    assert len(names) > 3
    sheets = "".join((STATIC / name).read_text(encoding="utf-8") for name in names)
    for asking in re.findall(r"([\w-]+):has\(", sheets):
        assert not re.search(rf'class="[^"]*\b{asking}\b', page), "of pages for the desk alone"


def test_it_holds_every_own_sheet_with_its_marks(session, event, browser, judge):
    page, sheet = browser(judge), sheet_of(session, event, "J1", "A02", "P")
    send(page, judge.id, save("one-00001", sheet.ref, 0, ["A1", 1, "40.5"]))
    told = bundle(page)
    assert [(row["stage"], row["code"]) for row in told["sheets"]] == [
        (stage, code) for stage in ("P", "T") for code in ("A01", "A02", "A03")
    ]
    (row,) = [row for row in told["sheets"] if row["ref"] == sheet.ref]
    assert (row["version"], row["marks"], row["station"], row["state"]) == (
        1,
        [["A1", 1, "40.5"]],
        "2",
        "draft",
    )
    (part,) = told["events"]
    assert (part["title"], part["judge"]) == ("焊工决赛", "J1")
    assert [stage["aspects"] for stage in part["stages"]] == [["Q1"], ["A1", "A2"]]


def test_it_names_nobody_and_no_unit(session, event, browser, judge):
    text = browser(judge).get("/marking/bundle").text
    people = session.execute(select(Entry.name, Unit.name).join(Unit, Unit.id == Entry.unit_id)).all()
    assert people
    assert [word for row in people for word in row if word in text] == []


def test_nothing_of_another_judge_is_in_it(session, event, browser, judge):
    theirs = sheet_of(session, event, "J2", "A01", "P").ref
    assert theirs not in browser(judge).get("/marking/bundle").text


def test_what_has_not_changed_is_not_sent_again_but_the_token_is_fresh(session, event, browser, judge):
    page = browser(judge)
    first = page.get("/marking/bundle")
    mark = first.headers["ETag"]
    again = page.get("/marking/bundle", 304, headers={"If-None-Match": mark})
    assert again.data == b""
    assert again.headers["X-CSRF-Token"]
    assert again.headers["X-Server-Time"]
    send(
        page, judge.id, save("one-00001", sheet_of(session, event, "J1", "A01", "P").ref, 0, ["A1", 1, "4"])
    )
    assert page.get("/marking/bundle", headers={"If-None-Match": mark}).headers["ETag"] != mark


def test_it_is_in_the_readers_language(session, event, browser, judge):
    chinese, english = browser(judge), browser(judge, locale="en")
    one, other = bundle(chinese), bundle(english)
    assert (one["locale"], other["locale"]) == ("zh", "en")
    assert one["shell"] != other["shell"]


def test_a_shell_holds_no_code_no_mark_no_name_and_no_token(session, event, browser, judge):
    page = browser(judge)
    for path in ("/marking/", f"/marking/{event.id}/P/"):
        page.get(path)
        assert not re.search(r'A0[123]|演示选手|csrf_token" value="[^"]', page.page), path
        assert judge.name not in page.page
    both = [browser(owner(session, sheet_of(session, event, code, "A01", "P"))) for code in ("J1", "J2")]
    shells = [one.get(f"/marking/{event.id}/P/").data for one in both]
    assert shells[0] == shells[1], "a shell is the same for every judge of the stage"


def test_single_sheets_lead_into_the_app(session, event, browser, judge):
    page, ref = browser(judge), sheet_of(session, event, "J1", "A02", "P").ref
    assert page.get(f"/marking/sheets/{ref}", 302).location == f"/marking/{event.id}/P/#A02"
    assert page.get(f"/marking/sheets/{ref}/review", 302).location == f"/marking/{event.id}/P/#A02/review"
    assert page.get(f"/marking/events/{event.id}/P", 302).location == f"/marking/{event.id}/P/"
    theirs = sheet_of(session, event, "J2", "A02", "P").ref
    page.get(f"/marking/sheets/{theirs}", 404)


def test_there_is_no_shell_where_somebody_marks_nothing(session, event, browser):
    other = build_scoring_event(session, judges=0)
    judge = build_user(session, grants=[("judge", "site", 0)])
    build_judge(session, other, 1, "T", user=judge)
    session.commit()
    page = browser(judge)
    page.get(f"/marking/{event.id}/P/", 404)
    page.get(f"/marking/{other.id}/P/", 404)
    page.get(f"/marking/{other.id}/nowhere/", 404)


def test_the_worker_names_every_file_and_may_be_asked_for_again(browser):
    answer = browser().get("/marking/sw.js")
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.mimetype == "text/javascript"
    for name in ("js/tablet/app.js", "js/tablet/store.js", "css/judge.css", "js/page.js", "img/icon.svg"):
        assert f'"/static/{name}"' in answer.text


@pytest.mark.parametrize(("profile", "there"), [("strict", True), ("standard", False)])
def test_the_head_of_a_panel_is_led_to_the_sheets_to_confirm(session, browser, profile, there):
    found = build_trusted(session, profile, entries=1)
    told = bundle(browser(found.users["head"]))
    where = f"/events/{found.event.id}/progress/confirm"
    assert [event["confirm"] for event in told["events"]] == [where if there else ""]

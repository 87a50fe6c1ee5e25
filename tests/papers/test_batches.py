"""Several batches on paper: stations with their batch, the timetable by day, the check-in by sitting."""

from types import SimpleNamespace

import pytest
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.draw.rules import Settings
from competitions.draw.services import make_draw, save_settings
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_scheme
from tests.papers.conftest import rows_of

ROLES = ("organiser", "chief_judge", "draw_officer", "supervisor", "judge")
DAY = "2026-05-20"


def drawn(session, entries=4, **settings):
    event = build_event(session, "ready", name="焊工决赛")
    build_scheme(session, event)
    for _number in range(entries):
        build_entry(session, event)
    build_appointment(session, event, ["T", "P"])
    save_settings(session, event, Settings(**settings), actor_id=None, now=MOMENT)
    make_draw(session, event, seed="a seed", actor_id=None, now=MOMENT)
    users = {role: build_user(session, grants=[(role, "event", event.id)]) for role in ROLES}
    session.commit()
    return SimpleNamespace(event=event, users=users, path=f"/events/{event.id}/papers")


@pytest.fixture
def place(session):
    """Four entrants at two stations: a paper for all, then two batches, the second at two sites."""
    place = drawn(session, stations=2)
    build_sitting(session, place.event, "T", 0, site="理论考场", day=DAY, starts="08:30", ends="10:00")
    build_sitting(session, place.event, "P", 1, site="一号车间", day=DAY, starts="10:20", ends="11:50")
    for site in ("一号车间", "二号车间"):
        build_sitting(session, place.event, "P", 2, site=site, day="2026-05-21", starts="08:30", ends="10:00")
    build_sitting(session, place.event, "P", 3, state="cancelled", reason="停电")
    session.commit()
    return place


def codes(session, event):
    session.rollback()
    found = list(session.scalars(select(EntryCode).where(EntryCode.event_id == event.id)))
    session.rollback()
    return found


def test_the_timetable_lists_each_day(browser, place, text_of):
    page = browser(place.users["chief_judge"])
    page.get(f"{place.path}/")
    assert f"{place.path}/timetable.pdf" in page.page
    (text,) = text_of(page.get(f"{place.path}/timetable.pdf"))
    lines = ["".join(line.split()) for line in text.splitlines()]
    first, second = lines.index("2026年5月20日星期三"), lines.index("2026年5月21日星期四")
    assert first < lines.index("08:30–10:00理论不分批理论考场") < second
    assert second < lines.index("08:30–10:00实操第2批二号车间")
    assert "停电" not in text
    ((_name, rows),) = rows_of(page.get(f"{place.path}/timetable.xlsx")).items()
    assert ("2026年5月20日 星期三", "10:20–11:50", "实操", "第 1 批", "一号车间") in rows


def test_without_a_sitting_there_is_no_timetable(session, browser):
    place = drawn(session)
    page = browser(place.users["organiser"])
    page.get(f"{place.path}/")
    assert "尚未编排场次" in visible(page.page)
    page.get(f"{place.path}/timetable.pdf", 409)


def test_the_programme_prints_the_timetable(browser, place, text_of):
    text = "".join(text_of(browser(place.users["organiser"]).get(f"{place.path}/programme.pdf")))
    assert "日程表" in text
    assert "理论考场" in text


def test_the_timetable_of_a_competition_names_the_events(session, browser, place, text_of):
    union = place.event.competition.union_id
    organiser = build_user(session, grants=[("organiser", "union", union)])
    session.commit()
    path = f"/competitions/{place.event.competition_id}/timetable"
    (text,) = text_of(browser(organiser).get(f"{path}.pdf"))
    assert "08:30–10:00 焊工决赛 理论 不分批 理论考场" in " ".join(text.split())
    ((_name, rows),) = rows_of(browser(organiser).get(f"{path}.xlsx")).items()
    assert len([row for row in rows if "焊工决赛" in row]) == 4


def test_a_mark_sheet_and_the_draw_record_say_the_batch_beside_the_station(session, browser, place, text_of):
    page = browser(place.users["organiser"])
    text = "".join(text_of(page.get(f"{place.path}/mark-sheets.pdf?stage=T")))
    for batch in (1, 2):
        for station in (1, 2):
            assert f"第{batch}批{station}号" in "".join(text.split())
    ((_name, rows),) = rows_of(page.get(f"{place.path}/draw-record.xlsx")).items()
    stored = {(code.code, code.batch, code.station) for code in codes(session, place.event)}
    assert {row[:3] for row in rows if (row[:3]) in stored} == stored


def test_with_one_batch_a_station_stands_alone(session, browser, text_of):
    place = drawn(session)
    page = browser(place.users["organiser"])
    assert "批" not in text_of(page.get(f"{place.path}/mark-sheets.pdf"))[0]
    ((_name, rows),) = rows_of(page.get(f"{place.path}/draw-record.xlsx")).items()
    assert ("加密编号", "工位号") in {row[:2] for row in rows}


def test_with_sealed_stations_no_paper_for_judges_tells_the_batch_of_a_code(session, browser, text_of):
    place = drawn(session, stations=2, layers=3)
    page = browser(place.users["chief_judge"])
    text = "".join(text_of(page.get(f"{place.path}/mark-sheets.pdf")))
    assert "批" not in text
    page = browser(place.users["organiser"])
    ((_name, rows),) = rows_of(page.get(f"{place.path}/draw-record.xlsx")).items()
    assert all("批次" not in row for row in rows)


HOW = {
    1: "编号与工位分别独立抽取。",
    2: "先后抽取参赛编号和工位，工位即为裁判所见的编号。",
    3: "先后抽取参赛编号、工位和作品编号；作品编号与工位的对应关系已密封。",
}


@pytest.mark.parametrize("layers", HOW)
def test_the_draw_record_says_what_was_drawn(session, browser, text_of, layers):
    place = drawn(session, layers=layers, apart=layers == 2)
    answer = browser(place.users["supervisor"]).get(f"{place.path}/draw-record.pdf")
    text = "".join("".join(text_of(answer)).split())
    assert HOW[layers] in text
    assert ("同一单位的选手尽量不相邻" in text) == (layers == 2)


def test_the_sealed_check_in_list_goes_sitting_by_sitting(session, browser, place):
    """All sit the paper; of the practice each batch has its own heading, with its time and sites."""
    page = browser(place.users["supervisor"])
    answer = page.post(f"{place.path}/sealed/check-in.xlsx", status=200)
    ((_name, rows),) = rows_of(answer).items()
    by_code = {code.code: (code.batch, code.station) for code in codes(session, place.event)}
    called = [row[:3] for row in rows if row[3] in by_code and row[1:3] == by_code[row[3]]]
    theory = "理论 · 不分批 · 2026年5月20日 08:30–10:00 · 理论考场"
    first = "实操 · 第 1 批 · 2026年5月20日 10:20–11:50 · 一号车间"
    second = "实操 · 第 2 批 · 2026年5月21日 08:30–10:00 · 一号车间、二号车间"
    assert called == [
        (theory, 1, 1), (theory, 1, 2), (theory, 2, 1), (theory, 2, 2),
        (first, 1, 1), (first, 1, 2), (second, 2, 1), (second, 2, 2),
    ]  # fmt: skip


def test_a_batch_without_a_sitting_is_called_all_the_same(session, browser):
    place = drawn(session, stations=2)
    build_sitting(session, place.event, "P", 1, day=DAY, starts="10:20", ends="11:50")
    session.commit()
    answer = browser(place.users["supervisor"]).post(f"{place.path}/sealed/check-in.xlsx", status=200)
    ((_name, rows),) = rows_of(answer).items()
    assert [row[0] for row in rows if row[2] in (1, 2)] == [
        "实操 · 第 1 批 · 2026年5月20日 10:20–11:50", "实操 · 第 1 批 · 2026年5月20日 10:20–11:50",
        "第 2 批", "第 2 批",
    ]  # fmt: skip

"""What is printed of an event: who takes part without codes, codes without who takes part."""


import pytest
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.draw.rules import fingerprint
from competitions.entries.identity import Contact, sealed_columns
from competitions.entries.models import PersonIdentity
from core import clock
from core.audit.models import AuditRecord
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.papers.conftest import NAMES, rows_of

ID, PHONE = "11010519491231002X", "13800000000"
WITHOUT_CODES = ("programme", "roster", "check-in")


def openings(session):
    session.rollback()
    found = list(session.scalars(select(AuditRecord.detail).where(AuditRecord.action == "draw:open_map")))
    session.rollback()
    return found


def identify(session, entry):
    person = entry.members[0].person
    person.skill_level = "高级工"
    session.add(PersonIdentity(person_id=person.id, **sealed_columns(person.ref, Contact(ID, PHONE))))
    session.commit()


def test_the_roster_names_everybody_under_their_unit(browser, place, text_of):
    (page,) = text_of(browser(place.users["organiser"]).get(f"{place.path}/roster.pdf"))
    words = page.split()
    assert words.index("演示甲厂") < words.index(NAMES[0]) < words.index(NAMES[2])
    assert words.index(NAMES[2]) < words.index("演示乙厂") < words.index(NAMES[1])


def test_only_approved_entries_are_on_paper(session, browser, place, text_of):
    for review in ("submitted", "rejected", "withdrawn"):
        build_entry(session, place.event, f"演示{review}", review=review)
    session.commit()
    page = browser(place.users["organiser"])
    for name in WITHOUT_CODES:
        assert "演示submitted" not in "".join(text_of(page.get(f"{place.path}/{name}.pdf")))
        assert "演示rejected" not in "".join(text_of(page.get(f"{place.path}/{name}.pdf")))


@pytest.mark.parametrize("name", WITHOUT_CODES)
def test_no_paper_with_names_holds_a_code_a_whole_id_number_or_a_phone(
    session, browser, place, text_of, name
):
    identify(session, place.entries[0])
    page = browser(place.users["organiser"])
    text = "".join(text_of(page.get(f"{place.path}/{name}.pdf")))
    text += str(rows_of(page.get(f"{place.path}/{name}.xlsx")))
    assert all(person in text for person in NAMES)
    assert ID not in text
    assert PHONE not in text
    assert [code for code in place.codes if code in text] == []
    assert "高级工" in text
    assert ("110*************2X" in text) == (name == "check-in")


def test_a_team_is_listed_person_by_person(session, browser):
    event = build_event(session, "ready", entry_kind="team")
    entry = build_entry(session, event, "演示焊接一队", members=3)
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    answer = browser(organiser).get(f"/events/{event.id}/papers/roster.xlsx")
    ((_name, rows),) = rows_of(answer).items()
    found = [row for row in rows if "演示焊接一队" in row]
    assert [row[3] for row in found] == [member.person.name for member in entry.members]
    assert {row[1] for row in found} == {1}


def test_the_programme_says_what_where_when_who(browser, place, text_of):
    pages = text_of(browser(place.users["organiser"]).get(f"{place.path}/programme.pdf"))
    assert "秩序册" in "".join(pages[0].split())
    assert place.event.name in pages[0]
    text = "".join(pages[1:])
    for word in ("演示大厅", "理论", "30%", "实操", "70%", "裁判", "演示甲厂", "合计", *NAMES):
        assert word in text
    assert all(judge.user.name in text for judge in place.judges)


def test_papers_of_an_open_field_say_that_they_are_provisional(session, browser, place, text_of):
    place.event.state = "registration"
    session.commit()
    page = browser(place.users["organiser"])
    assert "暂定稿" in text_of(page.get(f"{place.path}/programme.pdf"))[0]
    assert "名单还可能变化" in text_of(page.get(f"{place.path}/roster.pdf"))[0]
    page.get(f"{place.path}/check-in.pdf", 409)
    assert "报名尚未截止" in page.page
    page.get(f"{place.path}/")
    assert visible(page.page).count("暂定") == 2


def test_the_draw_record_holds_codes_stations_and_fingerprint_but_nobody(session, browser, place, text_of):
    page = browser(place.users["organiser"])
    text = "".join(text_of(page.get(f"{place.path}/draw-record.pdf")))
    text += str(rows_of(page.get(f"{place.path}/draw-record.xlsx")))
    assert all(code in text for code in place.codes)
    assert fingerprint("0" * 32) in text
    assert "2026" in text  # when it was drawn
    assert [word for word in (*NAMES, "演示甲厂", "演示乙厂") if word in text] == []


@pytest.mark.parametrize("role", ["draw_officer", "supervisor"])
@pytest.mark.parametrize("name", ["draw-record", "check-in"])
def test_a_sealed_paper_links_codes_with_people_and_its_opening_is_recorded(
    session, browser, place, text_of, role, name
):
    page = browser(place.users[role])
    (text,) = text_of(page.post(f"{place.path}/sealed/{name}.pdf", status=200))
    for code, person in place.codes.items():
        assert any(code in line and person in line for line in text.splitlines())
    assert place.users[role].name in text
    page.post(f"{place.path}/sealed/{name}.xlsx", status=200)
    assert openings(session) == [{"entries": 3}] * 2


def test_the_check_in_list_by_station_stands_in_the_order_of_the_stations(session, browser, place):
    for station, row in enumerate(session.query(EntryCode).order_by(EntryCode.code.desc()), start=11):
        row.station = station
    session.commit()
    answer = browser(place.users["draw_officer"]).post(f"{place.path}/sealed/check-in.xlsx", status=200)
    ((_name, rows),) = rows_of(answer).items()
    assert [row[:2] for row in rows if row[0] in (11, 12, 13)] == [(11, "A03"), (12, "A02"), (13, "A01")]


def test_a_sealed_paper_is_never_read_by_a_link(browser, place):
    browser(place.users["draw_officer"]).get(f"{place.path}/sealed/check-in.pdf", 405)


def test_nobody_else_gets_a_sealed_paper(session, browser, place):
    for role in set(place.users) - {"draw_officer", "supervisor"}:
        for name in ("draw-record", "check-in"):
            browser(place.users[role]).post(f"{place.path}/sealed/{name}.pdf", status=403)
    assert openings(session) == []


def test_whoever_marks_gets_no_sealed_paper_whatever_other_role_they_hold(session, browser, place):
    by_role = build_user(session, grants=[(r, "event", place.event.id) for r in ("supervisor", "judge")])
    appointed = build_user(session, grants=[("supervisor", "event", place.event.id)])
    build_appointment(session, place.event, ["P"], user=appointed)
    session.query(type(appointed.grants[0])).filter_by(user_id=appointed.id, role="judge").delete()
    session.commit()
    for user in (by_role, appointed):
        page = browser(user)
        page.post(f"{place.path}/sealed/check-in.pdf", status=409)
        page.get(f"{place.path}/")
        assert "您是本赛项裁判" in visible(page.page)
        assert "/sealed/" not in page.page
    assert openings(session) == []


OWN = {
    "organiser": {"programme", "roster", "check-in", "draw-record", "mark-sheets"},
    "supervisor": {"programme", "roster", "check-in", "draw-record", "mark-sheets"},
    "draw_officer": {"draw-record"},
    "tabulator": {"mark-sheets"},
    "chief_judge": {"mark-sheets"},
}


def test_each_role_gets_its_papers_and_the_page_offers_no_others(browser, place):
    every = {name for names in OWN.values() for name in names}
    for role, names in OWN.items():
        page = browser(place.users[role])
        page.get(f"{place.path}/")
        shown = page.page
        for name in every:
            assert (f"{place.path}/{name}.pdf" in shown) == (name in names), (role, name)
            page.get(f"{place.path}/{name}.pdf", 200 if name in names else 403)


def test_judges_and_registrars_find_no_papers(browser, place):
    for role in ("judge", "registrar"):
        browser(place.users[role]).get(f"{place.path}/", 403)


def test_before_anything_is_there_the_page_says_what_is_missing(session, browser):
    event = build_event(session, "draft")
    organiser = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    page = browser(organiser)
    page.get(f"/events/{event.id}/papers/")
    text = visible(page.page)
    for reason in ("还没有通过审核的报名", "还没有聘请裁判", "尚未抽签加密"):
        assert reason in text, reason
    for name in ("programme.pdf", "draw-record.xlsx", "mark-sheets.pdf"):
        page.get(f"/events/{event.id}/papers/{name}", 409)


def test_a_cancelled_event_prints_nothing(session, browser, place):
    place.event.state = "cancelled"
    session.commit()
    page = browser(place.users["organiser"])
    page.get(f"{place.path}/")
    assert ".pdf" not in page.page
    page.get(f"{place.path}/roster.pdf", 409)


def test_swapping_two_people_changes_no_byte_of_the_papers_without_names(
    session, browser, place, monkeypatch
):
    """I26: draw record and mark sheets are the same whoever stands behind a code."""
    monkeypatch.setattr(clock, "now", lambda: MOMENT)
    names = ("draw-record.pdf", "draw-record.xlsx", "mark-sheets.pdf")
    page = browser(place.users["supervisor"])
    before = [page.get(f"{place.path}/{name}").data for name in names]
    first, second = place.entries[:2]
    first.name, second.name = second.name, first.name
    first.unit_id, second.unit_id = second.unit_id, first.unit_id
    session.commit()
    assert [page.get(f"{place.path}/{name}").data for name in names] == before


def test_an_unknown_format_is_no_paper(browser, place):
    browser(place.users["organiser"]).get(f"{place.path}/roster.docx", 404)


def test_what_looks_like_a_formula_stays_text(session, browser, place):
    place.entries[0].members[0].person.name = '=HYPERLINK("x")'
    session.commit()
    answer = browser(place.users["organiser"]).get(f"{place.path}/roster.xlsx")
    ((_name, rows),) = rows_of(answer).items()
    assert '=HYPERLINK("x")' in {cell for row in rows for cell in row}



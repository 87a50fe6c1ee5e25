"""The list of entries and its forms in the browser: who sees what, and what they can do."""

import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from competitions.entries import services
from competitions.entries.models import Entry
from tests.client import visible
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

NAMES = ("吴 䶮", "张𬭎", "阿卜杜拉·买买提", "=1+1|cmd", "<script>alert(1)</script>")


@pytest.fixture
def place(session):
    """An open contest with five entrants of two units, and people with roles."""

    class Place:
        event = build_event(session, "registration")
        units = [build_unit(session, name=name) for name in ("演示甲厂", "演示乙厂")]
        organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
        registrar = build_user(session, grants=[("registrar", "unit", units[1].id)])
        judge = build_user(session, grants=[("judge", "event", event.id)])

    rows = [(name, Place.units[n % 2].name, id_number(n), "13812345678") for n, name in enumerate(NAMES)]
    services.add_entries(
        session, Place.event, table(*rows, fields=FIELDS), asked(Place.event), actor_id=None, now=MOMENT
    )
    session.commit()
    Place.path = f"/events/{Place.event.id}/entries"
    Place.ids = list(session.scalars(select(Entry.id).order_by(Entry.number)))
    session.commit()
    return Place


def entry(session, entry_id):
    session.rollback()
    session.expire_all()
    found = session.get(Entry, entry_id)
    session.rollback()
    return found


def test_the_list_shows_everybody_and_no_whole_number(browser, place):
    page = browser(place.organiser)
    page.get(f"{place.path}/")
    shown = visible(page.page)
    assert all(name in shown for name in NAMES[:4])
    assert "<script>alert(1)" not in page.page
    assert "13812345678" not in page.page
    assert id_number(0) not in page.page
    assert "5 项报名待您审核" in shown
    page.get(f"{place.path}/?review=approved&unit={place.units[0].id}")
    page.get(f"{place.path}/?review=nonsense&unit=x&page=-1")


def test_whoever_registers_for_a_unit_sees_and_changes_that_unit_alone(session, browser, place):
    page = browser(place.registrar)
    page.get(f"{place.path}/")
    assert "张𬭎" in page.page
    assert "吴 䶮" not in page.page
    assert "演示甲厂" not in page.page
    own, foreign = place.ids[1], place.ids[0]
    page.get(f"{place.path}/{own}")
    for path in (f"{foreign}", f"{foreign}/edit"):
        page.get(f"{place.path}/{path}", 403)
    for act in ("edit", "withdraw", "remove", "reject"):
        page.post(f"{place.path}/{foreign}/{act}", {"reason": "x"}, 403)
    for path in (f"{own}/approve", "approve-all"):
        page.post(f"{place.path}/{path}", status=403)
    exported = openpyxl.load_workbook(io.BytesIO(page.get(f"{place.path}/list.xlsx").data)).active
    assert {row[2].value for row in exported.iter_rows(min_row=2)} == {"演示乙厂"}


def test_a_judge_sees_no_entries(browser, place):
    page = browser(place.judge)
    for path in ("/", f"/{place.ids[0]}", "/list.xlsx", "/template.xlsx", "/import", "/new"):
        page.get(f"{place.path}{path}", 403)


def test_an_entry_is_found_under_its_own_event_only(session, browser, place):
    other = build_event(session, "registration", competition=place.event.competition)
    session.commit()
    page = browser(place.organiser)
    page.get(f"/events/{other.id}/entries/{place.ids[0]}", 404)
    page.get(f"{place.path}/999999", 404)


def test_somebody_is_entered_by_hand(session, browser, place):
    page = browser(place.organiser)
    page.get(f"{place.path}/new")
    form = {"unit": "演示甲厂", "people-0-name": "演示新人", "people-0-id_number": id_number(77)}
    page.post(f"{place.path}/new", form)
    page.get(f"{place.path}/")
    assert "演示新人" in page.page


def test_what_cannot_be_entered_comes_back_with_what_was_typed(browser, place):
    page = browser(place.organiser)
    form = {"unit": "演示甲工厂", "people-0-name": "演示新人", "people-0-id_number": "110105194912310021"}
    page.post(f"{place.path}/new", form, 422)
    for text in ("没有登记过这家单位", "演示甲厂", "校验码不符", 'value="演示新人"', 'value="演示甲工厂"'):
        assert text in page.page
    page.post(f"{place.path}/new", {}, 422)
    page.post(f"{place.path}/new", {"people-0-name": "x" * 300, "people-7-name": "y", "unit": "z" * 300}, 422)


def test_a_unit_can_be_registered_with_its_first_entry(session, browser, place):
    page = browser(place.organiser)
    form = {"unit": "演示新厂", "people-0-name": "演示新人"}
    page.post(f"{place.path}/new", form, 422)
    page.post(f"{place.path}/new", {**form, "register_unit": "y"})


def version_on(shown):
    (version,) = re.findall(r'name="version"[^>]* value="([0-9]+)"', shown)
    return version


def test_of_two_who_change_an_entry_the_second_is_told_and_overwrites_nothing(session, browser, place):
    first, second = browser(place.organiser), browser(place.organiser)
    edit = f"{place.path}/{place.ids[1]}/edit"
    version = version_on(first.get(edit).text)
    assert version_on(second.get(edit).text) == version
    ref = entry(session, place.ids[1]).members[0].person.ref
    session.rollback()
    form = {"unit": "演示乙厂", "people-0-ref": ref, "people-0-name": "张𬭎", "version": version}
    first.post(edit, form | {"people-0-skill_level": "技师"})
    second.post(edit, form | {"people-0-trade": "电工"}, 422)
    told = "他人刚刚修改了这份报名。请先查看现有内容；再次保存时，以您填写的内容为准。"
    assert told in visible(second.page)
    assert 'value="电工"' in second.page  # what was typed is still there
    seen = version_on(second.page)
    for unseen in ({}, {"version": "-1"}, {"version": "9" * 12}):
        second.post(edit, {name: value for name, value in form.items() if name != "version"} | unseen, 422)
    person = entry(session, place.ids[1]).members[0].person
    assert person.skill_level == "技师"
    second.post(edit, form | {"version": seen, "people-0-skill_level": "高级技师"})  # having been told
    assert entry(session, place.ids[1]).members[0].person.skill_level == "高级技师"


def test_nobody_approves_what_was_changed_after_it_was_looked_at(session, browser, place):
    organiser, page = browser(place.organiser), f"{place.path}/{place.ids[1]}"
    organiser.get(page)
    (approve,) = re.findall(rf'action="({page}/approve[^"]*)"', organiser.page)
    other = browser(place.organiser)
    ref = entry(session, place.ids[1]).members[0].person.ref
    session.rollback()
    form = {"unit": "演示乙厂", "people-0-ref": ref, "people-0-name": "张𬭎", "people-0-skill_level": "技师"}
    other.get(f"{page}/edit")
    other.post(f"{page}/edit", form | {"version": version_on(other.page)})
    organiser.post(approve.replace("&amp;", "&"), status=422)
    assert "您查看之后，这份报名已被修改。请按现在的内容核对后再审核。" in visible(organiser.page)
    assert entry(session, place.ids[1]).review == "submitted"
    (approve,) = re.findall(rf'action="({page}/approve[^"]*)"', organiser.page)
    organiser.post(approve.replace("&amp;", "&"))
    assert entry(session, place.ids[1]).review == "approved"


def test_numbers_stay_when_their_fields_stay_empty(session, browser, place):
    page = browser(place.organiser)
    page.get(f"{place.path}/{place.ids[1]}/edit")
    assert id_number(1) not in page.page
    ref = entry(session, place.ids[1]).members[0].person.ref
    session.rollback()
    form = {"unit": "演示乙厂", "people-0-ref": ref, "people-0-name": "张𬭎", "people-0-skill_level": "技师"}
    form["version"] = version_on(page.page)
    page.post(f"{place.path}/{place.ids[1]}/edit", form)
    page.get(f"{place.path}/{place.ids[1]}")
    assert "138****5678" in page.page
    assert "技师" in page.page
    page.post(f"{place.path}/{place.ids[1]}/edit", {**form, "unit": ""}, 422)
    assert id_number(1) not in page.page


def test_an_entry_is_decided_withdrawn_and_removed(session, browser, place):
    page, first, second, third = browser(place.organiser), *place.ids[:3]
    page.post(f"{place.path}/{first}/approve")
    page.post(f"{place.path}/{second}/reject", {"reject-reason": " "}, 422)
    assert "请填写理由" in page.page
    page.post(f"{place.path}/{second}/reject", {"reject-reason": "不在册"})
    page.post(f"{place.path}/{first}/withdraw", {"withdraw-reason": "出差"})
    page.post(f"{place.path}/{third}/remove", {"remove-reason": "误登记"})
    page.post(f"{place.path}/approve-all")
    page.post(f"{place.path}/approve-all", status=409)
    page.post(f"{place.path}/{third}/approve", status=404)
    reviews = dict(session.execute(select(Entry.number, Entry.review)).all())
    session.rollback()
    assert reviews == {1: "withdrawn", 2: "rejected", 4: "approved", 5: "approved"}


def test_people_are_searched_without_their_name_in_an_address(browser, place):
    page = browser(place.organiser)
    page.post(f"{place.path}/search", {"text": "阿卜杜拉"}, 200)
    assert "找到 1 项" in visible(page.page)
    page.post(f"{place.path}/search", {"text": id_number(1)}, 200)
    assert "张𬭎" in page.page
    page.post(f"{place.path}/search", {"text": "100%_'"}, 200)
    assert "找到 0 项" in visible(page.page)


def test_names_that_look_like_formulas_leave_as_text(browser, place):
    data = browser(place.organiser).get(f"{place.path}/list.xlsx").data
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    cells = {row[1].value: row[1].data_type for row in sheet.iter_rows(min_row=2)}
    assert cells == dict.fromkeys(NAMES, "s")
    assert id_number(0) not in str([[cell.value for cell in row] for row in sheet.iter_rows()])


def test_a_team_is_entered_by_hand(session, browser, place):
    event = build_event(session, "registration", entry_kind="team", competition=place.event.competition)
    session.commit()
    page = browser(place.organiser)
    page.get(f"/events/{event.id}/entries/new")
    form = {"group": "一队", "unit": "演示甲厂", "people-0-name": "张三", "people-4-name": "李四"}
    page.post(f"/events/{event.id}/entries/new", form)
    page.get(f"/events/{event.id}/entries/")
    assert "张三（队长）、李四" in visible(page.page)
    page.post(f"/events/{event.id}/entries/new", {**form, "group": "二队", "people-4-name": ""}, 422)


def test_whoever_registers_for_a_unit_finds_the_open_contests(session, browser, place):
    drafted = build_event(session, "draft", competition=place.event.competition)
    session.commit()
    page = browser(place.registrar)
    page.get("/registration/")
    shown = visible(page.page)
    assert place.event.name in shown
    assert drafted.name not in shown
    page.get(f"{place.path}/")
    assert 'aria-current="page">参赛名单' in page.page
    browser(place.organiser).get("/registration/", 403)

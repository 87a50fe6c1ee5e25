"""Paper sheets keyed twice by two people, compared, looked at again; never over a tablet's marks unseen."""

import pytest

from scoring.desk.comparing import changes, compare
from scoring.desk.models import Keying
from scoring.sheets import ledger, services
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import SheetOperation
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.desk.conftest import ledger_of, marks, state
from tests.factories.accounts import MOMENT
from tests.factories.scoring import sheet_of

GOOD = {"values-0": "48.5", "values-1": "2"}  # A1, A2 on the sheet of J1 in the practice


def path_of(session, event, code="A01", judge="J1"):
    ref = sheet_of(session, event, judge, code, "P").ref
    session.rollback()
    return f"/events/{event.id}/desk/paper/{ref}"


def key(page, path, status=302, *, signed=True, alone=False, **values):
    data = values | ({"signed": "y"} if signed else {}) | ({"alone": "1"} if alone else {})
    return page.post(path, data, status)


@pytest.mark.parametrize("profile", ["simple", "strict"])
def test_two_keyings_that_agree_become_the_signed_sheet(session, browser, make_event, profile):
    event = make_event(profile)
    path = path_of(session, event)
    first, second = browser(event.first), browser(event.second)
    key(first, path, **GOOD)
    assert marks(session, event, "A01", "J1", "P") == {}
    second.get(path)
    assert "48.5" not in second.page  # whoever keys again does not see what was keyed
    key(second, path, **{"values-0": "４８。５０", "values-1": "2"})
    assert marks(session, event, "A01", "J1", "P") == {"A1": "48.5", "A2": "2"}
    assert state(session, event, "A01", "J1", "P") != "draft"
    saved, signed = ledger_of(session, event)
    desk = saved.body["desk"]
    assert (desk["kind"], desk["judge"], desk["signed_on_paper"]) == ("paper", "J1", True)
    assert [by for by, _at in desk["keyed"]] == [event.first.id, event.second.id]
    assert (saved.actor_id, signed.kind) == (event.second.id, "sign")
    assert ledger.first_broken(session, event.id) is None


def test_the_same_person_does_not_key_twice_where_two_are_needed(session, browser, make_event):
    event = make_event("standard")
    path, page = path_of(session, event), browser(event.first)
    key(page, path, **GOOD, alone=True)  # nobody is alone in this profile
    assert "第一人是您本人" in visible(key(page, path, 422, **GOOD).text)
    assert ledger_of(session, event) == []


@POSTGRESQL_IN_DEEP
def test_one_person_alone_keys_once_or_twice_in_simple_and_the_ledger_says_so(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    key(page, path_of(session, event), **GOOD, alone=True)
    key(page, path_of(session, event, "A02"), **GOOD)
    key(page, path_of(session, event, "A02"), **GOOD)
    keyed = [row.body["desk"]["keyed"] for row in ledger_of(session, event) if row.kind == "save"]
    assert [[by for by, _at in one] for one in keyed] == [[event.first.id], [event.first.id] * 2]
    page.get(f"/events/{event.id}/desk/")
    assert "（只录一遍）" in visible(page.page)


def test_what_differs_is_shown_and_settled_by_a_third_look_with_every_value_on_record(
    session, browser, make_event
):
    event = make_event("strict")
    path = path_of(session, event)
    first, second = browser(event.first), browser(event.second)
    key(first, path, **GOOD)
    answer = key(second, path, **{"values-0": "43.5", "values-1": "2"})
    assert answer.location.endswith("/compare")
    assert ledger_of(session, event) == []
    second.get(f"{path}/compare")
    shown = visible(second.page)
    assert all(value in shown for value in ("48.5", "43.5", event.first.name, event.second.name))
    base = {"base": "0"}
    second.post(f"{path}/compare", base, 422)  # nothing is chosen
    second.post(f"{path}/compare", base | {"picks-0": "other", "others-0": "61"}, 422)  # above the maximum
    second.post(f"{path}/compare", base | {"picks-0": "7"}, 422)
    assert ledger_of(session, event) == []
    second.post(f"{path}/compare", base | {"picks-0": "0"})
    assert marks(session, event, "A01", "J1", "P") == {"A1": "48.5", "A2": "2"}
    desk = ledger_of(session, event)[0].body["desk"]
    assert desk["differences"] == [["A1", 1, ["48.5", "43.5"], "48.5"]]
    assert desk["settled_by"] == event.second.id


def mark_on_tablet(session, event, values, code="A01"):
    sheet = sheet_of(session, event, "J1", code, "P")
    keys = {MarkKey(aspect, 1): value for aspect, value in values.items()}
    operation = SheetOperation(f"tablet-{code}-{sheet.version}", sheet.ref, sheet.version, keys)
    assert services.save_marks(session, event, sheet, operation, MOMENT).outcome == "applied"
    session.commit()


def test_a_tablets_marks_are_a_conflict_never_overwritten_unseen(session, browser, make_event):
    event = make_event()
    mark_on_tablet(session, event, {"A1": "50"})
    path, page = path_of(session, event), browser(event.first)
    answer = key(page, path, **GOOD, alone=True)
    assert answer.location.endswith("/compare")
    assert marks(session, event, "A01", "J1", "P") == {"A1": "50"}
    page.get(f"{path}/compare")
    assert all(word in visible(page.page) for word in ("平板上已有本表的评分", "50", "48.5"))
    mark_on_tablet(session, event, {"A1": "51"})  # while the desk looks at it
    chosen = {"base": "1", "picks-0": "0", "picks-1": "0"}
    assert "内容有变化" in visible(page.post(f"{path}/compare", chosen, 422).text)
    page.post(f"{path}/compare", chosen | {"base": "2"})
    assert marks(session, event, "A01", "J1", "P") == {"A1": "48.5", "A2": "2"}
    desk = ledger_of(session, event)[-2].body["desk"]
    assert desk["tablet"] is True
    assert ["A1", 1, ["48.5", "51"], "48.5"] in desk["differences"]


@POSTGRESQL_IN_DEEP
def test_wrong_values_are_told_at_their_boxes_and_nothing_is_kept(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    answer = key(page, path_of(session, event), 422, **{"values-0": "60.3", "values-1": "-1"})
    told = visible(answer.text)
    assert all(word in told for word in ("60.3", "-1"))
    assert 'value="60.3"' in answer.text
    assert session.query(Keying).count() == 0
    key(page, path_of(session, event), 422, **{"values-0": "", "values-1": ""})  # no mark at all


@POSTGRESQL_IN_DEEP
def test_an_incomplete_or_unsigned_paper_leaves_the_sheet_to_its_judge(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    key(page, path_of(session, event), **{"values-0": "48.5", "values-1": ""}, alone=True)
    key(page, path_of(session, event, "A02"), **GOOD, alone=True, signed=False)
    assert [state(session, event, code, "J1", "P") for code in ("A01", "A02")] == ["draft", "draft"]
    assert marks(session, event, "A02", "J1", "P") == {"A1": "48.5", "A2": "2"}


@POSTGRESQL_IN_DEEP
def test_a_signed_sheet_is_not_keyed_and_a_keying_is_put_away_with_a_reason(session, browser, make_event):
    event = make_event("standard")
    path, page = path_of(session, event), browser(event.first)
    key(page, path, **GOOD)
    assert "REASON" not in page.post(f"{path}/discard", {"reason": ""}, 422).text
    page.post(f"{path}/discard", {"reason": "录错了表"})
    session.expire_all()
    assert [(row.state, row.reason) for row in session.query(Keying)] == [("discarded", "录错了表")]
    session.rollback()
    key(page, path, **GOOD)
    key(browser(event.second), path, **GOOD)
    page.get(path)
    assert "此表已签名" in visible(page.page)
    assert "此表已签名" in visible(key(page, path, 422, **GOOD).text)


@POSTGRESQL_IN_DEEP
def test_a_sheet_is_found_by_code_and_judge(session, browser, make_event):
    event = make_event()
    page = browser(event.first)
    found = page.get(f"/events/{event.id}/desk/paper?code=a01&judge=j2&stage=P", 302)
    assert found.location == path_of(session, event, "A01", "J2")
    page.get(f"/events/{event.id}/desk/paper?code=A09&judge=J2&stage=P", 422)
    assert "没有 J2 对 A09 的评分表" in visible(page.page)


@POSTGRESQL_IN_DEEP
def test_what_is_not_settled_keeps_the_event_from_being_tabulated(session, browser, make_event):
    event = make_event("standard")
    key(browser(event.first), path_of(session, event), **GOOD)
    page = browser(event.organiser)
    page.get(f"/events/{event.id}/progress")
    assert "录分台还有 1 份" in visible(page.page)


def test_values_are_compared_as_numbers_and_blank_is_no_mark():
    one, two = MarkKey("A1", 1), MarkKey("A2", 1)
    cells = compare([{one: "9.50", two: "1"}, {one: "9.5"}], ["A1", "A2"])
    assert [(cell.key, cell.differs) for cell in cells] == [(one, False), (two, True)]
    assert changes({one: "9.5", two: "1"}, {one: "9.50", two: ""}) == {two: ""}

"""The titles of the Ankang Cup: who may apply, by score (EX-24), earlier titles, years in a row and quota."""

import pytest

from core import canonical
from scoring.schemes import offers
from scoring.sheets import decisions
from scoring.titles import queries, rules
from scoring.titles.queries import LIBRARY
from scoring.titles.rules import Candidate
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_activity_kind
from tests.factories.events import build_competition
from tests.factories.marking import build_event_with, build_organiser, entry_of, mark

MODEL, NATIONAL, PROVINCIAL = canonical.loads(LIBRARY.read_text(encoding="utf-8"))["rules"][:3]
PROVINCE, COUNTRY = ("ankang_unit", "provincial"), ("ankang_unit", "national")


def unit(total, status="valid", province="山东", **held):
    """Return a unit; `province` and `country` are the years in which it held the title of each."""
    years = {PROVINCE: held.get("before", ()), COUNTRY: held.get("won", ())}
    return Candidate(total, total, province, status, total, {key: frozenset(y) for key, y in years.items()})


def faults(rule, *candidates):
    return {one.candidate.name: one.faults for one in rules.judged(rule, candidates, 2026)}


@pytest.mark.parametrize(
    ("total", "against"), [("95.50", ()), ("95.00", ()), ("94.99", ((rules.BELOW, 0),))]
)
def test_ex_24_the_title_of_the_province_begins_at_95_and_nothing_is_rounded_up_to_it(total, against):
    assert faults(PROVINCIAL, unit(total)) == {total: against}


def test_ex_24_95_50_is_not_enough_for_98_and_98_needs_an_earlier_title_of_the_province():
    found = faults(NATIONAL, unit("95.50", before=[2024]), unit("98.00"), unit("98.50", before=[2019]))
    assert found == {"98.50": (), "98.00": ((rules.EARLIER, 1),), "95.50": ((rules.BELOW, 0),)}


def test_ex_24_after_a_grave_accident_there_is_no_title_whatever_the_score():
    assert faults(PROVINCIAL, unit("100.00", "ineligible")) == {"100.00": ((rules.INELIGIBLE, 0),)}


@pytest.mark.parametrize(
    ("won", "against"),
    [
        (range(2022, 2027), ()),  # five, this year's among them
        (range(2021, 2026), ()),  # five, up to last year's
        ((2020, 2021, 2022, 2024, 2025), ((rules.YEARS, 5),)),  # five, but not in a row
        (range(2020, 2025), ((rules.YEARS, 5),)),  # a row that has ended
    ],
)
def test_a_model_unit_has_held_the_national_title_for_five_years_in_a_row(won, against):
    assert faults(MODEL, unit("100.00", won=won)) == {"100.00": against}


def test_the_quota_is_of_each_province_and_equals_across_its_border_wait_for_a_decision():
    rule = NATIONAL | {"quota": 2, "needs": None}
    found = faults(
        rule, unit("99.50"), unit("99.00"), unit("98.50"), unit("98.00", province="湖南"),
        *(unit(total, province="四川")._replace(name=name) for name, total in
          (("甲", "99.00"), ("乙", "98.50"), ("丙", "98.50"))),
    )  # fmt: skip
    assert found == {
        "99.50": (), "99.00": (), "98.50": ((rules.QUOTA, 2),), "98.00": (), "甲": (),
        "乙": ((rules.TIE, 2),), "丙": ((rules.TIE, 2),),
    }  # fmt: skip


@pytest.fixture
def cup(app, session):
    """A safety cup of two units with 100.00 and 95.50 points."""
    competition = build_competition(session, kind=build_activity_kind(session, "SAFETY_CUP"))
    document = offers.LIBRARY.find_document("safety-cup")
    event = build_event_with(
        session, document, ["甲厂", "乙厂"], competition=competition, entry_kind="unit", trade=None
    )
    full = {"A1": "10", "A2": "15", "B1": "15", "B2": "10", "C1": "15", "C2": "15", "D1": "10", "D2": "10"}
    mark(session, event, "J1", "A01", "K", full)
    mark(session, event, "J1", "A02", "K", full | {"B2": "9", "C1": "14", "C2": "14.5", "D1": "9", "D2": "9"})
    session.commit()
    return event


@POSTGRESQL_IN_DEEP
def test_the_page_says_for_each_title_what_stands_against_a_unit_and_keeps_what_is_asked(
    session, browser, cup
):
    organiser, path = build_organiser(session, cup), f"/events/{cup.id}/results/titles/"
    session.commit()
    office = browser(organiser)
    office.get(path)
    text = visible(office.page)
    assert "甲厂" in text
    assert "不足98分" in text.replace(" ", "")
    office.post(path, {"version": "0", "threshold-2": "九十", "quota-1": "-1"}, 422)
    assert 'value="九十"' in office.page
    office.post(path, {"version": "first"}, 422)  # no version at all is not that of the library
    limits = {"version": "0", "threshold-2": "96", "quota-2": "1"}
    office.post(path, limits)
    kept, _version = queries.document_of(session, cup.id)
    assert [rule["threshold"] for rule in kept["rules"]] == ["100", "98", "96", "98", "95", None]
    office.get(path)
    assert "不足96分" in visible(office.page).replace(" ", "")
    office.post(path, limits, 422)  # opened before the last saving
    assert "他人" in visible(office.page)


@POSTGRESQL_IN_DEEP
def test_the_award_claims_no_title_that_the_page_of_titles_denies(session, browser, cup):
    """甲厂 has 100.00 and no provincial title: a winning unit by its points, and no national one."""
    organiser = build_organiser(session, cup)
    session.commit()
    office = browser(organiser)
    office.get(f"/events/{cup.id}/results")
    text = visible(office.page)
    assert "1 A01 甲厂" in text.replace("▸ ", "")
    assert "全国" not in text
    assert "奖项只看得分" in text


@POSTGRESQL_IN_DEEP
def test_while_units_are_not_assessed_a_veto_comes_after_them_and_nobody_has_won(session, browser):
    competition = build_competition(session, kind=build_activity_kind(session, "SAFETY_CUP"))
    event = build_event_with(
        session, offers.LIBRARY.find_document("safety-cup"), ["甲厂", "乙厂", "丙厂"],
        competition=competition, entry_kind="unit", trade=None,
    )  # fmt: skip
    full = {"A1": "10", "A2": "15", "B1": "15", "B2": "10", "C1": "15", "C2": "15", "D1": "10", "D2": "10"}
    for code in ("A01", "A02"):
        mark(session, event, "J1", code, "K", full)
    vetoed = entry_of(session, event, "A01")
    veto = decisions.Veto(MOMENT.date(), "演示应急管理局")
    act = decisions.Act("op-veto-1", None, "重大事故", MOMENT)
    decisions.set_status(session, event, vetoed, "ineligible", act, veto=veto)
    organiser = build_organiser(session, event)
    session.commit()
    office = browser(organiser)
    for path in ("results", "periods/"):
        office.get(f"/events/{event.id}/{path}")
        rows = office.page.partition("<tbody")[2].partition("</tbody>")[0]
        assert sorted("乙丙甲", key=rows.index) == ["乙", "丙", "甲"], path
    office.get(f"/events/{event.id}/results")
    assert "95 以上 – –" in visible(office.page)


@POSTGRESQL_IN_DEEP
def test_another_kind_of_contest_has_no_titles(session, browser):
    event = build_event_with(session, offers.LIBRARY.find_document("safety-cup"), ["甲"], entry_kind="unit")
    organiser, other = build_organiser(session, event), build_user(session)
    session.commit()
    office, stranger = browser(organiser), browser(other)
    office.get(f"/events/{event.id}/results/titles/", 404)
    office.post(f"/events/{event.id}/results/titles/", {"version": "0"}, 404)
    stranger.get(f"/events/{event.id}/results/titles/", 403)

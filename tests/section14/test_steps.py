"""Rows 8 and 27 to 31: conflicts of interest, codes of trades and units, kinds, the field, the draw."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from competitions.catalogue.models import CatalogueEntry
from competitions.draw import queries
from competitions.draw.models import EntryCode
from competitions.events.models import Event
from tests.events.test_forms import event_form
from tests.factories.accounts import build_user
from tests.factories.catalogue import build_activity_kind, build_entry, build_trade
from tests.factories.entries import build_entry as build_competitor
from tests.factories.events import build_competition, build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.factories.scoring import build_scheme
from tests.section14.conftest import text_of


def organiser_of(session, event):
    user = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    return user


def open_event(session, **settings):
    """Return an event that could close its registration but for one thing: two entries, a judge, a scheme."""
    event = build_event(session, "registration", **settings)
    build_scheme(session, event)
    for name in ("演示甲", "演示乙"):
        build_competitor(session, event, name)
    return event


def state_of(session, event):
    session.rollback()
    found = session.scalar(select(Event.state).where(Event.id == event.id))
    session.rollback()
    return found


def test_row_8_a_judge_of_an_entrants_own_unit(session, browser, sentence, stored):
    event = open_event(session)
    unit = build_unit(session, name="演示丙厂")
    build_competitor(session, event, "演示丙", unit=unit)
    judge = build_appointment(session, event, ["T", "P"], unit_id=unit.id, chief=True)
    page = browser(organiser_of(session, event))
    before, name = stored(), judge.user.name
    page.post(f"/events/{event.id}/steps/close_registration", status=409)
    shown = text_of(page)
    said = sentence("CONFLICT_OF_INTEREST", name=name, code="J1", why="@演示").partition("@")[0]
    assert said.strip() in shown
    assert "演示丙厂" in shown
    assert stored() == before
    assert state_of(session, event) == "registration"


@pytest.mark.parametrize(
    ("kind", "code", "refusal"),
    [
        ("trade", "6-18-1-1", "TRADE_CODE"),
        ("trade", "6-99-99-01", "TRADE_CODE"),  # no group that it could belong to
        ("gbt4754", "U", "INDUSTRY_CODE"),
        ("gbt4754", "C98", "INDUSTRY_CODE"),
        ("gbt4754", "C00", "INDUSTRY_CODE"),
    ],
)
def test_row_27_codes_of_trades_and_industries_that_cannot_be(
    session, browser, sentence, stored, kind, code, refusal
):
    build_entry(session, "trade_group", "6-18-02-00", code="6-18-02-00", name_zh="机械热加工人员")
    build_entry(session, "gbt4754", "C", code="C", name_zh="制造业")
    user = build_user(session, grants=[("admin", "site", 0)])
    session.commit()
    page, before = browser(user), stored()
    page.post(f"/catalogue/{kind}/new", {"name_zh": "演示条目", "code": code, "source": "演示文件"}, 422)
    assert sentence(refusal, code=code) in text_of(page)
    assert 'aria-describedby="code-error' in page.page or 'id="code-error"' in page.page
    assert stored() == before
    assert session.scalar(select(CatalogueEntry).filter_by(name_zh="演示条目")) is None
    session.rollback()


def test_row_28_a_trade_for_a_labour_project_and_none_for_a_skill_contest(session, browser, stored):
    trade = build_trade(session)
    project = build_competition(session, kind=build_activity_kind(session, "LABOUR_PROJECT"))
    unit_event = build_event(session, competition=project, trade=None, entry_kind="unit")
    skill = build_event(session, trade=trade)
    for event, given in ((unit_event, f"{trade.code} {trade.name_zh}"), (skill, "")):
        page = browser(organiser_of(session, event))
        before = stored()
        page.post(f"/events/{event.id}/edit", event_form(event, trade=given, venue="演示厅"), 422)
        assert 'id="trade-error"' in page.page
        assert stored() == before
        session.refresh(event)
        assert event.venue == ""
        session.rollback()


def test_row_29_a_credit_code_with_a_wrong_check_character(session, browser, sentence, stored):
    event = build_event(session)
    page = browser(organiser_of(session, event))
    before = stored()
    wrong = "91350100M000100Y44"  # Y43 is right
    union = event.competition.union_id
    form = {"name": "演示新厂", "credit_code": wrong, "union_id": union}
    page.post("/organisations/units/new", form, 422)
    assert sentence("UNIT_CODE", code=wrong) in text_of(page)
    assert 'id="credit_code-error"' in page.page
    assert stored() == before


def test_row_30_a_field_below_the_smallest_one_or_its_waiver(session, browser, sentence, stored):
    event = open_event(session, minimum_field=3)
    build_appointment(session, event, ["T", "P"], chief=True)
    page = browser(organiser_of(session, event))
    before, step = stored(), f"/events/{event.id}/steps/close_registration"
    page.post(step, status=409)
    assert sentence("MIN_FIELD", entries=2, minimum=3) in text_of(page)
    assert stored() == before
    page.post(f"/events/{event.id}/field-waiver", {"reason": ""}, 422)
    assert stored() == before
    page.post(f"/events/{event.id}/field-waiver", {"reason": "演示：仅两家单位"})
    page.post(step)
    assert state_of(session, event) == "ready"


def drawn_event(session, browser):
    """Return an event of two whose codes are drawn, and the page of who drew them."""
    event = build_event(session, "ready")
    for name in ("演示甲", "演示乙"):
        build_competitor(session, event, name)
    page = browser(organiser_of(session, event))
    page.post(f"/events/{event.id}/draw/")
    return event, page


def test_row_31_a_draw_is_made_once(session, browser, sentence, stored):
    event, page = drawn_event(session, browser)
    before = stored()
    page.post(f"/events/{event.id}/draw/", status=409)
    assert sentence("DRAW_DONE") in text_of(page)
    assert stored() == before


def test_row_31_a_code_is_given_once(session, browser, sentence, stored, monkeypatch):
    event, page = drawn_event(session, browser)
    twice = update(EntryCode).where(EntryCode.event_id == event.id).values(code="A01")
    with pytest.raises(IntegrityError):
        session.execute(twice)
    session.rollback()
    before, drawn = stored(), queries.list_drawn(session, event.id)
    session.rollback()
    monkeypatch.setattr(queries, "list_drawn", lambda *_asked: [row._replace(code="A01") for row in drawn])
    page.post(f"/events/{event.id}/draw/confirm", status=409)
    assert sentence("CODE_DUP", codes="A01") in text_of(page)
    assert stored() == before


def test_row_31_a_station_is_one_of_those_that_there_are(session, browser, sentence, stored):
    event, page = drawn_event(session, browser)
    session.execute(update(EntryCode).where(EntryCode.code == "A02").values(station=99))
    session.commit()
    before = stored()
    page.post(f"/events/{event.id}/draw/confirm", status=409)
    assert sentence("SEAT_RANGE", stations="99") in text_of(page)
    assert stored() == before

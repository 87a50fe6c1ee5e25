"""Rows 22 to 26: ID numbers, contradictions, ages, people twice, quotas, teams, the deadline."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from competitions.eligibility.rules import EntryRules
from competitions.eligibility.services import save_rules
from competitions.entries.models import Entry
from competitions.entries.rules import check_character
from competitions.organisations.models import Unit
from core import clock
from tests.entries.tables import id_number, workbook
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_region, build_trade
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.section14.conftest import text_of

HEADINGS = ("姓名", "单位", "身份证号", "性别", "出生日期")
TEAM = ("队名", "姓名", "单位", "身份证号")
UNIT = "演示甲厂"
TODAY = datetime(2026, 3, 2, 1, tzinfo=UTC)


@pytest.fixture
def event(session, monkeypatch):
    """An event that is open for the unit 演示甲厂, with its organiser, on the second of March 2026."""
    monkeypatch.setattr(clock, "now", lambda: TODAY)
    return open_event(session)


def open_event(session, **settings):
    event = build_event(session, "registration", **settings)
    build_unit(session, name=UNIT)
    event.organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    return event


def rule(session, event, **rules):
    save_rules(session, event, EntryRules(**rules), actor_id=None, now=MOMENT)
    session.commit()


def check(page, event, rows, headings=HEADINGS):
    """Upload a list and open its preview; return its address."""
    data = {"file": (io.BytesIO(workbook(rows, headings)), "名单.xlsx")}
    path = f"/events/{event.id}/entries/import"
    preview = page.post(path, data, content_type="multipart/form-data").location
    page.get(preview)
    return preview


def numbered(born, sequence=1):
    return id_number(sequence, born)


def sound(body):
    return body + check_character(body)


ROW_22 = (
    ("110105491231002", "ID_LENGTH", {"length": 15}),
    ("110105194912310021", "ID_CHECKSUM", {}),
    ("110105199902300015", "ID_DATE", {}),
)


@pytest.mark.parametrize(("number", "code", "params"), ROW_22, ids=[code for _no, code, _more in ROW_22])
def test_row_22_an_id_number_that_cannot_be(browser, event, sentence, stored, number, code, params):
    page, before = browser(event.organiser), stored()
    preview = check(page, event, [("演示张三", UNIT, number, "", "")])
    shown = text_of(page)
    assert f"2 C 身份证号 {number[:3]}" in shown
    assert sentence(code, **params) in shown
    assert number not in shown
    page.post(preview, status=422)
    assert stored() == before
    page.post(f"/events/{event.id}/entries/new", form("演示张三", number), 422)
    assert sentence(code, **params) in text_of(page)
    assert stored() == before


def test_row_22_an_unknown_region_is_a_warning_alone(session, browser, event, sentence):
    build_region(session)
    session.commit()
    page = browser(event.organiser)
    preview = check(page, event, [("演示张三", UNIT, sound("99010219850110001"), "", "")])
    assert sentence("ID_REGION", region="99") in text_of(page)
    page.post(preview)
    assert entered(session) == ["演示张三"]


@pytest.mark.parametrize(("beside", "of"), [(("女", ""), "sex"), (("", "1985-01-11"), "birth")])
def test_row_23_sex_or_birth_date_beside_the_number(browser, event, sentence, stored, beside, of):
    page, before = browser(event.organiser), stored()
    preview = check(page, event, [("演示张三", UNIT, id_number(1), *beside)])
    assert sentence("ID_MISMATCH", of=of) in text_of(page)
    page.post(preview, status=422)
    assert stored() == before


AGES = (
    # (rules, birth date, what is told); ages count on the first of May, the first day of the competition
    ({"age_least": 18}, "20080502", {"age": 17, "day": date(2026, 5, 1), "least": 18, "most": None}),
    ({"age_most": 50}, "19750430", {"age": 51, "day": date(2026, 5, 1), "least": None, "most": 50}),
    # A man of 1960 was sixty before the ages of retirement began to rise.
    ({"not_retired": True}, "19600101", {"retires": date(2020, 1, 1), "day": date(2026, 5, 1)}),
)


@pytest.mark.parametrize(("rules", "born", "params"), AGES, ids=["young", "old", "retired"])
def test_row_24_an_age_outside_the_rule(session, browser, event, sentence, stored, rules, born, params):
    rule(session, event, **rules)
    page, before = browser(event.organiser), stored()
    preview = check(page, event, [("演示张三", UNIT, numbered(born), "", "")])
    shown = text_of(page)
    assert "2 C 身份证号" in shown
    assert sentence("AGE_OUT_OF_RANGE", **params) in shown
    page.post(preview, status=422)
    page.post(f"/events/{event.id}/entries/new", form("演示张三", numbered(born)), 422)
    assert sentence("AGE_OUT_OF_RANGE", **params) in text_of(page)
    assert stored() == before


def test_row_25_the_same_person_twice_in_one_event(session, browser, event, sentence, stored):
    page = browser(event.organiser)
    path = f"/events/{event.id}/entries/new"
    page.post(path, form("演示张三", id_number(1)))
    before = stored()
    page.post(path, form("演示张三", id_number(1)), 422)
    assert sentence("DUPLICATE_ENTRY", number=1) in text_of(page)
    rows = [("演示李四", UNIT, id_number(2), "", ""), ("演示李四", UNIT, id_number(2), "", "")]
    preview = check(page, event, rows)
    assert "3 A 姓名" in text_of(page)
    assert sentence("DUPLICATE_IN_FILE", other=2) in text_of(page)
    page.post(preview, status=422)
    assert stored() == before


def test_row_25_two_trades_where_one_is_allowed(session, browser, event, sentence, stored):
    trade = build_trade(session, "6-31-01-03", "电工")
    other = build_event(session, "registration", competition=event.competition, trade=trade, name="演示电工")
    rule(session, event, one_event=True)
    page = browser(event.organiser)
    page.post(f"/events/{other.id}/entries/new", form("演示张三", id_number(1)))
    before = stored()
    preview = check(page, event, [("演示张三", UNIT, id_number(1), "", "")])
    assert sentence("DUPLICATE_ENTRY", number=1, event="演示电工") in text_of(page)
    page.post(preview, status=422)
    assert stored() == before


def test_row_25_one_person_in_two_teams(session, browser, event, sentence, stored):
    event.entry_kind = "team"
    session.commit()
    page = browser(event.organiser)
    first = [("演示一队", f"演示队员{n}", UNIT, id_number(n)) for n in (1, 2)]
    page.post(check(page, event, first, TEAM))
    before = stored()
    second = [("演示二队", "演示队员2", UNIT, id_number(2)), ("演示二队", "演示队员3", UNIT, id_number(3))]
    preview = check(page, event, second, TEAM)
    page.get(f"{preview}?group=double")
    assert sentence("DUPLICATE_ENTRY", number=1) in text_of(page)
    page.post(preview, status=422)
    assert stored() == before


def test_row_26_a_unit_over_its_quota(session, browser, event, sentence, stored):
    rule(session, event, unit_quota=1)
    page = browser(event.organiser)
    path = f"/events/{event.id}/entries/new"
    page.post(path, form("演示张三", id_number(1)))
    before = stored()
    page.post(path, form("演示李四", id_number(2)), 422)
    assert sentence("UNIT_QUOTA", places=1) in text_of(page)
    preview = check(page, event, [("演示王五", UNIT, id_number(3), "", "")])
    assert "2 B 单位" in text_of(page)
    assert sentence("UNIT_QUOTA", places=1) in text_of(page)
    page.post(preview, status=422)
    assert stored() == before


def test_row_26_a_team_of_the_wrong_size(session, browser, event, sentence, stored):
    event.entry_kind = "team"
    session.commit()
    rule(session, event, team_least=3, team_most=4)
    page, before = browser(event.organiser), stored()
    preview = check(page, event, [("演示一队", f"演示队员{n}", UNIT, id_number(n)) for n in (1, 2)], TEAM)
    assert "2 A 队名 演示一队" in text_of(page)
    assert sentence("TEAM_SIZE", members=2, least=3, most=4) in text_of(page)
    page.post(preview, status=422)
    assert stored() == before


def test_row_26_registration_after_the_deadline_by_the_time_of_shanghai(
    session, browser, event, sentence, stored, monkeypatch
):
    # The end of the second of March in Shanghai is four in the afternoon in Greenwich.
    closes = datetime(2026, 3, 2, 16, tzinfo=UTC)
    rule(session, event, closes_at=closes)
    unit = session.scalar(select(Unit.id).where(Unit.name == UNIT))
    registrar = build_user(session, grants=[("registrar", "unit", unit)])
    session.commit()
    monkeypatch.setattr(clock, "now", lambda: closes - timedelta(seconds=1))
    page, path = browser(registrar), f"/events/{event.id}/entries/new"
    page.post(path, form("演示张三", id_number(1)))
    before = stored()
    monkeypatch.setattr(clock, "now", lambda: closes)
    page.post(path, form("演示李四", id_number(2)), 409)
    said = sentence("REG_CLOSED", closed=closes)
    assert said in text_of(page)
    assert "3月3日 00:00" in said
    assert stored() == before


def form(name, number):
    """Return what the form for one person sends."""
    return {"unit": UNIT, "people-0-name": name, "people-0-id_number": number}


def entered(session):
    session.rollback()
    names = list(session.scalars(select(Entry.name).order_by(Entry.number)))
    session.rollback()
    return names

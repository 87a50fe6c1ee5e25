"""The page of the rules of entry: sentences for everybody, a form for the organiser until the closing."""

import pytest

from competitions.eligibility.queries import quotas_of, rules_of
from competitions.eligibility.rules import SKILL_LEVELS, EntryRules
from competitions.events.models import Event
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.eligibility import build_rules
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

SAID = {
    "closes_at": "2026-09-30T18:00", "age_least": "16", "not_retired": "y", "women": "worker",
    "unit_quota": "3", "level_least": "高级工", "one_event": "y", "winners_back": "3",
    "winners_awards": "一等奖\n二等奖",
    "review": ["unit_union", "municipal"],
}  # fmt: skip
USUAL = {"women": "cadre", "level_least": ""}


@pytest.fixture
def place(session):
    class Place:
        event = build_event(session, "registration")
        unit = build_unit(session, name="演示甲厂")
        organiser = build_user(session, grants=[("organiser", "event", event.id)])
        registrar = build_user(session, grants=[("registrar", "unit", unit.id)])
        judge = build_user(session, grants=[("judge", "event", event.id)])
        path = f"/events/{event.id}/entry-rules/"

    session.commit()
    return Place


def settled(session, place):
    session.rollback()
    session.expire_all()
    found = rules_of(session, session.get(Event, place.event.id))
    session.rollback()
    return found


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "1999-12-31T23:59", "2101-01-01T00:00"])
def test_a_moment_in_a_year_that_can_only_be_a_slip_is_refused_at_its_field(browser, place, moment):
    page = browser(place.organiser)
    for field in ("opens_at", "closes_at"):
        page.post(f"{place.path}edit", USUAL | {field: moment}, status=422)
        assert "年份须在 2000 至 2100 之间" in visible(page.page)


def test_the_organiser_says_the_rules_and_registrars_read_them_in_sentences(session, browser, place):
    page = browser(place.organiser)
    page.post(f"{place.path}edit", SAID)
    for path in (place.path, f"/events/{place.event.id}/entries/"):
        shown = visible(browser(place.registrar).get(path).text)
        for sentence in (
            "2026年9月30日 18:00 截止", "16 周岁至法定退休年龄", "每单位限报 3 人", "技能等级高级工及以上",
            "竞赛内每人限报一个赛项", "前 3 年获一等奖、二等奖者不再报名",
            "审核：单位工会 → 市级工会 → 主办方",
        ):  # fmt: skip
            assert sentence in shown, (path, sentence)
    assert settled(session, place).review == ("unit_union", "municipal", "organiser")
    assert 'value="2026-09-30T18:00"' in page.get(f"{place.path}edit").text


def test_an_empty_form_asks_for_nothing(session, browser, place):
    build_rules(session, place.event, age_least=16, unit_quota=2)
    session.commit()
    browser(place.organiser).post(f"{place.path}edit", USUAL)
    assert settled(session, place) == EntryRules()


def test_what_makes_no_sense_comes_back_at_its_field_with_what_was_typed(session, browser, place):
    page = browser(place.organiser)
    wrong = {"age_least": "４０", "age_most": "30", "closes_at": "2026-02-30 18:00", "unit_quota": "viele"}
    page.post(f"{place.path}edit", USUAL | wrong, status=422)
    shown = visible(page.page)
    assert "请填写存在的日期和时间" in shown
    assert "viele" in page.page
    page.post(f"{place.path}edit", USUAL | {"age_least": "40", "age_most": "30"}, status=422)
    assert "最大年龄小于最小年龄" in visible(page.page)
    page.post(f"{place.path}edit", USUAL | {"review": ["everybody"]}, status=422)
    assert settled(session, place) == EntryRules()


def test_single_units_have_their_own_places(session, browser, place):
    page = browser(place.organiser)
    page.post(f"{place.path}quota", {"unit": "演示甲厂", "places": "5"})
    assert quotas_of(session, place.event.id) == {place.unit.id: 5}
    session.rollback()
    assert "演示甲厂 5" in visible(page.get(place.path).text)
    page.post(f"{place.path}quota", {"unit": "没有的厂", "places": "5"}, status=422)
    page.post(f"{place.path}quota", {"unit": "演示甲厂", "places": "-1"}, status=422)
    page.post(f"{place.path}quota/{place.unit.id}/drop")
    assert quotas_of(session, place.event.id) == {}


def test_the_rules_are_read_and_no_longer_changed_after_the_closing(session, browser, place):
    place.event.state = "ready"
    build_entry(session, place.event, unit=place.unit)
    session.commit()
    page = browser(place.organiser)
    assert "报名条件不再改动" in visible(page.get(place.path).text)
    page.post(f"{place.path}edit", USUAL | {"age_least": "20"}, status=422)
    assert "请先重新开放报名" in visible(page.page)


def test_a_registrar_and_a_judge_change_no_rule(browser, place):
    browser(place.registrar).get(f"{place.path}edit", 403)
    browser(place.registrar).post(f"{place.path}edit", SAID, status=403)
    browser(place.judge).get(place.path, 403)


def test_an_english_reader_finds_no_chinese_name_of_a_level(session, browser, place):
    build_rules(session, place.event, level_least="高级工", levels=("高级工", "技师"))
    entry = build_entry(session, place.event, unit=place.unit, review="submitted")
    entry.members[0].person.skill_level = "中级工"
    session.commit()
    page = browser(place.organiser, locale="en")
    for path in (place.path, f"{place.path}edit", f"/events/{place.event.id}/entries/{entry.id}/edit"):
        shown = visible(page.get(path).text)
        assert [level for level in SKILL_LEVELS if level in shown] == []
        assert "Senior skilled worker" in shown
    assert "Intermediate skilled worker" in visible(
        page.get(f"/events/{place.event.id}/entries/{entry.id}").text
    )
    page.post(f"/events/{place.event.id}/entries/{entry.id}/approve?level=organiser", status=422)
    assert "The level “Intermediate skilled worker” is below Senior skilled worker." in visible(page.page)

"""The rules of entry as data, and whom they let in: borders by the day."""

from datetime import date, datetime

import pytest

from competitions.eligibility.rules import DEFAULT, LOCAL, EntryRules, RulesInvalid, parse, to_document
from competitions.eligibility.rules.checks import (
    Entrant,
    entrant_breaches,
    level_place,
    places_of,
    registration_breach,
)
from competitions.eligibility.rules.reviewing import Stop, next_stop, skipped_levels, stops_of
from core import canonical

DAY = date(2026, 9, 20)
SIX = "2026-09-30T18:00+08:00"
PATH = [(31, "grassroots"), (22, "municipal"), (10, "provincial"), (1, "national")]


def codes(rules, born=None, female=False, level="", day=DAY):
    found = entrant_breaches(rules, Entrant(born and date.fromisoformat(born), female, level), day)
    return [breach.code for breach in found]


def test_a_document_says_every_rule_and_is_read_back_as_it_was():
    rules = EntryRules(
        opens_at=datetime(2026, 9, 1, 8, 0, tzinfo=LOCAL),
        closes_at=datetime(2026, 9, 30, 18, 0, tzinfo=LOCAL),
        age_least=16, age_on=date(2026, 10, 1), not_retired=True, women="worker", level_least="高级工",
        levels=("高级工", "技师"), own_trade=True, trades=("6-31-01-03",), one_event=True,
        winners_back=3, winners_awards=("一等奖",), team_least=3, team_most=3, substitutes=1, unit_quota=3,
        review=("unit_union", "municipal", "organiser"),
    )  # fmt: skip
    document = to_document(rules)
    assert document["format"] == "entry/1"
    assert document["closes_at"] == "2026-09-30T18:00:00+08:00"
    assert parse(canonical.loads(canonical.dumps(document))) == rules
    assert parse({"format": "entry/1"}) == DEFAULT


@pytest.mark.parametrize(
    ("said", "code", "field"),
    [
        ({"format": "entry/2"}, "ENTRY_FORMAT", "format"),
        ({"age_min": 16}, "ENTRY_FIELD", "age_min"),
        ({"age_least": "16"}, "ENTRY_VALUE", "age_least"),
        ({"age_least": True}, "ENTRY_VALUE", "age_least"),
        ({"closes_at": "2026-09-30T18:00:00"}, "ENTRY_VALUE", "closes_at"),  # a moment without a zone
        ({"opens_at": SIX, "closes_at": SIX}, "ENTRY_TIMES", "closes_at"),
        ({"age_least": 13}, "ENTRY_RANGE", "age_least"),
        ({"age_least": 40, "age_most": 39}, "ENTRY_AGES", "age_most"),
        ({"level_least": "大师"}, "ENTRY_VALUE", "level_least"),
        ({"levels": ["大师"]}, "ENTRY_VALUE", "levels"),
        ({"own_trade": "焊工"}, "ENTRY_VALUE", "own_trade"),
        ({"trades": [""]}, "ENTRY_VALUE", "trades"),
        ({"trades": ["6-31-01-03"] * 31}, "ENTRY_VALUE", "trades"),
        ({"women": "all"}, "ENTRY_VALUE", "women"),
        ({"winners_back": 51}, "ENTRY_RANGE", "winners_back"),
        ({"winners_awards": [""]}, "ENTRY_VALUE", "winners_awards"),
        ({"team_least": 5, "team_most": 4}, "ENTRY_TEAM", "team_most"),
        ({"unit_quota": 0}, "ENTRY_RANGE", "unit_quota"),
        ({"substitutes": -1}, "ENTRY_RANGE", "substitutes"),
        ({"review": ["municipal"]}, "ENTRY_LEVELS", "review"),  # the organiser decides last
        ({"review": ["organiser", "municipal"]}, "ENTRY_LEVELS", "review"),
        ({"review": ["municipal", "municipal", "organiser"]}, "ENTRY_LEVELS", "review"),
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused_at_its_field(said, code, field):
    with pytest.raises(RulesInvalid) as caught:
        parse({"format": "entry/1"} | said)
    assert [(fault.code, fault.field) for fault in caught.value.faults] == [(code, field)]


def test_without_rules_everybody_may_enter():
    assert codes(DEFAULT, "1950-01-01") == []
    assert codes(DEFAULT) == []


@pytest.mark.parametrize(
    ("born", "refused"),
    [
        ("2010-09-20", []),  # 16 on the very day
        ("2010-09-21", ["AGE_OUT_OF_RANGE"]),  # 16 on the day after
        ("1985-09-21", []),  # still 40
        ("1985-09-20", ["AGE_OUT_OF_RANGE"]),  # 41 on the very day
    ],
)
def test_the_age_counts_on_the_day(born, refused):
    assert codes(EntryRules(age_least=16, age_most=40), born) == refused


def test_the_rules_can_name_the_day_on_which_the_age_counts():
    rules = EntryRules(age_least=16, age_on=date(2026, 1, 1))
    assert codes(rules, "2010-01-01") == []
    assert codes(rules, "2010-01-02") == ["AGE_OUT_OF_RANGE"]


def test_somebody_may_enter_up_to_the_day_before_retirement():
    rules = EntryRules(not_retired=True)
    # Born 1966-03-20: 14 months on, 4 months more: 2026-07-20.
    assert codes(rules, "1966-03-20", day=date(2026, 7, 19)) == []
    assert codes(rules, "1966-03-20", day=date(2026, 7, 20)) == ["AGE_OUT_OF_RANGE"]


def test_the_rules_choose_which_retirement_age_women_have():
    # Born 1975-03-15: a worker retires on 2025-05-15, a cadre on 2031-05-15 (62 months on: 16 months more).
    worker, cadre = (EntryRules(not_retired=True, women=kind) for kind in ("worker", "cadre"))
    assert codes(worker, "1975-03-15", female=True) == ["AGE_OUT_OF_RANGE"]
    assert codes(cadre, "1975-03-15", female=True) == []


def test_without_an_id_number_the_age_is_noted_and_not_refused():
    (breach,) = entrant_breaches(EntryRules(age_least=16), Entrant(), DAY)
    assert (breach.code, breach.note) == ("AGE_UNKNOWN", True)


@pytest.mark.parametrize(
    ("level", "refused"),
    [
        ("高级工", []),
        ("三级", []),
        ("三级/高级工", []),
        ("高级工（三级）", []),
        ("高级技师", []),
        ("中级工", ["SKILL_LEVEL"]),
        ("四级/中级工", ["SKILL_LEVEL"]),
        ("", ["SKILL_LEVEL_UNKNOWN"]),
        ("高级工程师", ["SKILL_LEVEL_UNKNOWN"]),  # a title, not a skill level
        ("三级/中级工", ["SKILL_LEVEL_UNKNOWN"]),  # says two levels
    ],
)
def test_the_skill_level_is_at_least_the_one_asked_for(level, refused):
    assert codes(EntryRules(level_least="高级工"), level=level) == refused


def test_only_the_levels_that_are_named_may_enter():
    rules = EntryRules(levels=("中级工", "高级工"))
    assert codes(rules, level="四级") == []
    assert codes(rules, level="技师") == ["SKILL_LEVEL"]
    assert level_place("") is None


def test_registration_is_open_up_to_the_closing_moment():
    closes = datetime(2026, 9, 30, 18, 0, tzinfo=LOCAL)
    rules = EntryRules(opens_at=datetime(2026, 9, 1, tzinfo=LOCAL), closes_at=closes)
    assert registration_breach(rules, datetime(2026, 9, 30, 17, 59, 59, tzinfo=LOCAL)) is None
    assert registration_breach(rules, closes).code == "REG_CLOSED"
    assert registration_breach(rules, datetime(2026, 8, 31, 23, 59, tzinfo=LOCAL)).code == "REG_CLOSED"
    assert registration_breach(DEFAULT, closes) is None


def test_a_unit_has_its_own_places_or_those_of_all():
    rules = EntryRules(unit_quota=3)
    assert places_of(rules, {7: 5, 8: 0}, 7) == 5
    assert places_of(rules, {7: 5, 8: 0}, 8) == 0
    assert places_of(rules, {7: 5}, 9) == 3
    assert places_of(DEFAULT, {}, 9) is None


def test_the_levels_are_decided_by_the_unions_above_the_unit():
    review = ("unit_union", "county", "municipal", "organiser")
    stops = stops_of(review, PATH)
    assert stops == [Stop("unit_union", 31), Stop("municipal", 22), Stop("organiser")]
    assert skipped_levels(review, stops) == ["county"]
    assert stops_of(review, []) == [Stop("organiser")]


def test_an_entry_goes_from_level_to_level_until_the_organiser_has_approved_it():
    stops = stops_of(("unit_union", "municipal", "organiser"), PATH)
    assert next_stop(stops, "unit_union") == Stop("municipal", 22)
    assert next_stop(stops, "municipal") == Stop("organiser")
    assert next_stop(stops, "organiser") is None
    assert next_stop(stops, "provincial") == Stop("unit_union", 31)  # a level that is no longer named

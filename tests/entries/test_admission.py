"""The rules of entry, held in the form, the dry run, the import, handing in and every approval.

DOMAIN.md section 14, rows 24 (AGE_OUT_OF_RANGE), 25 (DUPLICATE_ENTRY), 26 (UNIT_QUOTA, TEAM_SIZE,
REG_CLOSED) and 30 (MIN_FIELD).
"""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from competitions.eligibility import winners
from competitions.eligibility.rules import LOCAL, EntryRules
from competitions.eligibility.services import save_rules, set_quota
from competitions.eligibility.winners import Won
from competitions.entries import deciding, services
from competitions.entries.guards import field_is_large_enough
from competitions.entries.models import Entry, EntryDecision, EntryException
from competitions.entries.proposals import Choice, propose
from competitions.entries.services import NotEnterable, Source
from competitions.organisations.models import Unit
from core.audit.models import AuditRecord
from core.refusals import Refused
from scoring.results.winners import earlier_awards
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT
from tests.factories.eligibility import build_quota, build_rules
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_unit

SOURCE = Source("名单.xlsx", "0" * 64)
BY = {"actor_id": None, "now": MOMENT}
CLOSES = datetime(2026, 9, 30, 18, 0, tzinfo=LOCAL)
TEAM = ("group", "unit", "name")


@pytest.fixture
def event(session):
    """A contest of welders that begins on 20 May 2026 and is open for registration, and two units."""
    for name in ("演示甲厂", "演示乙厂"):
        build_unit(session, name=name)
    return build_event(session, "registration", starts_on=date(2026, 5, 20))


def person(number, born="19850110", unit="演示甲厂", level="", name=""):
    return (name or f"演示选手{number}", unit, id_number(number, born), "", level)


def found(session, event, *rows, fields=FIELDS, **settings):
    """Return (row, field, code) of what stands against a table, and of its notes."""
    proposal = propose(session, asked(event, **settings), table(*rows, fields=fields))
    return [(f.row, f.field, f.code) for f in proposal.errors], [f.code for f in proposal.notes]


def enter(session, event, *rows, fields=FIELDS, now=MOMENT, **settings):
    return services.add_entries(
        session, event, table(*rows, fields=fields), asked(event, **settings), actor_id=None, now=now
    )


def import_list(session, event, *rows, now=MOMENT, choice=services.ALL_OR_NOTHING):
    return services.import_entries(
        session, event, table(*rows), asked(event), SOURCE, actor_id=None, now=now, choice=choice
    )


def codes(caught):
    """Return the codes of what was refused; of entries that break rules, those of the rules."""
    return [refusal.params.get("fault", refusal).code for refusal in caught.value.refusals]


def numbers(session, event, review):
    statement = select(Entry.number).where(Entry.event_id == event.id, Entry.review == review)
    return list(session.scalars(statement.order_by(Entry.number)))


# ---------------------------------------------------------------- row 24


def test_row_24_the_age_counts_on_the_first_day_of_the_event(session, event):
    build_rules(session, event, age_least=16, age_most=40)
    rows = [person(1, "20100520"), person(2, "20100521"), person(3, "19850521"), person(4, "19850520")]
    errors, _notes = found(session, event, *rows)
    assert errors == [(3, "id_number", "AGE_OUT_OF_RANGE"), (5, "id_number", "AGE_OUT_OF_RANGE")]


def test_row_24_whoever_has_retired_on_that_day_is_refused(session, event):
    build_rules(session, event, not_retired=True)
    # Men of January 1966: 12 months on, 4 more: May 2026; of 20 January on the 20th, of 21 a day later.
    errors, _notes = found(session, event, person(1, "19660120"), person(3, "19660121"))
    assert errors == [(2, "id_number", "AGE_OUT_OF_RANGE")]


def test_an_age_that_nobody_has_is_told_once(session, event):
    build_rules(session, event, age_most=60)
    errors, _notes = found(session, event, ("李七", "演示甲厂", "370101190102039973"))
    assert errors == [(2, "id_number", "AGE_OUT_OF_RANGE")]


def test_without_an_id_number_the_age_is_noted_and_not_refused(session, event):
    build_rules(session, event, age_least=16)
    errors, notes = found(session, event, ("John Smith", "演示甲厂", ""))
    assert (errors, notes) == ([], ["AGE_UNKNOWN"])


def test_the_kept_id_number_answers_where_none_is_typed(session, event):
    other = build_event(session, "registration")
    enter(session, other, person(1, "20110101"))
    build_rules(session, event, age_least=16)
    errors, _notes = found(session, event, ("演示选手1", "演示甲厂", ""))
    assert errors == [(2, "id_number", "AGE_OUT_OF_RANGE")]


def test_the_skill_level_is_looked_at_in_the_row_or_as_it_is_recorded(session, event):
    build_rules(session, event, level_least="高级工")
    rows = [person(1, level="三级/高级工"), person(2, level="中级工"), person(3)]
    errors, _notes = found(session, event, *rows)
    assert errors == [(3, "skill_level", "SKILL_LEVEL"), (4, "skill_level", "SKILL_LEVEL_UNKNOWN")]


# ---------------------------------------------------------------- row 25


def test_row_25_nobody_is_entered_in_two_events_where_one_is_allowed(session, event):
    other = build_event(session, "registration", competition=event.competition)
    elsewhere = build_event(session, "registration")
    enter(session, other, person(1))
    enter(session, elsewhere, person(2))
    assert found(session, event, person(1)) == ([], [])
    build_rules(session, event, one_event=True)
    errors, _notes = found(session, event, person(1), person(2))
    assert errors == [(2, "name", "DUPLICATE_ENTRY")]


def test_row_25_the_other_event_may_be_the_one_that_allows_only_one(session, event):
    other = build_event(session, "registration", competition=event.competition)
    enter(session, other, person(1))
    build_rules(session, other, one_event=True)
    assert found(session, event, person(1))[0] == [(2, "name", "DUPLICATE_ENTRY")]
    (entry,) = session.scalars(select(Entry).where(Entry.event_id == other.id))
    services.withdraw_entry(session, other, entry.id, "改报", **BY)
    assert found(session, event, person(1)) == ([], [])


def test_winners_of_earlier_years_are_refused_by_the_award(session, event, monkeypatch):
    enter(session, build_event(session, "registration"), person(1), person(2))

    def won(_session, _event, people, first, last):
        assert (first, last) == (2024, 2025)
        awards = [Won("一等奖", 2024, "焊工")], [Won("三等奖", 2025, "焊工")]
        return dict(zip(sorted(people), awards, strict=True))

    monkeypatch.setattr(winners, "_sources", {"test": won})
    build_rules(session, event, winners_back=2, winners_awards=("一等奖", "二等奖"))
    assert found(session, event, person(1), person(2))[0] == [(2, "name", "PREVIOUS_WINNER")]
    build_rules(session, event, winners_back=2)
    errors, _notes = found(session, event, person(1), person(2))
    assert [code for _row, _field, code in errors] == ["PREVIOUS_WINNER"] * 2


def test_nobody_has_won_where_no_result_is_final(session, event):
    before = build_event(session, "scoring", competition=build_competition(session, year=2025))
    entry = build_entry(session, before)
    assert earlier_awards(session, event, [entry.members[0].person_id], 2024, 2025) == {}


# ---------------------------------------------------------------- row 26


def test_row_26_a_unit_over_its_quota_is_refused_row_by_row(session, event):
    build_rules(session, event, unit_quota=2)
    rows = [person(1), person(2), person(3), person(4, unit="演示乙厂")]
    errors, _notes = found(session, event, *rows)
    assert errors == [(4, "unit", "UNIT_QUOTA")]
    enter(session, event, *rows[:2])
    assert found(session, event, person(5))[0] == [(2, "unit", "UNIT_QUOTA")]


def test_row_26_a_unit_can_have_its_own_quota(session, event):
    build_rules(session, event, unit_quota=1)
    names = {unit.name: unit for unit in session.scalars(select(Unit))}
    build_quota(session, event, names["演示甲厂"], 2)
    build_quota(session, event, names["演示乙厂"], 0)
    rows = [person(1), person(2), person(3), person(4, unit="演示乙厂")]
    assert found(session, event, *rows)[0] == [(4, "unit", "UNIT_QUOTA"), (5, "unit", "UNIT_QUOTA")]


def test_wrong_rows_take_no_place_from_right_ones(session, event):
    build_rules(session, event, unit_quota=1)
    wrong = ("演示选手9", "演示甲厂", "110105194912310021")
    errors, _notes = found(session, event, wrong, person(1))
    assert errors == [(2, "unit", "UNIT_QUOTA"), (2, "id_number", "ID_CHECKSUM")]
    batch = import_list(session, event, wrong, person(1), choice=Choice(only_right=True))
    assert (batch.entries, batch.left_out) == (1, 1)


def test_a_withdrawn_entry_gives_its_place_back_and_a_draft_takes_none(session, event):
    build_rules(session, event, unit_quota=1)
    (first,) = enter(session, event, person(1))
    enter(session, event, person(2), draft=True)
    assert found(session, event, person(3))[0] == [(2, "unit", "UNIT_QUOTA")]
    services.withdraw_entry(session, event, first, "出差", **BY)
    assert found(session, event, person(3)) == ([], [])


def test_the_quota_is_held_at_the_approval_too(session, event):
    enter(session, event, person(1), person(2), person(3))
    build_rules(session, event, unit_quota=2)
    decided = deciding.approve_all(session, event, deciding.AS_ORGANISER, **BY)
    assert (decided.approved, decided.left) == (2, (3,))
    (third,) = session.scalars(select(Entry.id).where(Entry.number == 3))
    with pytest.raises(Refused) as caught:
        deciding.decide_entry(session, event, third, "approve", "", **BY)
    assert codes(caught) == ["UNIT_QUOTA"]


def test_row_26_a_team_of_the_wrong_size_is_refused(session):
    build_unit(session, name="演示甲厂")
    event = build_event(session, "registration", entry_kind="team")
    build_rules(session, event, team_least=3, team_most=3)
    two = [("一队", "演示甲厂", name) for name in ("演示甲", "演示乙")]
    assert found(session, event, *two, fields=TEAM)[0] == [(2, "group", "TEAM_SIZE")]
    assert found(session, event, *two, ("一队", "演示甲厂", "演示丙"), fields=TEAM) == ([], [])


@pytest.mark.parametrize("door", [enter, import_list])
def test_row_26_registration_is_closed_from_the_hour_on(session, event, door):
    build_rules(session, event, closes_at=CLOSES)
    door(session, event, person(1), now=CLOSES - timedelta(seconds=1))
    with pytest.raises(Refused) as caught:
        door(session, event, person(2), now=CLOSES)
    assert codes(caught) == ["REG_CLOSED"]
    build_rules(session, event, closes_at=CLOSES + timedelta(days=1))  # the organiser extends it
    door(session, event, person(2), now=CLOSES)


def test_row_26_nobody_is_entered_before_the_opening(session, event):
    build_rules(session, event, opens_at=CLOSES)
    with pytest.raises(Refused) as caught:
        enter(session, event, person(1))
    assert codes(caught) == ["REG_CLOSED"]


def test_a_unit_changes_nothing_after_the_closing_but_what_was_returned(session, event):
    first, second = enter(session, event, person(1), person(2))
    build_rules(session, event, closes_at=CLOSES)
    deciding.decide_entry(session, event, second, "return", "缺照片", **BY)

    def change(entry_id, row):
        services.change_entry(
            session, event, entry_id, table(row), asked(event, ignoring=entry_id), resubmit=True,
            revision=session.get(Entry, entry_id).revision, actor_id=None, now=CLOSES,
        )  # fmt: skip

    with pytest.raises(Refused) as caught:
        change(first, person(1, name="演示改名"))
    assert codes(caught) == ["REG_CLOSED"]
    change(second, person(2, name="演示改名"))
    assert numbers(session, event, "submitted") == [1, 2]
    # Reviewing goes on.
    deciding.decide_entry(session, event, first, "approve", "", actor_id=None, now=CLOSES)


def test_row_30_a_field_below_the_minimum_blocks_the_closing(session, event):
    event.minimum_field = 2
    build_entry(session, event)
    assert [refusal.code for refusal in field_is_large_enough(session, event, MOMENT)] == ["MIN_FIELD"]
    build_entry(session, event)
    assert field_is_large_enough(session, event, MOMENT) == []


# ---------------------------------------------------------------- drafts and exceptions


def test_a_draft_may_break_the_rules_until_it_is_handed_in(session, event):
    build_rules(session, event, age_least=50, unit_quota=1)
    first, second = enter(session, event, person(1), person(2, "19600101"), draft=True)
    assert numbers(session, event, "draft") == [1, 2]
    submitted = deciding.submit_entries(session, event, [first, second], **BY)
    assert [entry.id for entry in submitted.entries] == [second]
    left = [(one.row, one.breach.code) for one in submitted.left]
    assert sorted(left) == [(1, "AGE_OUT_OF_RANGE"), (1, "UNIT_QUOTA")]
    assert (numbers(session, event, "draft"), numbers(session, event, "submitted")) == ([1], [2])


def test_a_draft_is_not_handed_in_after_the_closing(session, event):
    drafts = enter(session, event, person(1), draft=True)
    build_rules(session, event, closes_at=CLOSES)
    with pytest.raises(Refused) as caught:
        deciding.submit_entries(session, event, drafts, actor_id=None, now=CLOSES)
    assert codes(caught) == ["REG_CLOSED"]


def test_a_draft_is_not_decided_and_holds_its_people(session, event):
    (draft,) = enter(session, event, person(1), draft=True)
    assert found(session, event, person(1))[0] == [(2, "name", "DUPLICATE_ENTRY")]
    for decision in ("approve", "return", "reject"):
        with pytest.raises(Refused) as caught:
            deciding.decide_entry(session, event, draft, decision, "理由", **BY)
        assert codes(caught) == ["ENTRY_MOVED_ON"]


def test_the_organiser_admits_an_exception_with_its_reason(session, event):
    build_rules(session, event, age_least=50, unit_quota=1)
    enter(session, event, person(1, "19600101"))
    with pytest.raises(NotEnterable):
        enter(session, event, person(2))
    (entry_id,) = enter(session, event, person(2), exception="行业特邀")
    rows = session.scalars(select(EntryException).order_by(EntryException.code)).all()
    entry = session.get(Entry, entry_id)
    assert [(row.code, row.person_id, row.reason) for row in rows] == [
        ("AGE_OUT_OF_RANGE", entry.members[0].person_id, "行业特邀"),
        ("UNIT_QUOTA", None, "行业特邀"),
    ]
    (kept,) = session.scalars(select(AuditRecord).where(AuditRecord.action == "entry:exception"))
    assert kept.detail == {"codes": ["AGE_OUT_OF_RANGE", "UNIT_QUOTA"], "reason": "行业特邀"}
    deciding.decide_entry(session, event, entry_id, "approve", "", **BY)
    assert session.get(Entry, entry_id).review == "approved"


def test_no_exception_admits_somebody_twice_or_a_wrong_number(session, event):
    enter(session, event, person(1))
    of_1901 = ("李七", "演示甲厂", "370101190102039973")
    for row, code in ((person(1), "DUPLICATE_ENTRY"), (of_1901, "AGE_OUT_OF_RANGE")):
        with pytest.raises(NotEnterable) as caught:
            enter(session, event, row, exception="特邀")
        assert codes(caught) == [code]


def test_an_exception_is_of_the_person_and_not_of_whoever_comes_instead(session, event):
    build_rules(session, event, age_least=50)
    (entry_id,) = enter(session, event, person(1), exception="特邀")
    services.change_entry(
        session, event, entry_id, table((*person(1)[:3], "13812345678")), asked(event, ignoring=entry_id),
        revision=0, resubmit=True, **BY,
    )  # fmt: skip
    with pytest.raises(NotEnterable) as caught:
        services.change_entry(
            session, event, entry_id, table(person(7, name="演示别人")), asked(event, ignoring=entry_id),
            revision=1, resubmit=True, **BY,
        )  # fmt: skip
    assert codes(caught) == ["AGE_OUT_OF_RANGE"]


# ---------------------------------------------------------------- the rules themselves


def test_the_rules_are_frozen_once_registration_has_closed(session, event):
    save_rules(session, event, EntryRules(age_least=16), **BY)
    event.state = "ready"
    unit = session.scalars(select(Unit)).first()
    for act in (
        lambda: save_rules(session, event, EntryRules(age_least=18), **BY),
        lambda: set_quota(session, event, unit.id, 3, **BY),
    ):
        with pytest.raises(Refused) as caught:
            act()
        assert codes(caught) == ["ENTRY_RULES_FROZEN"]


def test_rules_that_make_no_sense_are_refused_at_their_fields(session, event):
    with pytest.raises(Refused) as caught:
        save_rules(session, event, EntryRules(age_least=40, age_most=30, team_least=5, team_most=2), **BY)
    assert [(one.code, one.where) for one in caught.value.refusals] == [
        ("ENTRY_AGES", "age_most"), ("ENTRY_TEAM", "team_most"),
    ]  # fmt: skip


def test_removing_an_entry_takes_its_history_and_exceptions_along(session, event):
    build_rules(session, event, age_least=50)
    (entry_id,) = enter(session, event, person(1), exception="特邀")
    deciding.decide_entry(session, event, entry_id, "return", "缺材料", **BY)
    services.remove_entry(session, event, entry_id, "误登记", **BY)
    assert session.scalars(select(EntryDecision)).all() == session.scalars(select(EntryException)).all() == []

"""A list may name entries that stand already: what it says anew is shown with the old value, and applied."""

import pytest
from sqlalchemy import select

from competitions.entries import deciding, identity, services
from competitions.entries.models import Entry, Person
from competitions.entries.proposals import Choice, propose
from competitions.entries.rules import mask_id, mask_phone
from competitions.entries.services import NotEnterable, Source
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

NUMBERED = ("number", *FIELDS)
TEAM = ("number", "group", "unit", "name")
SOURCE = Source("名单.xlsx", "0" * 64)
EVERYTHING = Choice()
ZHANG = ("张三", "演示甲厂", id_number(1), "13800000000", "高级工")
LI = ("李四", "演示甲厂", id_number(2), "13900000000", "技师")


@pytest.fixture
def event(session):
    """A contest with 张三 (No. 1) and 李四 (No. 2) of 演示甲厂; there is 演示乙厂, too."""
    build_unit(session, name="演示甲厂")
    build_unit(session, name="演示乙厂")
    event = build_event(session, "registration")
    services.add_entries(session, event, table(ZHANG, LI), asked(event), actor_id=None, now=MOMENT)
    return event


@pytest.fixture
def team_event(session):
    """A contest with the team 一队 of 张三, 李四, 王五 (No. 1)."""
    build_unit(session, name="演示甲厂")
    event = build_event(session, "registration", entry_kind="team")
    rows = [("一队", "演示甲厂", name) for name in ("张三", "李四", "王五")]
    services.add_entries(
        session, event, table(*rows, fields=TEAM[1:]), asked(event), actor_id=None, now=MOMENT
    )
    return event


def proposed(session, event, *rows, fields=NUMBERED, **settings):
    return propose(session, asked(event, updating=True, **settings), table(*rows, fields=fields))


def changes(proposal):
    return [(c.row, c.field, c.old, c.new) for entry in proposal.entries for c in entry.changes]


def codes(proposal):
    return [(finding.row, finding.field, finding.code) for finding in proposal.errors]


def bring(session, event, *rows, fields=NUMBERED, choice=EVERYTHING, **settings):
    return services.import_entries(
        session, event, table(*rows, fields=fields), asked(event, updating=True), SOURCE, actor_id=None,
        now=MOMENT, choice=choice, **settings,
    )  # fmt: skip


def masked(number, row):
    return (number, row[0], row[1], mask_id(row[2]), mask_phone(row[3]), row[4])


def test_an_export_with_its_masked_numbers_changes_nothing(session, event):
    proposal = proposed(session, event, masked("1", ZHANG), masked("2", LI))
    assert proposal.groups == {2: "same", 3: "same"}
    assert codes(proposal) == []
    with pytest.raises(NotEnterable) as caught:
        bring(session, event, masked("1", ZHANG), masked("2", LI))
    assert caught.value.code == "IMPORT_NOTHING"


def test_each_changed_cell_is_shown_with_the_old_and_the_new_value_and_applied(session, event):
    row = ("1", "张三", "演示乙厂", mask_id(ZHANG[2]), "13811112222", "技师")
    proposal = proposed(session, event, row, masked("2", LI))
    assert proposal.groups == {2: "changed", 3: "same"}
    assert changes(proposal) == [
        (2, "unit", "演示甲厂", "演示乙厂"),
        (2, "phone", "138****0000", "138****2222"),
        (2, "skill_level", "高级工", "技师"),
    ]
    bring(session, event, row, masked("2", LI))
    entry = session.scalar(select(Entry).where(Entry.number == 1))
    (member,) = entry.members
    assert (entry.unit.name, member.person.skill_level) == ("演示乙厂", "技师")
    assert identity.whole_contact(member.person) == (ZHANG[2], "13811112222")
    assert [person.name for person in session.scalars(select(Person).order_by(Person.id))] == ["张三", "李四"]


def test_changes_are_left_where_they_are_not_wanted(session, event):
    rows = [("1", "张三", "演示甲厂", "", "13811112222"), ("", "王五", "演示甲厂")]
    batch = bring(session, event, *rows, choice=Choice(apply_changes=False))
    assert batch.entries == 1
    person = session.scalar(select(Person).where(Person.name == "张三"))
    assert identity.whole_contact(person).phone == "13800000000"


def test_an_empty_cell_takes_nothing_away(session, event):
    assert proposed(session, event, ("1", "张三", "演示甲厂")).groups == {2: "same"}


def test_a_masked_number_counts_for_the_number_it_masks_alone(session, event):
    other = mask_id(id_number(777, "19701231"))
    rows = [("1", "张三", "演示甲厂", other), ("", "王五", "演示甲厂", mask_id(ZHANG[2]), "138****0000")]
    assert codes(proposed(session, event, *rows)) == [
        (2, "id_number", "VALUE_MASKED"), (3, "id_number", "VALUE_MASKED"), (3, "phone", "VALUE_MASKED"),
    ]  # fmt: skip


def test_a_misspelt_name_is_corrected_and_another_person_replaces_the_first(session, event):
    assert changes(proposed(session, event, ("1", "张珊", "演示甲厂"))) == [(2, "name", "张三", "张珊")]
    row = ("1", "赵六", "演示甲厂", id_number(6))
    assert changes(proposed(session, event, row)) == [(2, "name", "张三", "赵六")]
    bring(session, event, row)
    assert sorted(session.scalars(select(Person.name))) == ["李四", "赵六"]


def test_numbers_that_are_none_of_this_event_or_unit_are_refused(session, event):
    other = build_unit(session, name="演示丙厂")
    people = (("9", "王五"), ("一", "赵六"), ("1", "张三"), ("1", "张三"))
    assert codes(proposed(session, event, *[(number, name, "演示甲厂") for number, name in people])) == [
        (2, "number", "ENTRY_UNKNOWN"), (3, "number", "ENTRY_NUMBER"),
        (5, "number", "DUPLICATE_IN_FILE"), (5, "name", "DUPLICATE_IN_FILE"),
    ]  # fmt: skip
    assert (2, "number", "ENTRY_UNKNOWN") in codes(
        proposed(session, event, ("1", "张三", "演示丙厂"), units=frozenset({other.id}))
    )


def test_somebody_entered_already_is_double_or_changed_without_a_number(session, event):
    proposal = proposed(session, event, ZHANG, (*LI[:3], "13712345678"), fields=FIELDS)
    assert proposal.groups == {2: "double", 3: "changed"}
    assert codes(proposal) == [(2, "name", "DUPLICATE_ENTRY")]
    assert changes(proposal) == [(3, "phone", "139****0000", "137****5678")]
    # Another unit that names the same person enters somebody twice.
    elsewhere = ("张三", "演示乙厂", id_number(1), "13712345678")
    assert codes(proposed(session, event, elsewhere, fields=FIELDS)) == [(2, "name", "DUPLICATE_ENTRY")]


def test_what_has_ended_is_not_changed_by_a_list(session, event):
    entry = session.scalar(select(Entry).where(Entry.number == 1))
    services.withdraw_entry(session, event, entry.id, "出差", actor_id=None, now=MOMENT)
    assert codes(proposed(session, event, masked("1", ZHANG))) == []
    assert codes(proposed(session, event, ("1", "张三", "演示甲厂", "", "13712345678"))) == [
        (2, "number", "ENTRY_ENDED")
    ]


def test_the_rows_of_a_team_say_who_is_in_it(session, team_event):
    people = (("1", "李四"), ("1", "王五"), ("", "赵六"))
    rows = [(number, "一队", "演示甲厂", name) for number, name in people]
    proposal = proposed(session, team_event, *rows, fields=TEAM)
    assert codes(proposal) == []
    assert changes(proposal) == [(4, "name", "张三", "赵六")]
    bring(session, team_event, *rows, fields=TEAM)
    entry = session.scalar(select(Entry))
    assert [member.person.name for member in entry.members] == ["李四", "王五", "赵六"]
    assert sorted(session.scalars(select(Person.name))) == sorted(["李四", "王五", "赵六"])


def test_a_team_is_renamed_in_all_its_rows(session, team_event):
    said = (("甲队", "张三"), ("一队", "李四"), ("甲队", "王五"))
    rows = [("1", team, "演示甲厂", person) for team, person in said]
    assert codes(proposed(session, team_event, *rows, fields=TEAM)) == [(3, "group", "TEAM_NAMED_TWICE")]
    proposal = proposed(session, team_event, *[(n, "甲队", u, p) for n, _g, u, p in rows], fields=TEAM)
    assert changes(proposal) == [(2, "group", "一队", "甲队")]


def test_a_team_with_one_wrong_row_waits_as_a_whole(session, team_event):
    rows = [("", "二队", "演示甲厂", "赵六"), ("", "二队", "演示甲厂", ""), ("", "三队", "演示甲厂", "钱七"),
            ("", "三队", "演示甲厂", "孙八")]  # fmt: skip
    proposal = proposed(session, team_event, *rows, fields=TEAM)
    assert proposal.groups == {2: "held", 3: "wrong", 4: "right", 5: "right"}
    batch = bring(session, team_event, *rows, fields=TEAM, choice=Choice(only_right=True))
    assert batch.entries == 1
    assert sorted(session.scalars(select(Entry.name))) == ["一队", "三队"]


def test_what_a_unit_changes_after_its_approval_is_looked_at_again(session, event):
    deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=None, now=MOMENT)
    bring(session, event, ("1", "张三", "演示甲厂", "", "13712345678"), resubmit=True)
    reviews = dict(session.execute(select(Entry.number, Entry.review)).all())
    assert reviews == {1: "submitted", 2: "approved"}

"""Two records of one person become one, with a record of it; results and certificates stay as they are."""

import pytest
from sqlalchemy import func, select

from competitions.entries import identity
from competitions.entries.models import Entry, EntryMember, Person, PersonIdentity
from competitions.entries.people_kept import forget_people
from competitions.people import correcting, merging, queries
from competitions.people.correcting import Correction
from competitions.people.models import PeopleApart, PersonMerge
from core.audit.models import AuditRecord
from core.database import metadata
from core.refusals import Refused
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit
from tests.people.people import add, enter, id_number

NOW = MOMENT


@pytest.fixture
def actor(session):
    return build_user(session)


@pytest.fixture
def unit(session):
    return build_unit(session)


def merge(session, actor, kept, gone, reason="同一人，单位已确认"):
    return merging.merge_people(session, kept.id, gone.id, reason, actor_id=actor.id, now=NOW)


def undo(session, actor, done):
    return merging.undo_merge(session, done.id, actor_id=actor.id, now=NOW)


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def test_the_entries_of_both_stand_with_the_one_that_is_kept(session, actor, unit):
    kept, gone = add(session, unit, number=id_number(1)), add(session, unit)
    entries = {enter(session, kept).id, enter(session, gone).id, enter(session, gone, kind="team").id}
    ref = gone.ref
    done = merge(session, actor, kept, gone)
    assert {entry.id for entry in queries.list_entries_of(session, kept.id)} == entries
    assert session.scalar(select(func.count(Person.id))) == 1
    assert (done.gone_ref, len(done.moved["moved"]), done.by_id) == (ref, 2, actor.id)
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "person:merge"))
    assert record.detail == {"person": kept.id, "gone": ref, "entries": 2, "reason": "同一人，单位已确认"}


def test_what_the_kept_record_does_not_know_it_takes_over_sealed_for_itself(session, actor, unit):
    kept = add(session, unit)
    gone = add(session, unit, number=id_number(2), phone="13987654321", skill_level="高级工")
    merge(session, actor, kept, gone)
    session.expire_all()
    assert identity.whole_contact(kept) == identity.Contact(id_number(2), "13987654321")
    assert kept.skill_level == "高级工"
    assert queries.find_by_digest(session, identity.id_digest(id_number(2))) == kept.id


def test_what_the_kept_record_knows_it_keeps(session, actor, unit):
    kept = add(session, unit, number=id_number(3), phone="13900000001", skill_level="技师")
    gone = add(session, unit, phone="13900000002", skill_level="高级工")
    merge(session, actor, kept, gone)
    session.expire_all()
    assert identity.whole_contact(kept).phone == "13900000001"
    assert kept.skill_level == "技师"


def test_two_id_numbers_are_refused(session, actor, unit):
    kept, gone = add(session, unit, number=id_number(4)), add(session, unit, number=id_number(5))
    with pytest.raises(Refused) as caught:
        merge(session, actor, kept, gone)
    assert codes(caught) == ["PEOPLE_TWO_NUMBERS"]


def test_two_people_of_one_event_are_refused_until_one_entry_is_withdrawn(session, actor, unit):
    kept, gone, event = add(session, unit), add(session, unit), build_event(session, "registration")
    enter(session, kept, event)
    second = enter(session, gone, event)
    with pytest.raises(Refused) as caught:
        merge(session, actor, kept, gone)
    assert codes(caught) == ["DUPLICATE_ENTRY"]
    assert (caught.value.refusals[0].params["number"], caught.value.refusals[0].params["other"]) == (1, 2)
    second.review = "withdrawn"
    assert merge(session, actor, kept, gone).kept_id == kept.id


def test_a_merge_without_a_reason_or_with_itself_is_refused(session, actor, unit):
    kept, gone = add(session, unit), add(session, unit)
    with pytest.raises(Refused) as caught:
        merge(session, actor, kept, gone, "")
    assert codes(caught) == ["MERGE_REASON"]
    with pytest.raises(Refused) as caught:
        merge(session, actor, kept, kept)
    assert codes(caught) == ["MERGE_SELF"]


def said(session, person):
    contact = identity.whole_contact(person)
    return (person.ref, person.name, person.unit_id, person.skill_level, *contact)


def test_a_merge_is_undone_as_it_was(session, actor, unit):
    other = build_unit(session)
    kept = add(session, unit, phone="13900000001")
    gone = add(session, other, "张演士", number=id_number(6), skill_level="技师")
    mine, theirs = enter(session, kept), enter(session, gone)
    before = said(session, kept), said(session, gone)
    done = merge(session, actor, kept, gone)
    session.expire_all()
    assert session.get(Entry, theirs.id).name == "张演示"
    again = undo(session, actor, done)
    session.expire_all()
    assert (said(session, kept), said(session, again)) == before
    assert [entry.id for entry in queries.list_entries_of(session, kept.id)] == [mine.id]
    assert [entry.id for entry in queries.list_entries_of(session, again.id)] == [theirs.id]
    assert (theirs.name, theirs.worked, theirs.revision) == ("张演士", 0, 2)
    assert (done.before, done.undone_at) == (None, NOW)
    with pytest.raises(Refused) as caught:
        undo(session, actor, done)
    assert codes(caught) == ["MERGE_UNDONE"]


def test_a_person_is_parted_however_often_and_no_revision_comes_back(session, actor, unit):
    kept, gone = add(session, unit), add(session, unit)
    entry = enter(session, gone)
    shown = [entry.revision]
    for _time in range(3):
        done = merge(session, actor, kept, gone)
        shown.append(entry.revision)
        gone = undo(session, actor, done)
        shown.append(entry.revision)
    assert shown == sorted(set(shown))
    assert entry.worked == 0


@pytest.mark.parametrize("change", ["entered", "worked on", "corrected", "merged again"])
def test_a_merge_is_not_undone_once_something_else_has_changed(session, actor, unit, change):
    kept, gone = add(session, unit), add(session, unit)
    entry = enter(session, gone)
    done = merge(session, actor, kept, gone)
    if change == "entered":
        enter(session, kept)
    elif change == "worked on":
        entry.revision += 1
    elif change == "corrected":
        kept.name = "李演示"
    else:
        third = add(session, unit)
        enter(session, third)
        merge(session, actor, kept, third)
    session.flush()
    with pytest.raises(Refused) as caught:
        undo(session, actor, done)
    assert codes(caught) == ["MERGE_CHANGED"]


def test_an_earlier_merge_stays_on_record_with_whoever_is_kept_in_the_end(session, actor, unit):
    first, second, third = (add(session, unit) for _number in range(3))
    done = merge(session, actor, second, third)
    merge(session, actor, first, second)
    session.expire_all()
    assert done.kept_id == first.id


def test_a_forgotten_person_takes_the_record_of_merges_along(session, actor, unit):
    kept, gone, other = add(session, unit, number=id_number(7)), add(session, unit), add(session, unit)
    merge(session, actor, kept, gone)
    merging.keep_apart(session, kept.id, other.id, actor_id=actor.id, now=NOW)
    forget_people(session, [kept.id])
    assert session.scalar(select(func.count(PersonMerge.id))) == 0
    assert session.scalar(select(func.count()).select_from(PeopleApart)) == 0
    assert session.scalar(select(func.count()).select_from(PersonIdentity)) == 0


def test_no_number_stands_in_plain_with_a_merge_nor_in_the_audit_trail(session, actor, unit):
    number, phone = id_number(8), "13987654399"
    kept, gone = add(session, unit), add(session, unit, number=number, phone=phone)
    merge(session, actor, kept, gone)
    for table in metadata.sorted_tables:
        for row in session.execute(select(table)):
            shown = str(tuple(row))
            assert number not in shown
            assert phone not in shown


def test_every_table_that_names_a_person_is_known_to_the_merge():
    """A new reference to people: let merging.py move it, then name it here."""
    naming = {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "person" for key in column.foreign_keys)
    }
    assert naming == {
        "entry_member.person_id", "person_identity.person_id", "person_merge.kept_id",
        "people_apart.first_id", "people_apart.second_id",
    }  # fmt: skip


# ---------------------------------------------------------------- who may be one


def twins(session):
    return [(pair.first.id, pair.second.id) for pair in queries.list_twins(session, {("site", 0)})]


def test_one_name_in_one_unit_is_suggested_the_one_with_a_number_first(session, unit):
    without, known = add(session, unit), add(session, unit, number=id_number(9))
    add(session, build_unit(session))  # of another unit
    add(session, unit, "李演示")
    assert twins(session) == [(known.id, without.id)]


def test_two_numbers_two_entries_of_an_event_and_what_was_said_are_not_suggested(session, actor, unit):
    add(session, unit, number=id_number(10))
    add(session, unit, number=id_number(11))
    assert twins(session) == []
    one, two, event = add(session, unit, "李"), add(session, unit, "李"), build_event(session, "registration")
    first = enter(session, one, event)
    enter(session, two, event)
    assert twins(session) == []
    first.review = "rejected"
    session.flush()
    assert twins(session) == [(one.id, two.id)]
    merging.keep_apart(session, two.id, one.id, actor_id=actor.id, now=NOW)
    assert twins(session) == []


# ---------------------------------------------------------------- corrections


def correct(session, actor, person, reason="录入有误", **values):
    values = {"name": person.name} | values
    return correcting.correct_person(
        session, person, Correction(**values), reason, actor_id=actor.id, now=NOW, today=NOW.date()
    )


def test_a_name_is_corrected_in_all_entries_but_those_of_final_events(session, actor, unit):
    person = add(session, unit, "张演士")
    states = ("registration", "announced", "final", "archived")
    entries = [enter(session, person, build_event(session, state)) for state in states]
    team = enter(session, person, kind="team")
    team.name = "一队"
    assert correct(session, actor, person, name="张演示") == ["name"]
    session.expire_all()
    assert [entry.name for entry in (*entries, team)] == ["张演示", "张演示", "张演士", "张演士", "一队"]
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "person:correct"))
    assert record.detail == {"person": person.id, "fields": ["name"], "reason": "录入有误"}


def test_an_id_number_is_added_changed_and_cleared_each_with_a_reason(session, actor, unit):
    person = add(session, unit)
    assert correct(session, actor, person, id_number=id_number(12).lower()) == ["id_number"]
    assert correct(session, actor, person, id_number=id_number(13)) == ["id_number"]
    session.expire_all()
    assert identity.whole_contact(person).id_number == id_number(13)
    assert correct(session, actor, person, cleared=True) == ["id_number"]
    session.expire_all()
    assert identity.whole_contact(person).id_number == ""
    assert queries.digest_of(person) is None


def test_a_wrong_number_another_s_number_and_a_missing_reason_are_refused(session, actor, unit):
    person = add(session, unit)
    add(session, unit, number=id_number(14))
    wrong = id_number(15)[:17] + ("0" if id_number(15)[17] != "0" else "1")
    for values, expected in (
        ({"id_number": wrong}, "ID_CHECKSUM"),
        ({"id_number": id_number(14)}, "PERSON_ID_TAKEN"),
        ({"name": "张演士", "reason": ""}, "CORRECT_REASON"),
        ({}, "CORRECT_NOTHING"),
        ({"name": "  "}, "VALUE_MISSING"),
    ):
        with pytest.raises(Refused) as caught:
            correct(session, actor, person, **values)
        assert expected in codes(caught)
    assert session.scalar(select(func.count()).select_from(AuditRecord)) == 0
    assert session.scalar(select(func.count()).select_from(EntryMember)) == 0

"""Entries are made, changed, decided and ended only while registration is open, and leave nothing behind."""

import pytest
from sqlalchemy import func, select

from competitions.entries import deciding, identity, services
from competitions.entries.guards import every_entry_decided, field_is_large_enough
from competitions.entries.models import Entry, EntryMember, ImportBatch, Person, PersonIdentity
from competitions.entries.services import NotEnterable, Source
from competitions.events import services as events
from competitions.organisations.models import Unit
from core.audit.models import AuditRecord
from core.refusals import Refused
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

SOURCE = Source("名单.xlsx", "0" * 64)
TEAM = ("group", "unit", "name")


@pytest.fixture
def event(session):
    """A contest of welders that is open for registration, and a unit."""
    build_unit(session, name="演示甲厂")
    return build_event(session, "registration")


def enter(session, event, *rows, fields=FIELDS, **settings):
    """Enter rows and return the entries' ids."""
    question = asked(event, **settings)
    found = table(*rows, fields=fields)
    return services.add_entries(session, event, found, question, actor_id=None, now=MOMENT)


def change(session, event, entry_id, *rows, resubmit=False, fields=FIELDS):
    """Change an entry."""
    return services.change_entry(
        session, event, entry_id, table(*rows, fields=fields), asked(event, ignoring=entry_id),
        revision=session.get(Entry, entry_id).revision, resubmit=resubmit, actor_id=None, now=MOMENT,
    )  # fmt: skip


def decide(session, event, entry_id, decision="approve", reason=""):
    """Decide an entry."""
    return deciding.decide_entry(session, event, entry_id, decision, reason, actor_id=None, now=MOMENT)


def counted(session, *models):
    """Return how many rows each table has."""
    return [session.scalar(select(func.count()).select_from(model)) for model in models]


def codes(caught):
    return [refusal.code for refusal in caught.value.refusals]


def test_a_person_is_entered_with_sealed_numbers(session, event):
    (entry_id,) = enter(session, event, ("吴 䶮", "演示甲厂", id_number(1), "13800000000", "技师"))
    entry = session.get(Entry, entry_id)
    assert (entry.number, entry.name, entry.unit.name, entry.review) == (1, "吴 䶮", "演示甲厂", "submitted")
    (member,) = entry.members
    assert identity.whole_contact(member.person) == (id_number(1), "13800000000")
    masked = identity.masked_contact(member.person)
    assert (masked.id_number[:3], masked.id_number[3:-2], masked.phone) == ("370", "*" * 13, "138****0000")
    assert member.person.skill_level == "技师"
    assert id_number(1).encode() not in member.person.identity.id_number


def test_numbers_go_on_and_members_keep_their_order(session, event):
    event = build_event(session, "registration", entry_kind="team")
    people = [f"队员{number}" for number in "一二三四"]
    enter(session, event, *(("一队", "演示甲厂", name) for name in people), fields=TEAM)
    (second,) = enter(session, event, *(("二队", "演示甲厂", f"新{name}") for name in people), fields=TEAM)
    entry = session.get(Entry, second)
    assert entry.number == 2
    assert [m.person.name for m in entry.members] == [f"新{name}" for name in people]


def test_one_person_in_two_events_is_one_person(session, event):
    enter(session, event, ("张三", "演示甲厂", id_number(1)), ("李四", "演示甲厂"))
    other = build_event(session, "registration")
    again = ("张三", "演示甲厂", id_number(1), "13800000000"), ("李四", "演示甲厂", id_number(2))
    enter(session, other, *again)
    assert counted(session, Person, PersonIdentity) == [2, 2]
    person = session.scalar(select(Person).where(Person.name == "张三"))
    assert identity.whole_contact(person).phone == "13800000000"


def test_units_come_along_only_where_asked_for_and_below_the_owning_union(session, event):
    rows = (("张三", "演示新厂"), ("李四", "演示甲厂"))
    with pytest.raises(NotEnterable) as caught:
        enter(session, event, *rows)
    assert codes(caught) == ["UNIT_UNKNOWN"]
    enter(session, event, *rows, register_units=True)
    unit = session.scalar(select(Unit).where(Unit.name == "演示新厂"))
    assert unit.union_id == event.competition.union_id


def test_a_workbook_is_entered_whole_with_its_fingerprint(session, event):
    rows = table(("张三", "演示甲厂", id_number(1)), ("李四", "演示甲厂"))
    batch = services.import_entries(session, event, rows, asked(event), SOURCE, actor_id=None, now=MOMENT)
    assert (batch.filename, batch.sha256, batch.entries) == ("名单.xlsx", "0" * 64, 2)
    assert {entry.batch_id for entry in session.scalars(select(Entry))} == {batch.id}
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "entry:import"))
    assert record.detail == {
        "file": "名单.xlsx", "sha256": "0" * 64, "batch": 1, "entries": 2, "changed": 0, "left_out": 0,
    }  # fmt: skip


def test_a_workbook_with_one_fault_leaves_everything_as_it_was(session, event):
    enter(session, event, ("王五", "演示甲厂"))
    models = (Entry, EntryMember, Person, PersonIdentity, Unit, ImportBatch, AuditRecord)
    before = counted(session, *models)
    rows = table(("张三", "演示新厂", id_number(1)), ("李四", "演示甲厂", "123"))
    with pytest.raises(NotEnterable):
        services.import_entries(
            session, event, rows, asked(event, register_units=True), SOURCE, actor_id=None, now=MOMENT
        )
    assert counted(session, *models) == before


@pytest.mark.parametrize("state", ["draft", "ready", "scoring"])
def test_nothing_is_written_while_registration_is_not_open(session, state):
    event = build_event(session, state)
    entry = build_entry(session, event, unit=build_unit(session, name="演示甲厂"))
    acts = (
        lambda: enter(session, event, ("张三", "演示甲厂")),
        lambda: change(session, event, entry.id, ("张三", "演示甲厂")),
        lambda: decide(session, event, entry.id, "reject", "理由"),
        lambda: deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=None, now=MOMENT),
        lambda: services.withdraw_entry(session, event, entry.id, "理由", actor_id=None, now=MOMENT),
        lambda: services.remove_entry(session, event, entry.id, "理由", actor_id=None, now=MOMENT),
    )
    for act in acts:
        with pytest.raises(Refused) as caught:
            act()
        assert codes(caught) == ["REG_CLOSED"]


def test_a_rejection_says_why_and_an_approval_takes_it_back(session, event):
    (entry_id,) = enter(session, event, ("张三", "演示甲厂"))
    with pytest.raises(Refused) as caught:
        decide(session, event, entry_id, "reject", "  ")
    assert codes(caught) == ["ENTRY_REASON"]
    decide(session, event, entry_id, "reject", "不在册")
    entry = session.get(Entry, entry_id)
    assert (entry.review, entry.status_reason) == ("rejected", "不在册")
    decide(session, event, entry_id)
    assert (entry.review, entry.status_reason) == ("approved", "")


def test_nobody_is_approved_back_into_a_second_entry(session, event):
    (first,) = enter(session, event, ("张三", "演示甲厂"))
    services.withdraw_entry(session, event, first, "出差", actor_id=None, now=MOMENT)
    enter(session, event, ("张三", "演示甲厂"))
    with pytest.raises(Refused) as caught:
        decide(session, event, first)
    assert codes(caught) == ["DUPLICATE_ENTRY"]


def test_all_that_wait_are_approved_at_once(session, event):
    enter(session, event, ("张三", "演示甲厂"), ("李四", "演示甲厂"))
    (third,) = enter(session, event, ("王五", "演示甲厂"))
    decide(session, event, third, "reject", "不在册")
    decided = deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=None, now=MOMENT)
    assert (decided.approved, decided.passed, decided.left) == (2, 0, ())
    assert sorted(session.scalars(select(Entry.review))) == ["approved", "approved", "rejected"]
    with pytest.raises(Refused) as caught:
        deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=None, now=MOMENT)
    assert codes(caught) == ["NOTHING_TO_DECIDE"]


def test_a_removed_entry_leaves_no_personal_data_behind(session, event):
    rows = ("张三", "演示甲厂", id_number(1)), ("李四", "演示甲厂", id_number(2))
    first, second = enter(session, event, *rows)
    other = build_event(session, "registration")
    enter(session, other, ("李四", "演示甲厂", id_number(2)))
    for entry_id in (first, second):
        services.remove_entry(session, event, entry_id, "误登记", actor_id=None, now=MOMENT)
    assert [person.name for person in session.scalars(select(Person))] == ["李四"]
    assert counted(session, PersonIdentity) == [1]


def test_what_was_approved_is_withdrawn_and_not_removed(session, event):
    (entry_id,) = enter(session, event, ("张三", "演示甲厂"))
    decide(session, event, entry_id)
    with pytest.raises(Refused) as caught:
        services.remove_entry(session, event, entry_id, "误登记", actor_id=None, now=MOMENT)
    assert codes(caught) == ["ENTRY_APPROVED"]
    services.withdraw_entry(session, event, entry_id, "出差", actor_id=None, now=MOMENT)
    assert session.get(Entry, entry_id).review == "withdrawn"


def test_a_name_is_corrected_where_the_person_takes_part_in_nothing_else(session, event):
    (entry_id,) = enter(session, event, ("张珊", "演示甲厂", id_number(1)))
    change(session, event, entry_id, ("张三", "演示甲厂", id_number(1)))
    assert [person.name for person in session.scalars(select(Person))] == ["张三"]
    other = build_event(session, "registration")
    enter(session, other, ("张三", "演示甲厂", id_number(1)))
    with pytest.raises(NotEnterable) as caught:
        change(session, event, entry_id, ("张山", "演示甲厂", id_number(1)))
    assert codes(caught) == ["ID_NAME_MISMATCH"]


def test_a_changed_entry_gives_up_whoever_left_it(session, event):
    event = build_event(session, "registration", entry_kind="team")
    rows = [("一队", "演示甲厂", name) for name in ("张三", "李四", "王五")]
    (entry_id,) = enter(session, event, *rows, fields=TEAM)
    change(session, event, entry_id, rows[2], rows[0], ("一队", "演示甲厂", "赵六"), fields=TEAM)
    entry = session.get(Entry, entry_id)
    assert [member.person.name for member in entry.members] == ["王五", "张三", "赵六"]
    assert session.scalar(select(Person).where(Person.name == "李四")) is None


def test_what_a_unit_changes_after_its_approval_is_looked_at_again(session, event):
    (entry_id,) = enter(session, event, ("张三", "演示甲厂"))
    decide(session, event, entry_id)
    change(session, event, entry_id, ("张三", "演示甲厂", id_number(1)))
    assert session.get(Entry, entry_id).review == "approved"
    change(session, event, entry_id, ("李四", "演示甲厂"), resubmit=True)
    assert session.get(Entry, entry_id).review == "submitted"


def test_the_trail_names_nobody(session, event):
    (entry_id,) = enter(session, event, ("张三", "演示甲厂", id_number(1)))
    decide(session, event, entry_id, "reject", "不在册")
    services.remove_entry(session, event, entry_id, "误登记", actor_id=None, now=MOMENT)
    trail = str([record.detail for record in session.scalars(select(AuditRecord))])
    assert "张三" not in trail
    assert id_number(1) not in trail


# ---------------------------------------------------------------- closing the registration


def test_registration_closes_with_every_entry_decided_and_one_approved(session, event):
    assert [r.code for r in every_entry_decided(session, event, MOMENT)] == ["ENTRIES_NONE"]
    first, second = enter(session, event, ("张三", "演示甲厂"), ("李四", "演示甲厂"))
    (refusal,) = every_entry_decided(session, event, MOMENT)
    assert (refusal.code, refusal.params) == ("ENTRIES_UNDECIDED", {"count": 2})
    decide(session, event, first)
    decide(session, event, second, "reject", "不在册")
    assert every_entry_decided(session, event, MOMENT) == []


def test_a_small_field_is_refused_until_it_is_waived(session, event):
    event.minimum_field = 2
    build_entry(session, event)
    (refusal,) = field_is_large_enough(session, event, MOMENT)
    assert (refusal.code, refusal.params) == ("MIN_FIELD", {"entries": 1, "minimum": 2})
    actor = build_user(session)
    events.waive_field_size(session, event, entries=1, reason="新工种", actor_id=actor.id, now=MOMENT)
    assert field_is_large_enough(session, event, MOMENT) == []

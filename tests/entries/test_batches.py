"""An imported list can be taken back until somebody has worked on it, or registration is closed."""

import pytest
from sqlalchemy import func, select

from competitions.entries import batches, deciding, identity, services
from competitions.entries.models import Entry, EntryMember, ImportBatch, Person, PersonIdentity
from competitions.entries.proposals import Choice
from competitions.entries.services import Source
from core.audit.models import AuditRecord
from core.refusals import Refused
from tests.client import visible
from tests.entries.tables import FIELDS, asked, id_number, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

ROWS = (("张三", "演示甲厂", id_number(1), "13800000000", "高级工"), ("李四", "演示甲厂", id_number(2)))

SOURCE = Source("名单.xlsx", "0" * 64)


@pytest.fixture
def event(session):
    """A contest that is open for registration; 演示甲厂 and 演示乙厂."""
    build_unit(session, name="演示甲厂")
    build_unit(session, name="演示乙厂")
    return build_event(session, "registration")


def bring(session, event, *rows, fields=FIELDS, actor_id=None, **choice):
    return services.import_entries(
        session, event, table(*rows, fields=fields), asked(event, updating=True), SOURCE, actor_id=actor_id,
        now=MOMENT, choice=Choice(**choice),
    )  # fmt: skip


def undo(session, event, batch, *, decides=True):
    return batches.undo_batch(session, event, batch.id, decides=decides, actor_id=None, now=MOMENT)


def refused(session, event, batch, **settings):
    with pytest.raises(Refused) as caught:
        undo(session, event, batch, **settings)
    (refusal,) = caught.value.refusals
    return refusal.code, refusal.params.get("numbers")


def counted(session, *models):
    return [session.scalar(select(func.count()).select_from(model)) for model in models]


def test_batches_are_numbered_in_their_event_and_say_what_was_left_out(session, event):
    other = build_event(session, "registration")
    first = bring(session, event, *ROWS)
    second = bring(session, event, ROWS[0], ("王五", "演示甲厂"), ("", "演示甲厂"), only_right=True)
    elsewhere = bring(session, other, ROWS[0])
    assert [(b.number, b.entries, b.left_out) for b in (first, second, elsewhere)] == [
        (1, 2, 0), (2, 1, 2), (1, 1, 0),
    ]  # fmt: skip


def test_an_undone_batch_leaves_nothing_but_its_record(session, event):
    kept = bring(session, event, ("王五", "演示甲厂", id_number(5)))
    batch = bring(session, event, *ROWS)
    assert undo(session, event, batch) == (2, 2, 0)
    assert list(session.scalars(select(Person.name))) == ["王五"]
    assert counted(session, Entry, EntryMember, PersonIdentity, ImportBatch) == [1, 1, 1, 2]
    assert (batch.undone_at, kept.undone_at) == (MOMENT, None)
    record = session.scalar(select(AuditRecord).where(AuditRecord.action == "entry:import_undo"))
    assert record.detail == {"batch": 2, "entries": 2, "changed": 0}
    assert refused(session, event, batch) == ("BATCH_UNDONE", None)
    # Its people can be imported anew.
    assert bring(session, event, *ROWS).number == 3


def test_whoever_takes_part_elsewhere_is_kept(session, event):
    other = build_event(session, "registration")
    bring(session, other, ROWS[0])
    undo(session, event, bring(session, event, *ROWS))
    assert list(session.scalars(select(Person.name))) == ["张三"]


def test_what_a_batch_changed_says_again_what_it_said_before(session, event):
    bring(session, event, *ROWS)
    number, name, unit = ("1", "2"), ("张三", "赵六"), ("演示乙厂", "演示甲厂")
    rows = zip(number, name, unit, ("", id_number(6)), ("13711112222", ""), ("技师", ""), strict=True)
    batch = bring(session, event, *rows, fields=("number", *FIELDS))
    assert (batch.entries, batch.changed) == (0, 2)
    assert "张三".encode() not in batch.before
    undo(session, event, batch)
    assert batch.before is None
    found = list(session.scalars(select(Entry).order_by(Entry.number)))
    people = [entry.members[0].person for entry in found]
    assert [(entry.name, entry.unit.name, entry.worked, entry.revision) for entry in found] == [
        ("张三", "演示甲厂", 0, 2), ("李四", "演示甲厂", 0, 2),
    ]  # fmt: skip
    assert [identity.whole_contact(person) for person in people] == [
        (id_number(1), "13800000000"), (id_number(2), ""),
    ]  # fmt: skip
    assert people[0].skill_level == "高级工"
    assert sorted(session.scalars(select(Person.name))) == ["张三", "李四"]


def test_the_first_of_two_batches_is_undone_after_the_second(session, event):
    first = bring(session, event, *ROWS)
    second = bring(session, event, ("1", "张三", "演示乙厂"), fields=("number", "name", "unit"))
    assert refused(session, event, first) == ("BATCH_WORKED", "1")
    undo(session, event, second)
    assert undo(session, event, first).entries == 2


def change(session, event, entry, revision):
    row = table(("张三", "演示乙厂", id_number(1)))
    return services.change_entry(
        session, event, entry.id, row, asked(event, ignoring=entry.id), revision=revision, resubmit=False,
        actor_id=None, now=MOMENT,
    )  # fmt: skip


def test_a_form_that_showed_a_batch_undone_since_changes_nothing(session, event):
    """The revision comes back to no number that a form has shown, however often lists come and go."""
    bring(session, event, *ROWS)
    entry = session.scalar(select(Entry).where(Entry.number == 1))
    shown = [entry.revision]
    for _time in range(2):
        again = bring(session, event, ("1", "张三", "演示乙厂"), fields=("number", "name", "unit"))
        shown.append(entry.revision)
        undo(session, event, again)
        shown.append(entry.revision)
    assert shown == sorted(set(shown))
    for revision in shown[:-1]:
        with pytest.raises(Refused, match="ENTRY_CHANGED"):
            change(session, event, entry, revision)
    assert change(session, event, entry, shown[-1]).unit.name == "演示乙厂"


def test_batches_are_undone_one_after_the_other_unless_somebody_worked_between(session, event):
    first = bring(session, event, *ROWS)
    fields = ("number", "name", "unit")
    second = bring(session, event, ("1", "张三", "演示乙厂"), fields=fields)
    third = bring(session, event, ("1", "张三三", "演示乙厂"), fields=fields)
    assert refused(session, event, second) == ("BATCH_WORKED", "1")
    undo(session, event, third)
    entry = session.scalar(select(Entry).where(Entry.number == 1))
    worked = change(session, event, entry, entry.revision)
    assert refused(session, event, second) == ("BATCH_WORKED", "1")
    worked.take_back()
    undo(session, event, second)
    assert undo(session, event, first).entries == 2


@pytest.mark.parametrize("work", ["reject", "withdraw", "change"])
def test_a_batch_that_was_worked_on_is_not_undone(session, event, work):
    batch = bring(session, event, *ROWS)
    entry = session.scalar(select(Entry).where(Entry.number == 2))
    by = {"actor_id": None, "now": MOMENT}
    if work == "reject":
        deciding.decide_entry(session, event, entry.id, "reject", "不在册", **by)
    elif work == "withdraw":
        services.withdraw_entry(session, event, entry.id, "出差", **by)
    else:
        row = table(("李四", "演示乙厂", id_number(2)))
        services.change_entry(
            session, event, entry.id, row, asked(event, ignoring=entry.id), revision=entry.revision,
            resubmit=False, **by,
        )
    assert refused(session, event, batch) == ("BATCH_WORKED", "2")
    assert counted(session, Entry) == [2]


def test_an_approved_batch_is_undone_by_whoever_decides_alone(session, event):
    batch = bring(session, event, *ROWS)
    deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=None, now=MOMENT)
    assert refused(session, event, batch, decides=False) == ("BATCH_APPROVED", "1、2")
    assert undo(session, event, batch).entries == 2


def test_a_batch_is_not_undone_once_registration_is_closed(session, event):
    batch = bring(session, event, *ROWS)
    event.state = "ready"
    assert refused(session, event, batch) == ("BATCH_CLOSED", None)
    assert counted(session, Entry) == [2]


def test_the_page_of_entries_lists_the_batches_and_undoes_them(session, browser, event):
    unit = build_unit(session, name="演示丙厂")
    grants = [("organiser", "union", event.competition.union_id)]
    organiser = build_user(session, grants=grants, name="演示组织员")
    registrar = build_user(session, grants=[("registrar", "unit", unit.id)])
    batch = bring(session, event, *ROWS, actor_id=organiser.id)
    own = bring(session, event, ("王五", "演示丙厂"), actor_id=registrar.id)
    session.commit()
    path = f"/events/{event.id}/entries/imports"
    # Who enters for one unit sees and undoes the own lists alone.
    page = browser(registrar)
    page.get(f"/events/{event.id}/entries/")
    assert "演示组织员" not in page.page
    page.post(f"{path}/{batch.id}/undo", status=404)
    page.post(f"{path}/{own.id}/undo")
    page = browser(organiser)
    page.get(f"/events/{event.id}/entries/")
    shown = visible(page.page)
    for text in ("导入记录", "演示组织员", "名单.xlsx", "已撤销"):
        assert text in shown
    page.post(f"{path}/{batch.id}/undo")
    page.get(f"/events/{event.id}/entries/")
    assert "第 1 批已撤销：删除 2 条报名" in visible(page.page)
    page.post(f"{path}/{batch.id}/undo", status=409)
    page.post(f"{path}/{batch.id + 99}/undo", status=404)

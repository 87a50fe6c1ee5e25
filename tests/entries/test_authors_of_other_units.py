"""Whoever names somebody of another unit as an author writes nothing into what that unit keeps."""

from sqlalchemy import select

from competitions.entries import services
from competitions.entries.models import EntryMember, Person, PersonIdentity
from competitions.entries.proposals import propose
from tests.entries.tables import asked, id_number, table
from tests.factories.accounts import MOMENT
from tests.factories.entries import build_person
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

FIELDS = ("group", "unit", "name", "own_unit", "phone", "id_number", "skill_level")


def test_an_author_known_by_name_stays_as_the_own_unit_keeps_it(session):
    ours, theirs = build_unit(session, name="演示甲厂"), build_unit(session, name="演示乙厂")
    event = build_event(session, "registration", entry_kind="work")
    author = build_person(session, "王演示", unit=theirs, skill_level="技师")
    session.commit()
    rows = table(
        ("作品", "演示甲厂", "王演示", "演示乙厂", "13800000001", id_number(3), "高级工"), fields=FIELDS
    )
    who = asked(event, units=frozenset({ours.id}))
    told = [finding.code for finding in propose(session, who, rows).findings]
    assert told == ["AUTHOR_KNOWN"]  # what was typed and is not kept is said
    services.add_entries(session, event, rows, who, actor_id=None, now=MOMENT)
    session.commit()
    session.expire_all()
    assert session.get(PersonIdentity, author.id) is None
    kept = session.get(Person, author.id)
    assert (kept.unit_id, kept.skill_level) == (theirs.id, "技师")
    assert session.scalars(select(EntryMember.person_id)).all() == [author.id]


def test_somebody_new_of_another_unit_is_entered_with_the_numbers_given(session):
    ours, theirs = build_unit(session, name="演示甲厂"), build_unit(session, name="演示乙厂")
    event = build_event(session, "registration", entry_kind="work")
    session.commit()
    rows = table(
        ("作品", "演示甲厂", "李演示", "演示乙厂", "13800000001", id_number(3), "高级工"), fields=FIELDS
    )
    who = asked(event, units=frozenset({ours.id}))
    services.add_entries(session, event, rows, who, actor_id=None, now=MOMENT)
    author = session.scalars(select(Person)).one()
    assert (author.name, author.unit_id, author.identity.phone is not None) == ("李演示", theirs.id, True)

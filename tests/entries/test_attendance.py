"""The check-in: marks with undo, two desks at once, and what follows for scoring."""

import pytest
from sqlalchemy import func, select

from competitions.draw.models import Draw
from competitions.draw.rules import Settings
from competitions.draw.services import make_draw, save_settings
from competitions.entries import attendance, substitutions
from competitions.entries.models import Entry
from competitions.entries.substitutions import Coming
from competitions.events.models import Event
from competitions.events.services import take_step
from core.audit.models import AuditRecord
from core.database import db
from core.refusals import Refused
from scoring.results.queries import get_inputs
from scoring.sheets import check_in
from scoring.sheets.decisions import Act, record_decision, set_status
from tests.entries.tables import asked, id_number
from tests.entries.test_races import at_once
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.scoring import build_scoring_event


@pytest.fixture
def event(session):
    """A contest with three approved entries whose registration is closed, and one that was rejected."""
    event = build_event(session, "ready")
    for _number in range(3):
        build_entry(session, event)
    build_entry(session, event, review="rejected")
    session.commit()
    return event


def mark(session, event, number, what, seen=""):
    entry = session.scalars(
        select(Entry).where(Entry.event_id == event.id, Entry.number == number)
    ).one()
    return attendance.mark(
        session, event, entry.id, what, seen=seen, actor_id=build_user(session).id, now=MOMENT
    )


def refused(call, *arguments, **settings):
    with pytest.raises(Refused) as caught:
        call(*arguments, **settings)
    return [refusal.code for refusal in caught.value.refusals]


def test_who_has_come_is_marked_counted_and_taken_back(session, event):
    mark(session, event, 1, "present")
    mark(session, event, 2, "absent")
    assert attendance.count(session, event.id) == (3, 1, 1)
    assert attendance.count(session, event.id).open == 1
    entry = mark(session, event, 1, "", seen="present")
    assert (entry.attendance, attendance.count(session, event.id)) == ("", (3, 0, 1))
    acts = session.scalars(select(AuditRecord.detail).where(AuditRecord.action == "entry:check_in"))
    assert [act["attendance"] for act in acts] == ["present", "absent", ""]


def test_only_approved_entries_on_the_day(session, event):
    assert refused(mark, session, event, 4, "present") == ["ATTENDANCE_NOT_APPROVED"]
    for state in ("registration", "tabulated", "final"):
        event.state = state
        session.flush()
        assert refused(mark, session, event, 1, "present") == ["ATTENDANCE_CLOSED"]


def test_who_saw_something_else_is_told(session, event):
    mark(session, event, 1, "present")
    assert mark(session, event, 1, "present").attendance == "present"  # a second desk says the same
    assert refused(mark, session, event, 1, "absent") == ["ATTENDANCE_CHANGED"]
    assert mark(session, event, 1, "absent", seen="present").attendance == "absent"


def test_a_field_that_opens_again_forgets_who_came(session, event):
    mark(session, event, 1, "present")
    take_step(
        session, event, "reopen_registration", actor_id=build_user(session).id, now=MOMENT, reason="补报"
    )
    assert attendance.count(session, event.id).present == 0


def test_two_desks_at_once_agree_or_one_is_told(session, app, event):
    entry_id, actor = session.scalars(select(Entry.id).order_by(Entry.number)).first(), build_user(session).id
    event_id = event.id
    session.commit()

    def marking(what):
        def act():
            attendance.mark(
                db.session, db.session.get(Event, event_id), entry_id, what, seen="", actor_id=actor,
                now=MOMENT,
            )  # fmt: skip

        return act

    assert sorted(at_once(app, marking("present"), marking("absent"))) == ["ATTENDANCE_CHANGED", "done"]
    session.expire_all()
    standing = session.get(Entry, entry_id).attendance
    session.rollback()
    assert at_once(app, marking(standing), marking(standing)) == ["done", "done"]


def test_a_draw_and_a_substitution_at_once_never_both_count(session, app):
    event = build_event(session, "ready")
    entry = build_entry(session, event)
    build_entry(session, event)
    ref, actor = entry.members[0].person.ref, build_user(session).id
    event_id, entry_id = event.id, entry.id
    session.commit()

    def drawing():
        make_draw(db.session, db.session.get(Event, event_id), seed="0" * 64, actor_id=actor, now=MOMENT)

    def substituting():
        here = db.session.get(Event, event_id)
        substitutions.substitute(
            db.session, here, entry_id, ref, Coming(name="孙新", id_number=id_number(9)), "生病",
            asked(here, ignoring=entry_id), decides=True, actor_id=actor, now=MOMENT,
        )  # fmt: skip

    drawn, put_in = at_once(app, drawing, substituting)
    session.expire_all()
    name = session.get(Entry, entry_id).name
    assert drawn == "done"  # the draw is of whoever is in the entry when it is made
    assert put_in in {"done", "SUBSTITUTION_DRAWN"}
    assert (name == "孙新") is (put_in == "done")
    assert session.scalar(select(func.count()).select_from(Draw)) == 1


# ---------------------------------------------------------------- scoring follows


def marked(session, event, *marks):
    for entry, what in zip(session.scalars(select(Entry).order_by(Entry.number)), marks, strict=False):
        entry.attendance = what
    session.flush()


def decided(session, event):
    return [(row.entry, row.value) for row in get_inputs(session, event.id).decisions]


def test_nothing_marked_leaves_the_base_of_awards_to_the_statuses(session):
    event = build_scoring_event(session, entries=3, judges=1)
    assert decided(session, event) == []


def test_who_came_and_gave_up_counts_and_who_never_came_does_not(session):
    event = build_scoring_event(session, entries=3, judges=1)
    marked(session, event, "present", "present", "absent")
    entries = list(session.scalars(select(Entry).order_by(Entry.number)))
    entries[1].status, entries[2].status = "absent", "dsq"
    session.flush()
    assert [value for _code, value in decided(session, event)] == ["yes", "no"]


def test_scoring_follows_the_check_in_once_somebody_says_so(session):
    event = build_scoring_event(session, entries=3, judges=1)
    marked(session, event, "present", "absent", "")
    assert [r.code for r in check_in.agrees(session, event, MOMENT)] == ["CHECK_IN_ABSENT"]
    actor = build_user(session).id
    assert check_in.follow(session, event, operation_id="0" * 32, actor_id=actor, now=MOMENT) == 1
    entries = list(session.scalars(select(Entry).order_by(Entry.number)))
    assert [entry.status for entry in entries] == ["valid", "absent", "valid"]
    assert check_in.agrees(session, event, MOMENT) == []
    again = {"operation_id": "1" * 32, "actor_id": actor, "now": MOMENT}
    assert refused(check_in.follow, session, event, **again) == ["CHECK_IN_AGREES"]
    marked(session, event, "present", "present", "")  # came after all
    assert check_in.follow(session, event, **again) == 1
    assert entries[1].status == "valid"


def test_a_written_decision_goes_before_the_check_in(session):
    event = build_scoring_event(session, entries=2, judges=1)
    marked(session, event, "present", "present")
    entry = session.scalars(select(Entry).order_by(Entry.number)).first()
    act = Act("2" * 32, build_user(session).id, "自愿弃权", MOMENT)
    set_status(session, event, entry, "absent", act)
    record_decision(
        session, event, entry, "checked_in", Act("3" * 32, act.actor_id, "未入场", MOMENT), value="no"
    )
    assert [value for _code, value in decided(session, event)] == ["no"]


@pytest.mark.parametrize(("layers", "known"), [(1, False), (2, False), (3, True)])
def test_the_desk_knows_batches_only_where_judges_do_not(session, layers, known):
    event = build_event(session, "ready")
    for _number in range(4):
        build_entry(session, event)
    settings = Settings(layers=layers, batches="number", amount=2, entrant_prefix="B")
    save_settings(session, event, settings, actor_id=build_user(session).id, now=MOMENT)
    make_draw(session, event, seed="0" * 64, actor_id=None, now=MOMENT)
    assert bool(attendance.batches_of(session, event.id)) is known

"""What was tabulated, announced and issued stays as it is, byte for byte, whoever turns out to be one."""

import pytest
from sqlalchemy import select, text

from competitions.entries.models import Entry, EntryMember
from competitions.events import services as events
from competitions.people import correcting, merging
from competitions.people.correcting import Correction
from competitions.people.queries import list_entries_of
from competitions.people.sources import achieved
from core.database import metadata
from core.refusals import Refused
from reports.certificates import services as certificates
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import build_scoring_event
from tests.people.people import add
from tests.results.test_versions import mark_all

FROZEN = ("result_version", "result_row", "certificate", "ledger_operation")


@pytest.fixture
def organiser(session):
    return build_user(session, grants=[("organiser", "site", 0)])


@pytest.fixture
def event(session, organiser):
    """A contest whose certificates are issued."""
    event = build_scoring_event(session, name="焊工决赛")
    mark_all(session, event)
    for step in ("tabulate", "announce", "finalise"):
        events.take_step(session, event, step, actor_id=organiser.id, now=MOMENT)
    assert certificates.issue(session, event, actor_id=organiser.id, now=MOMENT)
    session.commit()
    return event


def frozen(session):
    session.flush()
    tables = [metadata.tables[name] for name in FROZEN]
    return [session.execute(select(table).order_by(table.c.id)).all() for table in tables]


def winner(session):
    """Return the person of the first entry of the result."""
    row = session.execute(text("SELECT entry_id FROM result_row ORDER BY position")).first()
    entry = session.get(Entry, row.entry_id)
    person = add(session, entry.unit, entry.name)
    session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))
    session.flush()
    return person


def test_merging_and_correcting_leave_results_certificates_and_the_ledger(session, event, organiser):
    gone = winner(session)
    kept, before = add(session, gone.unit, gone.name), frozen(session)
    done = merging.merge_people(session, kept.id, gone.id, "同一人", actor_id=organiser.id, now=MOMENT)
    said = Correction("改名演示")
    by = {"actor_id": organiser.id, "now": MOMENT, "today": MOMENT.date()}
    assert correcting.correct_person(session, kept, said, "录入有误", **by) == ["name"]
    assert frozen(session) == before
    with pytest.raises(Refused):
        merging.undo_merge(session, done.id, actor_id=organiser.id, now=MOMENT)
    assert frozen(session) == before


def test_the_page_of_a_person_tells_what_they_came_to(session, browser, event, organiser):
    person = winner(session)
    session.commit()
    [entry] = list_entries_of(session, person.id)
    assert achieved(session, [entry.id])[entry.id].rank == 1
    page = browser(organiser)
    page.get(f"/people/{person.id}")
    assert "第 1 名" in visible(page.page)


def test_the_list_of_certificates_names_people_as_the_certificates_do(session, browser, event, organiser):
    person = winner(session)
    by = {"actor_id": organiser.id, "now": MOMENT, "today": MOMENT.date()}
    correcting.correct_person(session, person, Correction("改名演示"), "录入有误", **by)
    session.commit()
    page = browser(organiser)
    page.get(f"/events/{event.id}/certificates/")
    assert person.name == "改名演示"
    assert "改名演示" not in visible(page.page)

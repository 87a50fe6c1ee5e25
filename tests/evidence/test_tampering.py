"""With yesterday's checkpoint in hand every change by SQL is found. Source: SECURITY.md T07, T08 and R08."""

import pytest
from sqlalchemy import text

from core.audit import services as audit
from scoring.evidence import checking, exporting, ledgerfile, offline
from scoring.sheets.checkpoints import list_checkpoints, list_newest, make_checkpoint
from scoring.sheets.decisions import Act, give_penalty, record_decision, set_status, withdraw_penalty
from scoring.sheets.queries import list_marked_entries
from tests.evidence.attacks import Insider, open_up
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_theory_and_practice, take

SCORES = {"甲": ("90", "86"), "乙": ("80", "70"), "丙": ("60", "77"), "丁": ("55", "66")}


@pytest.fixture
def event(session):
    """An announced event with penalties, a decision and a status, all of it under checkpoints."""
    event = build_theory_and_practice(session, SCORES)
    entries = [entry for entry, _code in list_marked_entries(session, event.id)]
    given = [
        give_penalty(session, event, entry, "2", Act(f"penalty-{entry.id}", None, "迟到", MOMENT))
        for entry in entries[:2]
    ]
    withdraw_penalty(session, event, given[0], Act("back", None, "查明未迟到", MOMENT))
    record_decision(session, event, entries[2], "checked_in", Act("in", None, "检录", MOMENT), value="yes")
    set_status(session, event, entries[3], "dsq", Act("dsq", None, "作弊", MOMENT))
    take(session, event, "tabulate", "announce")
    for number in range(12):
        act = {"subject": "union:1", "now": MOMENT, "detail": {"name": f"演示工会{number}"}}
        audit.record(session, "union:change", actor_id=1, **act)
    for number in (event.id, None):  # in the evening of yesterday
        make_checkpoint(session, number, "command", MOMENT)
    session.commit()
    return event


def held(session, event):
    """Return what somebody outside has kept: of the event all, of the site the newest."""
    rows = [*list_checkpoints(session, event.id), *list_newest(session)]
    return ledgerfile.read_checkpoints(exporting.checkpoint_lines(rows).decode())


def test_an_untouched_event_fits(session, event):
    checkpoints = held(session, event)
    checked = checking.check_event(session, event.id, checkpoints)
    assert checked.refusals == []
    assert checked.anchored == checked.records == 1 + 2 * 8 + 5  # opened, saved and signed, acts
    site = checking.check_installation(session, checkpoints)
    assert (site.refusals, site.anchored, site.records) == ([], 12, 12)
    head, operations = exported(session, event)
    assert offline.check(head, operations, checkpoints) == []


def test_a_ledger_that_cannot_be_read_to_its_end_is_told_and_let_go(session, event):
    checkpoints, event_id = held(session, event), event.id
    open_up(session)
    session.execute(text("UPDATE ledger_operation SET body = '{' WHERE seq = 2"))
    checked = checking.check_event(session, event_id, checkpoints)
    assert "ROW_UNREADABLE" in {refusal.code for refusal in checked.refusals}
    if session.get_bind().dialect.name == "postgresql":
        assert session.scalar(text("SELECT count(*) FROM pg_cursors")) == 0
    session.rollback()


UNREADABLE = (
    "UPDATE result_version SET document = '{'",
    "UPDATE audit_record SET detail = '{' WHERE chain = 'site' AND seq = 3",
)


@pytest.mark.parametrize("damage", UNREADABLE, ids=["result", "record"])
def test_what_cannot_be_read_any_more_is_a_finding_and_stops_no_check(session, event, damage):
    checkpoints, event_id = held(session, event), event.id
    open_up(session)
    session.execute(text(damage))
    session.expire_all()
    found = checking.check_event(session, event_id, checkpoints).refusals + site_faults(session, checkpoints)
    session.rollback()
    assert "ROW_UNREADABLE" in {refusal.code for refusal in found}


def exported(session, event):
    head = {"event": event.id, "keys": exporting.public_keys(session)}
    return head, list(exporting.list_operations(session, event.id))


def site_faults(session, checkpoints):
    """Return what is wrong with the record of the site, but for the triggers that the insider dropped."""
    found = checking.check_installation(session, checkpoints).refusals
    return [refusal for refusal in found if refusal.code != "TRIGGERS_MISSING"]


def strike(session, event, seeds):
    """Return what was not found, of one random attack for each seed."""
    checkpoints, event_id, missed = held(session, event), event.id, []
    for seed in seeds:
        session.rollback()
        open_up(session)
        insider = Insider(session, event_id, seed)
        told = insider.strike()
        session.expire_all()
        checked = checking.check_event(session, event_id, checkpoints)
        if not checked.refusals and not site_faults(session, checkpoints):
            missed.append((seed, told))
        if told.startswith(("truncate: ledger", "rebuild:", "put_in: ledger", "remove: ledger")):
            session.expire_all()
            if not offline.check(*exported(session, event), checkpoints):
                missed.append((seed, f"offline {told}"))
    session.rollback()
    return missed


def test_random_tampering_is_found(session, event):
    assert strike(session, event, range(36)) == []


@pytest.mark.deep
def test_a_thousand_tamperings_are_found(session, event):
    assert strike(session, event, range(1000, 2100)) == []

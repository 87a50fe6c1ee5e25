"""What takes two people between marks and announcement: corrections, the re-check, the opening of names."""

import pytest
from sqlalchemy import select

from competitions.draw import unblinding
from competitions.events import lifecycle
from core.refusals import Refused
from scoring.rechecks import queries, services
from scoring.results import outcomes
from scoring.sheets import corrections, integrity, ledger, projection
from scoring.sheets import queries as sheets
from scoring.sheets.models import LedgerOperation
from scoring.sheets.rules import MarkKey
from tests.factories.accounts import MOMENT, build_user
from tests.factories.marking import take
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated, close_all
from tests.factories.trust import build_trusted as build

A1 = MarkKey("A1", 1)


def code_of(raised):
    return raised.value.refusals[0].code


def refused(act, *args, **kwargs):
    with pytest.raises(Refused) as raised:
        act(*args, **kwargs)
    return code_of(raised)


def propose(session, found, sheet, value, reason="抄写错误", who="chief_judge"):
    return corrections.propose(
        session, found.event, sheet, sheet.version, {A1: value}, reason,
        actor_id=found.users[who].id, now=MOMENT,
    )  # fmt: skip


def witness(session, found, correction, who="supervisor"):
    corrections.witness(session, found.event, correction, actor_id=found.users[who].id, now=MOMENT)


# ---------------------------------------------------------------- corrections


def test_a_correction_names_old_and_new_value_reason_and_two_people(session):
    """I06: A01 had (60 + 60) ÷ 2 of J1 and J2; J2's 60 was meant to be 50: 55 + 40 from the faults."""
    found = build_tabulated(session, "standard")
    sheet = sheet_of(session, found.event, "J2", "A01", "P")
    correction = propose(session, found, sheet, "50")
    assert sheets.marks_of(session, sheet.id)[A1] == "60"
    witness(session, found, correction)
    assert (sheet.state, sheets.marks_of(session, sheet.id)[A1]) == ("corrected", "50")
    operation = session.scalars(select(LedgerOperation).order_by(LedgerOperation.seq.desc())).first()
    assert (operation.kind, operation.actor_id) == ("correct", found.users["supervisor"].id)
    assert operation.body["marks"] == [["A1", 1, "60", "50"]]
    assert (operation.body["reason"], operation.body["by"]) == ("抄写错误", found.users["chief_judge"].id)
    assert integrity.refusals(session, found.event.id) == projection.refusals(session, found.event.id) == []
    stages = {row.entry: row.total for row in outcomes.live(session, found.event.id).outcome.rows}
    assert stages["A01"] == 84_500_000  # 0.3 × 60 + 0.7 × (55 + 40)


def test_one_person_alone_corrects_nothing_and_half_a_correction_is_none(session):
    found = build_tabulated(session, "standard")
    sheet = sheet_of(session, found.event, "J2", "A01", "P")
    assert refused(propose, session, found, sheet, "50", reason=" ") == "CORRECTION_INCOMPLETE"
    assert refused(propose, session, found, sheet, "60") == "CORRECTION_INCOMPLETE"
    assert refused(propose, session, found, sheet, "60.0") == "CORRECTION_INCOMPLETE"  # the same number
    assert refused(propose, session, found, sheet, "61") == "CORRECTION_VALUE"
    assert refused(propose, session, found, sheet, "") == "CORRECTION_VALUE"
    correction = propose(session, found, sheet, "50")
    assert refused(witness, session, found, correction, "chief_judge") == "DUAL_CONTROL"
    assert refused(propose, session, found, sheet, "40") == "CORRECTION_WAITS"
    assert [r.code for r in corrections.nothing_waits(session, found.event, MOMENT)] == ["CORRECTION_OPEN"]
    supervisor = found.users["supervisor"].id
    corrections.decline(session, found.event, correction, "原件无误", actor_id=supervisor, now=MOMENT)
    assert refused(witness, session, found, correction) == "CORRECTION_DECIDED"
    assert (sheet.state, corrections.nothing_waits(session, found.event, MOMENT)) == ("locked", [])


def test_a_sheet_that_is_not_closed_yet_is_given_back_not_corrected(session):
    found = build(session, "standard")
    sheet = sheet_of(session, found.event, "J2", "A01", "P")
    assert refused(propose, session, found, sheet, "50") == "SHEET_NOT_CLOSED"


# ---------------------------------------------------------------- the re-check


def draw(session, found, who="tabulator", seed="seed"):
    return services.draw_sample(
        session, found.event, seed=seed, operation_id="op-sample", actor_id=found.users[who].id, now=MOMENT
    )


def compare(session, found, row, agrees=True, note="", who="tabulator"):
    number = len(ledger_kinds(session, found.event))
    services.compare(
        session, found.event, row.ref, row.version, agrees=agrees, note=note,
        operation_id=f"op-compare-{number}", actor_id=found.users[who].id, now=MOMENT,
    )  # fmt: skip


def ledger_kinds(session, event):
    rows = select(LedgerOperation.kind).where(LedgerOperation.event_id == event.id)
    return session.scalars(rows.order_by(LedgerOperation.seq)).all()


def compare_all(session, found):
    for sheet in queries.find_progress(session, found.event).chosen:
        if not sheet.done:
            compare(session, found, sheet.row)


def test_the_seed_is_drawn_after_the_last_lock_and_once(session):
    found = build(session, "strict")
    assert refused(draw, session, found) == "RECHECK_STATE"
    close_all(session, found)
    assert refused(draw, session, found) == "RECHECK_STATE"
    take(session, found.event, "tabulate")
    assert refused(draw, session, found, "head") == "RECHECK_OWN"
    draw(session, found)
    assert refused(draw, session, found) == "RECHECK_DRAWN"
    kinds = ledger_kinds(session, found.event)
    assert kinds.index("recheck") > max(place for place, kind in enumerate(kinds) if kind in ("sign", "lock"))
    # 4 entries: the best 3 with 3 sheets each; of the 3 others 15 % are one.
    assert [sheet.why for sheet in queries.find_progress(session, found.event).chosen].count("top") == 9
    assert queries.find_progress(session, found.event).left == 10


def test_past_the_limit_everything_is_compared_and_what_differed_is_corrected_and_compared_again(session):
    found = build_tabulated(session, "standard")
    draw(session, found)
    first = next(c.row for c in queries.find_progress(session, found.event).chosen if c.row.judge == "J2")
    assert refused(compare, session, found, first, agrees=False) == "RECHECK_NOTE"
    compare(session, found, first, agrees=False, note="原件 50")
    progress = queries.find_progress(session, found.event)
    assert (progress.errors, len(progress.chosen), progress.left) == (1, 12, 12)  # 1 of 9 is more than 5 %
    assert refused(compare, session, found, first) == "RECHECK_THIRD"
    sheet = sheets.find_sheet(session, first.ref)
    witness(session, found, propose(session, found, sheet, "50"))
    compare_all(session, found)
    assert queries.find_progress(session, found.event).left == 0
    assert lifecycle.missing(session, found.event, "unblind", MOMENT) == []


def test_a_sheet_is_compared_as_it_was_shown_and_only_a_chosen_one(session):
    found = build_tabulated(session, "standard")
    draw(session, found)
    row = queries.find_progress(session, found.event).chosen[0].row
    assert refused(compare, session, found, row._replace(version=99)) == "SHEETS_CHANGED"
    other = next(r for r in sheets.list_sheets(session, found.event.id) if r.entry == "A04")
    assert refused(compare, session, found, other) == "RECHECK_NOT_CHOSEN"
    assert refused(compare, session, found, row, who="chief_judge") == "RECHECK_OWN"


def test_the_simple_profile_has_no_recheck(session):
    found = build(session, "simple")
    take(session, found.event, "tabulate")
    assert refused(draw, session, found) == "RECHECK_NONE"
    take(session, found.event, "announce")
    assert found.event.state == "announced"


# ---------------------------------------------------------------- the opening of names


def consent(session, found, layer, who):
    return unblinding.consent(session, found.event, layer, actor_id=found.users[who].id, now=MOMENT)


def rechecked(session, profile="standard", **fields):
    found = build_tabulated(session, profile, **fields)
    draw(session, found)
    compare_all(session, found)
    return found


def test_two_people_open_each_layer_the_last_one_first_and_then_it_is_announced(session):
    found = rechecked(session, layers=2)
    assert refused(take, session, found.event, "announce") == "UNBLIND_NEEDED"
    assert refused(consent, session, found, 1, "supervisor") == "UNBLIND_ORDER"
    consent(session, found, 2, "supervisor")
    assert refused(consent, session, found, 2, "supervisor") == "DUAL_CONTROL"
    assert refused(consent, session, found, 2, "tabulator") == "UNBLIND_ROLE"
    consent(session, found, 2, "draw_officer")
    assert not unblinding.is_done(session, found.event)
    consent(session, found, 1, "draw_officer")
    consent(session, found, 1, "supervisor")
    assert unblinding.is_done(session, found.event)
    take(session, found.event, "announce")
    kinds = ledger_kinds(session, found.event)
    assert kinds[-4:] == ["unblind"] * 4
    assert projection.refusals(session, found.event.id) == []
    assert ledger.first_broken(session, found.event.id) is None


def test_nothing_is_opened_before_the_recheck_nor_corrected_nor_reopened_afterwards(session):
    found = build_tabulated(session, "standard")
    assert refused(consent, session, found, 1, "supervisor") == "RECHECK_NEEDED"
    draw(session, found)
    assert refused(consent, session, found, 1, "supervisor") == "RECHECK_OPEN"
    compare_all(session, found)
    consent(session, found, 1, "supervisor")
    sheet = sheet_of(session, found.event, "J2", "A01", "P")
    assert refused(propose, session, found, sheet, "50") == "UNBLINDING_BEGUN"
    assert refused(take, session, found.event, "reopen_scoring", reason="x") == "UNBLINDING_BEGUN"


def test_somebody_with_both_roles_is_one_person(session):
    found = rechecked(session)
    both = [("draw_officer", "event", found.event.id), ("supervisor", "event", found.event.id)]
    found.users["both"] = build_user(session, grants=both)
    consent(session, found, 1, "both")
    assert refused(consent, session, found, 1, "both") == "DUAL_CONTROL"


def test_in_strict_no_organiser_opens_names(session):
    for profile, answer in (("strict", "UNBLIND_APART"), ("standard", None)):
        found = rechecked(session, profile)
        grants = [("supervisor", "event", found.event.id), ("organiser", "event", found.event.id)]
        found.users["organising"] = build_user(session, grants=grants)
        if answer:
            assert refused(consent, session, found, 1, "organising") == answer
        else:
            consent(session, found, 1, "organising")
        session.rollback()

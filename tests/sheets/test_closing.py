"""Confirming and locking: by the right person, in the order of the profile, exactly what was shown."""

import pytest
from sqlalchemy import select

from competitions.judges.models import Appointment
from core.refusals import Refused
from scoring.sheets import closing, ledger, services, setup
from scoring.sheets.models import LedgerOperation
from tests.client import visible
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.marking import mark
from tests.factories.scoring import build_scoring_event, sheet_of


def build(session, profile):
    """Two entries, J1 and J2; J1 is head of the panels. All but J2's sheet of A02 is signed."""
    event = build_scoring_event(session, 2, 2, competition=build_competition(session, profile=profile))
    session.scalars(select(Appointment).where(Appointment.code == "J1")).one().head = True
    for code in ("A01", "A02"):
        mark(session, event, "J1", code, "T", {"Q1": "80"})
        mark(session, event, "J1", code, "P", {"A1": "50", "A2": "1"})
    mark(session, event, "J2", "A01", "P", {"A1": "52"})
    session.commit()
    return event


def close_shown(session, event, act, shown, operation="op-closing", actor=1):
    return closing.close_sheets(
        session, event, act, shown, operation_id=operation, actor_id=actor, now=MOMENT
    )


def close(session, event, act, *sheets, actor, operation="op-closing"):
    shown = {sheet.ref: sheet.version for sheet in sheets}
    return close_shown(session, event, act, shown, operation, actor)


def head_of(session, event, code="J1"):
    found = select(Appointment.user_id).where(Appointment.event_id == event.id, Appointment.code == code)
    return session.scalars(found).one()


def code_of(raised):
    return raised.value.refusals[0].code


def test_in_standard_the_chief_judge_locks_what_is_signed(session):
    event = build(session, "standard")
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    signed = sheet_of(session, event, "J1", "A01", "P")
    assert signed.state == "signed"
    assert len(closing.list_waiting(session, event, "lock", None)) == 5
    assert closing.list_waiting(session, event, "confirm", None) == []
    assert close(session, event, "lock", signed, actor=chief.id) == 1
    assert (signed.state, len(closing.list_waiting(session, event, "lock", None))) == ("locked", 4)
    operation = session.scalars(select(LedgerOperation).order_by(LedgerOperation.seq.desc())).first()
    assert (operation.kind, operation.body) == ("lock", {"sheets": [[signed.ref, 2]]})
    assert ledger.first_broken(session, event.id) is None


def test_in_strict_the_head_confirms_first(session):
    event = build(session, "strict")
    sheet, head = sheet_of(session, event, "J2", "A01", "P"), head_of(session, event)
    with pytest.raises(Refused) as early:
        close(session, event, "lock", sheet, actor=head)
    assert code_of(early) == "SHEETS_CHANGED"
    close(session, event, "confirm", sheet, actor=head)
    assert sheet.state == "confirmed"
    close(session, event, "lock", sheet, actor=head, operation="op-lock")
    assert sheet.state == "locked"


def test_nobody_but_the_head_of_the_panel_confirms(session):
    event = build(session, "strict")
    with pytest.raises(Refused) as refused:
        close(session, event, "confirm", sheet_of(session, event, "J1", "A01", "P"),
              actor=head_of(session, event, "J2"))  # fmt: skip
    assert code_of(refused) == "PANEL_HEAD_NEEDED"
    assert closing.stages_of_head(session, event.id, head_of(session, event)) == ["P", "T"]


def test_what_is_no_longer_as_it_was_shown_is_not_locked_nor_is_anything_beside_it(session):
    event = build(session, "standard")
    one, other = (sheet_of(session, event, "J1", code, "P") for code in ("A01", "A02"))
    shown = {one.ref: one.version, other.ref: other.version}
    services.reopen_sheet(
        session, event, other, operation_id="op-return", reason="漏看", actor_id=head_of(session, event),
        now=MOMENT,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        close_shown(session, event, "lock", shown)
    assert refused.value.refusals[0].params == {"codes": "A02"}
    assert (one.state, other.state) == ("signed", "returned")
    with pytest.raises(Refused) as unknown:
        close_shown(session, event, "lock", {"0" * 32: 1})
    assert code_of(unknown) == "SHEETS_CHANGED"


def test_locking_twice_under_one_operation_is_one_act(session):
    event = build(session, "standard")
    sheet = sheet_of(session, event, "J1", "A01", "P")
    shown = {sheet.ref: sheet.version}
    for _time in range(2):
        close_shown(session, event, "lock", shown)
    assert (sheet.state, sheet.version) == ("locked", 3)


def test_a_locked_sheet_is_not_given_back_in_these_profiles(session):
    event = build(session, "standard")
    sheet = sheet_of(session, event, "J1", "A01", "P")
    close(session, event, "lock", sheet, actor=head_of(session, event))
    with pytest.raises(Refused) as refused:
        services.reopen_sheet(session, event, sheet, operation_id="op-r", reason="x", actor_id=1, now=MOMENT)
    assert code_of(refused) == "SHEET_LOCKED"


def test_tabulating_names_what_waits_for_whom(session):
    event = build(session, "strict")
    found = setup.sheets_locked(session, event, MOMENT)
    assert [(refusal.code, refusal.params["count"]) for refusal in found] == [
        ("INCOMPLETE_SHEETS", 1), ("SHEETS_TO_CONFIRM", 5),
    ]  # fmt: skip
    sheet = sheet_of(session, event, "J2", "A01", "P")
    close(session, event, "confirm", sheet, actor=head_of(session, event))
    codes = [refusal.code for refusal in setup.sheets_locked(session, event, MOMENT)]
    assert codes == ["INCOMPLETE_SHEETS", "SHEETS_TO_CONFIRM", "SHEETS_TO_LOCK"]


def waiting(session, event, act):
    session.expire_all()
    marks = [row.mark for row in closing.list_waiting(session, event, act, None)]
    session.commit()
    return marks


def test_the_page_of_a_head_shows_each_mark_and_confirms_what_is_chosen(session, browser):
    event = build(session, "strict")
    opened = browser(session.get_one(Appointment, 1).user)
    session.commit()
    where = f"/events/{event.id}/progress/confirm"
    opened.get(where)
    assert "待处理 5 份" in visible(opened.page)
    assert "综合评分 52" in visible(opened.page)
    opened.post(where, {}, 422)
    assert "至少选择一份" in visible(opened.page)
    opened.post(where, {"sheet": "x"}, 422)
    opened.post(where, {"sheet": waiting(session, event, "confirm")[:4]})
    assert len(waiting(session, event, "lock")) == 4


def test_the_page_of_the_chief_judge_locks_what_is_as_it_was_shown(session, browser):
    event = build(session, "standard")
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    opened = browser(chief)
    opened.get(f"/events/{event.id}/progress")
    assert "待锁定" in visible(opened.page)
    where = f"/events/{event.id}/progress/lock"
    opened.get(where)
    marks = waiting(session, event, "lock")
    opened.post(where, {"sheet": [*marks[1:], f"{marks[0]}0"]}, 422)
    assert "与刚才显示的不同" in visible(opened.page)
    opened.post(where, {"sheet": marks})
    session.expire_all()
    states = [sheet_of(session, event, "J2", code, "P").state for code in ("A01", "A02")]
    assert states == ["locked", "draft"]


def test_a_judge_who_is_no_head_sees_no_marks_of_others(session, browser):
    event = build(session, "strict")
    other = session.get_one(Appointment, 2).user
    session.commit()
    opened = browser(other)
    opened.get(f"/events/{event.id}/progress/confirm")
    assert "没有待您处理" in visible(opened.page)
    opened.get(f"/events/{event.id}/progress/lock", 403)

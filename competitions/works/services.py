"""Write what is said of works, how experts see them and until when they mark; each act on record."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from competitions.entries import holding
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.services import hold
from competitions.works.models import WorkParticulars
from competitions.works.rules import Particulars, faults
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

OVER = frozenset({"archived", "cancelled"})
# From here on the experts have seen the works as they were promised to see them.
TERMS_FROZEN = frozenset({"tabulated", "announced", "final", *OVER})


def save_particulars(
    session: Session, event: Event, entry_id: int, said: Particulars, *, revision: int, today: date,
    actor_id: int, now: datetime,
) -> WorkParticulars:  # fmt: skip
    """Keep what is said of a work while registration is open, if its entry is as the form showed it.

    The revision of the entry covers its authors, to whom the shares belong.
    Raises: Refused REG_CLOSED, ENTRY_GONE, WORK_KIND, WORK_CHANGED alone, or what cannot be so, at its field.
    """
    holding.hold_open(session, event)
    entry = _work(session, event, entry_id)
    if entry.revision != revision:
        raise refuse("WORK_CHANGED")
    _refuse(said, today)
    row = session.get(WorkParticulars, entry.id)
    if row is None:
        row = WorkParticulars(entry_id=entry.id)
        session.add(row)
    row.nature, row.basis, row.changed_at = said.nature, said.basis, now
    row.implemented, row.implemented_on = said.implemented, said.implemented_on
    row.benefit, row.evidence = said.benefit, said.evidence
    for member, share in zip(entry.members, said.shares, strict=False):
        member.share = share
    entry.revision += 1
    session.flush()
    holding.record(session, "work:save", event, entry.id, actor_id=actor_id, now=now, entry=entry.number)
    return row


def record_implementation(
    session: Session, event: Event, entry_id: int, on: date | None, *, today: date, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    """Record that a work came into use after its registration was closed; marks and awards stay.

    Raises: Refused WORK_OVER, ENTRY_GONE, WORK_KIND, WORK_UNSAID, WORK_SINCE, WORK_SINCE_AHEAD.
    """
    hold(session, event)
    if event.state in OVER:
        raise refuse("WORK_OVER")
    entry = _work(session, event, entry_id)
    row = session.get(WorkParticulars, entry.id)
    if row is None:
        raise refuse("WORK_UNSAID")
    _refuse(Particulars(row.nature, implemented=True, implemented_on=on), today)
    row.implemented, row.implemented_on, row.changed_at = True, on, now
    session.flush()
    day = on.isoformat() if on else ""
    holding.record(
        session, "work:implement", event, entry.id, actor_id=actor_id, now=now, entry=entry.number, on=day
    )


def save_terms(
    session: Session, event: Event, *, anonymous: bool, until: datetime | None, actor_id: int, now: datetime
) -> None:
    """Say whether experts see authors and units, and until when marks are taken.

    Raises: Refused WORK_KIND, WORK_TERMS_FROZEN, or WORK_OPENED, MARKS_UNTIL at the field.
    """
    hold(session, event)
    _refuse_other_kinds(event)
    if event.state in TERMS_FROZEN:
        raise refuse("WORK_TERMS_FROZEN")
    if event.state == "scoring" and event.anonymous and not anonymous:
        raise refuse("WORK_OPENED", "anonymous")
    if until is not None and until != event.marks_until and until <= now:
        raise refuse("MARKS_UNTIL", "until")
    event.anonymous, event.marks_until = anonymous, until
    session.flush()
    audit.record(
        session, "work:terms", actor_id=actor_id, subject=f"event:{event.id}", now=now, event_id=event.id,
        detail={"anonymous": anonymous, "until": until.isoformat() if until else ""},
    )  # fmt: skip


def _work(session: Session, event: Event, entry_id: int) -> Entry:
    _refuse_other_kinds(event)
    return holding.held_entry(session, event, entry_id)


def _refuse_other_kinds(event: Event) -> None:
    if event.entry_kind != "work":
        raise refuse("WORK_KIND")


def _refuse(said: Particulars, today: date) -> None:
    found = faults(said, today)
    if found:
        raise Refused(*(Refusal(code, field) for field, code in found))

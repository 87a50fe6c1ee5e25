"""Let a locked sheet or a penalty be corrected although the names are open: for an appeal, or an error found.

Once names are open, whoever changes marks knows whose they are. So nothing is changed then but what was
released: by an appeal that was upheld, or by the chief judge who has found an error and an arbitrator who
approves. A release is for one sheet and one correction (which takes its two people as ever), or for the
withdrawal of one penalty, and stands in the ledger before what it allows.
Source: DOMAIN.md sections 8.1 and 8.4, SECURITY.md I06.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from accounts.queries import list_held_grants
from competitions.draw import unblinding
from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.services import hold
from competitions.judges.models import Appointment
from competitions.judges.register.models import JudgeProfile
from core import clock
from core.audit import services as audit
from core.refusals import Refusal, refuse
from scoring.sheets import ledger
from scoring.sheets.models import Correction, LedgerOperation, Penalty, Release, Sheet
from scoring.sheets.states import PUBLISHED

APPEAL, ERROR = "appeal", "error"
ASKED, OPEN, USED, CLOSED, DECLINED = "asked", "open", "used", "closed", "declined"
MARKS = frozenset({"judge", "chief_judge"})


class Grounds(NamedTuple):
    """Why something is released: `basis` with the number of the appeal, the reason, the decision's digest."""

    basis: str
    number: int | None
    reason: str
    sha256: str = ""


def names_open(session: Session, event: Event) -> bool:
    """Say whether marks are changed by release alone: from the first consent to open names on."""
    return event.state in PUBLISHED or unblinding.has_begun(session, event)


def ask(
    session: Session, event: Event, sheet: Sheet, reason: str, *, actor_id: int, now: datetime
) -> Release:
    """Ask, as the chief judge, to correct a sheet on which an error was found.

    Raises: Refused RELEASE_STATE, REASON_NEEDED, RELEASE_WAITS.
    """
    hold(session, event)
    if event.state not in {"tabulated", *PUBLISHED} or not names_open(session, event):
        raise refuse("RELEASE_STATE")
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    if find_pending(session, sheet.id) is not None:
        raise refuse("RELEASE_WAITS")
    row = _new(event, Grounds(ERROR, None, reason.strip()), ASKED, actor_id, now)
    row.sheet_id = sheet.id
    session.add(row)
    session.flush()
    _record(session, row, "release:ask", actor_id, now, reason=row.reason)
    return row


def approve(session: Session, event: Event, row: Release, *, actor_id: int, now: datetime) -> None:
    """Let a sheet be corrected because an error was found on it, as an arbitrator.

    Raises: Refused RELEASE_DECIDED, RELEASE_STATE, DUAL_CONTROL, ARBITRATOR_JUDGES, ARBITRATOR_UNIT.
    """
    _hold_asked(session, event, row)
    if not names_open(session, event):
        raise refuse("RELEASE_STATE")
    if actor_id == row.asked_by_id:
        raise refuse("DUAL_CONTROL")
    sheet = session.get_one(Sheet, row.sheet_id)
    refuse_partial(session, event, session.get_one(Entry, sheet.entry_id), actor_id)
    row.outcome, row.decided_by_id, row.decided_at = OPEN, actor_id, now
    _write(session, event, [row], Grounds(ERROR, None, row.reason), actor_id, now)
    _record(session, row, "release:approve", actor_id, now, reason=row.reason)


def decline(
    session: Session, event: Event, row: Release, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Leave a sheet as it is.

    Raises: Refused RELEASE_DECIDED, REASON_NEEDED.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    _hold_asked(session, event, row)
    row.outcome, row.closed_reason = DECLINED, reason.strip()
    row.decided_by_id, row.decided_at = actor_id, now
    session.flush()
    _record(session, row, "release:decline", actor_id, now, reason=row.closed_reason)


def release(
    session: Session, event: Event, grounds: Grounds, sheets: Sequence[Sheet],
    penalties: Sequence[Penalty], *, actor_id: int, now: datetime,
) -> list[Release]:  # fmt: skip
    """Release exactly these sheets and penalties for an appeal; without any, the ledger still says so.

    The caller holds the event. Raises: Refused RELEASE_WAITS where one of them is released already.
    """
    rows = []
    for sheet in sheets:
        if find_pending(session, sheet.id) is not None:
            raise refuse("RELEASE_WAITS")
        rows.append(_new(event, grounds, OPEN, actor_id, now, sheet_id=sheet.id))
    rows += [_new(event, grounds, OPEN, actor_id, now, penalty_id=penalty.id) for penalty in penalties]
    for row in rows:
        row.decided_by_id, row.decided_at = actor_id, now
    session.add_all(rows)
    session.flush()
    _write(session, event, rows, grounds, actor_id, now)
    for row in rows:
        _record(session, row, "release:approve", actor_id, now, reason=row.reason)
    return rows


def close(
    session: Session, event: Event, row: Release, reason: str, *, actor_id: int, now: datetime
) -> None:
    """End a release that was not used, as an arbitrator: there was nothing to correct.

    Raises: Refused REASON_NEEDED, RELEASE_DECIDED, CORRECTION_WAITS.
    """
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    hold(session, event)
    session.refresh(row)
    if row.outcome != OPEN:
        raise refuse("RELEASE_DECIDED")
    waiting = select(Correction.id).where(Correction.sheet_id == row.sheet_id, Correction.outcome == "")
    if row.sheet_id is not None and session.scalar(waiting) is not None:
        raise refuse("CORRECTION_WAITS")
    row.outcome, row.closed_reason, row.closed_by_id, row.closed_at = CLOSED, reason.strip(), actor_id, now
    session.flush()
    _record(session, row, "release:close", actor_id, now, reason=row.closed_reason)


def demand(session: Session, event: Event, sheet: Sheet) -> Release | None:
    """Return the release of a sheet where one is needed; None while names are sealed.

    Raises: Refused UNBLINDING_BEGUN before the announcement, CORRECTION_RELEASE after it.
    """
    if not names_open(session, event):
        return None
    found = find_open(session, sheet_id=sheet.id)
    if found is None:
        raise refuse("CORRECTION_RELEASE" if event.state in PUBLISHED else "UNBLINDING_BEGUN")
    return found


def use(row: Release, now: datetime, correction: Correction | None = None) -> None:
    """Let a release count as used: the correction or withdrawal that it allowed has been made."""
    row.outcome, row.closed_at = USED, now
    row.correction_id = correction.id if correction is not None else None


def any_used(session: Session, event_id: int) -> bool:
    """Say whether anything was corrected by release: a tie can have come of it that nobody could decide."""
    own = select(Release.id).where(Release.event_id == event_id, Release.outcome == USED)
    return session.scalar(own.limit(1)) is not None


def refuse_partial(session: Session, event: Event, entry: Entry, user_id: int) -> None:
    """Refuse somebody who cannot be impartial about an entry: who judges here, who is of its unit.

    Raises: Refused ARBITRATOR_JUDGES, ARBITRATOR_UNIT.
    """
    grants, path = list_held_grants(session, user_id), set(event_path(session, event))
    own = select(Appointment.id).where(Appointment.event_id == event.id, Appointment.user_id == user_id)
    there = any(grant.role in MARKS and (grant.scope_kind, grant.scope_id) in path for grant in grants)
    if there or session.scalar(own) is not None:
        raise refuse("ARBITRATOR_JUDGES")
    units = {grant.scope_id for grant in grants if grant.scope_kind == "unit"}
    profile = session.get(JudgeProfile, user_id)
    sent = select(Appointment.unit_id).where(Appointment.user_id == user_id)
    units |= {unit for unit in session.scalars(sent) if unit is not None}
    if entry.unit_id in units or profile is not None and profile.unit_id == entry.unit_id:
        raise refuse("ARBITRATOR_UNIT")


def find_release(session: Session, event_id: int, number: int) -> Release | None:
    """Return a release of an event."""
    return session.scalar(select(Release).where(Release.event_id == event_id, Release.id == number))


def find_open(
    session: Session, *, sheet_id: int | None = None, penalty_id: int | None = None
) -> Release | None:
    """Return the release of a sheet or of a penalty that has not been used."""
    own = Release.sheet_id == sheet_id if sheet_id is not None else Release.penalty_id == penalty_id
    return session.scalar(select(Release).where(own, Release.outcome == OPEN))


def find_used(session: Session, correction: Correction) -> Release | None:
    """Return the release that allowed a correction; None for one that was made with sealed names."""
    return session.scalar(select(Release).where(Release.correction_id == correction.id))


def find_pending(session: Session, sheet_id: int) -> Release | None:
    """Return the release of a sheet that is asked for or open."""
    own = select(Release).where(Release.sheet_id == sheet_id, Release.outcome.in_((ASKED, OPEN)))
    return session.scalar(own)


def list_releases(session: Session, event_id: int) -> list[Release]:
    """Return the releases of an event, oldest first."""
    return list(session.scalars(select(Release).where(Release.event_id == event_id).order_by(Release.id)))


def nothing_open(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask that whatever was released has been corrected, or ended with a reason."""
    counted = select(Release.outcome, func.count()).where(
        Release.event_id == event.id, Release.outcome.in_((ASKED, OPEN))
    )
    found = dict(session.execute(counted.group_by(Release.outcome)).all())
    codes = {ASKED: "RELEASES_ASKED", OPEN: "RELEASES_OPEN"}
    return [Refusal(codes[name], "", {"count": found[name]}) for name in (ASKED, OPEN) if name in found]


def _new(
    event: Event, grounds: Grounds, outcome: str, actor_id: int, now: datetime, **what: int
) -> Release:
    return Release(
        ref=clock.new_ref(), event_id=event.id, basis=grounds.basis, number=grounds.number,
        reason=grounds.reason, asked_by_id=actor_id, asked_at=now, outcome=outcome, **what,
    )  # fmt: skip


def _hold_asked(session: Session, event: Event, row: Release) -> None:
    hold(session, event)
    session.refresh(row)
    if row.outcome != ASKED:
        raise refuse("RELEASE_DECIDED")


def _write(
    session: Session, event: Event, rows: Sequence[Release], grounds: Grounds, actor_id: int, now: datetime
) -> None:
    """Write a release into the ledger: before the correction that it allows."""
    body: dict[str, Any] = {
        "basis": grounds.basis, "number": grounds.number, "reason": grounds.reason, "sha256": grounds.sha256,
        "releases": [row.ref for row in rows],
        "sheets": [session.get_one(Sheet, row.sheet_id).ref for row in rows if row.sheet_id is not None],
        "penalties": [
            session.get_one(Penalty, row.penalty_id).operation.operation_id
            for row in rows
            if row.penalty_id is not None
        ],
        "asked_by": [row.asked_by_id for row in rows],
    }  # fmt: skip

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        for row in rows:
            row.operation = operation
        return {}

    proposal = ledger.Proposal(f"release-{clock.new_ref()}", "release", actor_id, body)
    ledger.append(session, event.id, proposal, now, project)


def _record(
    session: Session, row: Release, action: str, actor_id: int, now: datetime, *, reason: str
) -> None:
    what = f"sheet:{row.sheet_id}" if row.sheet_id is not None else f"penalty:{row.penalty_id}"
    audit.record(
        session, action, actor_id=actor_id, subject=what, now=now, event_id=row.event_id,
        detail={"release": row.ref, "basis": row.basis, "reason": reason},
    )  # fmt: skip

"""Take over what waits, by the ordinary write path and with the chief judge as witness, or dismiss it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events.models import Event
from core import database
from core.audit import services as audit
from core.refusals import Refused, refuse
from scoring.devices import queries as devices
from scoring.devices.models import HeldOperation
from scoring.results.messages import finding_words
from scoring.sheets import ledger
from scoring.sheets.services import Answer, Desk
from scoring.tablet import forms
from scoring.tablet.quarantine.queries import Place
from scoring.tablet.taking import ACTS


@dataclass(frozen=True)
class Ruling:
    """What the chief judge has seen of one sheet, and decides with a reason."""

    seen: Sequence[int]
    version: int
    reason: str
    actor_id: int
    now: datetime


def take_over(session: Session, event: Event, place: Place, ruling: Ruling) -> int:
    """Let everything that waits for a sheet pass the write path as its judge's; return how many there were.

    The ledger keeps the judge as the author, the chief judge as witness, and the reason.
    Raises: Refused HELD_DECIDED, HELD_ENDED, HELD_CHANGED, HELD_CLOSED, HELD_UNFIT, HELD_INCOMPLETE.
    """
    waiting = _waiting(session, event, place, ruling)
    if place.ended:
        raise refuse("HELD_ENDED", "reason", judge=place.judge)
    version = ruling.version
    for held in waiting:
        if ledger.find_operation(session, held.operation_id) is None:  # it may have come in just before
            version = _apply(session, event, place, held, ruling, version)
        _settle(session, place, held, "taken", ruling)
    return len(waiting)


def dismiss(session: Session, event: Event, place: Place, ruling: Ruling) -> int:
    """Let nothing that waits for a sheet count; it stays on record with its marks and the reason.

    Raises: Refused HELD_DECIDED.
    """
    waiting = _waiting(session, event, place, ruling)
    for held in waiting:
        _settle(session, place, held, "dismissed", ruling)
    return len(waiting)


def _waiting(session: Session, event: Event, place: Place, ruling: Ruling) -> list[HeldOperation]:
    """Return what waits for a sheet, held against a second decision; it must be what was seen."""
    if not ruling.reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    owner = {held.user_id for held in devices.list_open_held(session, event.id)}
    for user_id in sorted(owner):
        database.lock(session, f"quarantine:{user_id}")
    session.expire_all()
    found = [held for held in devices.list_open_held(session, event.id) if held.sheet_id == place.sheet.id]
    if not found or [held.id for held in found] != list(ruling.seen):
        raise refuse("HELD_DECIDED", "reason")
    return found


def _apply(
    session: Session, event: Event, place: Place, held: HeldOperation, ruling: Ruling, version: int
) -> int:
    kind, operation = forms.read_operation(held.stated, held.device)
    source = {"kind": "quarantine", "witness": ruling.actor_id, "reason": ruling.reason}
    written = replace(operation, base=version, desk=Desk(held.user_id, source))
    answer = ACTS[kind](session, event, place.sheet, written, ruling.now)
    if answer.outcome != "applied":
        raise _refused(answer)
    return answer.version


def _refused(answer: Answer) -> Refused:
    if answer.outcome == "conflict":
        return refuse("HELD_CHANGED", "reason")
    if answer.outcome != "rejected":
        return refuse("HELD_CLOSED", "reason")
    if answer.missing:
        return refuse("HELD_INCOMPLETE", "reason", count=len(answer.missing))
    why = _(", ").join(finding_words(finding) for finding in answer.errors.values())
    return refuse("HELD_UNFIT", "reason", why=why)


def _settle(session: Session, place: Place, held: HeldOperation, state: str, ruling: Ruling) -> None:
    held.state, held.decision = state, ruling.reason
    held.decided_by_id, held.decided_at = ruling.actor_id, ruling.now
    session.flush()
    action = {"taken": "quarantine:take", "dismissed": "quarantine:dismiss"}[state]
    detail = {"operation": held.operation_id, "sheet": place.sheet.ref, "reason": ruling.reason}
    audit.record(
        session, action, actor_id=ruling.actor_id, subject=f"held_operation:{held.id}", now=ruling.now,
        event_id=held.event_id, detail=detail,
    )  # fmt: skip

"""The one door of a device's operations: sent by the tablet, or brought to the desk in its backup file.

Each is a transaction and a verdict of its own; what fails here fails alone and may be brought again.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import current_app

from accounts.policy import HeldGrant
from core import clock
from core.audit import services as audit
from core.database import BUSY, db
from core.refusals import Refused
from scoring.sheets import services
from scoring.sheets.ledger import find_operation
from scoring.sheets.services import SheetOperation
from scoring.tablet import forms, holding, queries, signing, verdicts
from scoring.tablet.queries import AtDoor, OwnSheet

OUTCOMES = {"REQUEST_FORM": "unreadable", "QUARANTINE_FULL": "full"}
ACTS = {"save": services.save_marks, "sign": services.sign_sheet}


class Sender(NamedTuple):
    """Whose operations these are, what that judge may do now, and who brings them.

    `withdrawn` where somebody is known by the device alone (scoring.tablet.contact): nothing of it is
    applied, and what is not kept leaves no record, for whoever holds the device could send it for ever.
    """

    user_id: int
    grants: Sequence[HeldGrant]
    brought_by: int
    connection: signing.Connection = signing.AT_THE_DESK
    withdrawn: str = ""


class Read(NamedTuple):
    """One operation, read, and as it was stated."""

    kind: str
    operation: SheetOperation
    stated: Any


def take(sender: Sender, stated: Any, device: str) -> dict[str, Any]:
    """Take one operation, commit it, and return its verdict.

    Raises: one of BUSY when the database has no time for it; it can come again.
    """
    operation_id = str(stated.get("op_id", ""))[:64] if isinstance(stated, dict) else ""
    try:
        one = Read(*forms.read_operation(stated, device), stated)
        (told,) = look_at(sender, [one], device)
        db.session.commit()
        return told
    except Refused as refused:
        db.session.rollback()
        outcome = OUTCOMES.get(refused.refusals[0].code, "reused")
        marks = stated.get("marks", []) if outcome == "reused" else []
        _note(sender, None, operation_id, outcome, marks)
        db.session.commit()
        return verdicts.refused(operation_id, outcome)
    except BUSY:
        db.session.rollback()
        raise
    except Exception:  # a fault of ours: logged, told as one, holds up no other; the device asks again
        db.session.rollback()
        current_app.logger.exception("fault in operation %s", operation_id)
        return verdicts.refused(operation_id, "fault")


def look_at(sender: Sender, batch: Sequence[Read], device: str) -> list[dict[str, Any]]:
    """Do what these operations say in the running transaction, and return their verdicts.

    Raises: Refused where one is not to be done at all.
    """
    operations = [one.operation for one in batch]
    doors = queries.list_at_door(db.session, sender.user_id, operations, device)
    return [_looked_at(sender, one, doors.get(one.operation.operation_id)) for one in batch]


def _looked_at(sender: Sender, one: Read, door: AtDoor | None) -> dict[str, Any]:
    if door is None:
        _note(sender, None, one.operation.operation_id, "not_yours", verdicts.listed(one.operation.marks))
        return verdicts.refused(one.operation.operation_id, "not_yours")
    why = holding.reason(db.session, sender, door)
    if why or door.held:
        return _kept_back(sender, one, door, why)
    own = OwnSheet(door.sheet, door.event, door.code)
    return _unproved(sender, own, one.operation) or _answered(sender, own, one.kind, one.operation)


def _kept_back(sender: Sender, one: Read, door: AtDoor, why: str) -> dict[str, Any]:
    """Put an operation into quarantine that must not count by itself.

    What is in quarantine stays there, and what was applied before keeps its first answer.
    """
    kind, operation, stated = one
    own = OwnSheet(door.sheet, door.event, door.code)
    if door.held is None and find_operation(db.session, operation.operation_id) is not None:
        return _answered(sender, own, kind, operation)
    unproved = _unproved(sender, own, operation) if door.held is None else None
    if unproved:
        return unproved
    row = holding.hold(db.session, sender, door, operation, stated, why, clock.now())
    if door.held is not None:
        _record(sender, own, "sheet:repeat", {"operation": operation.operation_id})
    return verdicts.refused(operation.operation_id, "held") | {"reason": row.reason}


def _unproved(sender: Sender, own: OwnSheet, operation: SheetOperation) -> dict[str, Any] | None:
    """Refuse a signature that lacks what its event asks for, and return that verdict; else None."""
    lacking = _lacking(sender, own, operation)
    if not lacking:
        return None
    _note(sender, own, operation.operation_id, lacking, [])
    return verdicts.refused(operation.operation_id, lacking)


def _answered(sender: Sender, own: OwnSheet, kind: str, operation: SheetOperation) -> dict[str, Any]:
    answer = ACTS[kind](db.session, own.event, own.sheet, operation, clock.now())
    told = verdicts.of_answer(db.session, own, operation, answer)
    if answer.outcome == "duplicate":
        _record(sender, own, "sheet:repeat", {"operation": operation.operation_id})
    elif answer.outcome != "applied":
        _note(sender, own, operation.operation_id, answer.outcome, verdicts.listed(operation.marks))
    return told


def _lacking(sender: Sender, own: OwnSheet, operation: SheetOperation) -> str:
    """Return what a new signature lacks of what its event asks for; one that was taken over lacks nothing."""
    if operation.signature is None or find_operation(db.session, operation.operation_id) is not None:
        return ""
    return signing.lacking(db.session, own, operation, sender.user_id, sender.connection, clock.now())


def _note(sender: Sender, own: Any, operation_id: str, outcome: str, marks: Any) -> None:
    """Keep on record what was not applied, with its marks: what a judge has entered is never dropped."""
    detail = {"operation": operation_id, "outcome": outcome, "marks": marks}
    _record(sender, own, "sheet:refuse", detail)


def _record(sender: Sender, own: Any, action: str, detail: dict[str, Any]) -> None:
    if sender.withdrawn:
        return
    audit.record(
        db.session, action, actor_id=sender.brought_by, subject=f"sheet:{own.sheet.id if own else 0}",
        now=clock.now(), detail=detail, event_id=own.event.id if own else None,
    )  # fmt: skip

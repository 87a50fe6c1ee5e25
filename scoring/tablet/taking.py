"""The one door of a device's operations: sent by the tablet, or brought to the desk in its backup file.

Each is a transaction and a verdict of its own; what fails here fails alone and may be brought again.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from flask import current_app

from accounts import policy
from accounts.policy import HeldGrant
from competitions.events.queries import event_path
from core import clock
from core.audit import services as audit
from core.database import db
from core.refusals import Refused
from scoring.sheets import services
from scoring.sheets.ledger import find_operation
from scoring.sheets.services import SheetOperation
from scoring.tablet import forms, queries, signing, verdicts
from scoring.tablet.queries import OwnSheet

ACTS = {"save": services.save_marks, "sign": services.sign_sheet}


class Sender(NamedTuple):
    """Whose operations these are, what that judge may do now, and who brings them."""

    user_id: int
    grants: Sequence[HeldGrant]
    brought_by: int
    connection: signing.Connection = signing.AT_THE_DESK


def take(sender: Sender, stated: Any, device: str) -> dict[str, Any]:
    """Take one operation, commit it, and return its verdict."""
    operation_id = str(stated.get("op_id", ""))[:64] if isinstance(stated, dict) else ""
    try:
        kind, operation = forms.read_operation(stated, device)
        return _applied(sender, kind, operation)
    except Refused as refused:
        db.session.rollback()
        outcome = "unreadable" if refused.refusals[0].code == "REQUEST_FORM" else "reused"
        marks = stated.get("marks", []) if outcome == "reused" else []
        _note(sender, None, operation_id, outcome, marks)
        db.session.commit()
        return verdicts.refused(operation_id, outcome)
    except Exception:  # a fault of ours: logged, told as one, holds up no other; the device asks again
        db.session.rollback()
        current_app.logger.exception("fault in operation %s", operation_id)
        return verdicts.refused(operation_id, "fault")


def _applied(sender: Sender, kind: str, operation: SheetOperation) -> dict[str, Any]:
    own = queries.find_own_sheet(db.session, sender.user_id, operation.sheet_ref)
    path = event_path(db.session, own.event) if own is not None else ()
    if own is None or not policy.allows(sender.grants, "sheet.mark", path):
        _note(sender, own, operation.operation_id, "not_yours", verdicts.listed(operation.marks))
        db.session.commit()
        return verdicts.refused(operation.operation_id, "not_yours")
    lacking = _lacking(sender, own, operation)
    if lacking:
        _note(sender, own, operation.operation_id, lacking, [])
        db.session.commit()
        return verdicts.refused(operation.operation_id, lacking)
    answer = ACTS[kind](db.session, own.event, own.sheet, operation, clock.now())
    told = verdicts.of_answer(db.session, own, operation, answer)
    if answer.outcome == "duplicate":
        _record(sender, own, "sheet:repeat", {"operation": operation.operation_id})
    elif answer.outcome != "applied":
        _note(sender, own, operation.operation_id, answer.outcome, verdicts.listed(operation.marks))
    db.session.commit()
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
    audit.record(
        db.session, action, actor_id=sender.brought_by, subject=f"sheet:{own.sheet.id if own else 0}",
        now=clock.now(), detail=detail, event_id=own.event.id if own else None,
    )  # fmt: skip

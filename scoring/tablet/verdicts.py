"""What a device is told about each of its operations, as plain values."""

from typing import Any

from sqlalchemy.orm import Session

from core import canonical
from scoring.results.messages import finding_words
from scoring.sheets.services import Answer, SheetOperation
from scoring.tablet import queries
from scoring.tablet.queries import OwnSheet

GIVEN_BACK = ("reopen", "correct", "look_again", "look_end")


def of_answer(session: Session, own: OwnSheet, operation: SheetOperation, answer: Answer) -> dict[str, Any]:
    """Return the verdict of an operation that was looked at.

    What was applied gets the answer that is kept with it, so a repetition gets the same bytes.
    """
    told: dict[str, Any] = {"op_id": operation.operation_id, "version": answer.version, "state": answer.state}
    if answer.outcome in ("applied", "duplicate"):
        return {**told, "outcome": "applied", "receipt": answer.receipt}
    told |= {"outcome": answer.outcome, "marks": listed(answer.marks)}
    if answer.outcome == "conflict":
        return told | _last_change(session, own)
    errors = [[key.aspect, key.attempt, finding_words(fault)] for key, fault in answer.errors.items()]
    return told | {"errors": errors, "missing": [list(key) for key in answer.missing]}


def refused(operation_id: str, outcome: str) -> dict[str, Any]:
    """Return the verdict of an operation that is not for this judge, or cannot be read, or failed here."""
    return {"op_id": operation_id, "outcome": outcome}


def listed(marks: Any) -> list[list[Any]]:
    """Return marks as [aspect, attempt, value] in one order."""
    return [[key.aspect, key.attempt, marks[key]] for key in sorted(marks)]


def fingerprint(bundle: dict[str, Any]) -> str:
    """Return what a bundle is known by, so that an unchanged one need not be sent again."""
    return canonical.digest(bundle)[:32]


def _last_change(session: Session, own: OwnSheet) -> dict[str, Any]:
    last = queries.find_last_change(session, own.sheet)
    if last is None:
        return {"by": "", "at": ""}
    by = "chief" if last.kind in GIVEN_BACK else last.body.get("device", "")
    return {"by": by, "at": last.at.isoformat()}

"""Write onto a judge's sheet from the desk: the same path as a tablet's, with who wrote it and from what."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from core.refusals import refuse
from scoring.sheets import services
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey
from scoring.sheets.services import Answer, Desk, SheetOperation


def write(
    session: Session, event: Event, sheet: Sheet, operation_id: str, marks: Mapping[MarkKey, str], desk: Desk,
    now: datetime, *, signs: bool,
) -> None:  # fmt: skip
    """Save marks on a sheet and, if asked, sign it for its judge, whose signature stands on the paper.

    Raises: Refused DESK_OUTDATED where the sheet is not as it was when it was looked at.
    """
    if marks:
        base = sheet.version
        saved = SheetOperation(operation_id, sheet.ref, base, marks, desk=desk)
        _applied(services.save_marks(session, event, sheet, saved, now))
    if signs:
        signed = SheetOperation(f"{operation_id}-s", sheet.ref, sheet.version, desk=desk)
        _applied(services.sign_sheet(session, event, sheet, signed, now))


def _applied(answer: Answer) -> None:
    if answer.outcome not in ("applied", "duplicate"):
        raise refuse("DESK_OUTDATED")

"""What the check-in (检录) says of who took part: the base of awards, and the statuses that follow from it.

A status says how an entry counts; the desk says who came. Where nobody has marked an entry its status says
both. Source: SCHEME.md section 6 (`base`), DOMAIN.md section 9.2 (C04, C05).
"""

from collections.abc import Iterable
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.entries import attendance
from competitions.entries.attendance import ABSENT, PRESENT
from competitions.events.models import Event
from core.refusals import Refusal, refuse
from scoring.rules.inputs import DecisionInput
from scoring.rules.standing import NOT_CHECKED_IN
from scoring.sheets.decisions import Act, set_status
from scoring.sheets.queries import DecisionRow, FieldRow

KIND = "checked_in"
# The reason that a recount package gives: one for all languages, for it is part of a result's fingerprint.
REASONS = {"yes": "检录：已到", "no": "检录：缺席"}


def implied(field: Iterable[FieldRow], decisions: Iterable[DecisionRow]) -> list[DecisionInput]:
    """Return who counts as checked in otherwise than the status says; what was decided in writing stands."""
    decided = {row.entry for row in decisions if row.kind == KIND}
    found = []
    for row in field:
        value = _value(row)
        if value and row.code not in decided:
            found.append(DecisionInput(KIND, row.code, "", "", "", value, REASONS[value]))
    return found


def _value(row: FieldRow) -> str:
    if row.attendance == ABSENT and row.status not in NOT_CHECKED_IN:
        return "no"
    return "yes" if row.attendance == PRESENT and row.status == "absent" else ""


def agrees(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask that nobody counts whom the check-in has marked absent."""
    found = attendance.contradictions(session, event.id).stay_away
    return [Refusal("CHECK_IN_ABSENT", "", {"count": len(found)})] if found else []


def follow(session: Session, event: Event, *, operation_id: str, actor_id: int, now: datetime) -> int:
    """Set absent whom the check-in has marked absent, and valid again who has come after all.

    Raises: Refused CHECK_IN_AGREES where nothing is to be set.
    """
    apart = attendance.contradictions(session, event.id)
    pairs = [(entry, "absent", _("Marked absent at the check-in")) for entry in apart.stay_away]
    pairs += [(entry, "valid", _("Checked in after all")) for entry in apart.came_after_all]
    if not pairs:
        raise refuse("CHECK_IN_AGREES")
    for place, (entry, status, reason) in enumerate(pairs):
        act = Act(f"{operation_id}-{place}", actor_id, reason, now)
        set_status(session, event, entry, status, act)
    return len(pairs)

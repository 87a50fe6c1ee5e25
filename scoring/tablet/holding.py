"""What must not count by itself waits for the chief judge: from a withdrawn device or card, or of a judge
whose work was ended. Nothing of it is lost, and nothing of it is applied (docs/security.md, quarantine)."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from accounts import policy
from competitions.events.queries import event_path
from scoring.devices import rules, services
from scoring.devices.models import HeldOperation
from scoring.devices.services import Held
from scoring.sheets.services import SheetOperation
from scoring.tablet.queries import AtDoor

if TYPE_CHECKING:
    from scoring.tablet.taking import Sender


def reason(session: Session, sender: "Sender", door: AtDoor) -> str:
    """Return why an operation for this sheet waits for the chief judge; empty where it need not."""
    if door.device_revoked:
        return rules.DEVICE_REVOKED
    if door.ended or not policy.allows(sender.grants, "sheet.mark", event_path(session, door.event)):
        return rules.APPOINTMENT_ENDED
    return sender.withdrawn


def hold(
    session: Session, sender: "Sender", door: AtDoor, operation: SheetOperation, stated: Any, why: str,
    now: datetime,
) -> HeldOperation:  # fmt: skip
    """Keep an operation whole; what is there already stays as it is.

    Raises: Refused OPERATION_REUSED, QUARANTINE_FULL.
    """
    held = Held(
        operation_id=operation.operation_id, event_id=door.event.id, user_id=sender.user_id,
        sheet_id=door.sheet.id, device=operation.device, reason=why, stated=stated,
    )  # fmt: skip
    return services.hold(session, held, now)

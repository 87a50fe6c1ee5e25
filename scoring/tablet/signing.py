"""Whether a signature that comes in is one: the PIN that its event asks for is proved, not only claimed."""

from datetime import datetime, timedelta
from typing import NamedTuple
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from accounts import pins
from accounts.queries import list_pin_keys
from scoring.sheets import looks, signatures
from scoring.sheets.services import SheetOperation
from scoring.tablet.queries import OwnSheet

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# A card lives for at most 14 days; what was signed without a network may come in a little later.
KEPT = timedelta(days=21)


class Connection(NamedTuple):
    """How a judge came: with a judge card, over a connection that lets the device check its PIN."""

    with_card: bool
    can_check: bool


AT_THE_DESK = Connection(with_card=False, can_check=False)  # somebody brings the file of a device


def can_check(host: str, *, secure: bool) -> bool:
    """Say whether a browser has what checking a PIN takes: over HTTPS, or on the server's own machine."""
    return secure or urlsplit(f"//{host}").hostname in LOOPBACK


def lacking(
    session: Session, own: OwnSheet, operation: SheetOperation, user_id: int, came: Connection, now: datetime
) -> str:
    """Return what a signature lacks, "pin" or "reason", or nothing.

    A proof that fits no card of the judge is none; a reason is given by whoever was asked to look again.
    """
    signature = operation.signature
    if signature is None:
        return ""
    if signature.proof:
        keys = list_pin_keys(session, user_id, own.event.id, now - KEPT)
        said = signatures.message(operation.sheet_ref, signature, operation.device_time)
        if not pins.is_proved(keys, said, signature.proof):
            return "pin"
    if not signature.reason and looks.open_places(session, own.sheet):
        return "reason"
    asked = signatures.demand(own.event.signing, with_card=came.with_card, can_check=came.can_check)
    return signatures.unmet(asked, signature, with_card=came.with_card)

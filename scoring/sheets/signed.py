"""What a sheet was signed with, as plain values for templates/sheets/_signature.html."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from scoring.sheets import queries, signatures
from scoring.sheets.models import Sheet
from scoring.sheets.rules import MarkKey


class Signed(NamedTuple):
    """The last signature of a sheet; `fits`: its marks are still those that were signed."""

    at: datetime | None
    way: str
    fingerprint: str
    ledger: str
    paths: list[str]
    size: str
    fits: bool


def signature_of(session: Session, sheet: Sheet, marks: Mapping[MarkKey, str]) -> Signed | None:
    """Return what a sheet with these marks was signed with; None where no signature holds."""
    operation = queries.find_signature(session, sheet) if sheet.signed_hash else None
    if operation is None:
        return None
    told = operation.body.get("signature", {})
    digest = operation.answer["signed_hash"]
    return Signed(
        at=sheet.signed_at,
        way=_way(with_pin=bool(told.get("proof")), drawn=bool(told.get("strokes"))),
        fingerprint=signatures.shown(digest),
        ledger=signatures.shown(operation.hash),
        paths=signatures.paths(told.get("strokes", [])),
        size=f"{signatures.WIDTH} {signatures.HEIGHT}",
        fits=signatures.marks_hash(marks) == digest,
    )


def _way(*, with_pin: bool, drawn: bool) -> str:
    if with_pin:
        return _("PIN and handwriting") if drawn else _("PIN of the judge card")
    return _("Handwriting") if drawn else _("Confirmation alone")

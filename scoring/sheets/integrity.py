"""Whether the records of an event still say what was written: the chain, and the marks that were signed.

Whoever changes rows by other means than the product leaves a trace here. Source: SECURITY.md T07.
"""

from collections.abc import Iterable
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from core import canonical
from core.refusals import Refusal
from scoring.sheets import ledger
from scoring.sheets.models import Mark, Sheet


class SignedSheet(NamedTuple):
    """A locked sheet with the digest of what was signed."""

    id: int
    code: str
    signed_hash: str | None


def refusals(session: Session, event_id: int) -> list[Refusal]:
    """Return what does not fit: the first broken operation, and the codes of sheets changed after signing."""
    return found(session, event_id, ledger.first_broken(session, event_id))


def found(session: Session, event_id: int, broken: int | None) -> list[Refusal]:
    """Return the same, where the first broken operation is known."""
    changed = sorted(set(changed_sheets(session, event_id)))
    told = [Refusal("LEDGER_BROKEN", "", {"number": broken})] if broken is not None else []
    return told + ([Refusal("SIGNED_CHANGED", "", {"codes": _(", ").join(changed)})] if changed else [])


def changed_sheets(session: Session, event_id: int) -> list[str]:
    """Return the blind codes of locked sheets whose marks are not those that were signed."""
    rows = session.execute(
        select(Sheet.id, EntryCode.code, Sheet.signed_hash)
        .join(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.event_id == event_id, Sheet.signed_hash.is_not(None))
    )
    sheets = [SignedSheet(*row) for row in rows]
    marks = _marks_by_sheet(session, event_id)
    return [sheet.code for sheet in sheets if digest(marks.get(sheet.id, ())) != sheet.signed_hash]


def digest(marks: Iterable[tuple[str, int, str]]) -> str:
    """Return what a signature keeps of a sheet: the digest of (aspect, attempt, value), sorted."""
    return canonical.digest([list(mark) for mark in sorted(marks)])


def _marks_by_sheet(session: Session, event_id: int) -> dict[int, list[tuple[str, int, str]]]:
    rows = session.execute(
        select(Mark.sheet_id, Mark.aspect, Mark.attempt, Mark.value)
        .join(Mark.sheet)
        .where(Sheet.event_id == event_id)
    )
    found: dict[int, list[tuple[str, int, str]]] = {}
    for row in rows:
        found.setdefault(row.sheet_id, []).append((row.aspect, row.attempt, row.value))
    return found

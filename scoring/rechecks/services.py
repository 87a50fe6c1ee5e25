"""Write the re-check: its seed once nothing can change any more, and what a second person found."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.events.services import hold
from core.audit import services as audit
from core.refusals import refuse
from scoring.rechecks import queries, rules
from scoring.rechecks.models import Comparison, Recheck
from scoring.rechecks.queries import Compared, Progress
from scoring.sheets import ledger
from scoring.sheets import queries as sheets
from scoring.sheets import services as marking
from scoring.sheets.models import LedgerOperation


def draw_sample(
    session: Session, event: Event, *, seed: str, operation_id: str, actor_id: int, now: datetime
) -> Recheck:
    """Draw which sheets are compared.

    Shape: `seed` is fresh random text; it stands in the ledger after the last signature.
    Raises: Refused RECHECK_NONE (the profile has none), RECHECK_STATE, RECHECK_DRAWN, RECHECK_OWN.
    """
    hold(session, event)
    shares = queries.shares_of(event)
    if shares is None:
        raise refuse("RECHECK_NONE")
    _refuse_now(session, event, actor_id)
    if session.get(Recheck, event.id) is not None:
        raise refuse("RECHECK_DRAWN")
    recheck = Recheck(event_id=event.id, seed=seed, drawn_at=now, drawn_by_id=actor_id)

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        session.add(recheck)
        return {}

    body = {"seed": seed, "shares": list(shares)}
    ledger.append(session, event.id, ledger.Proposal(operation_id, "recheck", actor_id, body), now, project)
    progress = queries.find_progress(session, event)
    detail = {"operation": operation_id, "seed": seed, "chosen": len(progress.chosen) if progress else 0}
    _record(session, event, "recheck:draw", actor_id, now, detail)
    return recheck


def compare(
    session: Session, event: Event, ref: str, version: int, *, agrees: bool, note: str, operation_id: str,
    actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Record what a second person found when comparing a chosen sheet as it was shown.

    Raises: Refused RECHECK_STATE, RECHECK_OWN, RECHECK_NOT_CHOSEN, SHEETS_CHANGED, RECHECK_NOTE (what
    differs), RECHECK_THIRD (the same person cannot take back that a sheet differs).
    """
    hold(session, event)
    _refuse_now(session, event, actor_id)
    progress = queries.find_progress(session, event)
    found = next((sheet for sheet in progress.chosen if sheet.row.ref == ref), None) if progress else None
    sheet = sheets.find_sheet(session, ref)
    if progress is None or found is None or sheet is None:
        raise refuse("RECHECK_NOT_CHOSEN")
    _refuse_unfit(found, version, agrees=agrees, note=note, actor_id=actor_id)
    marking.lock_sheet(session, event, sheet)

    def project(operation: LedgerOperation) -> Mapping[str, Any]:
        session.add(
            Comparison(
                event_id=event.id, sheet_id=sheet.id, version=version, agrees=agrees, note=note.strip(),
                by_id=actor_id, at=now, operation=operation,
            )
        )  # fmt: skip
        return {"agrees": agrees}

    body = {"sheet": ref, "version": version, "agrees": agrees, "note": note.strip()}
    ledger.append(session, event.id, ledger.Proposal(operation_id, "compare", actor_id, body), now, project)
    _widen(session, event, progress, now)
    _record(
        session, event, "recheck:compare", actor_id, now,
        {"operation": operation_id, "sheet": ref, "agrees": agrees},
    )  # fmt: skip


def _refuse_now(session: Session, event: Event, actor_id: int) -> None:
    if event.state != "tabulated":
        raise refuse("RECHECK_STATE")
    if queries.has_closed(session, event.id, actor_id):
        raise refuse("RECHECK_OWN")


def _refuse_unfit(found: Compared, version: int, *, agrees: bool, note: str, actor_id: int) -> None:
    if found.row.version != version:
        raise refuse("SHEETS_CHANGED", codes=found.row.entry)
    if not agrees and not note.strip():
        raise refuse("RECHECK_NOTE", "note")
    if agrees and found.last is not None and not found.last.agrees and found.last.by_id == actor_id:
        raise refuse("RECHECK_THIRD")


def _widen(session: Session, event: Event, before: Progress, now: datetime) -> None:
    """Have every sheet compared from the moment on in which too many of the chosen ones differ."""
    shares, after = queries.shares_of(event), queries.find_progress(session, event)
    if shares is None or after is None or before.recheck.whole_at is not None:
        return
    if rules.too_many(after.errors, len(before.chosen), shares):
        before.recheck.whole_at = now
        session.flush()


def _record(
    session: Session, event: Event, action: str, actor_id: int, now: datetime, detail: Mapping[str, object]
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{event.id}", now=now, detail=detail,
        event_id=event.id,
    )  # fmt: skip

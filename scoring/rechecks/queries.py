"""Read how far the re-check of an event has come."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import User
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges.models import Appointment
from scoring.rechecks import rules
from scoring.rechecks.models import Comparison, Recheck
from scoring.rechecks.rules import Candidate, Shares
from scoring.results import outcomes
from scoring.sheets import queries as sheets
from scoring.sheets import states
from scoring.sheets.models import LedgerOperation
from scoring.sheets.queries import SheetRow
from scoring.sheets.rules import COMPETING

CLOSING = ("sign", "confirm", "lock")


class Compared(NamedTuple):
    """A chosen sheet: why it was chosen, and what was said of it last as it is now (None: nothing yet)."""

    row: SheetRow
    why: str
    last: Comparison | None

    @property
    def done(self) -> bool:
        """Say whether somebody has found it right as it is now."""
        return self.last is not None and self.last.agrees


class Progress(NamedTuple):
    """A re-check as it stands: the chosen sheets, and how many of all sheets somebody found to differ."""

    recheck: Recheck
    chosen: list[Compared]
    errors: int

    @property
    def left(self) -> int:
        """Say how many chosen sheets nobody has found right yet."""
        return sum(not sheet.done for sheet in self.chosen)


def shares_of(event: Event) -> Shares | None:
    """Return what the profile of an event has compared, or None where it has no re-check."""
    asked = profiles.get(event.competition.profile).recheck
    return None if asked is None else Shares(*asked)


def find_progress(session: Session, event: Event) -> Progress | None:
    """Return how the re-check of an event stands; None before its seed is drawn."""
    recheck, shares = session.get(Recheck, event.id), shares_of(event)
    if recheck is None or shares is None:
        return None
    rows = {row.ref: row for row in _locked(session, event.id)}
    candidates = [Candidate(row.ref, row.entry) for row in rows.values()]
    whole = recheck.whole_at is not None
    picked = rules.chosen(candidates, _ranks(session, event.id), recheck.seed, shares, whole=whole)
    found = comparisons_by_sheet(session, event.id)
    chosen = [Compared(rows[ref], why, _last(found, rows[ref])) for ref, why in picked.items()]
    return Progress(recheck, chosen, sum(any(not c.agrees for c in said) for said in found.values()))


def _locked(session: Session, event_id: int) -> list[SheetRow]:
    """Return the locked sheets of everybody who competes."""
    counting = {row.code for row in sheets.list_field(session, event_id) if row.status in COMPETING}
    rows = sheets.list_sheets(session, event_id)
    return [row for row in rows if row.state in states.CLOSED and row.entry in counting]


def _ranks(session: Session, event_id: int) -> Mapping[str, int | None]:
    return {row.entry: row.rank for row in outcomes.live(session, event_id).outcome.rows}


def comparisons_by_sheet(session: Session, event_id: int) -> dict[str, list[Comparison]]:
    """Return what was compared, oldest first, by the reference of the sheet."""
    own = select(Comparison).where(Comparison.event_id == event_id).order_by(Comparison.id)
    rows = session.scalars(own.options(joinedload(Comparison.sheet))).all()
    found: dict[str, list[Comparison]] = {}
    for row in rows:
        found.setdefault(row.sheet.ref, []).append(row)
    return found


def _last(found: Mapping[str, list[Comparison]], row: SheetRow) -> Comparison | None:
    said = [comparison for comparison in found.get(row.ref, ()) if comparison.version == row.version]
    return said[-1] if said else None


def closed_by(session: Session, event_id: int) -> dict[str, list[str]]:
    """Return who has confirmed and locked sheets, by act; the judges who sign go by their codes alone."""
    rows = session.execute(
        select(LedgerOperation.kind, User.name)
        .join(User, User.id == LedgerOperation.actor_id)
        .where(LedgerOperation.event_id == event_id, LedgerOperation.kind.in_(CLOSING[1:]))
        .distinct()
        .order_by(User.name)
    )
    found: dict[str, list[str]] = {}
    for kind, name in rows:
        found.setdefault(kind, []).append(name)
    return found


def has_closed(session: Session, event_id: int, user_id: int) -> bool:
    """Say whether somebody is a judge of the event, or has signed, confirmed or locked any of its sheets."""
    appointed = select(Appointment.id).where(
        Appointment.event_id == event_id, Appointment.user_id == user_id
    )
    acted = select(LedgerOperation.id).where(
        LedgerOperation.event_id == event_id, LedgerOperation.actor_id == user_id,
        LedgerOperation.kind.in_(CLOSING),
    )  # fmt: skip
    return any(session.scalar(statement.limit(1)) is not None for statement in (appointed, acted))

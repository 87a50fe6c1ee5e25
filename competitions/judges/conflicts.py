"""Conflicts of interest (回避): of the own unit, which the system sees, and declared ones.

A declared conflict counts while somebody of that unit, or that entry, takes part, unless an organiser has
overridden it where the profile allows that. It counts at whatever stations the judge works: whoever could try
out with which stations it goes away would learn where an entrant competes.
What a judge declares in words that name no registered unit counts until an organiser has looked into it. The
judge is never told what it comes to: who takes part is not for judges to learn.
"""

from datetime import datetime
from typing import NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.entries.rules import COUNTED
from competitions.events import profiles
from competitions.events.models import Event
from competitions.judges import holding, queries, rules
from competitions.judges.models import Appointment, DeclaredConflict
from competitions.organisations.models import Unit
from core.refusals import Refusal, refuse

KINDS = {
    "own_unit": _l("Own unit"),
    "coach": _l("Coach or master of an entrant"),
    "relative": _l("Relative of an entrant"),
    "other": _l("Other reason"),
}
# The same kinds as a judge reads them.
OWN_KINDS = {
    "own_unit": _l("I work there, or did until lately"),
    "coach": _l("I have coached or taught somebody who may compete"),
    "relative": _l("Somebody who may compete is a relative of mine"),
    "other": _l("Something else that could make me partial"),
}


class Conflict(NamedTuple):
    """Why one judge has to stand back, in words."""

    judge: Appointment
    why: str

    def refusal(self, where: str = "judges") -> Refusal:
        """Return the refusal that names it."""
        params = {"code": self.judge.code, "name": self.judge.user.name, "why": self.why}
        return Refusal("CONFLICT_OF_INTEREST", where, params)


class Declared(NamedTuple):
    """One declared conflict with whom it is against; `counts`: somebody concerned takes part."""

    row: DeclaredConflict
    against: str
    counts: bool


def list_conflicts(session: Session, event: Event, only: int | None = None) -> list[Conflict]:
    """Return what stands against the judges of an event, or against one appointment."""
    judges = {j.id: j for j in queries.list_appointments(session, event.id) if only in (None, j.id)}
    own = queries.judges_with_conflict(session, event.id)
    found = [
        Conflict(judge, _("%(unit)s is the own unit and has sent somebody", unit=own[number]))
        for number, judge in judges.items()
        if number in own
    ]
    for declared in list_declared(session, event, list(judges)):
        overridden = declared.row.overridden_at is not None and may_override(event)
        if declared.counts and not overridden:
            words = {"kind": str(KINDS[declared.row.kind]), "against": declared.against}
            why = _("%(kind)s (declared against %(against)s)", **words)
            found.append(Conflict(judges[declared.row.appointment_id], why))
    return found


def list_declared(session: Session, event: Event, appointment_ids: list[int]) -> list[Declared]:
    """Return the declared conflicts of these appointments that were not withdrawn."""
    statement = select(DeclaredConflict).where(
        DeclaredConflict.appointment_id.in_(appointment_ids), DeclaredConflict.withdrawn_at.is_(None)
    )
    rows = list(session.scalars(statement.order_by(DeclaredConflict.id)))
    if not rows:
        return []
    field = session.execute(
        select(Entry.id, Entry.unit_id, Entry.number, Entry.name, Entry.review).where(
            Entry.event_id == event.id
        )
    ).all()
    units = queries.list_unit_names(session, {row.unit_id for row in rows if row.unit_id})
    found = []
    for row in rows:
        concerned = [e for e in field if e.id == row.entry_id or row.unit_id and e.unit_id == row.unit_id]
        counted = [e for e in concerned if e.review in COUNTED]
        entry = next((f"{e.number} {e.name}" for e in concerned if e.id == row.entry_id), "—")
        against = units.get(row.unit_id or 0) or row.named or entry
        found.append(Declared(row, against, bool(counted) or not (row.unit_id or row.entry_id)))
    return found


def may_override(event: Event) -> bool:
    """Say whether the profile lets an organiser override a declared conflict."""
    return not profiles.get(event.competition.profile).separate


class Declaration(NamedTuple):
    """What is declared: a kind against a unit or against the entry with a number, and a note."""

    kind: str
    unit: Unit | None
    entry_number: int | None
    note: str


class OwnWords(NamedTuple):
    """What a judge declares: a kind, whom it is about (a unit or a person), and what there is to say."""

    kind: str
    named: str
    note: str


def declare(
    session: Session, event: Event, judge: Appointment, what: Declaration, *, actor_id: int, now: datetime
) -> DeclaredConflict:
    """Keep that a judge has to stand back from a unit or an entry.

    Raises: Refused JUDGES_CLOSED, CONFLICT_UNIT_OR_ENTRY, CONFLICT_NO_ENTRY.
    """
    holding.hold_open(session, event, rules.DISMISSED_IN)
    if (what.unit is None) == (what.entry_number is None):
        raise refuse("CONFLICT_UNIT_OR_ENTRY", "unit")
    entry = None
    if what.entry_number is not None:
        entry = session.scalar(
            select(Entry).where(Entry.event_id == event.id, Entry.number == what.entry_number)
        )
        if entry is None:
            raise refuse("CONFLICT_NO_ENTRY", "entry")
    row = DeclaredConflict(
        appointment_id=judge.id, kind=what.kind, unit_id=what.unit.id if what.unit else None,
        entry_id=entry.id if entry else None, note=what.note, declared_by_id=actor_id, declared_at=now,
    )  # fmt: skip
    return _keep(session, event, judge, row)


def declare_own(
    session: Session, event: Event, judge: Appointment, words: OwnWords, *, actor_id: int, now: datetime
) -> DeclaredConflict:
    """Keep from whom a judge says to have to stand back, in the judge's own words.

    Raises: Refused JUDGES_CLOSED.
    """
    holding.hold_open(session, event, rules.DISMISSED_IN)
    unit = queries.find_unit(session, words.named)
    row = DeclaredConflict(
        appointment_id=judge.id, declared_by_id=actor_id, declared_at=now,
        unit_id=unit.id if unit is not None else None, **words._asdict(),
    )  # fmt: skip
    return _keep(session, event, judge, row)


def list_own(session: Session, judge: Appointment) -> list[DeclaredConflict]:
    """Return what a judge has declared, withdrawn or not, the newest first."""
    statement = select(DeclaredConflict).where(
        DeclaredConflict.appointment_id == judge.id, DeclaredConflict.declared_by_id == judge.user_id
    )
    return list(session.scalars(statement.order_by(DeclaredConflict.id.desc())))


def withdraw(
    session: Session, event: Event, judge: Appointment, row: DeclaredConflict, reason: str,
    *, actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Take a declaration back, with a reason.

    Raises: Refused JUDGES_CLOSED, JUDGE_REASON.
    """
    holding.hold_open(session, event, rules.DISMISSED_IN)
    reason = holding.demand_reason(reason)
    row.withdrawn_at = now
    session.flush()
    detail = {"kind": row.kind, "reason": reason}
    holding.record(session, "judge:conflict_withdraw", event, judge, actor_id, now, **detail)


def override(
    session: Session, event: Event, judge: Appointment, row: DeclaredConflict, reason: str,
    *, actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Let a judge mark in spite of a declared conflict, with a reason, where the profile allows it.

    Raises: Refused JUDGES_CLOSED, JUDGE_REASON, CONFLICT_STANDS.
    """
    holding.hold_open(session, event, rules.DISMISSED_IN)
    if not may_override(event):
        raise refuse("CONFLICT_STANDS")
    row.override_reason = holding.demand_reason(reason)
    row.overridden_by_id, row.overridden_at = actor_id, now
    session.flush()
    detail = {"kind": row.kind, "reason": row.override_reason}
    holding.record(session, "judge:conflict_override", event, judge, actor_id, now, **detail)


def _keep(session: Session, event: Event, judge: Appointment, row: DeclaredConflict) -> DeclaredConflict:
    session.add(row)
    session.flush()
    against = f"unit:{row.unit_id}" if row.unit_id else f"entry:{row.entry_id}" if row.entry_id else "words"
    detail = {"kind": row.kind, "against": against}
    holding.record(session, "judge:conflict", event, judge, row.declared_by_id, row.declared_at, **detail)
    return row


def find_declared(session: Session, appointment_id: int, conflict_id: int) -> DeclaredConflict | None:
    """Return a declaration of an appointment that was not withdrawn."""
    row = session.get(DeclaredConflict, conflict_id)
    fits = row is not None and row.appointment_id == appointment_id and row.withdrawn_at is None
    return row if fits else None

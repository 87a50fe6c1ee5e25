"""What every write of entries begins and ends with: the event held, the entry read anew, the trail."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.eligibility.queries import rules_of
from competitions.eligibility.rules.checks import registration_breach
from competitions.entries import rules
from competitions.entries.models import Entry, EntryDecision
from competitions.events.models import Event
from competitions.events.services import hold
from core.audit import services as audit
from core.refusals import refuse

REASON_MAXIMUM = 200


def hold_open(session: Session, event: Event) -> None:
    """Hold an event whose entries can be changed.

    Raises: Refused REG_CLOSED.
    """
    hold(session, event)
    if event.state != rules.OPEN:
        raise refuse("REG_CLOSED")


def refuse_late(session: Session, event: Event, now: datetime) -> None:
    """Let nobody in before the opening and from the closing on, whatever the state of the event.

    Raises: Refused REG_CLOSED with the moment.
    """
    breach = registration_breach(rules_of(session, event), now)
    if breach is not None:
        raise refuse(breach.code, "", **breach.params)


def held_entry(session: Session, event: Event, entry_id: int) -> Entry:
    """Return an entry of a held event as it is now.

    Raises: Refused ENTRY_GONE.
    """
    entry = session.get(Entry, entry_id, populate_existing=True)
    if entry is None or entry.event_id != event.id:
        raise refuse("ENTRY_GONE")
    return entry


def reason_of(text: str, *, needed: bool) -> str:
    """Return a reason as it is kept.

    Raises: Refused ENTRY_REASON, ENTRY_REASON_LONG.
    """
    reason = rules.tidy_line(text)
    if needed and not reason:
        raise refuse("ENTRY_REASON", "reason")
    if len(reason) > REASON_MAXIMUM:
        raise refuse("ENTRY_REASON_LONG", "reason", maximum=REASON_MAXIMUM)
    return reason


def record_history(
    session: Session, entry: Entry, decision: str, reason: str, *, actor_id: int | None, now: datetime
) -> None:
    """Keep in an entry's history what happened to it at the level where it stands."""
    session.add(
        EntryDecision(
            entry_id=entry.id, level=entry.level, union_id=entry.level_union_id, decision=decision,
            reason=reason, at=now, by_id=actor_id,
        )  # fmt: skip
    )


# The trail names entries by their numbers: it is never erased, and people's names may have to be.
def record_decision(
    session: Session,
    event: Event,
    entries: Sequence[Entry],
    decision: str,
    reason: str,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Write into the trail what was decided about entries."""
    numbers = [entry.number for entry in entries]
    subject = f"entry:{entries[0].id}" if len(entries) == 1 else f"event:{event.id}"
    audit.record(
        session, "entry:decide", actor_id=actor_id, subject=subject, now=now, event_id=event.id,
        detail={"entry": numbers, "decision": decision, "reason": reason},
    )  # fmt: skip


def record(
    session: Session,
    action: str,
    event: Event,
    entry_id: int,
    *,
    actor_id: int | None,
    now: datetime,
    **detail: object,
) -> None:
    """Write one act on an entry into the trail."""
    audit.record(
        session, action, actor_id=actor_id, subject=f"entry:{entry_id}", now=now, event_id=event.id,
        detail=detail,
    )  # fmt: skip

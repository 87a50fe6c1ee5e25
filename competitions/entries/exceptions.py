"""Exceptions: what the organiser admits of one entry against the rules of entry, with the reason."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries import holding
from competitions.entries.judging import admitted_of
from competitions.entries.models import EntryException, EntryMember
from competitions.entries.proposals import Asked, Proposal, ProposedEntry
from competitions.events.models import Event


def admit(
    session: Session,
    event: Event,
    entry_id: int,
    proposed: ProposedEntry,
    proposal: Proposal,
    asked: Asked,
    *,
    actor_id: int | None,
    now: datetime,
) -> None:
    """Keep what was admitted of an entry that was just written; nothing where no exception was asked for.

    Raises: Refused ENTRY_REASON_LONG.
    """
    if not asked.exception:
        return
    admitted = admitted_of(proposed, proposal.findings)
    if not admitted:
        return
    reason = holding.reason_of(asked.exception, needed=True)
    people = _people(session, entry_id, proposed)
    for code, row in admitted:
        session.add(
            EntryException(
                entry_id=entry_id, code=code, person_id=people.get(row) if row is not None else None,
                reason=reason, at=now, by_id=actor_id,
            )  # fmt: skip
        )
    session.flush()
    codes = sorted({code for code, _row in admitted})
    holding.record(
        session, "entry:exception", event, entry_id, actor_id=actor_id, now=now, codes=codes, reason=reason
    )


def _people(session: Session, entry_id: int, proposed: ProposedEntry) -> dict[int, int]:
    """Return who stands for each row of an entry: its members are in the order of its people."""
    statement = select(EntryMember.person_id).where(EntryMember.entry_id == entry_id)
    members = session.scalars(statement.order_by(EntryMember.position))
    return {person.row: member for person, member in zip(proposed.people, members, strict=False)}

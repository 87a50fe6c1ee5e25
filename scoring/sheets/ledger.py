"""The one write path of an event: operation id, ledger, projection, audit in one transaction.

Every door (tablet, form, import, command) comes through `append`. The caller commits, then answers.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from core import canonical, chain, database
from core.refusals import refuse
from scoring.sheets import rules
from scoring.sheets.models import LedgerOperation
from scoring.sheets.rules import LEDGER_DOMAIN

BATCH = 2000


@dataclass(frozen=True)
class Proposal:
    """What somebody wants to write: `operation_id` is made where it was done and never used again."""

    operation_id: str
    kind: str
    actor_id: int | None
    body: Mapping[str, Any]


@dataclass(frozen=True)
class Entered:
    """An operation in the ledger; `repeated` when it had been written before and only its answer was lost."""

    operation: LedgerOperation
    repeated: bool


def append(
    session: Session,
    event_id: int,
    proposal: Proposal,
    now: datetime,
    project: Callable[[LedgerOperation], Mapping[str, Any]],
) -> Entered:
    """Write one operation and its projection, or find that it was written before.

    Shape: `project` changes the current tables and returns the answer that is kept with the operation; it may
    raise Refused, and then nothing is written. The operation is stored after it in one piece, for nobody may
    change it in the database: rows that name it are tied to the object, its id is not known yet.
    Raises: Refused OPERATION_REUSED when the same id arrives with another content.
    """
    database.lock(session, f"ledger:{event_id}")
    known = find_repeated(session, event_id, proposal)
    if known is not None:
        return Entered(known, repeated=True)
    last = database.kept(session, ("ledger", event_id), lambda: head(session, event_id))
    operation = _linked(event_id, proposal, now, *last)
    _seal(operation, project(operation))
    session.add(operation)
    if not database.is_sharing(session):
        session.flush()
    database.keep(session, ("ledger", event_id), (operation.seq, operation.hash))
    database.keep(session, ("operation", operation.operation_id), operation)
    return Entered(operation, repeated=False)


def append_all(
    session: Session, event_id: int, proposals: Sequence[tuple[Proposal, Mapping[str, Any]]], now: datetime
) -> list[LedgerOperation]:
    """Write many new operations at once, each chained to the one before it: the way of an import.

    Shape: each proposal with the answer that is kept with it; no id may have been used. The caller writes the
    projection in the same transaction.
    """
    database.lock(session, f"ledger:{event_id}")
    seq, previous = head(session, event_id)
    operations = []
    for proposal, answer in proposals:
        operation = _linked(event_id, proposal, now, seq, previous)
        _seal(operation, answer)
        seq, previous = operation.seq, operation.hash
        operations.append(operation)
    session.add_all(operations)
    session.flush()
    database.keep(session, ("ledger", event_id), (seq, previous))
    return operations


def _linked(event_id: int, proposal: Proposal, now: datetime, seq: int, previous: str) -> LedgerOperation:
    """Return the operation after the one with number `seq` and hash `previous`."""
    return LedgerOperation(
        event_id=event_id,
        seq=seq + 1,
        operation_id=proposal.operation_id,
        kind=proposal.kind,
        actor_id=proposal.actor_id,
        at=now,
        body=dict(proposal.body),
        algorithm=rules.WITH_ANSWER,
        prev_hash=previous,
    )


def _seal(operation: LedgerOperation, answer: Mapping[str, Any]) -> None:
    operation.answer = dict(answer)
    operation.hash = chain.link_hash(LEDGER_DOMAIN, operation.prev_hash, hashed_body(operation))


def head(session: Session, event_id: int) -> tuple[int, str]:
    """Return the number and hash of the newest operation; (0, genesis) for an empty ledger."""
    last = session.execute(
        select(LedgerOperation.seq, LedgerOperation.hash)
        .where(LedgerOperation.event_id == event_id)
        .order_by(LedgerOperation.seq.desc())
        .limit(1)
    ).first()
    return (last.seq, last.hash) if last else (0, chain.GENESIS)


def find_operation(session: Session, operation_id: str) -> LedgerOperation | None:
    """Return the operation with this id."""
    wanted = select(LedgerOperation).where(LedgerOperation.operation_id == operation_id)
    return database.kept(session, ("operation", operation_id), lambda: session.scalar(wanted))


def find_repeated(session: Session, event_id: int, proposal: Proposal) -> LedgerOperation | None:
    """Return the operation that a proposal repeats, or None for a new one.

    Raises: Refused OPERATION_REUSED when its id stands in the ledger with another content.
    """
    known = find_operation(session, proposal.operation_id)
    if known is None:
        return None
    same = (known.event_id, known.kind, known.actor_id) == (event_id, proposal.kind, proposal.actor_id)
    if not same or canonical.dumps(known.body) != canonical.dumps(dict(proposal.body)):
        raise refuse("OPERATION_REUSED", proposal.operation_id)
    return known


def first_broken(session: Session, event_id: int) -> int | None:
    """Return the number of the first operation that does not fit the chain, or None."""
    return check_chain(session, event_id).broken_at


def check_chain(session: Session, event_id: int, wanted: Collection[int] = ()) -> chain.Verdict:
    """Compute every hash of a ledger again, and keep those of the `wanted` places."""
    links = (
        chain.Link(row.seq, row.prev_hash, row.hash, hashed_body(row))
        for row in stream(session, event_id)
    )
    return chain.check(LEDGER_DOMAIN, links, wanted)


def stream(session: Session, event_id: int) -> Iterator[Row[Any]]:
    """Yield the operations of an event in their order, as rows; never all of them at once."""
    columns = LedgerOperation.__table__.columns
    own = select(*columns).where(LedgerOperation.event_id == event_id).order_by(LedgerOperation.seq)
    with session.execute(own.execution_options(yield_per=BATCH)) as rows:  # read to its end or not
        yield from rows


def hashed_body(row: LedgerOperation | Row[Any]) -> dict[str, Any]:
    """Return what the hash of an operation covers: everything; the oldest ones left their answer out."""
    covered = {
        "seq": row.seq,
        "operation": row.operation_id,
        "kind": row.kind,
        "actor": row.actor_id,
        "at": row.at.isoformat(),
        "body": row.body,
    }
    return covered | ({"answer": row.answer} if row.algorithm == rules.WITH_ANSWER else {})

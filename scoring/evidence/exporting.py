"""Write an event's ledger out, as whoever checks it elsewhere needs it: no name of anybody is added."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from core import canonical
from core.audit import services as audit
from core.signing import services as signing
from scoring.archive import build_ledger_archive
from scoring.evidence import ledgerfile
from scoring.sheets import checkpoints, ledger
from scoring.sheets.models import Checkpoint


def ledger_lines(session: Session, event_id: int) -> Iterator[str]:
    """Yield the head and every operation of an event's ledger as lines of canonical JSON."""
    head = {"format": ledgerfile.FORMAT, "event": event_id, "keys": public_keys(session)}
    yield canonical.dumps(head) + "\n"
    for operation in list_operations(session, event_id):
        yield canonical.dumps(operation) + "\n"


def export_ledger(session: Session, event_id: int, *, actor_id: int | None, now: datetime) -> bytes:
    """Return an event's ledger as a file; the export is recorded."""
    data = "".join(ledger_lines(session, event_id)).encode()
    seq = data.count(b"\n") - 1
    audit.record(
        session, "ledger:export", actor_id=actor_id, subject=f"event:{event_id}", now=now,
        detail={"operations": seq}, event_id=event_id,
    )  # fmt: skip
    return data


def list_operations(session: Session, event_id: int) -> Iterator[dict[str, Any]]:
    """Yield the operations of an event as the export names their fields."""
    for row in ledger.stream(session, event_id):
        yield {
            "seq": row.seq, "operation": row.operation_id, "kind": row.kind, "actor": row.actor_id,
            "at": row.at.isoformat(), "body": row.body, "answer": row.answer, "algorithm": row.algorithm,
            "prev_hash": row.prev_hash, "hash": row.hash,
        }  # fmt: skip


def public_keys(session: Session) -> list[dict[str, str]]:
    """Return the keys that have signed checkpoints here."""
    keys = signing.list_keys(session, checkpoints.PURPOSE)
    return [{"kid": key.kid, "public": key.public} for key in keys]


def checkpoint_lines(rows: Iterable[Checkpoint]) -> bytes:
    """Return checkpoints as a file."""
    return "".join(f"{checkpoints.line(row)}\n" for row in rows).encode()


@cache
def ledger_program() -> bytes:
    """Return the program that checks an exported ledger, built from the sources that this process runs."""
    return build_ledger_archive()

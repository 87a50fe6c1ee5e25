"""Make checkpoints: what ledgers and records of acts say, signed, to be kept outside the database.

Each one that is committed is also written to `checkpoints.jsonl` in the instance folder.
Source: SECURITY.md T08 and R08.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

from flask import current_app, has_app_context
from sqlalchemy import Select, func, select
from sqlalchemy import event as listening
from sqlalchemy.orm import Session

from core import canonical, clock
from core.audit import queries as trail
from core.audit.rules import chain_name
from core.chain import GENESIS
from core.signing import services as signing
from scoring.sheets import ledger
from scoring.sheets.models import Checkpoint

PURPOSE = "checkpoint"
SITE_NUMBER = 0  # in the place of an event's number: the record of what belongs to no event
DOMAIN = b"jiangsai checkpoint/1\n"
FORMAT = "jiangsai-checkpoint/1"
FILE = "checkpoints.jsonl"
_PENDING = "checkpoints"


def make_checkpoint(session: Session, event_id: int | None, occasion: str, now: datetime) -> Checkpoint:
    """Sign what the ledger and the record of an event, or the record of the site, say now.

    Whoever calls has written to this ledger in the same transaction, or holds its lock.
    """
    key = signing.find_signing_key(session, PURPOSE)  # without a lock: nobody queues behind another event
    if key is None:
        key = signing.signing_key(session, PURPOSE, seed=clock.new_bytes(32), now=now)
    seq, head = (0, GENESIS) if event_id is None else ledger.head(session, event_id)
    audit_seq, audit_head = trail.head(session, chain_name(event_id))
    made = Checkpoint(
        event_id=event_id, occasion=occasion, seq=seq, head=head, audit_seq=audit_seq, audit_head=audit_head,
        at=now, kid=key.kid,
    )  # fmt: skip
    made.signature = signing.sign(key, DOMAIN + canonical.dumps(statement(made)).encode()).hex()
    session.add(made)
    session.flush()
    session.info.setdefault(_PENDING, []).append(line(made))
    return made


def statement(row: Checkpoint) -> dict[str, Any]:
    """Return what is signed."""
    return {
        "format": FORMAT, "event": row.event_id or SITE_NUMBER, "occasion": row.occasion,
        "seq": row.seq, "head": row.head,
        "audit_seq": row.audit_seq, "audit_head": row.audit_head, "at": row.at.isoformat(), "kid": row.kid,
    }  # fmt: skip


def line(row: Checkpoint) -> str:
    """Return a checkpoint as one line of a file: the statement with its signature, canonical JSON."""
    return canonical.dumps({**statement(row), "signature": row.signature})


def list_checkpoints(session: Session, number: int) -> list[Checkpoint]:
    """Return the checkpoints of an event, or of the site for SITE_NUMBER, oldest first."""
    return list(session.scalars(_of(number).order_by(Checkpoint.id)))


def list_newest(session: Session) -> list[Checkpoint]:
    """Return the newest checkpoint of the site and of every event: each vouches for all before it."""
    newest = select(func.max(Checkpoint.id)).group_by(Checkpoint.event_id)
    return list(session.scalars(select(Checkpoint).where(Checkpoint.id.in_(newest)).order_by(Checkpoint.id)))


def find_newest(session: Session, number: int) -> Checkpoint | None:
    """Return the newest checkpoint of an event, or of the site for SITE_NUMBER."""
    return session.scalar(_of(number).order_by(Checkpoint.id.desc()).limit(1))


def _of(number: int) -> Select[Checkpoint]:
    return select(Checkpoint).where(Checkpoint.event_id == (number or None))


def file_of(instance: Path) -> Path:
    """Return where the checkpoints of this installation are kept besides the database."""
    return instance / FILE


@listening.listens_for(Session, "after_commit")
def _write_out(session: Session) -> None:
    """Append what has been committed to the file; the end of a savepoint is no commit yet."""
    if session.in_nested_transaction() or not has_app_context():
        return
    lines = session.info.pop(_PENDING, [])
    if lines:
        with file_of(Path(current_app.instance_path)).open("a", encoding="utf-8") as file:
            file.write("".join(f"{text}\n" for text in lines))


@listening.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: Any) -> None:
    """Forget what was made in a transaction or savepoint that has been taken back."""
    session.info.pop(_PENDING, None)

"""Sign what is announced: which version of a result, by the hash of its document, and which one it replaces.

A statement is canonical JSON; it names the event, the version, the SHA-256 of the frozen document and of the
public one (the same without reasons in writing, which may be about people), the head of the ledger, the
announced version that it replaces with its hash and why, and the appeals that led to it.
Source: DESIGN.md section 4, SECURITY.md T06.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.events.models import Event
from core import canonical, clock
from core.audit import services as audit
from core.signing import services as signing
from core.signing.models import SigningKey
from scoring.results import offline, queries
from scoring.results.models import ResultStatement, ResultVersion

PURPOSE = "result"
ANNOUNCED, FINAL = "announced", "final"


def make_statement(
    session: Session, event: Event, version: ResultVersion, kind: str, *, actor_id: int | None, now: datetime
) -> ResultStatement:
    """Sign that a version is announced, or final."""
    key = signing.find_signing_key(session, PURPOSE)
    if key is None:
        key = signing.signing_key(session, PURPOSE, seed=clock.new_bytes(32), now=now)
    said = _said(session, event, version, kind, now) | {"kid": key.kid}
    made = ResultStatement(
        ref=clock.new_ref(), version=version, kind=kind, statement=said, kid=key.kid,
        signature=signing.sign(key, offline.message(said)).hex(), at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    audit.record(
        session, "result:sign", actor_id=actor_id, subject=f"result:{version.id}", now=now, event_id=event.id,
        detail={"number": version.number, "kind": kind, "kid": key.kid, "sha256": canonical.digest(said)},
    )  # fmt: skip
    return made


def public_document(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frozen result as everybody may have it: without what somebody wrote as a reason."""
    return {
        **document,
        "penalties": [[entry, points, ""] for entry, points, _reason in document["penalties"]],
        "decisions": [[*row[:-1], ""] for row in document["decisions"]],
    }


def line(row: ResultStatement) -> str:
    """Return a statement as the file that everybody checks: with its signature, canonical JSON."""
    return canonical.dumps({**row.statement, "signature": row.signature})


def is_genuine(session: Session, row: ResultStatement) -> bool:
    """Say whether a statement says of its version what is stored, under a key not revoked by then."""
    version, said = row.version, row.statement
    key = session.scalar(select(SigningKey).where(SigningKey.kid == row.kid, SigningKey.purpose == PURPOSE))
    told = (said["version"], said["document_sha256"], said["ledger"]["head"], said["kind"], said["kid"])
    stored = (version.number, version.sha256, version.ledger_head, row.kind, row.kid)
    trusted = key is not None and (key.revoked_from is None or row.at < key.revoked_from)
    if key is None or not trusted or told != stored:
        return False
    return signing.is_signed(key.public, offline.message(said), bytes.fromhex(row.signature))


def list_statements(session: Session, event_id: int) -> list[ResultStatement]:
    """Return what was said of an event's result, the newest first."""
    return list(
        session.scalars(
            select(ResultStatement)
            .join(ResultStatement.version)
            .options(joinedload(ResultStatement.version))
            .where(ResultVersion.event_id == event_id)
            .order_by(ResultStatement.id.desc())
        )
    )


def find_statement(session: Session, ref: str) -> ResultStatement | None:
    """Return the statement with this address."""
    own = select(ResultStatement).options(joinedload(ResultStatement.version))
    return session.scalar(own.where(ResultStatement.ref == ref))


def public_keys(session: Session) -> list[SigningKey]:
    """Return the keys that have signed results, oldest first."""
    return signing.list_keys(session, PURPOSE)


def _said(
    session: Session, event: Event, version: ResultVersion, kind: str, now: datetime
) -> dict[str, Any]:
    before = queries.find_last_announced(session, event.id, below=version.number)
    since = before.ledger_seq if before is not None else 0
    return {
        "format": offline.FORMAT,
        "kind": kind,
        "competition": event.competition.name,
        "event": {"number": event.id, "name": event.name},
        "version": version.number,
        "document_sha256": version.sha256,
        "public_sha256": canonical.digest(public_document(version.document)),
        "ledger": {"seq": version.ledger_seq, "head": version.ledger_head},
        "replaces": None
        if before is None
        else {"version": before.number, "document_sha256": before.sha256, "reason": version.reason},
        "appeals": queries.list_appeals_between(session, event.id, since, version.ledger_seq),
        "at": now.isoformat(),
    }

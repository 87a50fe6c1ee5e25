"""Check everything against everything: triggers, chains, checkpoints, projections, frozen results.

Source: SECURITY.md T07, T08, R06, R08.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import append_only, chain
from core.audit import queries as trail
from core.audit.models import AuditRecord
from core.audit.rules import SITE, chain_name
from core.refusals import Refusal
from core.signing import services as signing
from scoring.evidence import exporting, ledgerfile
from scoring.results import integrity as frozen
from scoring.results import queries as results
from scoring.results import reader
from scoring.sheets import checkpoints, integrity, projection
from scoring.sheets.models import LedgerOperation


class Checked(NamedTuple):
    """What checking one event has found; checkpoints vouch for `anchored` of its `operations`."""

    event_id: int
    operations: int
    anchored: int
    refusals: list[Refusal]


def check_installation(session: Session) -> list[Refusal]:
    """Return what is wrong with what belongs to no event: the triggers, and the record of the site."""
    open_tables = append_only.unprotected(session.connection())
    found = [Refusal("TRIGGERS_MISSING", "", {"tables": ", ".join(open_tables)})] if open_tables else []
    return found + _record(session, SITE)


def check_event(session: Session, event_id: int, held: Iterable[Mapping[str, Any]] = ()) -> Checked:
    """Check one event; `held` are checkpoints from outside, those of other events are passed over.

    The first thing that does not fit comes first: the chain, what was signed, checkpoints, tables, results.
    """
    stored = [checkpoints.statement(row) | {"signature": row.signature}
              for row in checkpoints.list_checkpoints(session, event_id)]  # fmt: skip
    outside = [dict(one) for one in held if one["event"] == event_id]
    hashes = _hashes(session, event_id)
    checks: Sequence[Callable[[], list[Refusal]]] = (
        lambda: integrity.refusals(session, event_id),
        lambda: _checkpoints(session, event_id, [*outside, *stored], hashes),
        lambda: _record(session, chain_name(event_id)),
        lambda: projection.refusals(session, event_id),
        lambda: _results(session, event_id, hashes),
    )
    found = [refusal for check in checks for refusal in _readable(check)]
    return Checked(event_id, len(hashes), ledgerfile.anchored([*outside, *stored]), found)


def _readable(check: Callable[[], list[Refusal]]) -> list[Refusal]:
    """Return what a check finds; rows that cannot be read any more are a finding and no fault of ours."""
    try:
        return check()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        return [Refusal("ROW_UNREADABLE", "", {"fault": f"{type(fault).__name__}: {fault}"})]


def list_events(session: Session, held: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the events that have a ledger or ought to have one by a checkpoint from outside."""
    there = session.scalars(select(LedgerOperation.event_id).distinct())
    return sorted({*there, *(one["event"] for one in held)})


def _hashes(session: Session, event_id: int) -> list[str]:
    own = select(LedgerOperation.hash).where(LedgerOperation.event_id == event_id)
    return list(session.scalars(own.order_by(LedgerOperation.seq)))


def _record(session: Session, name: str) -> list[Refusal]:
    broken = trail.check_chain(session, name).broken_at
    return [] if broken is None else [Refusal("RECORD_BROKEN", name, {"number": broken, "chain": name})]


def _checkpoints(
    session: Session, event_id: int, held: Sequence[Mapping[str, Any]], hashes: Sequence[str]
) -> list[Refusal]:
    keys = {key["kid"]: key["public"] for key in exporting.public_keys(session)}
    forged = [one for one in held if not ledgerfile.is_genuine(one, keys, _is_signed)]
    found = [Refusal("CHECKPOINT_FORGED", "", {"at": one["at"], "seq": one["seq"]}) for one in forged[:1]]
    own = select(AuditRecord.hash).where(AuditRecord.chain == chain_name(event_id))
    record = list(session.scalars(own.order_by(AuditRecord.seq)))
    for code, findings in (
        ("", ledgerfile.against(held, hashes)),
        ("RECORD_", ledgerfile.against(held, record, seq="audit_seq", head="audit_head")),
    ):
        first = min(findings, key=lambda finding: finding.number, default=None)
        if first is not None:
            found.append(Refusal(code + first.code, "", {**first.told, "number": first.number}))
    return found


def _is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    return signing.is_signed(public.hex(), message, signature)


def _results(session: Session, event_id: int, hashes: Sequence[str]) -> list[Refusal]:
    found = frozen.refusals(session, event_id)
    for version in results.list_versions(session, event_id):
        seq = version.ledger_seq
        head = chain.GENESIS if seq == 0 else (hashes[seq - 1] if seq <= len(hashes) else "")
        if head != version.ledger_head:
            found.append(Refusal("RESULT_HEAD", "", {"number": version.number, "seq": seq}))
        shown = reader.frozen(version)
        if shown is None or shown.differs:
            found.append(Refusal("RESULT_RECOMPUTED", "", {"number": version.number}))
    return found

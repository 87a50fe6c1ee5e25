"""Check everything against everything: triggers, chains, checkpoints, projections, frozen results.

Source: SECURITY.md T07, T08, R06, R08.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import append_only
from core.audit import queries as trail
from core.audit.rules import SITE, chain_name
from core.chain import GENESIS, Verdict
from core.refusals import Refusal
from core.signing import services as signing
from scoring.evidence import exporting, ledgerfile
from scoring.results import integrity as frozen
from scoring.results import queries as results
from scoring.results import reader
from scoring.results.models import ResultVersion
from scoring.sheets import checkpoints, integrity, ledger, projection
from scoring.sheets.checkpoints import SITE_NUMBER
from scoring.sheets.models import LedgerOperation


class Checked(NamedTuple):
    """What checking one event, or the site, has found.

    Checkpoints vouch for `anchored` of its `records`: operations of an event, acts of the site.
    """

    event_id: int
    records: int
    anchored: int
    refusals: list[Refusal]


def check_installation(session: Session, held: Iterable[Mapping[str, Any]] = ()) -> Checked:
    """Check what belongs to no event: the triggers, and the record of the site."""
    open_tables = append_only.unprotected(session.connection())
    found = [Refusal("TRIGGERS_MISSING", "", {"tables": ", ".join(open_tables)})] if open_tables else []
    claims = [dict(one) for one in held if one["event"] == SITE_NUMBER]
    read: list[Verdict] = []

    def record() -> list[Refusal]:
        read.append(trail.check_chain(session, SITE, _places(claims, "audit_seq")))
        return _record(SITE, read[0], claims)

    checks = (lambda: _add_stored(session, SITE_NUMBER, claims), lambda: _forged(session, claims), record)
    found += [refusal for check in checks for refusal in _readable(check)]
    records = read[0].records if read else 0
    return Checked(SITE_NUMBER, records, ledgerfile.anchored(claims, "audit_seq"), found)


def check_event(session: Session, event_id: int, held: Iterable[Mapping[str, Any]] = ()) -> Checked:
    """Check one event; `held` are checkpoints from outside, those of other events are passed over.

    The first thing that does not fit comes first: the chain, what was signed, checkpoints, tables, results.
    """
    claims = [dict(one) for one in held if one["event"] == event_id]
    walked: list[Verdict] = []

    def walk() -> list[Refusal]:
        wanted = _places(claims, "seq") | results.list_places(session, event_id)
        walked.append(ledger.check_chain(session, event_id, wanted))
        return integrity.found(session, event_id, walked[0].broken_at)

    def record() -> list[Refusal]:
        name = chain_name(event_id)
        return _record(name, trail.check_chain(session, name, _places(claims, "audit_seq")), claims)

    checks: Sequence[Callable[[], list[Refusal]]] = (
        lambda: _add_stored(session, event_id, claims),
        walk,
        lambda: _forged(session, claims),
        lambda: _against("", claims, walked[0]) if walked else [],
        record,
        lambda: projection.refusals(session, event_id),
        lambda: frozen.refusals(session, event_id),
        lambda: _results(results.list_versions(session, event_id), walked[0]) if walked else [],
    )
    found = [refusal for check in checks for refusal in _readable(check)]
    records = walked[0].records if walked else 0
    return Checked(event_id, records, ledgerfile.anchored(claims), found)


def _readable(check: Callable[[], list[Refusal]]) -> list[Refusal]:
    """Return what a check finds; rows that cannot be read any more are a finding and no fault of ours."""
    try:
        return check()
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as fault:
        return [Refusal("ROW_UNREADABLE", "", {"fault": f"{type(fault).__name__}: {fault}"})]


def list_events(session: Session, held: Iterable[Mapping[str, Any]]) -> list[int]:
    """Return the events that have a ledger or ought to have one by a checkpoint from outside."""
    there = session.scalars(select(LedgerOperation.event_id).distinct())
    return sorted({*there, *(one["event"] for one in held)} - {SITE_NUMBER})


def _add_stored(session: Session, number: int, claims: list[dict[str, Any]]) -> list[Refusal]:
    """Put the stored checkpoints of an event or of the site behind those from outside."""
    rows = checkpoints.list_checkpoints(session, number)
    claims += [checkpoints.statement(row) | {"signature": row.signature} for row in rows]
    return []


def _places(claims: Iterable[Mapping[str, Any]], seq: str) -> frozenset[int]:
    return frozenset(one[seq] for one in claims)


def _forged(session: Session, claims: Sequence[Mapping[str, Any]]) -> list[Refusal]:
    keys = {key["kid"]: key["public"] for key in exporting.public_keys(session)}
    for one in claims:
        if not ledgerfile.is_genuine(one, keys, _is_signed):
            told = {"at": one["at"], "seq": one["seq"] or one["audit_seq"]}
            return [Refusal("CHECKPOINT_FORGED", "", told)]
    return []


def _record(name: str, record: Verdict, claims: Sequence[Mapping[str, Any]]) -> list[Refusal]:
    broken = record.broken_at
    told = [] if broken is None else [Refusal("RECORD_BROKEN", name, {"number": broken, "chain": name})]
    return told + _against("RECORD_", claims, record, seq="audit_seq", head="audit_head", chain=name)


def _against(
    code: str, claims: Sequence[Mapping[str, Any]], read: Verdict, *, seq: str = "seq", head: str = "head",
    **told: str,
) -> list[Refusal]:  # fmt: skip
    """Return the first place at which a chain is not what checkpoints saw, or nothing."""
    findings = ledgerfile.against(claims, read.records, read.heads, seq=seq, head=head)
    first = min(findings, key=lambda finding: finding.number, default=None)
    if first is None:
        return []
    return [Refusal(code + first.code, "", {**first.told, **told, "number": first.number})]


def _is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    return signing.is_signed(public.hex(), message, signature)


def _results(versions: Iterable[ResultVersion], read: Verdict) -> list[Refusal]:
    found = []
    for version in versions:
        seq = version.ledger_seq
        head = read.heads.get(seq) if seq else GENESIS
        if head != version.ledger_head:
            found.append(Refusal("RESULT_HEAD", "", {"number": version.number, "seq": seq}))
        shown = reader.frozen(version)
        if shown is None or shown.differs:
            found.append(Refusal("RESULT_RECOMPUTED", "", {"number": version.number}))
    return found

"""Write result versions: tabulate, announce, finalise."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import lifecycle
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import CORRECTED
from core import canonical, database, personal
from core.audit import services as audit
from core.refusals import Refused, refuse
from scoring.results import queries, rules, statements
from scoring.results.models import ResultRow, ResultVersion
from scoring.rules.compute import Outcome
from scoring.rules.numbers import format_number
from scoring.schemes import queries as schemes
from scoring.sheets import checkpoints, ledger
from scoring.sheets import queries as sheets
from scoring.sheets.states import PUBLISHED

CORRECT = CORRECTED.name  # asked like a step of the event (competitions.events.lifecycle)


def ensure_version(
    session: Session, event: Event, *, actor_id: int | None, now: datetime, reason: str = ""
) -> ResultVersion:
    """Return the newest version if it still says what the ledger says, otherwise tabulate a new one.

    Raises: Refused SCHEME_MISSING, SCHEME_FINDINGS.
    """
    database.lock(session, f"ledger:{event.id}")  # nothing may enter between the inputs and the head
    database.lock(session, f"result:{event.id}")
    inputs = queries.get_inputs(session, event.id)
    scheme_version = schemes.find_current(session, event.id)
    if scheme_version is None:
        raise refuse("SCHEME_MISSING")
    outcome = inputs.outcome()
    content = rules.document(inputs, outcome, scheme_version.document)
    sha256 = canonical.digest(content)
    newest = queries.find_newest(session, event.id)
    if newest is not None and newest.sha256 == sha256:
        return newest
    seq, head = ledger.head(session, event.id)
    version = ResultVersion(
        event_id=event.id,
        number=newest.number + 1 if newest else 1,
        scheme_version_id=scheme_version.id,
        ledger_seq=seq,
        ledger_head=head,
        document=content,
        sha256=sha256,
        reason=reason,
        tabulated_at=now,
        tabulated_by_id=actor_id,
        rows=_rows(outcome, {code: entry for entry, code in sheets.list_marked_entries(session, event.id)}),
    )
    session.add(version)
    session.flush()
    _record(session, "result:tabulate", version, actor_id, now)
    return version


def announce(session: Session, event: Event, *, actor_id: int | None, now: datetime) -> ResultVersion:
    """Mark the result that the ledger gives now as announced, and sign it."""
    version = ensure_version(session, event, actor_id=actor_id, now=now)
    if version.announced_at is None:
        _announce(session, event, version, actor_id, now)
    return version


def correct(
    session: Session, event: Event, reason: str, *, actor_id: int, now: datetime
) -> ResultVersion:
    """Announce what has changed since the announcement as a new version that cites the one before.

    The time for appeals and the public notice count from it anew: whoever stands otherwise must be heard.
    A result that was final is announced again and waits for its confirmation; the version that was final
    stays, signed as it is.
    Raises: Refused RESULT_STATE, REASON_NEEDED, RESULT_REASON_PERSONAL, RESULT_REASON_NAME,
    RESULT_UNCHANGED, and what stands in the way of the announcement.
    """
    events.hold(session, event)
    if event.state not in PUBLISHED:
        raise refuse("RESULT_STATE")
    _refuse_reason(session, event, reason)
    missing = lifecycle.missing(session, event, CORRECT, now)
    if missing:
        raise Refused(*missing)
    version = ensure_version(session, event, actor_id=actor_id, now=now, reason=reason)
    if version.announced_at is not None:
        raise refuse("RESULT_UNCHANGED", number=version.number)
    _announce(session, event, version, actor_id, now)
    event.announced_at = now
    if event.state == "final":
        events.walk(session, event, CORRECTED, reason, actor_id=actor_id, now=now)
    lifecycle.bring_about(session, event, CORRECT, actor_id, now)
    checkpoints.make_checkpoint(session, event.id, "announce", now)
    return version


def finalise(session: Session, event: Event, *, actor_id: int | None, now: datetime) -> ResultVersion:
    """Mark the result that was announced as final, and sign that."""
    version = queries.find_last_announced(session, event.id) or announce(
        session, event, actor_id=actor_id, now=now
    )
    version.final_at = now
    _record(session, "result:finalise", version, actor_id, now)
    statements.make_statement(session, event, version, statements.FINAL, actor_id=actor_id, now=now)
    return version


def _announce(
    session: Session, event: Event, version: ResultVersion, actor_id: int | None, now: datetime
) -> None:
    version.announced_at = now
    _record(session, "result:announce", version, actor_id, now)
    statements.make_statement(session, event, version, statements.ANNOUNCED, actor_id=actor_id, now=now)


def _refuse_reason(session: Session, event: Event, reason: str) -> None:
    """Refuse a reason that everybody could not read: none, too long, or one that tells of a person."""
    if not reason.strip():
        raise refuse("REASON_NEEDED", "reason")
    found = personal.numbers_in(reason)
    if found:
        raise refuse("RESULT_REASON_PERSONAL", "reason", shown=found[0].shown)
    if event.entry_kind != "person":
        return
    named = next((row.name for row in sheets.list_field(session, event.id) if row.name in reason), None)
    if named is not None:
        raise refuse("RESULT_REASON_NAME", "reason", name=named)


def _rows(outcome: Outcome, entries: dict[str, Entry]) -> list[ResultRow]:
    places = outcome.scheme.total.places
    return [
        ResultRow(
            entry_id=entries[row.entry].id,
            position=position,
            rank=row.rank,
            status=row.status,
            total="" if row.total is None else format_number(row.total, places),
            award=row.award or "",
            award_tier=rules.tier_number(outcome.scheme, row.award),
        )
        for position, row in enumerate(outcome.rows, start=1)
    ]


def _record(
    session: Session, action: str, version: ResultVersion, actor_id: int | None, now: datetime
) -> None:
    audit.record(
        session,
        action,
        actor_id=actor_id,
        subject=f"result:{version.id}",
        now=now,
        detail={"number": version.number, "sha256": version.sha256},
        event_id=version.event_id,
    )

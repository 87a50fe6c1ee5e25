"""Read what results are computed from, and the versions that were tabulated."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.events.models import Event
from scoring.results.models import ResultVersion
from scoring.results.rules import Inputs, Veto
from scoring.rules.inputs import DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.schemes.queries import get_scheme
from scoring.sheets import check_in
from scoring.sheets import queries as sheets
from scoring.sheets.models import LedgerOperation
from scoring.sheets.seating import assignments

# What can change a result besides marks; each has its reason in writing.
REASONED = ("reopen", "correct", "status", "penalty", "withdraw_penalty", "decision", "withdraw_decision")

ANNOUNCED = frozenset({"announced", "final", "archived"})


def get_inputs(session: Session, event_id: int) -> Inputs:
    """Return everything the result of an event is a function of, as it stands now.

    Raises: Refused SCHEME_MISSING, SCHEME_FINDINGS.
    """
    scheme = get_scheme(session, event_id)
    field, decisions = sheets.list_field(session, event_id), sheets.list_decisions(session, event_id)
    return Inputs(
        scheme=scheme,
        entries=[EntryInput(row.code, row.name, row.unit, row.status) for row in field],
        marks=[MarkInput(*row) for row in sheets.list_marks(session, event_id)],
        assignments=assignments(scheme, sheets.get_seating(session, event_id)),
        penalties=[
            PenaltyInput(r.entry, r.points, r.reason) for r in sheets.list_penalties(session, event_id)
        ],
        decisions=[*(DecisionInput(*row[1:]) for row in decisions), *check_in.implied(field, decisions)],
        vetoes=list_vetoes(session, event_id) if any(row.status == "ineligible" for row in field) else (),
    )


def list_vetoes(session: Session, event_id: int) -> list[Veto]:
    """Return why entries are ineligible, by code."""
    rows = session.execute(
        select(EntryCode.code, Entry.veto_on, Entry.status_reason, Entry.veto_source)
        .join(Entry, Entry.id == EntryCode.entry_id)
        .where(Entry.event_id == event_id, Entry.review == "approved", Entry.veto_on.is_not(None))
        .order_by(EntryCode.code)
    )
    return [Veto(code, on.isoformat(), reason, source) for code, on, reason, source in rows if on]


def find_newest(session: Session, event_id: int) -> ResultVersion | None:
    """Return the newest result version of an event."""
    return session.scalar(
        select(ResultVersion)
        .options(joinedload(ResultVersion.rows))
        .where(ResultVersion.event_id == event_id)
        .order_by(ResultVersion.number.desc())
        .limit(1)
    )


def find_announced(session: Session, event: Event) -> ResultVersion | None:
    """Return the announced version that counts; None while none is announced or it is worked on again."""
    newest = find_newest(session, event.id) if event.state in ANNOUNCED else None
    return newest if newest is not None and newest.announced_at is not None else None


def find_last_announced(session: Session, event_id: int, *, below: int = 2**31 - 1) -> ResultVersion | None:
    """Return the newest version with a number below this one that was announced."""
    return session.scalar(
        select(ResultVersion)
        .where(
            ResultVersion.event_id == event_id, ResultVersion.number < below,
            ResultVersion.announced_at.is_not(None),
        )
        .order_by(ResultVersion.number.desc())
        .limit(1)
    )  # fmt: skip


def list_appeals_between(session: Session, event_id: int, after: int, upto: int) -> list[dict[str, Any]]:
    """Return the appeals that were upheld between two operations, as a statement names them."""
    bodies = session.scalars(
        select(LedgerOperation.body)
        .where(
            LedgerOperation.event_id == event_id, LedgerOperation.kind == "release",
            LedgerOperation.seq > after, LedgerOperation.seq <= upto,
        )
        .order_by(LedgerOperation.seq)
    )  # fmt: skip
    return [
        {"number": body["number"], "decision_sha256": body["sha256"]}
        for body in bodies
        if body["basis"] == "appeal"
    ]


def find_version(session: Session, event_id: int, number: int) -> ResultVersion | None:
    """Return one result version of an event."""
    return session.scalar(
        select(ResultVersion).where(ResultVersion.event_id == event_id, ResultVersion.number == number)
    )


def list_versions(session: Session, event_id: int) -> list[ResultVersion]:
    """Return the result versions of an event, newest first."""
    return list(
        session.scalars(
            select(ResultVersion)
            .where(ResultVersion.event_id == event_id)
            .order_by(ResultVersion.number.desc())
        )
    )


def list_places(session: Session, event_id: int) -> set[int]:
    """Return where the ledger ended at each result version; nothing else of them is read."""
    places = select(ResultVersion.ledger_seq).where(ResultVersion.event_id == event_id)
    return set(session.scalars(places))


class Reason(NamedTuple):
    """One act between two versions that can have changed the result, with its reason."""

    kind: str
    entry: str
    reason: str
    at: datetime


def list_reasons(session: Session, event_id: int, after: int, upto: int) -> list[Reason]:
    """Return the acts with reasons in the ledger after operation number `after`, up to number `upto`."""
    rows = session.scalars(
        select(LedgerOperation)
        .where(
            LedgerOperation.event_id == event_id,
            LedgerOperation.seq > after,
            LedgerOperation.seq <= upto,
            LedgerOperation.kind.in_(REASONED),
        )
        .order_by(LedgerOperation.seq)
    ).all()
    if not rows:
        return []
    codes = {entry.ref: code for entry, code in sheets.list_marked_entries(session, event_id)}
    return [
        Reason(row.kind, _code(session, row.body, codes), str(row.body.get("reason", "")), row.at)
        for row in rows
    ]


def _code(session: Session, body: Mapping[str, Any], codes: Mapping[str, str]) -> str:
    if "entry" in body:
        return codes.get(str(body["entry"]), "")
    sheet = sheets.find_sheet(session, str(body.get("sheet", "")))
    return (sheets.code_of(session, sheet.entry_id) or "") if sheet is not None else ""

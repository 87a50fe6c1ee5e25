"""Whether the tables of an event are what its ledger makes of them: everything played again and compared.

Source: SECURITY.md I03.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from competitions.judges.models import Appointment
from core.refusals import Refusal
from scoring.sheets import ledger, replay
from scoring.sheets.models import Decision, Handover, LedgerOperation, Mark, Penalty, Sheet
from scoring.sheets.replay import Act, Operation, Projection, SheetState

NAMED = 6
ABSENT = "—"
COLUMNS = {
    "stage": _l("stage"), "judge": _l("judge"), "code": _l("code"), "entry": _l("entry"),
    "state": _l("state"), "version": _l("version"), "signed_at": _l("signed at"), "marks": _l("marks"),
    "signed_hash": _l("fingerprint of the signature"), "withdrawn_by": _l("withdrawn by"),
    "status": _l("status"), "values": _l("content"), "reason": _l("reason"), "presence": _l("presence"),
    "taken_over": _l("taken over from"), "veto": _l("veto"),
}  # fmt: skip
PENALTY = ("points",)
DECISION = ("kind", "stage", "aspect", "judge", "value")


class Difference(NamedTuple):
    """One value that the database has otherwise than the ledger; `code` is the blind code or empty."""

    code: str
    column: str
    ledger: str
    stored: str


def refusals(session: Session, event_id: int) -> list[Refusal]:
    """Return where the tables of an event differ from its ledger, at most NAMED, in plain words."""
    played = replay.play(_operations(session, event_id))
    found = [Refusal("OPERATION_UNKNOWN", "", {"number": number}) for number in played.unknown[:1]]
    differences = [*_sheets(session, event_id, played), *_acts(session, event_id, played)]
    told = [
        one._asdict() | {"code": one.code or ABSENT, "column": COLUMNS[one.column]}
        for one in differences[:NAMED]
    ]
    return found + [Refusal("PROJECTION_DIFFERS", each["code"], each) for each in told]


def _operations(session: Session, event_id: int) -> Iterator[Operation]:
    for row in ledger.stream(session, event_id):
        yield Operation(row.seq, row.operation_id, row.kind, row.at.isoformat(), row.body, row.answer)


def _sheets(session: Session, event_id: int, played: Projection) -> Iterator[Difference]:
    stored = _stored_sheets(session, event_id)
    for ref in sorted(stored.keys() | (played.sheets.keys())):
        have, said = stored.get(ref), played.sheets.get(ref)
        if have is None or said is None:
            # The oldest ledgers do not say which sheets there are: an untouched one is not missed.
            if have is not None and not played.opened and have.version == 0:
                continue
            yield _missing((have or said or SheetState()).code, have is None)
        else:
            yield from _differing(have.code, _told(have), _told(said))
    before, after = aliased(Sheet), aliased(Sheet)
    rows = session.execute(
        select(after.ref, before.ref)
        .select_from(Handover)
        .join(after, after.id == Handover.sheet_id)
        .join(before, before.id == Handover.taken_from_id)
        .where(after.event_id == event_id)
    )
    taken = {ref: old for ref, old in rows}
    if played.opened:
        yield from _differing("", {"taken_over": sorted(taken.items())}, {
            "taken_over": sorted(played.taken_over.items())
        })  # fmt: skip


def _told(sheet: SheetState) -> dict[str, Any]:
    """Return the values of a sheet by column; what the oldest ledgers do not say is left out."""
    told = {name: getattr(sheet, name) for name in ("stage", "judge", "code", "entry")}
    known = {name: value for name, value in told.items() if value is not None}
    return known | {
        "state": sheet.state, "version": sheet.version, "signed_at": sheet.signed_at,
        "signed_hash": sheet.signed_hash, "marks": sheet.listed(),
    }  # fmt: skip


def _differing(code: str | None, have: Mapping[str, Any], said: Mapping[str, Any]) -> Iterator[Difference]:
    for column, value in said.items():
        if have[column] != value:
            yield Difference(code or "", column, _short(value), _short(have[column]))


def _missing(code: str | None, in_tables: bool) -> Difference:
    there, away = _("there"), ABSENT
    return Difference(code or "", "presence", there if in_tables else away, away if in_tables else there)


def _short(value: Any) -> str:
    text = ABSENT if value in (None, "", []) else str(value)
    return text if len(text) <= 120 else text[:120] + "…"


def _stored_sheets(session: Session, event_id: int) -> dict[str, SheetState]:
    rows = session.execute(
        select(
            Sheet.id, Sheet.ref, Sheet.stage, Appointment.code, EntryCode.code, Entry.ref, Sheet.state,
            Sheet.version, Sheet.signed_at, Sheet.signed_hash,
        )
        .join(Appointment, Appointment.id == Sheet.appointment_id)
        .join(Entry, Entry.id == Sheet.entry_id)
        .outerjoin(EntryCode, EntryCode.entry_id == Sheet.entry_id)
        .where(Sheet.event_id == event_id)
    )  # fmt: skip
    found: dict[int, tuple[str, SheetState]] = {}
    for number, ref, stage, judge, code, entry, state, version, signed_at, signed_hash in rows:
        at = _iso(signed_at)
        found[number] = ref, SheetState(stage, judge, code, entry, state, version, at, signed_hash)
    marks = session.execute(
        select(Mark.sheet_id, Mark.aspect, Mark.attempt, Mark.value)
        .join(Mark.sheet)
        .where(Sheet.event_id == event_id)
        .order_by(Mark.sheet_id, Mark.line)
    )
    for number, aspect, attempt, value in marks:
        found[number][1].marks.setdefault((aspect, attempt), []).append(value)
    return dict(found.values())


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()


def _acts(session: Session, event_id: int, played: Projection) -> Iterator[Difference]:
    codes, statuses = {}, {}
    for ref, status, veto_on, veto_source, code in session.execute(
        select(Entry.ref, Entry.status, Entry.veto_on, Entry.veto_source, EntryCode.code)
        .outerjoin(EntryCode, EntryCode.entry_id == Entry.id)
        .where(Entry.event_id == event_id)
    ):
        veto = [veto_on.isoformat(), veto_source] if veto_on else None
        codes[ref], statuses[ref] = code, {"status": status, "veto": veto}
    for ref, have in statuses.items():
        now = {"status": played.statuses.get(ref, "valid"), "veto": played.vetoes.get(ref)}
        yield from _differing(codes[ref], have, now)
    penalties = _stored_acts(session, event_id, Penalty, PENALTY)
    decisions = _stored_acts(session, event_id, Decision, DECISION)
    for stored, said in ((penalties, played.penalties), (decisions, played.decisions)):
        for name in sorted(stored.keys() | said.keys()):
            one, other = stored.get(name), said.get(name)
            if one is None or other is None:
                entry = (one or other or Act("", (), "")).entry
                yield _missing(codes.get(entry), one is None)
            else:
                yield from _differing(codes.get(one.entry), one._asdict(), other._asdict())


def _stored_acts(
    session: Session, event_id: int, model: type[Penalty] | type[Decision], columns: Sequence[str]
) -> dict[str, Act]:
    given, back = aliased(LedgerOperation), aliased(LedgerOperation)
    rows = session.execute(
        select(given.operation_id, Entry.ref, model, model.reason, back.operation_id)
        .select_from(model)
        .join(given, given.id == model.operation_id)
        .join(Entry, Entry.id == model.entry_id)
        .outerjoin(back, back.id == model.withdrawn_by_id)
        .where(model.event_id == event_id)
    )
    found: dict[str, Act] = {}
    for name, entry, row, reason, withdrawn_by in rows:
        values = tuple(getattr(row, column) for column in columns)
        found[name] = Act(entry, values, reason, withdrawn_by)
    return found

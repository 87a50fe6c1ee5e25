"""Write entries: by hand, from a workbook, their review, their end. Only while the registration is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from competitions.entries import batches, queries, rules, writing
from competitions.entries.models import (
    Entry,
    EntryMember,
    HeadingChoice,
    ImportBatch,
)
from competitions.entries.people_kept import forget_people
from competitions.entries.proposals import Asked, Choice, Proposal, ProposedEntry, propose
from competitions.entries.reading import Progress, silent
from competitions.entries.table import Table
from competitions.events.models import Event
from competitions.events.services import hold
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

OPEN = rules.OPEN
REASON_MAXIMUM = 200
ALL_OR_NOTHING = Choice()


class NotEnterable(Refused):
    """A table against which something stands; nothing of it was entered."""

    def __init__(self, proposal: Proposal, code: str = "") -> None:
        whole = [Refusal(code)] if code else []
        each = (Refusal(f.code, f"{f.field} {f.row}", f.params) for f in proposal.errors)
        super().__init__(*whole, *each)
        self.proposal, self.code = proposal, code


class Source(NamedTuple):
    """The file that a table came from."""

    filename: str
    sha256: str


def add_entries(
    session: Session, event: Event, table: Table, asked: Asked, *, actor_id: int | None, now: datetime
) -> list[int]:
    """Enter what a table names and return the `Entry.id` of each entry, in the order of the table.

    Raises: Refused REG_CLOSED; NotEnterable with every fault of every row.
    """
    entries = _right(_proposed(session, event, table, asked)).entries
    units = writing.register_units(session, event, entries, actor_id=actor_id, now=now)
    written = writing.write_entries(session, event, entries, units, now=now)
    for entry_id, number in written:
        _record(session, "entry:add", event, entry_id, actor_id, now, entry=number)
    return [entry_id for entry_id, _number in written]


def import_entries(
    session: Session,
    event: Event,
    table: Table,
    asked: Asked,
    source: Source,
    *,
    actor_id: int | None,
    now: datetime,
    choice: Choice = ALL_OR_NOTHING,
    resubmit: bool = False,
    tell: Progress = silent,
) -> ImportBatch:
    """Enter a whole list or nothing of it, or what is right of it; `resubmit` as `change_entry` takes it.

    Shape: `tell` hears what `propose` tells, and ("write", 0, 0) when the writing begins.

    Raises: Refused REG_CLOSED; NotEnterable with every fault of every row, as the dry run would tell it now,
    or with IMPORT_OUTDATED, IMPORT_NOTHING.
    """
    proposal = _proposed(session, event, table, asked, tell)
    chosen = _chosen(proposal, choice)
    tell("write", 0, 0)
    new = [entry for entry in chosen if entry.standing is None]
    changed = [entry for entry in chosen if entry.standing is not None]
    left_out = proposal.counts["wrong"] + proposal.counts["double"]
    batch = ImportBatch(
        event_id=event.id, filename=source.filename[:200], sha256=source.sha256, at=now, by_id=actor_id,
        number=queries.last_batch(session, event.id) + 1, entries=len(new), changed=len(changed),
        left_out=left_out,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    units = writing.register_units(session, event, chosen, actor_id=actor_id, now=now)
    writing.write_entries(session, event, new, units, now=now, batch_id=batch.id)
    batch.before = batches.seal(batch, _change_entries(session, event, changed, units, resubmit))
    audit.record(
        session, "entry:import", actor_id=actor_id, subject=f"event:{event.id}", now=now, event_id=event.id,
        detail={"file": batch.filename, "sha256": batch.sha256, "batch": batch.number,
                "entries": batch.entries, "changed": batch.changed, "left_out": batch.left_out},
    )  # fmt: skip
    return batch


def remember_headings(session: Session, user_id: int, chosen: Mapping[str, str]) -> None:
    """Remember what somebody takes plain headings for; longer ones than fit are asked about again."""
    known = {
        row.heading: row
        for row in session.scalars(select(HeadingChoice).where(HeadingChoice.user_id == user_id))
    }
    for heading, field in chosen.items():
        if heading in known:
            known[heading].field = field
        elif 0 < len(heading) <= rules.HEADING_LENGTH:
            session.add(HeadingChoice(user_id=user_id, heading=heading, field=field))
    session.flush()


def change_entry(
    session: Session,
    event: Event,
    entry_id: int,
    table: Table,
    asked: Asked,
    *,
    resubmit: bool,
    actor_id: int,
    now: datetime,
) -> Entry:
    """Replace what an entry says; `resubmit` asks for a new review of what was approved or rejected.

    Raises: Refused REG_CLOSED, ENTRY_GONE; NotEnterable.
    """
    (proposed,) = _right(_proposed(session, event, table, asked)).entries
    entry = _held_entry(session, event, entry_id)
    units = writing.register_units(session, event, [proposed], actor_id=actor_id, now=now)
    _change_entries(session, event, [proposed._replace(standing=entry.id)], units, resubmit)
    _record(session, "entry:change", event, entry.id, actor_id, now, entry=entry.number)
    return entry


def decide_entry(
    session: Session,
    event: Event,
    entry_id: int,
    decision: str,
    reason: str,
    *,
    actor_id: int,
    now: datetime,
) -> Entry:
    """Approve or reject an entry; a rejection says why.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_REASON, DECISION_UNKNOWN; DUPLICATE_ENTRY where somebody of
    a rejected or withdrawn entry has been entered otherwise since.
    """
    if decision not in rules.DECISIONS:
        raise refuse("DECISION_UNKNOWN")
    _hold_open(session, event)
    entry = _held_entry(session, event, entry_id)
    reason = _reason(reason, needed=decision == "reject")
    if decision == "approve" and entry.review not in rules.COUNTED:
        _refuse_taken_people(session, event, entry)
    entry.review, entry.status_reason = rules.DECISIONS[decision], reason
    entry.revision += decision != "approve"
    session.flush()
    _record_decision(session, event, [entry], entry.review, reason, actor_id, now)
    return entry


def approve_all(session: Session, event: Event, *, actor_id: int, now: datetime) -> int:
    """Approve every entry that waits for a decision; return how many they were.

    Raises: Refused REG_CLOSED, NOTHING_TO_DECIDE.
    """
    _hold_open(session, event)
    waiting = select(Entry).where(Entry.event_id == event.id, Entry.review == "submitted")
    entries = list(session.scalars(waiting.order_by(Entry.number)))
    if not entries:
        raise refuse("NOTHING_TO_DECIDE")
    approved = update(Entry).where(Entry.event_id == event.id, Entry.review == "submitted")
    session.execute(approved.values(review="approved"), execution_options={"synchronize_session": "fetch"})
    _record_decision(session, event, entries, "approved", "", actor_id, now)
    return len(entries)


def withdraw_entry(
    session: Session, event: Event, entry_id: int, reason: str, *, actor_id: int, now: datetime
) -> Entry:
    """Take an entry out of the contest; it stays readable with its reason, and its people are free again.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_REASON.
    """
    _hold_open(session, event)
    entry = _held_entry(session, event, entry_id)
    entry.review, entry.status_reason = "withdrawn", _reason(reason, needed=True)
    entry.revision += 1
    session.flush()
    _record_decision(session, event, [entry], "withdrawn", entry.status_reason, actor_id, now)
    return entry


def remove_entry(
    session: Session, event: Event, entry_id: int, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Delete an entry made by mistake, with the personal data of whoever takes part in nothing else.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_REASON; ENTRY_APPROVED: what was approved is withdrawn.
    """
    _hold_open(session, event)
    entry = _held_entry(session, event, entry_id)
    reason = _reason(reason, needed=True)
    if entry.review == "approved":
        raise refuse("ENTRY_APPROVED")
    people, number = _people_of(session, entry.id), entry.number
    session.execute(delete(EntryMember).where(EntryMember.entry_id == entry.id))
    session.execute(delete(Entry).where(Entry.id == entry.id))
    session.expire_all()
    forget_people(session, people)
    _record(session, "entry:remove", event, entry_id, actor_id, now, entry=number, reason=reason)


# ---------------------------------------------------------------- parts


def _proposed(
    session: Session, event: Event, table: Table, asked: Asked, tell: Progress = silent
) -> Proposal:
    """Look a table through once more, now that nobody else can enter anybody."""
    _hold_open(session, event)
    database.lock(session, "people")  # a person belongs to all events
    return propose(session, asked, table, tell)


def _chosen(proposal: Proposal, choice: Choice) -> list[ProposedEntry]:
    """Return what somebody wants of a list, if that is possible and is still what they saw of it."""
    chosen = proposal.chosen(choice)
    if proposal.errors and not (choice.only_right and chosen):
        raise NotEnterable(proposal)
    if not chosen:
        raise NotEnterable(proposal, "IMPORT_NOTHING")
    if choice.seen and choice.seen != proposal.fingerprint:
        raise NotEnterable(proposal, "IMPORT_OUTDATED")
    return chosen


def _right(proposal: Proposal) -> Proposal:
    if proposal.errors:
        raise NotEnterable(proposal)
    return proposal


def _change_entries(
    session: Session, event: Event, changed: Sequence[ProposedEntry], units: Mapping[str, int], resubmit: bool
) -> list[dict[str, Any]]:
    """Let entries say something else and return what they said; who leaves them for nothing is forgotten."""
    pairs = [(_held_entry(session, event, entry.standing or 0), entry) for entry in changed]
    said = [batches.said_by(entry) for entry, _proposed in pairs]
    before = [member.person_id for entry, _proposed in pairs for member in entry.members]
    writing.replace_entries(session, pairs, units)
    forget_people(session, before)
    for entry, _proposed in pairs:
        entry.revision += 1
        if resubmit and entry.review in {"approved", "rejected"}:
            entry.review, entry.status_reason = "submitted", ""
    session.flush()
    return said


def _hold_open(session: Session, event: Event) -> None:
    hold(session, event)
    if event.state != OPEN:
        raise refuse("REG_CLOSED")


def _held_entry(session: Session, event: Event, entry_id: int) -> Entry:
    entry = session.get(Entry, entry_id, populate_existing=True)
    if entry is None or entry.event_id != event.id:
        raise refuse("ENTRY_GONE")
    return entry


def _reason(reason: str, *, needed: bool) -> str:
    reason = rules.tidy_line(reason)
    if needed and not reason:
        raise refuse("ENTRY_REASON", "reason")
    if len(reason) > REASON_MAXIMUM:
        raise refuse("ENTRY_REASON_LONG", "reason", maximum=REASON_MAXIMUM)
    return reason


def _refuse_taken_people(session: Session, event: Event, entry: Entry) -> None:
    entered = queries.entered_people(session, event.id, entry.id)
    names = queries.entered_names(session, event.id, entry.id) if entry.kind != "person" else {}
    numbers = {entered[person] for person in _people_of(session, entry.id) if person in entered}
    numbers |= {number for name, number in names.items() if name == (entry.name, entry.unit_id)}
    if numbers:
        raise refuse("DUPLICATE_ENTRY", number=min(numbers))


def _people_of(session: Session, entry_id: int) -> list[int]:
    return list(session.scalars(select(EntryMember.person_id).where(EntryMember.entry_id == entry_id)))


def _record_decision(
    session: Session,
    event: Event,
    entries: Sequence[Entry],
    decision: str,
    reason: str,
    actor_id: int,
    now: datetime,
) -> None:
    numbers = [entry.number for entry in entries]
    subject = f"entry:{entries[0].id}" if len(entries) == 1 else f"event:{event.id}"
    audit.record(
        session, "entry:decide", actor_id=actor_id, subject=subject, now=now, event_id=event.id,
        detail={"entry": numbers, "decision": decision, "reason": reason},
    )  # fmt: skip


# The trail names entries by their numbers: it is never erased, and people's names may have to be.
def _record(
    session: Session,
    action: str,
    event: Event,
    entry_id: int,
    actor_id: int | None,
    now: datetime,
    **detail: object,
) -> None:
    subject = f"entry:{entry_id}"
    audit.record(
        session, action, actor_id=actor_id, subject=subject, now=now, event_id=event.id, detail=detail
    )

"""Write entries: by hand, from a workbook, their change, their end. Only while the registration is open."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from competitions.entries import batches, exceptions, holding, levels, queries, rules, writing
from competitions.entries.models import (
    Entry,
    EntryMember,
    HeadingChoice,
    ImportBatch,
)
from competitions.entries.people_kept import forget_files, forget_people
from competitions.entries.proposals import Asked, Choice, Proposal, ProposedEntry, propose
from competitions.entries.reading import Progress, silent
from competitions.events.models import Event
from competitions.lists.table import Table
from core import database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

OPEN = rules.OPEN
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
    proposal = _right(_proposed(session, event, table, asked))
    holding.refuse_late(session, event, now)
    units = writing.register_units(session, event, proposal.entries, actor_id=actor_id, now=now)
    review = "draft" if asked.draft else "submitted"
    written = writing.write_entries(session, event, proposal.entries, units, now=now, review=review)
    for (entry_id, number), entry in zip(written, proposal.entries, strict=True):
        holding.record(session, "entry:add", event, entry_id, actor_id=actor_id, now=now, entry=number)
        exceptions.admit(session, event, entry_id, entry, proposal, asked, actor_id=actor_id, now=now)
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
    holding.refuse_late(session, event, now)
    chosen = _chosen(proposal, choice)
    tell("write", 0, 0)
    new = [entry for entry in chosen if entry.standing is None]
    changed = [entry for entry in chosen if entry.standing is not None]
    batch = _open_batch(
        session, event, source, proposal, actor_id=actor_id, now=now, entries=len(new), changed=len(changed)
    )
    units = writing.register_units(session, event, chosen, actor_id=actor_id, now=now)
    review = "draft" if asked.draft else "submitted"
    writing.write_entries(session, event, new, units, now=now, batch_id=batch.id, review=review)
    said = _change_entries(session, event, changed, units)
    batch.before = batches.seal(batch, said)
    if resubmit:
        levels.hand_in_again(session, event, changed, draft=asked.draft, actor_id=actor_id, now=now)
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
    revision: int,
    resubmit: bool,
    actor_id: int,
    now: datetime,
) -> Entry:
    """Replace what an entry says, if it is as the form showed it; `resubmit` lets it be decided anew.

    An entry is decided anew where its unit has changed it. What was returned to the unit may come back after
    the closing; nothing else of a unit may.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_CHANGED; NotEnterable.
    """
    proposal = _proposed(session, event, table, asked)
    entry = holding.held_entry(session, event, entry_id)
    if entry.revision != revision:
        raise refuse("ENTRY_CHANGED")
    _right(proposal)
    if resubmit and entry.review != "returned":
        holding.refuse_late(session, event, now)
    proposed = proposal.entries[0]._replace(standing=entry.id)
    units = writing.register_units(session, event, [proposed], actor_id=actor_id, now=now)
    _change_entries(session, event, [proposed], units)
    if resubmit:
        levels.hand_in_again(session, event, [proposed], draft=asked.draft, actor_id=actor_id, now=now)
    exceptions.admit(session, event, entry.id, proposed, proposal, asked, actor_id=actor_id, now=now)
    holding.record(session, "entry:change", event, entry.id, actor_id=actor_id, now=now, entry=entry.number)
    return entry


def withdraw_entry(
    session: Session, event: Event, entry_id: int, reason: str, *, actor_id: int, now: datetime
) -> Entry:
    """Take an entry out of the contest; it stays readable with its reason, and its people are free again.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_REASON.
    """
    holding.hold_open(session, event)
    entry = holding.held_entry(session, event, entry_id)
    entry.review, entry.status_reason = "withdrawn", holding.reason_of(reason, needed=True)
    entry.revision += 1
    session.flush()
    said = entry.status_reason
    holding.record_history(session, entry, "withdrawn", said, actor_id=actor_id, now=now)
    holding.record_decision(session, event, [entry], "withdrawn", said, actor_id=actor_id, now=now)
    return entry


def remove_entry(
    session: Session, event: Event, entry_id: int, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Delete an entry made by mistake, with the personal data of whoever takes part in nothing else.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_REASON; ENTRY_APPROVED: what was approved is withdrawn.
    """
    holding.hold_open(session, event)
    entry = holding.held_entry(session, event, entry_id)
    reason = holding.reason_of(reason, needed=True)
    if entry.review == "approved":
        raise refuse("ENTRY_APPROVED")
    people, number = _people_of(session, entry.id), entry.number
    forget_files(session, [entry.id])
    session.execute(delete(EntryMember).where(EntryMember.entry_id == entry.id))
    session.execute(delete(Entry).where(Entry.id == entry.id))
    session.expire_all()
    forget_people(session, people)
    holding.record(
        session, "entry:remove", event, entry_id, actor_id=actor_id, now=now, entry=number, reason=reason
    )


# ---------------------------------------------------------------- parts


def _proposed(
    session: Session, event: Event, table: Table, asked: Asked, tell: Progress = silent
) -> Proposal:
    """Look a table through once more, now that nobody else can enter anybody."""
    holding.hold_open(session, event)
    database.lock(session, "people")  # a person belongs to all events
    return propose(session, asked, table, tell)


def _open_batch(
    session: Session, event: Event, source: Source, proposal: Proposal, *, actor_id: int | None,
    now: datetime, **counts: int,
) -> ImportBatch:  # fmt: skip
    """Store the batch that a list is imported as."""
    batch = ImportBatch(
        event_id=event.id, filename=source.filename[:200], sha256=source.sha256, at=now, by_id=actor_id,
        number=queries.last_batch(session, event.id) + 1,
        left_out=proposal.left_out, **counts,
    )  # fmt: skip
    session.add(batch)
    session.flush()
    return batch


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
    session: Session, event: Event, changed: Sequence[ProposedEntry], units: Mapping[str, int]
) -> list[dict[str, Any]]:
    """Let entries say something else and return what they said; who leaves them for nothing is forgotten."""
    pairs = [(holding.held_entry(session, event, entry.standing or 0), entry) for entry in changed]
    said = [batches.said_by(entry) for entry, _proposed in pairs]
    before = [member.person_id for entry, _proposed in pairs for member in entry.members]
    writing.replace_entries(session, pairs, units)
    forget_people(session, before)
    for entry, _proposed in pairs:
        entry.revision += 1
    session.flush()
    return said


def _people_of(session: Session, entry_id: int) -> list[int]:
    return list(session.scalars(select(EntryMember.person_id).where(EntryMember.entry_id == entry_id)))

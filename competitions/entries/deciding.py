"""Hand entries in, and decide them level by level. Only while the registration is open."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from competitions.eligibility.rules.reviewing import Stop, next_stop
from competitions.entries import holding, levels, queries, review_queries, rules
from competitions.entries.admission import Found, entry_breaches
from competitions.entries.models import Entry, EntryDecision
from competitions.entries.queries import Decider
from competitions.events.models import Event
from core import database
from core.refusals import Refusal, Refused, refuse

# From which reviews each decision can be made.
DECIDABLE = {
    "approve": frozenset({"submitted", "rejected", "withdrawn"}),
    "return": frozenset({"submitted", "approved"}),
    "reject": frozenset({"submitted", "approved", "returned"}),
}
APPROVED = frozenset({"approved"})
AS_ORGANISER = Decider(organiser=True)


class Decided(NamedTuple):
    """What became of the entries that waited: approved, passed on to the next level, left with a fault."""

    approved: int
    passed: int
    left: tuple[int, ...]


class Submitted(NamedTuple):
    """What was handed in, and why the others were not: what each breaks of the rules of entry."""

    entries: list[Entry]
    left: list[Found]


def submit_entries(
    session: Session, event: Event, entry_ids: Collection[int], *, actor_id: int | None, now: datetime
) -> Submitted:
    """Hand in drafts and returned entries, those that keep the rules; what was returned may come late.

    Raises: Refused REG_CLOSED, NOTHING_TO_SUBMIT.
    """
    holding.hold_open(session, event)
    database.lock(session, "people")
    named = review_queries.list_by_ids(session, event.id, entry_ids)
    entries = [entry for entry in named if entry.review in rules.WITH_UNIT]
    if not entries:
        raise refuse("NOTHING_TO_SUBMIT")
    if any(entry.review == "draft" for entry in entries):
        holding.refuse_late(session, event, now)
    left = _breaches_of_drafts(session, event, entries)
    faulty = {found.row for found in left}
    sound = [entry for entry in entries if entry.number not in faulty]
    if sound:
        levels.hand_in(session, event, sound, actor_id=actor_id, now=now)
        for entry in sound:
            entry.revision += 1
        session.flush()
        holding.record_decision(session, event, sound, "submitted", "", actor_id=actor_id, now=now)
    return Submitted(sound, left)


def decide_entry(
    session: Session,
    event: Event,
    entry_id: int,
    decision: str,
    reason: str,
    *,
    actor_id: int | None,
    now: datetime,
    seen: str = "",
    revision: int | None = None,
    at: Stop | None = None,
) -> Entry:
    """Decide an entry at the level where it waits; who returns or rejects it says why.

    Shape: `seen` is the level and `revision` the revision that the page showed, `at` where the guard saw the
    entry.

    Raises: Refused REG_CLOSED, ENTRY_GONE, ENTRY_UNSEEN, ENTRY_REASON, DECISION_UNKNOWN; ENTRY_MOVED_ON
    where the entry no longer waits there; what the entry breaks of the rules of entry; DUPLICATE_ENTRY
    where somebody of a rejected or withdrawn entry has been entered otherwise since.
    """
    if decision not in rules.DECISIONS:
        raise refuse("DECISION_UNKNOWN")
    holding.hold_open(session, event)
    database.lock(session, "people")
    entry = holding.held_entry(session, event, entry_id)
    here = Stop(entry.level, entry.level_union_id)
    if entry.review not in DECIDABLE[decision] or seen not in ("", here.level) or at not in (None, here):
        raise refuse("ENTRY_MOVED_ON")
    if revision not in (None, entry.revision):
        raise refuse("ENTRY_UNSEEN")
    reason = holding.reason_of(reason, needed=decision != "approve")
    if decision == "approve":
        said = _approve(session, event, entry)
    else:
        said = entry.review = rules.DECISIONS[decision]
        entry.revision += 1
    holding.record_history(session, entry, said, reason, actor_id=actor_id, now=now)
    if said == "passed":
        _move_on(session, event, entry)
    entry.status_reason = reason
    session.flush()
    holding.record_decision(session, event, [entry], said, reason, actor_id=actor_id, now=now)
    return entry


def approve_all(
    session: Session, event: Event, decider: Decider, *, actor_id: int | None, now: datetime
) -> Decided:
    """Approve every entry that waits for somebody; those that break a rule of entry are left.

    Raises: Refused REG_CLOSED, NOTHING_TO_DECIDE.
    """
    holding.hold_open(session, event)
    database.lock(session, "people")
    waiting = review_queries.list_waiting(session, event.id, decider)
    if not waiting:
        raise refuse("NOTHING_TO_DECIDE")
    faulty = {one.row for one in entry_breaches(session, event, waiting, taken_by=APPROVED)}
    sound = [entry for entry in waiting if entry.number not in faulty]
    stops = levels.stops_for(session, event, {entry.unit_id for entry in sound})
    steps = [(entry, next_stop(stops[entry.unit_id], entry.level)) for entry in sound]
    _keep_all(session, steps, actor_id, now)
    last = [entry for entry, stop in steps if stop is None]
    passed = [entry for entry, stop in steps if stop is not None]
    for entries, said in ((last, "approved"), (passed, "passed")):
        if entries:
            holding.record_decision(session, event, entries, said, "", actor_id=actor_id, now=now)
    session.expire_all()  # not before: the trail names the entries
    if not sound:
        raise refuse("ALL_BREAK_RULES", numbers=_numbers(waiting), count=len(waiting))
    return Decided(len(last), len(passed), tuple(sorted(faulty)))


# ---------------------------------------------------------------- parts


def _breaches_of_drafts(session: Session, event: Event, entries: Sequence[Entry]) -> list[Found]:
    """Return what entries break; those that break anything else leave their unit's places to the others."""
    found = entry_breaches(session, event, entries)
    wrong = {one.row for one in found if one.breach.code != "UNIT_QUOTA"}
    return entry_breaches(session, event, entries, wrong=wrong) if wrong else found


def _approve(session: Session, event: Event, entry: Entry) -> str:
    """Approve an entry at its level; say whether it is approved or passes on to the next one."""
    if entry.review not in rules.COUNTED:
        _refuse_taken_people(session, event, entry)
    found = entry_breaches(session, event, [entry], taken_by=APPROVED)
    if found:
        raise Refused(*(_named(one) for one in found))
    stops = levels.stops_for(session, event, [entry.unit_id])[entry.unit_id]
    entry.review = "approved" if next_stop(stops, entry.level) is None else "submitted"
    return "approved" if entry.review == "approved" else "passed"


def _move_on(session: Session, event: Event, entry: Entry) -> None:
    stops = levels.stops_for(session, event, [entry.unit_id])[entry.unit_id]
    stop = next_stop(stops, entry.level)
    if stop is not None:
        entry.level, entry.level_union_id = stop


def _keep_all(
    session: Session, steps: Sequence[tuple[Entry, Stop | None]], actor_id: int | None, now: datetime
) -> None:
    """Store where each of many entries goes, and its history, in a few statements."""
    if not steps:
        return
    session.execute(
        insert(EntryDecision),
        [
            {
                "entry_id": entry.id, "level": entry.level, "union_id": entry.level_union_id,
                "decision": "approved" if stop is None else "passed", "reason": "", "at": now,
                "by_id": actor_id,
            }
            for entry, stop in steps
        ],
    )  # fmt: skip
    goals: dict[Stop | None, list[int]] = {}
    for entry, stop in steps:
        goals.setdefault(stop, []).append(entry.id)
    for stop, ids in goals.items():
        values = {"review": "approved"} if stop is None else {"level": stop.level, "level_union_id": stop[1]}
        for some in queries.chunks(ids):
            session.execute(update(Entry).where(Entry.id.in_(some)).values(status_reason="", **values))


def name_in(found: Found) -> str:
    """Return who breaks a rule of entry: somebody by name, or the unit."""
    people = (person for person in found.candidate.people if person.person_id == found.person_id)
    return next((person.name for person in people), found.candidate.unit)


def _named(found: Found) -> Refusal:
    """Return a refusal that names the entry before its fault."""
    fault = Refusal(found.breach.code, found.breach.field, found.breach.params)
    return Refusal("ENTRY_BREAKS", "", {"number": found.row, "who": name_in(found), "fault": fault})


def _numbers(entries: Sequence[Entry]) -> str:
    return ", ".join(str(entry.number) for entry in entries[:12])


def _refuse_taken_people(session: Session, event: Event, entry: Entry) -> None:
    entered = queries.entered_people(session, event.id, entry.id)
    names = queries.entered_names(session, event.id, entry.id) if entry.kind != "person" else {}
    numbers = {entered[m.person_id] for m in entry.members if m.person_id in entered}
    numbers |= {number for name, number in names.items() if name == (entry.name, entry.unit_id)}
    if numbers:
        raise refuse("DUPLICATE_ENTRY", number=min(numbers))

"""Say who qualifies, carry it out, let the next one move up; each act once, on record.

Everything is worked out from an announced, frozen result version, which is kept with it.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries import holding
from competitions.entries import queries as entries
from competitions.entries.models import Entry, EntryMember
from competitions.entries.services import withdraw_entry
from competitions.events.models import Event
from competitions.events.services import hold
from competitions.works import carrying
from core import clock
from core.audit import services as audit
from core.i18n import listed
from core.refusals import Refusal, Refused, refuse
from scoring.qualifying import queries, rules
from scoring.qualifying.models import Qualification, QualifiedPlace
from scoring.qualifying.rules import Choice, Ranked, Rule
from scoring.results.models import ResultVersion

CHANGEABLE = frozenset({"draft", "registration"})
OUT = ("withdrawn", "rejected")


def add(
    session: Session, target: Event, source: Event, rule: Rule, stage: str, *, actor_id: int | None,
    now: datetime,
) -> Qualification:  # fmt: skip
    """Let entries of an event qualify for another one.

    Raises: Refused QUALIFY_LATE, QUALIFY_SOURCE, QUALIFY_CIRCLE, or what is wrong with the rule at its field.
    """
    hold(session, target)
    if target.state not in CHANGEABLE:
        raise refuse("QUALIFY_LATE")
    if source.id not in {one.id for one in queries.list_sources(session, target)}:
        raise refuse("QUALIFY_SOURCE", "source_id")
    if queries.leads_to(session, target.id, source.id):
        raise refuse("QUALIFY_CIRCLE", "source_id")
    found = rules.faults(rule)
    if found:
        raise Refused(*(Refusal(code, field) for field, code in found))
    row = Qualification(
        source_id=source.id, target_id=target.id, rule=rules.to_document(rule), stage=stage.strip()[:40]
    )
    session.add(row)
    session.flush()
    _record(session, row, "qualify:add", actor_id, now, source=source.id)
    return row


def remove(session: Session, target: Event, row: Qualification, *, actor_id: int, now: datetime) -> None:
    """Take back a qualification that was not carried out.

    Raises: Refused QUALIFY_DONE.
    """
    _hold_undone(session, target, row)
    _record(session, row, "qualify:remove", actor_id, now, source=row.source_id)
    session.delete(row)
    session.flush()


def preview(session: Session, row: Qualification) -> tuple[ResultVersion, Choice] | None:
    """Return who would qualify now, and the result version that says so; None while none is announced."""
    version = queries.find_frozen(session, row.source)
    if version is None:
        return None
    return version, rules.choose(queries.list_ranked(session, version), rules.from_document(row.rule))


def carry_out(
    session: Session, target: Event, row: Qualification, seen: str, *, actor_id: int | None, now: datetime
) -> int:
    """Enter everybody who qualifies; `seen` is the fingerprint of the version that the page showed.

    Raises: Refused REG_CLOSED, QUALIFY_DONE, QUALIFY_RESULT, QUALIFY_OUTDATED, QUALIFY_NOBODY,
    QUALIFY_ENTERED, FILE_SEALED.
    """
    holding.hold_open(session, target)
    _hold_undone(session, target, row)
    found = preview(session, row)
    if found is None:
        raise refuse("QUALIFY_RESULT")
    version, choice = found
    if version.sha256 != seen:
        raise refuse("QUALIFY_OUTDATED")
    if not choice.chosen:
        raise refuse("QUALIFY_NOBODY")
    _refuse_entered(session, target, [one.entry for one in choice.chosen])
    for position, one in enumerate([*choice.chosen, *choice.reserves], start=1):
        chosen = position <= len(choice.chosen)
        place = QualifiedPlace(
            qualification_id=row.id, position=position, source_entry_id=one.entry, rank=one.rank,
            total=f"{one.total:f}", state="qualified" if chosen else "reserve",
        )  # fmt: skip
        session.add(place)
        if chosen:
            place.entry_id = _enter(session, target, row, place, actor_id, now)
    row.version, row.sha256, row.done_at, row.done_by_id = version.number, version.sha256, now, actor_id
    session.flush()
    session.expire(row, ["places"])
    count = len(choice.chosen)
    _record(session, row, "qualify:carry", actor_id, now, source=row.source_id, number=version.number,
            sha256=version.sha256, count=count)  # fmt: skip
    return count


def withdraw(
    session: Session, target: Event, row: Qualification, place: QualifiedPlace, reason: str, *,
    actor_id: int, now: datetime,
) -> QualifiedPlace | None:  # fmt: skip
    """Take somebody who has qualified out, and let the next one move up; return who did.

    Raises: Refused REG_CLOSED, ENTRY_REASON, QUALIFY_PLACE, QUALIFY_ENTERED, FILE_SEALED.
    """
    holding.hold_open(session, target)
    session.refresh(place)
    if place.state not in rules.IN or place.entry_id is None:
        raise refuse("QUALIFY_PLACE")
    entry = holding.held_entry(session, target, place.entry_id)
    if entry.review != "withdrawn":
        withdraw_entry(session, target, entry.id, reason, actor_id=actor_id, now=now)
    place.state, place.reason = "withdrawn", entry.status_reason
    session.flush()
    up = _next_up(session, row, place)
    if up is not None:
        _refuse_entered(session, target, [up.source_entry_id])
        up.state = "moved_up"
        up.entry_id = _enter(session, target, row, up, actor_id, now)
        session.flush()
    count = 0 if up is None else 1
    _record(session, row, "qualify:withdraw", actor_id, now, source=row.source_id, count=count)
    return up


def _next_up(session: Session, row: Qualification, gone: QualifiedPlace) -> QualifiedPlace | None:
    """Return the reserve whose turn it is, by the version that was carried out."""
    version = session.scalars(
        select(ResultVersion).where(
            ResultVersion.event_id == row.source_id, ResultVersion.number == row.version
        )
    ).one()
    ranked = {one.entry: one for one in queries.list_ranked(session, version)}
    chosen = [ranked[place.source_entry_id] for place in row.places if place.state in rules.IN]
    waiting = {place.source_entry_id: place for place in row.places if place.state == "reserve"}
    reserves: list[Ranked] = [ranked[number] for number in waiting]
    found = rules.next_after(
        ranked[gone.source_entry_id], chosen, reserves, rules.from_document(row.rule)
    )
    return waiting[found.entry] if found is not None else None


def _enter(
    session: Session, target: Event, row: Qualification, place: QualifiedPlace, actor_id: int | None,
    now: datetime,
) -> int:  # fmt: skip
    """Enter somebody into the later event as they competed in the earlier one, approved by that result."""
    earlier = session.get_one(Entry, place.source_entry_id)
    entry = Entry(
        ref=clock.new_ref(), event_id=target.id, number=entries.last_number(session, target.id) + 1,
        kind=earlier.kind, name=earlier.name, unit_id=earlier.unit_id, review="approved",
        category=earlier.category, summary=earlier.summary, created_at=now,
    )  # fmt: skip
    session.add(entry)
    session.flush()
    for member in earlier.members:
        session.add(
            EntryMember(
                entry_id=entry.id, person_id=member.person_id, position=member.position, role=member.role,
                unit_name=member.unit_name, share=member.share, trade_id=member.trade_id,
            )  # fmt: skip
        )
    session.flush()
    carrying.carry(session, earlier, entry, actor_id=actor_id, now=now)
    said = f"{row.source.competition.name} {row.source.name} #{place.rank}"
    holding.record_history(session, entry, "approved", said[:200], actor_id=actor_id, now=now)
    holding.record(session, "entry:add", target, entry.id, actor_id=actor_id, now=now, entry=entry.number)
    return entry.id


def _refuse_entered(session: Session, target: Event, earlier: list[int]) -> None:
    """Refuse people, and units entered as such, who stand in the later event already."""
    people = select(EntryMember.person_id).where(EntryMember.entry_id.in_(earlier))
    here = (Entry.event_id == target.id, Entry.review.not_in(OUT))
    twice = select(Entry.name).join(EntryMember, EntryMember.entry_id == Entry.id)
    names = list(session.scalars(twice.where(*here, EntryMember.person_id.in_(people)).distinct()))
    if target.entry_kind == "unit":
        units = select(Entry.unit_id).where(Entry.id.in_(earlier))
        names += session.scalars(select(Entry.name).where(*here, Entry.unit_id.in_(units)))
    if names:
        raise refuse("QUALIFY_ENTERED", names=listed(sorted(names)[:10]))


def _hold_undone(session: Session, target: Event, row: Qualification) -> None:
    hold(session, target)
    session.refresh(row)
    if row.done_at is not None:
        raise refuse("QUALIFY_DONE")


def _record(
    session: Session, row: Qualification, action: str, actor_id: int | None, now: datetime, **detail: object
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"event:{row.target_id}", now=now,
        event_id=row.target_id, detail=detail,
    )  # fmt: skip

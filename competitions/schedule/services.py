"""Write sittings: plan, change, shift, hold, cancel, remove; one writer at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from competitions.events.checks import refuse_stale
from competitions.events.models import Event
from competitions.events.services import hold as hold_event
from competitions.schedule import checks, queries, rules, sources, wording
from competitions.schedule.models import Sitting
from competitions.schedule.rules import ALL_BATCHES, CANCELLED, HELD, PLANNED, Rhythm, SittingValues
from core import clock, database
from core.audit import services as audit
from core.refusals import Refusal, Refused, refuse

REASON_MAXIMUM = 200


def add_sitting(
    session: Session, event: Event, values: SittingValues, *, actor_id: int | None, now: datetime
) -> Sitting:
    """Plan one sitting.

    Raises: Refused with everything that is wrong, at its field.
    """
    _hold(session, event)
    _refuse(checks.refusals(session, event, [values]))
    (sitting,) = _add(session, event, [values])
    _record(session, event, "sitting:add", sitting, _named(sitting), actor_id, now)
    return sitting


def plan_sittings(
    session: Session, event: Event, stage: str, plan: Sequence[Sequence[tuple[int, str]]], rhythm: Rhythm, *,
    actor_id: int | None, now: datetime,
) -> list[Sitting]:  # fmt: skip
    """Plan many sittings of one stage, what is held side by side in rounds: all of them or none.

    Raises: Refused with what is wrong, RHYTHM_… at the fields of the rhythm, SITTINGS_TOO_MANY.
    """
    _hold(session, event)
    _refuse([Refusal(code, field) for code, field in rules.rhythm_faults(rhythm)])
    number = sum(len(together) for together in plan)
    if number > checks.MOST:
        raise refuse("SITTINGS_TOO_MANY", sittings=number, most=checks.MOST)
    wanted = [
        SittingValues(stage, slot.batch, slot.site, local(slot.starts), local(slot.ends))
        for slot in rules.slots(plan, rhythm)
    ]
    _refuse(checks.refusals(session, event, wanted))
    made = _add(session, event, wanted)
    _record(session, event, "sitting:plan", None, {"stage": stage, "sittings": len(made)}, actor_id, now)
    return made


def change_sitting(
    session: Session, event: Event, sitting: Sitting, values: SittingValues, *, version: int,
    actor_id: int | None, now: datetime,
) -> Sitting:  # fmt: skip
    """Change a planned sitting that still is in the version that its form showed.

    Raises: Refused VERSION_CONFLICT or SITTING_SETTLED alone, or everything that is wrong, at its field.
    """
    _hold(session, event, sitting)
    refuse_stale(session, sitting, f"sitting:{sitting.id}", version)
    _refuse_settled(sitting)
    _refuse(checks.refusals(session, event, [values], [sitting]))
    for name, value in values._asdict().items():
        setattr(sitting, name, value)
    session.flush()
    detail = _named(sitting) | {"version": sitting.version}
    _record(session, event, "sitting:change", sitting, detail, actor_id, now)
    return sitting


def shift_sittings(
    session: Session, event: Event, minutes: int, of: date | None, *, actor_id: int | None, now: datetime
) -> int:
    """Move what is planned, of one day or of all days, by so many minutes; return how many were moved.

    Raises: Refused SITTING_NONE, and what forbids the new times.
    """
    _hold(session, event)
    moved = [
        sitting
        for sitting in queries.list_sittings(session, event.id)
        if sitting.state == PLANNED and sitting.starts_at and of in (None, queries.day_of(sitting))
    ]
    if not moved:
        raise refuse("SITTING_NONE", "minutes")
    wanted = [_shifted(sitting, timedelta(minutes=minutes)) for sitting in moved]
    _refuse(checks.refusals(session, event, wanted, moved))
    for sitting, values in zip(moved, wanted, strict=True):
        sitting.starts_at, sitting.ends_at = values.starts_at, values.ends_at
    session.flush()
    detail = {"minutes": minutes, "sittings": len(moved)}
    _record(session, event, "sitting:shift", None, detail, actor_id, now)
    return len(moved)


def remove_sitting(
    session: Session, event: Event, sitting: Sitting, *, actor_id: int | None, now: datetime
) -> None:
    """Take a planned sitting out of the schedule; the record keeps that it stood there."""
    _hold(session, event, sitting)
    _refuse_settled(sitting)
    detail, number = _named(sitting), sitting.id
    session.delete(sitting)
    session.flush()
    audit.record(
        session, "sitting:remove", actor_id=actor_id, subject=f"sitting:{number}", now=now, detail=detail,
        event_id=event.id,
    )  # fmt: skip


def hold_sittings(
    session: Session, event: Event, ids: Collection[int], *, actor_id: int | None, now: datetime
) -> int:
    """Record planned sittings as held; return how many.

    Raises: Refused SITTING_SETTLED where none of them is planned any more.
    """
    _hold(session, event)
    found = [s for s in queries.list_sittings(session, event.id) if s.id in ids]
    planned = [sitting for sitting in found if sitting.state == PLANNED]
    if not planned:
        raise _settled(found[0]) if found else refuse("SITTING_GONE")
    for sitting in planned:
        _settle(sitting, HELD, actor_id, now)
    session.flush()
    subject = planned[0] if len(planned) == 1 else None
    _record(session, event, "sitting:hold", subject, {"sittings": len(planned)}, actor_id, now)
    return len(planned)


def record_marked(session: Session, event: Event, *, actor_id: int | None, now: datetime) -> int:
    """Record as held what has signed sheets: planned sittings, and what nobody had planned.

    Raises: Refused NOTHING_MARKED.
    """
    _hold(session, event)
    planned, unplanned = unrecorded(session, event)
    if not planned and not unplanned:
        raise refuse("NOTHING_MARKED")
    made = _add(session, event, [SittingValues(stage, batch) for stage, batch in unplanned])
    for sitting in (*planned, *made):
        _settle(sitting, HELD, actor_id, now)
    session.flush()
    detail = {"sittings": len(planned) + len(made)}
    _record(session, event, "sitting:hold", None, detail, actor_id, now)
    return len(planned) + len(made)


def unrecorded(session: Session, event: Event) -> tuple[list[Sitting], list[tuple[str, int]]]:
    """Return what has signed sheets and is not recorded as held: planned sittings, unplanned (stage, batch).

    Something is unplanned where no sitting that stands, of the stage or the whole event, holds the batch.
    """
    marked = sources.list_marked(session, event.id)
    standing = [s for s in queries.list_sittings(session, event.id) if s.state != CANCELLED]
    planned = [s for s in standing if s.state == PLANNED and any(_holds(s, place) for place in marked)]
    unplanned = [place for place in sorted(marked) if not any(_holds(s, place) for s in standing)]
    return planned, unplanned


def cancel_sitting(
    session: Session, event: Event, sitting: Sitting, reason: str, *, actor_id: int | None, now: datetime
) -> None:
    """Record that a planned sitting does not take place.

    Raises: Refused SITTING_REASON, SITTING_SETTLED.
    """
    _hold(session, event, sitting)
    if not reason:
        raise refuse("SITTING_REASON", "reason")
    _refuse_settled(sitting)
    _settle(sitting, CANCELLED, actor_id, now)
    sitting.reason = reason
    session.flush()
    detail = _named(sitting) | {"reason": reason}
    _record(session, event, "sitting:cancel", sitting, detail, actor_id, now)


def reopen_sitting(
    session: Session, event: Event, sitting: Sitting, *, actor_id: int | None, now: datetime
) -> None:
    """Set a sitting back to planned that was recorded as held or cancelled by mistake.

    Raises: Refused SITTING_UNSETTLED, and what forbids a cancelled one to stand again.
    """
    _hold(session, event, sitting)
    if sitting.state == PLANNED:
        raise refuse("SITTING_UNSETTLED")
    if sitting.state == CANCELLED:
        _refuse(checks.refusals(session, event, [_shifted(sitting, timedelta())], [sitting]))
    sitting.state, sitting.settled_at, sitting.settled_by_id, sitting.reason = PLANNED, None, None, ""
    session.flush()
    _record(session, event, "sitting:reopen", sitting, _named(sitting), actor_id, now)


def local(wall: datetime) -> datetime:
    """Return a time of the clock on the wall as a moment."""
    return wall.replace(tzinfo=clock.LOCAL)


def wall(at: datetime | None) -> datetime | None:
    """Return a moment as the clock on the wall shows it where the contests are held."""
    return at.astimezone(clock.LOCAL) if at is not None else None


def _hold(session: Session, event: Event, sitting: Sitting | None = None) -> None:
    """Let nobody else write the schedule of this competition, and read it as it is now."""
    database.lock(session, f"schedule:{event.competition_id}")
    number = sitting.id if sitting is not None else 0
    session.expire_all()
    hold_event(session, event)
    _refuse(checks.closed_refusals(event))
    if number and queries.find_sitting(session, event.id, number) is None:
        raise refuse("SITTING_GONE")


def _add(session: Session, event: Event, wanted: Iterable[SittingValues]) -> list[Sitting]:
    made = [Sitting(event_id=event.id, state=PLANNED, **values._asdict()) for values in wanted]
    session.add_all(made)
    session.flush()
    return made


def _settle(sitting: Sitting, state: str, actor_id: int | None, now: datetime) -> None:
    sitting.state, sitting.settled_at, sitting.settled_by_id = state, now, actor_id


def _shifted(sitting: Sitting, by: timedelta) -> SittingValues:
    times = [at + by if at is not None else None for at in (sitting.starts_at, sitting.ends_at)]
    return SittingValues(sitting.stage, sitting.batch, sitting.site, *times)


def _holds(sitting: Sitting, place: tuple[str, int]) -> bool:
    """Say whether a stage and batch belong to a sitting."""
    stage, batch = place
    return sitting.stage in ("", stage) and sitting.batch in (ALL_BATCHES, batch)


def _named(sitting: Sitting) -> dict[str, object]:
    return {"stage": sitting.stage, "batch": sitting.batch, "site": sitting.site}


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(*refusals)


def _refuse_settled(sitting: Sitting) -> None:
    if sitting.state != PLANNED:
        raise _settled(sitting)


def _settled(sitting: Sitting) -> Refused:
    return refuse("SITTING_SETTLED", state=wording.STATES[sitting.state][1])


def _record(
    session: Session, event: Event, action: str, sitting: Sitting | None, detail: Mapping[str, object],
    actor_id: int | None, now: datetime,
) -> None:  # fmt: skip
    subject = f"event:{event.id}" if sitting is None else f"sitting:{sitting.id}"
    audit.record(
        session, action, actor_id=actor_id, subject=subject, now=now, detail=detail, event_id=event.id
    )

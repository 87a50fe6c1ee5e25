"""Write where judges mark: stages, aspects, stations."""

from collections.abc import Collection, Mapping
from datetime import datetime

from flask_babel import gettext as _
from sqlalchemy import delete
from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges import places, queries, rules
from competitions.judges.holding import hold_open, record
from competitions.judges.models import Appointment, Assignment
from competitions.judges.rules import Seat
from core.refusals import Refusal, Refused, refuse


def assign_stages(
    session: Session,
    event: Event,
    chosen: Mapping[int, Collection[str]],
    *,
    actor_id: int,
    now: datetime,
) -> int:
    """Set the stages of every judge at once; return how many judges changed.

    A stage that stays keeps the aspects it was narrowed to. Shape: `chosen` by appointment.
    Raises: Refused JUDGES_CLOSED, JUDGE_WITHOUT_PLACE where anybody but the chief would mark nothing.
    """
    hold_open(session, event, rules.APPOINTED_IN)
    stages = [place.stage for place in places.list_places(session, event)]
    judges = queries.list_appointments(session, event.id)
    marking = [judge for judge in judges if not judge.chief]
    idle = [judge.code for judge in marking if not set(chosen.get(judge.id, ())) & set(stages)]
    if idle:
        raise refuse("JUDGE_WITHOUT_PLACE", codes=_(", ").join(idle))
    changed = 0
    for judge in judges:
        before, wanted = queries.seats_of(judge), set(chosen.get(judge.id, ())) & set(stages)
        kept = {seat for seat in before if seat.stage in wanted}
        after = kept | {Seat(stage) for stage in wanted - {seat.stage for seat in kept}}
        changed += _replace_seats(session, event, judge, before, after, actor_id, now)
    return changed


def assign_aspects(
    session: Session,
    event: Event,
    stage: str,
    chosen: Mapping[int, Collection[str]],
    *,
    actor_id: int,
    now: datetime,
    stations: Mapping[int, str] | None = None,
) -> int:
    """Narrow the judges of a stage to aspects and stations; nothing chosen for a judge means all of them.

    Shape: both by appointment; `stations` as somebody wrote them, None leaves them as they are.
    Raises: Refused JUDGES_CLOSED, STATIONS_UNKNOWN.
    """
    read = None if stations is None else read_stations(stations)
    hold_open(session, event, rules.APPOINTED_IN)
    known = {p.stage: {code for code, _title in p.aspects} for p in places.list_places(session, event)}
    changed = 0
    for judge in queries.list_appointments(session, event.id):
        before = queries.seats_of(judge)
        if not any(seat.stage == stage for seat in before):
            continue
        aspects = set(chosen.get(judge.id, ())) & known.get(stage, set())
        whole = not aspects or aspects == known.get(stage)
        kept = next((seat.stations for seat in before if seat.stage == stage), "")
        at = kept if read is None else read.get(judge.id, "")
        here = {Seat(stage, aspect, at) for aspect in ([""] if whole else aspects)}
        after = {seat for seat in before if seat.stage != stage} | here
        changed += _replace_seats(session, event, judge, before, after, actor_id, now)
    return changed


def read_stations(written: Mapping[int, str]) -> dict[int, str]:
    """Return the stations of each judge as they are stored.

    Raises: Refused STATIONS_UNKNOWN for each that cannot be read; its field is "stations-" and the number.
    """
    read, refusals = {}, []
    for number, text in written.items():
        try:
            read[number] = rules.clean_stations(text[: rules.LONGEST_STATIONS])
        except ValueError:
            refusals.append(Refusal("STATIONS_UNKNOWN", f"stations-{number}", {"value": text.strip()[:40]}))
    if refusals:
        raise Refused(*refusals)
    return read


def give_default_places(session: Session, event: Event, appointment: Appointment) -> None:
    """Take away places of stages that no longer exist; a judge left without any gets every stage."""
    known = places.known_seats(session, event)
    if not known:
        return
    rows = queries.list_assignments(session, appointment.id)
    before = {Seat(row.stage, row.aspect, row.stations) for row in rows}
    store_seats(session, appointment, before, rules.effective_seats(before, known, chief=appointment.chief))


def _replace_seats(
    session: Session,
    event: Event,
    judge: Appointment,
    before: set[Seat],
    after: set[Seat],
    actor_id: int,
    now: datetime,
) -> bool:
    if before == after:
        return False
    store_seats(session, judge, before, after)
    named = [_named(seat) for seat in sorted(after)]
    record(session, "judge:assign", event, judge, actor_id, now, places=named)
    return True


def _named(seat: Seat) -> str:
    place = f"{seat.stage}.{seat.aspect}" if seat.aspect else seat.stage
    return f"{place} [{seat.stations}]" if seat.stations else place


def store_seats(session: Session, appointment: Appointment, before: set[Seat], after: set[Seat]) -> None:
    """Replace the places of a judge."""
    for seat in before - after:
        session.execute(
            delete(Assignment).where(
                Assignment.appointment_id == appointment.id,
                Assignment.stage == seat.stage,
                Assignment.aspect == seat.aspect,
            )
        )
    new = sorted(after - before)
    session.add_all(Assignment(appointment_id=appointment.id, **seat._asdict()) for seat in new)
    session.flush()
    session.expire(appointment, ["assignments"])

"""Put one judge in the place of another (临场换裁判), before marking starts or in the midst of it.

What the first has signed stays and counts; everything else is the other's from that moment.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from accounts.models import User
from competitions.events.models import Event
from competitions.judges import checks, conflicts, holding, queries, rules, seats, services
from competitions.judges.checks import HandingOver
from competitions.judges.models import Appointment
from competitions.judges.services import JudgeValues
from core.refusals import Refused, refuse


class Substitution(NamedTuple):
    """Who stands in now, and how many unsigned sheets came along; None before marking starts."""

    stand_in: Appointment
    sheets: int | None


def substitute(
    session: Session, event: Event, out: Appointment, user: User, unit_id: int | None, reason: str,
    *, actor_id: int, now: datetime,
) -> Substitution:  # fmt: skip
    """Let a user take the places of a judge; a judge of this event keeps the own places beside them.

    Raises: Refused as `services.appoint`; JUDGE_REASON, SUBSTITUTE_SAME, CONFLICT_OF_INTEREST, and what the
    slices above say (SUBSTITUTE_NOTHING, SUBSTITUTE_MARKS_THERE).
    """
    holding.hold_open(session, event, rules.DISMISSED_IN)
    reason = holding.demand_reason(reason)
    if user.id == out.user_id:
        raise refuse("SUBSTITUTE_SAME", "who", name=user.name)
    chief, out.chief = out.chief, False  # an event has one chief judge
    session.flush()
    values = JudgeValues(chief, out.head, unit_id)
    stand_in = _stand_in(session, event, user, values, actor_id, now)
    found = conflicts.list_conflicts(session, event, only=stand_in.id)
    if found:
        raise Refused(*(conflict.refusal("who") for conflict in found))
    sheets = None
    if event.state in rules.APPOINTED_IN:
        _take_places(session, out, stand_in)
        out.dismissed_at = now
    else:
        sheets = checks.hand_over(session, event, HandingOver(out, stand_in, reason, actor_id, now))
    session.flush()
    services.take_role(session, event, out, actor_id, now)
    services.revoke_cards(session, event, out, actor_id, now)
    detail = {"by": stand_in.code, "reason": reason, "sheets": sheets}
    holding.record(session, "judge:substitute", event, out, actor_id, now, **detail)
    return Substitution(stand_in, sheets)


def _stand_in(
    session: Session, event: Event, user: User, values: JudgeValues, actor_id: int, now: datetime
) -> Appointment:
    known = queries.find_by_user(session, event.id, user.id)
    if known is None or known.dismissed_at is not None:
        return services.appoint(session, event, user, values, actor_id=actor_id, now=now, stands_in=True)
    known.chief, known.head = known.chief or values.chief, known.head or values.head
    session.flush()
    services.take_role(session, event, known, actor_id, now)
    services.give_role(session, event, known, actor_id, now)
    return known


def _take_places(session: Session, out: Appointment, stand_in: Appointment) -> None:
    before = queries.seats_of(stand_in)
    taken = {(seat.stage, seat.aspect) for seat in before}
    coming = {seat for seat in queries.seats_of(out) if (seat.stage, seat.aspect) not in taken}
    seats.store_seats(session, stand_in, before, before | coming)

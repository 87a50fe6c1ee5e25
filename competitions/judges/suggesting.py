"""Propose who marks where, show the differences, and take the proposal over."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges import conflicts, queries, rules, seats
from competitions.judges.balance import Candidate, Need, Suggestion, suggest
from competitions.judges.holding import hold_open, record
from competitions.judges.models import Appointment
from competitions.judges.places import Place, known_seats, list_places
from core.refusals import refuse


@dataclass(frozen=True)
class Proposal:
    """A suggestion beside what stands now; `left_out` are judges who have to stand back or work no more."""

    places: list[Place]
    judges: list[Appointment]
    left_out: list[Appointment]
    now: dict[int, set[str]]
    suggestion: Suggestion

    @property
    def differs(self) -> bool:
        """Say whether taking the proposal would change anything."""
        return any(
            set(self.suggestion.stages[judge.id]) != self.now[judge.id]
            or (judge.id in self.suggestion.heads) != judge.head
            for judge in self.judges
        )

    @property
    def takeable(self) -> bool:
        """Say whether everybody would have a place: a judge without one would mark everything."""
        return self.differs and not self.suggestion.spare and not self.left_out

    def digest(self) -> str:
        """Return what tells this proposal from another, so that what was shown is what is taken."""
        stages = sorted((number, *found) for number, found in self.suggestion.stages.items())
        return hashlib.sha256(repr((stages, sorted(self.suggestion.heads))).encode()).hexdigest()[:32]


def propose(session: Session, event: Event, turn: int) -> Proposal:
    """Return a proposal for the judges who work and need not stand back; `turn` begins with another judge."""
    judges = queries.list_appointments(session, event.id)
    working = queries.working_judges(session, event.id, [judge.user_id for judge in judges])
    barred = {conflict.judge.id for conflict in conflicts.list_conflicts(session, event)}
    able = [judge for judge in judges if judge.user_id in working and judge.id not in barred]
    places = list_places(session, event)
    effective = queries.effective_seats(judges, known_seats(session, event))
    start = turn % len(able) if able else 0
    candidates = [Candidate(j.id, j.chief, j.head) for j in [*able[start:], *able[:start]]]
    needs = [Need(p.stage, p.needed_judges, p.most_judges, max(1, len(p.aspects))) for p in places]
    return Proposal(
        places,
        able,
        [judge for judge in judges if judge not in able],
        {judge.id: {seat.stage for seat in effective[judge.id]} for judge in able},
        suggest(candidates, needs),
    )


def take(session: Session, event: Event, turn: int, digest: str, *, actor_id: int, now: datetime) -> int:
    """Take a proposal over as it was shown; return how many judges have other places.

    Raises: Refused JUDGES_CLOSED, SUGGESTION_OLD where something has changed since, JUDGE_WITHOUT_PLACE.
    """
    hold_open(session, event, rules.APPOINTED_IN)
    proposal = propose(session, event, turn)
    if proposal.digest() != digest or not proposal.takeable:
        raise refuse("SUGGESTION_OLD")
    changed = seats.assign_stages(
        session, event, proposal.suggestion.stages, actor_id=actor_id, now=now
    )
    for judge in proposal.judges:
        head = judge.id in proposal.suggestion.heads
        if judge.head != head:
            judge.head = head
            session.flush()
            detail = {"chief": judge.chief, "head": head, "unit": judge.unit_id}
            record(session, "judge:change", event, judge, actor_id, now, **detail)
    return changed

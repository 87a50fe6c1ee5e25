"""What the page of judges shows: each judge, the panels, and what is still missing."""

from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges import queries, rules
from competitions.judges.models import Appointment
from competitions.judges.places import Place, known_seats, list_places
from competitions.judges.rules import Seat


class Row(NamedTuple):
    """One judge: where the judge marks (narrowed: to aspects), and what stands against it."""

    judge: Appointment
    unit: str
    seats: frozenset[Seat]
    conflict: str
    working: bool

    def marks(self, stage: str) -> bool:
        """Say whether the judge marks in a stage."""
        return any(seat.stage == stage for seat in self.seats)

    def narrowed(self, stage: str) -> int:
        """Return to how many aspects of a stage the judge is narrowed; 0 is all of them."""
        return sum(1 for seat in self.seats if seat.stage == stage and seat.aspect)


@dataclass(frozen=True)
class Board:
    """The judges of an event with its places and panels."""

    rows: list[Row]
    places: list[Place]
    panels: dict[str, rules.Panel]


def board(session: Session, event: Event) -> Board:
    """Return who judges an event, and where."""
    judges = queries.list_appointments(session, event.id)
    known, stages = known_seats(session, event), list_places(session, event)
    units = queries.list_unit_names(session, {judge.unit_id for judge in judges if judge.unit_id})
    conflicts = queries.judges_with_conflict(session, event.id)
    working = queries.working_judges(session, event.id, [judge.user_id for judge in judges])
    seats = queries.effective_seats(judges, known)
    rows = [
        Row(
            judge,
            units.get(judge.unit_id or 0, ""),
            frozenset(seats[judge.id]),
            conflicts.get(judge.id, ""),
            judge.user_id in working,
        )
        for judge in judges
    ]
    needed = {place.stage: place.needed_judges for place in stages}
    panels = {panel.stage: panel for panel in rules.panels(needed, seats)}
    return Board(rows, stages, panels)

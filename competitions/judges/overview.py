"""What the page of judges shows: each judge, the panels, and what is still missing."""

from dataclasses import dataclass
from typing import NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.queries import list_cards
from competitions.events.models import Event
from competitions.judges import checks, conflicts, queries, rules
from competitions.judges.models import Appointment
from competitions.judges.places import Place, known_seats, list_places
from competitions.judges.rules import Seat


class Row(NamedTuple):
    """One judge: where the judge marks (narrowed: to aspects), and what stands against it."""

    judge: Appointment
    unit: str
    seats: frozenset[Seat]
    conflicts: list[str]
    working: bool
    replaced: str = ""
    stands_in: str = ""
    has_card: bool = False

    def marks(self, stage: str) -> bool:
        """Say whether the judge marks in a stage."""
        return any(seat.stage == stage for seat in self.seats)

    def holds(self, stage: str, aspect: str) -> bool:
        """Say whether the judge is narrowed to this aspect of a stage."""
        return any((seat.stage, seat.aspect) == (stage, aspect) for seat in self.seats)

    def stations(self, stage: str) -> str:
        """Return the stations to which the judge is limited in a stage; empty for all of them."""
        return next((seat.stations for seat in self.seats if seat.stage == stage and seat.stations), "")

    def narrowed(self, stage: str) -> int:
        """Return to how many aspects of a stage the judge is narrowed; 0 is all of them."""
        return sum(1 for seat in self.seats if seat.stage == stage and seat.aspect)


@dataclass(frozen=True)
class Board:
    """The judges of an event with its places and panels."""

    rows: list[Row]
    places: list[Place]
    panels: dict[str, rules.Panel]
    elsewhere: list[tuple[str, Event]]  # who judges another event on the same days


def board(session: Session, event: Event) -> Board:
    """Return who judges an event, and where."""
    judges = queries.list_appointments(session, event.id)
    known, stages = known_seats(session, event), list_places(session, event)
    units = queries.list_unit_names(session, {judge.unit_id for judge in judges if judge.unit_id})
    found = conflicts.list_conflicts(session, event)
    working = queries.working_judges(session, event.id, [judge.user_id for judge in judges])
    holders = {card.user_id for card in list_cards(session, event.id)}
    seats = _seats(event, judges, known)
    taken = checks.list_taken_over(session, event.id)
    _add_taken_over(seats, {judge.code: judge.id for judge in judges}, taken)
    rows = [
        Row(
            judge,
            units.get(judge.unit_id or 0, ""),
            frozenset(seats[judge.id]),
            [conflict.why for conflict in found if conflict.judge.id == judge.id],
            judge.user_id in working,
            _(", ").join(t.stand_in for t in taken if t.out == judge.code),
            _(", ").join(t.out for t in taken if t.stand_in == judge.code),
            judge.user_id in holders,
        )
        for judge in judges
    ]
    needed = {place.stage: place.needed_judges for place in stages}
    panels = {panel.stage: panel for panel in rules.panels(needed, seats)}
    elsewhere = queries.list_same_days(session, event, [judge.user_id for judge in judges])
    return Board(rows, stages, panels, elsewhere)


def _seats(
    event: Event, judges: list[Appointment], known: dict[str, frozenset[str]]
) -> dict[int, set[Seat]]:
    """Return where each judge marks; once marking is on, whoever has no place has none."""
    if event.state in rules.APPOINTED_IN:
        return queries.effective_seats(judges, known)
    return {judge.id: queries.seats_of(judge) for judge in judges}


def _add_taken_over(
    seats: dict[int, set[Seat]], numbers: dict[str, int], taken: list[checks.TakenOver]
) -> None:
    """Show the places of a judge with whoever stands in, too."""
    for one in taken:
        if one.out in numbers and one.stand_in in numbers:
            seats[numbers[one.stand_in]] |= seats[numbers[one.out]]

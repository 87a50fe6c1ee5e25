"""What the slices above know of a judge's sheets: what forbids to dismiss, how they are handed over."""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event
from competitions.judges.models import Appointment
from core.refusals import Refusal

DismissalGuard = Callable[[Session, Appointment], list[Refusal]]
_guards: dict[str, DismissalGuard] = {}


class HandingOver(NamedTuple):
    """One judge's unsigned sheets go to another: why, by whom, when."""

    out: Appointment
    stand_in: Appointment
    reason: str
    actor_id: int
    now: datetime


class TakenOver(NamedTuple):
    """How many sheets a judge has taken over from another, by the judges' codes."""

    out: str
    stand_in: str
    sheets: int


Hand = Callable[[Session, Event, HandingOver], int]
Taken = Callable[[Session, int], list[TakenOver]]
_handing: list[tuple[Hand, Taken]] = []


def register_dismissal_guard(guard: DismissalGuard) -> None:
    """Ask `guard` before a judge is dismissed; it returns what stands against it."""
    _guards[f"{guard.__module__}.{guard.__qualname__}"] = guard


def dismissal_refusals(session: Session, appointment: Appointment) -> list[Refusal]:
    """Return everything that stands against dismissing a judge."""
    return [refusal for guard in _guards.values() for refusal in guard(session, appointment)]


def register_handing_over(hand: Hand, taken: Taken) -> None:
    """Say who hands sheets over and who knows what was; the last one who says so is asked."""
    _handing[:] = [(hand, taken)]


def hand_over(session: Session, event: Event, act: HandingOver) -> int:
    """Hand the unsigned sheets of a judge to another; return how many there were."""
    return _handing[0][0](session, event, act) if _handing else 0


def list_taken_over(session: Session, event_id: int) -> list[TakenOver]:
    """Return who has taken over sheets from whom."""
    return _handing[0][1](session, event_id) if _handing else []

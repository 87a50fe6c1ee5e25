"""What forbids to dismiss a judge: asked from the slices above, which know the judge's mark sheets."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from competitions.judges.models import Appointment
from core.refusals import Refusal

DismissalGuard = Callable[[Session, Appointment], list[Refusal]]
_guards: dict[str, DismissalGuard] = {}


def register_dismissal_guard(guard: DismissalGuard) -> None:
    """Ask `guard` before a judge is dismissed; it returns what stands against it."""
    _guards[f"{guard.__module__}.{guard.__qualname__}"] = guard


def dismissal_refusals(session: Session, appointment: Appointment) -> list[Refusal]:
    """Return everything that stands against dismissing a judge."""
    return [refusal for guard in _guards.values() for refusal in guard(session, appointment)]

"""Where each package says what a step needs and what it brings about.

`competitions` cannot know schemes or marks; so `scoring` and `reports` register their guards and effects here
when the application is put together.
"""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from core.refusals import Refusal, Refused

Guard = Callable[[Session, Event, datetime], list[Refusal]]
Effect = Callable[[Session, Event, int | None, datetime], None]

_guards: dict[str, dict[str, Guard]] = {}
_effects: dict[str, dict[str, Effect]] = {}


def register_guard(step: str, guard: Guard) -> None:
    """Ask `guard` before `step`; it returns what is missing."""
    _guards.setdefault(step, {})[f"{guard.__module__}.{guard.__qualname__}"] = guard


def register_effect(step: str, effect: Effect) -> None:
    """Run `effect` in the transaction of `step`, after its guards and before its record."""
    _effects.setdefault(step, {})[f"{effect.__module__}.{effect.__qualname__}"] = effect


def missing(session: Session, event: Event, step: str, now: datetime) -> list[Refusal]:
    """Return everything that still forbids a step, all at once."""
    found = []
    for guard in _guards.get(step, {}).values():
        try:
            found += guard(session, event, now)
        except Refused as refused:  # a guard may ask a service that refuses in its own way
            found += refused.refusals
    return found


def bring_about(session: Session, event: Event, step: str, actor_id: int | None, now: datetime) -> None:
    """Run what the packages have registered for a step."""
    for effect in _effects.get(step, {}).values():
        effect(session, event, actor_id, now)

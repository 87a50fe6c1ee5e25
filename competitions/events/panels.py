"""Panels on an event's overview: each package adds its own when the application is put together."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Event

Panel = Callable[[Session, Event], tuple[str, dict[str, Any]] | None]


class Shown(NamedTuple):
    """A panel as it is shown: its template and what the template needs (as `panel`)."""

    template: str
    context: dict[str, Any]


_panels: dict[str, tuple[Panel, bool]] = {}


def register(name: str, panel: Panel, *, aside: bool = False) -> None:
    """Add a panel under its name; `aside` puts it into the narrow column."""
    _panels[name] = (panel, aside)


def list_panels(session: Session, event: Event, *, aside: bool = False) -> list[Shown]:
    """Return the panels that have something to show, in the order in which they were registered."""
    found = [panel(session, event) for panel, beside in _panels.values() if beside == aside]
    return [Shown(*shown) for shown in found if shown is not None]

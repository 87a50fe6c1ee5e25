"""Panels on the page of a unit: upper slices add what they know of it, once at the start."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.organisations.models import Unit

Panel = Callable[[Session, Unit], tuple[str, dict[str, Any]] | None]


class Shown(NamedTuple):
    """A panel as it is shown: its template and what the template needs (as `panel`)."""

    template: str
    context: dict[str, Any]


_panels: dict[str, Panel] = {}


def register(name: str, panel: Panel) -> None:
    """Add a panel under its name."""
    _panels[name] = panel


def list_panels(session: Session, unit: Unit) -> list[Shown]:
    """Return the panels that have something to show, in the order in which they were registered."""
    found = [panel(session, unit) for panel in _panels.values()]
    return [Shown(*shown) for shown in found if shown is not None]

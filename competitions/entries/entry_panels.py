"""Panels on the page of an entry: slices above add their own at the start."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from competitions.events.panels import Shown

Panel = Callable[[Session, Event, Entry], tuple[str, dict[str, Any]] | None]
_panels: dict[str, Panel] = {}


def register(name: str, panel: Panel) -> None:
    """Add a panel under its name."""
    _panels[name] = panel


def list_panels(session: Session, event: Event, entry: Entry) -> list[Shown]:
    """Return the panels that have something to show, in the order in which they were registered."""
    found = [panel(session, event, entry) for panel in _panels.values()]
    return [Shown(*shown) for shown in found if shown is not None]

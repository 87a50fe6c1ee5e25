"""Panels on the pages of an event and of a competition: each package adds its own at the start."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from competitions.events.models import Competition, Event

Panel = Callable[[Session, Event], tuple[str, dict[str, Any]] | None]
CompetitionPanel = Callable[[Session, Competition], tuple[str, dict[str, Any]] | None]


class Shown(NamedTuple):
    """A panel as it is shown: its template and what the template needs (as `panel`)."""

    template: str
    context: dict[str, Any]


_panels: dict[str, tuple[Panel, bool]] = {}
_of_competitions: dict[str, tuple[CompetitionPanel, bool]] = {}


def register(name: str, panel: Panel, *, aside: bool = False) -> None:
    """Add a panel under its name; `aside` puts it into the narrow column."""
    _panels[name] = (panel, aside)


def list_panels(session: Session, event: Event, *, aside: bool = False) -> list[Shown]:
    """Return the panels that have something to show, in the order in which they were registered."""
    found = [panel(session, event) for panel, beside in _panels.values() if beside == aside]
    return [Shown(*shown) for shown in found if shown is not None]


def register_of_competition(name: str, panel: CompetitionPanel, *, public: bool = False) -> None:
    """Add a panel under its name to the page of a competition, or to the `public` one for everybody."""
    _of_competitions[name] = (panel, public)


def list_panels_of_competition(
    session: Session, competition: Competition, *, public: bool = False
) -> list[Shown]:
    """Return the panels of a competition that have something to show, in the order of registration."""
    wanted = [panel for panel, for_all in _of_competitions.values() if for_all == public]
    found = [panel(session, competition) for panel in wanted]
    return [Shown(*shown) for shown in found if shown is not None]

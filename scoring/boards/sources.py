"""What the boards show: each slice with a public board registers what a freeze keeps of it."""

from collections.abc import Callable
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event

Source = Callable[[Session, Event], Any]
_sources: dict[str, Source] = {}


def register(name: str, source: Source) -> None:
    """Let a freeze keep what `source` says; it must be canonical JSON (core.canonical)."""
    _sources[name] = source


def capture(session: Session, event: Event) -> dict[str, Any]:
    """Return what every board shows now, by name."""
    return {name: source(session, event) for name, source in sorted(_sources.items())}

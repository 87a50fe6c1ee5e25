"""What documents bring when the application is put together."""

from flask import Flask

from competitions.documents import pages
from competitions.events import panels


def init_app(_app: Flask) -> None:
    """Show the documents on the pages of competitions and events."""
    panels.register("documents", pages.event_panel, aside=True)
    panels.register_of_competition("documents", pages.competition_panel)

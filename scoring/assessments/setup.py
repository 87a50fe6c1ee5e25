"""What periods bring when the application is put together."""

from flask import Flask

from competitions.events import panels, waiting
from scoring.assessments import pages
from scoring.assessments import waiting as source


def init_app(_app: Flask) -> None:
    """Show on an event's page how far the running period has come, and to units which reports are due."""
    panels.register("assessments", pages.event_panel)
    waiting.register("assessments", source.list_waiting)

"""What periods bring when the application is put together."""

from flask import Flask

from competitions.events import panels
from scoring.assessments import pages


def init_app(_app: Flask) -> None:
    """Show on an event's page how far the running period has come."""
    panels.register("assessments", pages.event_panel)

"""What the schedule brings when the application is put together."""

from flask import Flask

from competitions.events import panels
from competitions.schedule import pages


def init_app(_app: Flask) -> None:
    """Register the day plan on the competition's pages, and the reminder on the event's overview."""
    panels.register_of_competition("schedule", pages.competition_panel)
    panels.register_of_competition("public schedule", pages.public_panel, public=True)
    panels.register("schedule", pages.event_panel)

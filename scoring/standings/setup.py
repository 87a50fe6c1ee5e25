"""What standings bring when the application is put together."""

from flask import Flask

from competitions.events import panels
from scoring.standings import pages


def init_app(_app: Flask) -> None:
    """Show the standings on the page of a competition, and the published ones on its public page."""
    panels.register_of_competition("standings", pages.competition_panel)
    panels.register_of_competition("public standings", pages.public_panel, public=True)

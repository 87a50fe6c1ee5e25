"""What publication brings when the application is put together."""

from flask import Flask

from competitions.events import panels
from reports.publication import pages


def init_app(_app: Flask) -> None:
    """Show announced results on the public page of their competition."""
    panels.register_of_competition("published", pages.panel, public=True)

"""What people bring when the application is put together."""

from flask import Flask

from competitions.organisations import panels
from competitions.people.unit_panel import unit_panel


def init_app(_app: Flask) -> None:
    """Let the page of a unit show its contests."""
    panels.register("contests", unit_panel)

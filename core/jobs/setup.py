"""What jobs need at the start: somebody who looks after them while the server serves."""

from flask import Flask

from core.jobs import keeper


def init_app(app: Flask) -> None:
    """Look after the jobs of this installation as soon as somebody uses it."""
    keeper.attach(app)

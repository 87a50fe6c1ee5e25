"""What the API needs at the start: the count of who asks how often."""

from flask import Flask

from reports.api.pace import EXTENSION, Pace


def init_app(app: Flask) -> None:
    """Begin to count."""
    app.extensions[EXTENSION] = Pace()

"""What the pages of certificates need at the start: their brake."""

from flask import Flask

from reports.verification.brake import EXTENSION, Brake


def init_app(app: Flask) -> None:
    """Give the application a brake of its own."""
    app.extensions[EXTENSION] = Brake()

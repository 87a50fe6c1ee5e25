"""What a freeze keeps of the public standings."""

from flask import Flask

from scoring.boards import sources
from scoring.liveboard import pages


def init_app(_app: Flask) -> None:
    """Register the board."""
    sources.register(pages.NAME, pages.kept)

"""What the statistics need at the start: the worker keeps the counts up to date."""

from flask import Flask

from core.jobs import chores
from reports.statistics import keeping, warming


def init_app(_app: Flask) -> None:
    """Let workers count what is marked."""
    chores.register(
        "statistics", chores.Chore(keeping.is_anything_to_count, warming.refresh, warming.warm)
    )

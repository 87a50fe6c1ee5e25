"""What lists of results need at the start: jobs that know how they are made."""

from flask import Flask

from core.jobs import kinds
from reports.statistics.lists import plans


def init_app(_app: Flask) -> None:
    """Let jobs make lists of results."""
    kinds.register(plans.KIND, plans.plan)

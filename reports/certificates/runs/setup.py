"""What runs need at the start: jobs that know how certificates are printed."""

from flask import Flask

from core.jobs import kinds
from reports.certificates import bulk


def init_app(app: Flask) -> None:
    """Let jobs print certificates."""
    kinds.register(bulk.KIND, bulk.plan)

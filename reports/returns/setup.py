"""What returns need at the start: who counts what stands beside the declared figures."""

from flask import Flask

from competitions.returns import computed
from reports.returns import counted


def init_app(app: Flask) -> None:
    """Let the statistics count for returns."""
    computed.register(counted.count)

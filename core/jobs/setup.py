"""What jobs need at the start: somebody who looks after them while the server serves."""

from flask import Flask

from core.files import queries, services
from core.jobs import chores, keeper


def init_app(app: Flask) -> None:
    """Look after the jobs of this installation as soon as somebody uses it."""
    keeper.attach(app)
    sealing = chores.Chore(queries.is_plain_left, services.seal_plain, lambda _session: None)
    chores.register("files in plain", sealing)

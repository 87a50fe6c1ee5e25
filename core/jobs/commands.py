"""Jobs from the command line."""

import time

import click
from flask.cli import AppGroup

from core.database import db
from core.jobs import chores, runner

PAUSE_SECONDS = 2

jobs = AppGroup("jobs", help="Long work: certificates in bulk and the like.")
COMMANDS = [jobs]


@jobs.command("work")
@click.option("--stay", is_flag=True, help="Wait for more instead of ending; for a service of its own.")
def work(stay: bool) -> None:
    """Do the jobs that wait, and the chores."""
    while True:
        chores.do(db.session)
        ended = runner.work(db.session)
        if ended:
            click.echo(f"{ended} jobs ended")
        if not stay:
            return
        time.sleep(PAUSE_SECONDS)

"""The statistics from the command line."""

import click
from flask.cli import AppGroup

from core.database import db
from reports.statistics import keeping, warming

statistics = AppGroup("statistics", help="What the statistics keep of each event.")
COMMANDS = [statistics]


@statistics.command("refresh")
def refresh() -> None:
    """Count what has changed; the worker does it as well."""
    click.echo(f"{warming.refresh(db.session)} events counted")


@statistics.command("rebuild")
def rebuild() -> None:
    """Count every event from scratch; pages go on meanwhile."""
    total = 0
    for done in keeping.rebuild(db.session):
        total = done
        click.echo(f"\r{done} events", nl=False)
    click.echo(f"\r{total} events looked at; {keeping.refresh(db.session)} changed meanwhile")
    warming.count_ahead(db.session)

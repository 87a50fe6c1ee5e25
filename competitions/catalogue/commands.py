"""Commands of the catalogue."""

import click
from flask.cli import AppGroup

from competitions.catalogue import data_files, loading
from core import clock
from core.database import db

catalogue = AppGroup("catalogue", help="Industries, trades, regions, levels and activity kinds.")
COMMANDS = [catalogue]


@catalogue.command("load")
def load() -> None:
    """Load the catalogue's data files; may be repeated, deletes nothing."""
    done = loading.load(
        db.session, data_files.rows(), data_files.trade_industries(), actor_id=None, now=clock.now()
    )
    db.session.commit()
    click.echo(f"新增 {done.added} 条，更新 {done.changed} 条，工种与产业对应 {done.links} 条。")
    click.echo(f"{done.added} entries added, {done.changed} changed, {done.links} trades given industries.")

"""Load the demonstration: everything in it is made up, but for the published marks of one championship."""

import os
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy import func, select

from accounts.models import User
from competitions.catalogue import data_files, loading
from core import clock
from core.database import db
from demonstration import (
    appealing,
    board,
    ceremonies,
    checking,
    declared,
    fitting,
    history,
    innovation,
    judges,
    labour,
    levels,
    organisations,
    people,
    programmes,
    provincial,
    published,
    registering,
    returns,
    site,
    welding,
)

SIGN_INS = "demo-accounts.txt"
demo = AppGroup("demo", help="Demonstration content.")
COMMANDS = [demo]
PARTS = (
    innovation, levels, programmes, labour, history, provincial, returns, published, declared, appealing,
    checking,
)  # fmt: skip


@demo.command("load")
def load() -> None:
    """Fill a new database with demonstration content; a database with accounts is left as it is."""
    if db.session.scalar(select(func.count()).select_from(User)):
        click.echo(
            "数据库中已有账号，未装入演示内容。 The database has accounts already; nothing was loaded."
        )
        return
    now = clock.now()
    loading.load(db.session, data_files.rows(), data_files.trade_industries(), actor_id=None, now=now)
    made = site.build(db.session, now)
    made = organisations.load(db.session, made)
    event = welding.load(db.session, made)
    registering.load(db.session, made, event.competition)
    judges.load(db.session, made)
    fitting.load(db.session, made, event)
    for part in PARTS:
        part.load(db.session, made)
    board.load(db.session, made, event)
    ceremonies.load(db.session, made, current_app.config["SETTINGS"].public_url)
    people.load(db.session)
    # The passwords are written first: a database whose passwords nobody knows would be of no use.
    _keep(Path(current_app.instance_path) / SIGN_INS, site.sign_ins(made))
    db.session.commit()
    click.echo("演示内容已装入。 The demonstration is loaded.")


def _keep(path: Path, lines: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(lines)

"""Replay a draw at the keyboard of the server."""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from competitions.draw import checking, queries
from competitions.draw.replay import document
from competitions.draw.rules import fingerprint
from core.database import db

draw = AppGroup("draw", help="The draw of an event.")
COMMANDS = [draw]


@draw.command("replay")
@click.argument("event_id", type=int)
@click.option("--file", "path", type=click.Path(path_type=Path), help="Write the draw here, too.")
def replay(event_id: int, path: Path | None) -> None:
    """Draw again from the kept seed and compare; exit 1 when an entry has something else.

    The file lets anybody replay the draw without this system (docs/draw.md); until the announcement it is as
    secret as the map of codes.
    """
    made = queries.find_draw(db.session, event_id)
    if made is None:
        click.echo("没有抽签。 There is no draw.", err=True)
        sys.exit(2)
    field = [entrant for _number, entrant in queries.list_entrants(db.session, event_id)]
    wrong = checking.differences(made, queries.list_drawn(db.session, event_id), field)
    click.echo(f"SHA-256 {fingerprint(made.seed)}")
    for ref in wrong:
        click.echo(f"不符 differs\t{ref}")
    click.echo(f"{len(field)} 项，{len(wrong)} 项不符。 {len(field)} entries, {len(wrong)} differ.")
    if path is not None:
        path.write_text(document(db.session, made), encoding="utf-8")
    sys.exit(1 if wrong else 0)

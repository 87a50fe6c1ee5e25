"""Load a recount package from the keyboard of the server."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, NoReturn

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from competitions.events import labels
from core import clock
from core.database import db
from core.refusals import Refusal, Refused, words
from scoring.packages import services
from scoring.packages.field import Plan
from scoring.packages.reading import REFUSED, Incoming, PackageRefused, load_package
from scoring.packages.services import Imported

package = AppGroup("package", help="Recount packages: scheme, entries, marks and result of an event.")
COMMANDS = [package]


@package.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--competition", default="", help="Name of the competition; made where there is none.")
@click.option("--name", default="", help="Name of the event; the title of the scheme otherwise.")
@click.option("--state", type=click.Choice(["scoring", "final"]), help="How far; default: as far as it goes.")
@click.option("--again", is_flag=True, help="Load a package that has been loaded before.")
@click.option("--union", default="", help="Name of the union that a new competition belongs to.")
@click.option("--kind", default="", help="Key of the activity kind of a new competition.")
@click.option("--level", default="enterprise", show_default=True, help="Key of the level.")
@click.option("--industry", "industries", multiple=True, help="Key of an industry; may be repeated.")
@click.option("--trade", default="", help="Code or name of the trade.")
@click.option("--year", type=int, help="Year of the competition; this year otherwise.")
@click.option("--demo", is_flag=True, help="Mark the people as made up.")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", help="Language of the findings.")
def import_package(
    path: Path, lang: Literal["en", "zh"], state: Literal["scoring", "final"] | None, **wishes: Any
) -> None:
    """Load the package in a folder or a zip as an event; with any finding nothing is saved."""
    incoming = _load(path, lang)
    plan = Plan(state=state or "", **wishes)  # click has checked the options
    try:
        done = services.import_package(db.session, incoming, plan, actor_id=None, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        _refuse(refused.refusals)
    db.session.commit()
    _report(done)


def _load(path: Path, lang: Literal["en", "zh"]) -> Incoming:
    try:
        return load_package(path)
    except PackageRefused as refused:
        for line in refused.lines(lang):
            click.echo(line, err=True)
        sys.exit(refused.exit_code)


def _refuse(refusals: Sequence[Refusal]) -> NoReturn:
    for locale in ("zh", "en"):
        with force_locale(locale):
            for refusal in refusals:
                click.echo(f"{refusal.code}\t{refusal.where}\t{words(refusal)}", err=True)
    sys.exit(REFUSED)


def _report(done: Imported) -> None:
    """Say in both languages what the package has become; a terminal has no language switch."""
    for locale in ("zh", "en"):
        with force_locale(locale):
            told = _l(
                "Loaded as event %(number)s “%(name)s”: %(entries)s entries, %(judges)s judges, "
                "%(marks)s marks; state: %(state)s.",
                number=done.event.id, name=done.event.name, entries=done.entries, judges=done.judges,
                marks=done.marks, state=labels.STATES[done.event.state],
            )  # fmt: skip
            click.echo(str(told))
            for refusal in done.held_by:
                click.echo(str(_l("It went no further: %(reason)s", reason=words(refusal))))

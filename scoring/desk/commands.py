"""The keys for which tablets close their backup files, at the keyboard of the server."""

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from core import clock
from core.audit import services as audit
from core.boxes import services as boxes
from core.database import db
from scoring.tablet.bundle import BACKUP

backup_key = AppGroup("backup-key", help="The keys for which tablets close their backup files.")
COMMANDS = [backup_key]


@backup_key.command("list")
def list_keys() -> None:
    """List the keys: name, since, given out until."""
    for key in boxes.list_keys(db.session, BACKUP):
        moments = (key.created_at, key.retired_at)
        told = (f"{moment.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}" if moment else "-" for moment in moments)
        click.echo("\t".join((key.kid, *told)))


@backup_key.command("rotate")
def rotate() -> None:
    """Give tablets a new key from now on. Files that were closed for an old one still open."""
    now = clock.now()
    key = boxes.rotate(db.session, BACKUP, seed=clock.new_bytes(boxes.SEED_BYTES), now=now)
    detail = {"purpose": BACKUP, "kid": key.kid}
    audit.record(db.session, "box:rotate", actor_id=None, subject=f"key:{key.kid}", now=now, detail=detail)
    db.session.commit()
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo(str(_l("Backup files are closed for key %(kid)s from now on.", kid=key.kid)))

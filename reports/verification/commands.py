"""The keys that sign certificates, at the keyboard of the server: list them, change them, revoke one."""

import sys
from datetime import datetime

import click
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from core import clock
from core.audit import services as audit
from core.database import db
from core.signing import services
from reports.certificates.statement import PURPOSE

signing = AppGroup("signing", help="The keys that sign certificates.")
COMMANDS = [signing]
DAY = click.DateTime(["%Y-%m-%d"])


@signing.command("list")
def list_keys() -> None:
    """List the keys: name, public key, since, until, not trusted from."""
    for key in services.list_keys(db.session, PURPOSE):
        moments = (key.created_at, key.retired_at, key.revoked_from)
        told = (f"{moment.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}" if moment else "-" for moment in moments)
        click.echo("\t".join((key.kid, key.public, *told)))


@signing.command("rotate")
def rotate() -> None:
    """Let a new key sign from now on. What the old one signed stays valid."""
    now = clock.now()
    key = services.rotate(db.session, PURPOSE, seed=clock.new_bytes(32), now=now)
    _record("signing:rotate", key.kid, now, {})
    db.session.commit()
    _say(_l("Key %(kid)s signs from now on.", kid=key.kid))


@signing.command("revoke")
@click.argument("kid")
@click.option("--since", required=True, type=DAY, help="First day that is not trusted.")
def revoke(kid: str, since: datetime) -> None:
    """Trust nothing that a stolen key signed from a day on; a new key signs from now on."""
    now, known = clock.now(), services.list_keys(db.session, PURPOSE)
    key = next((key for key in known if key.kid == kid), None)
    if key is None:
        _say(_l("There is no key %(kid)s. See: flask --app wsgi signing list", kid=kid), err=True)
        sys.exit(1)
    day = since.replace(tzinfo=clock.LOCAL)
    services.revoke(db.session, key, since=day, now=now)
    # Without a key, /v/revoked.json could not be signed until the next certificate.
    services.signing_key(db.session, PURPOSE, seed=clock.new_bytes(32), now=now)
    _record("signing:revoke", kid, now, {"since": f"{since:%Y-%m-%d}"})
    db.session.commit()
    _say(_l("Key %(kid)s is not trusted from %(day)s on.", kid=kid, day=f"{since:%Y-%m-%d}"))


def _record(action: str, kid: str, now: datetime, more: dict[str, str]) -> None:
    detail = {"purpose": PURPOSE, "kid": kid, **more}
    audit.record(db.session, action, actor_id=None, subject=f"key:{kid}", now=now, detail=detail)


def _say(sentence: object, *, err: bool = False) -> None:
    """Say a sentence in both languages: a terminal has no language switch."""
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo(str(sentence), err=err)

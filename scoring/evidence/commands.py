"""Check, make checkpoints and export ledgers from the keyboard of the server."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from flask_babel import force_locale
from flask_babel import lazy_gettext as _l

from competitions.events.queries import get_event
from core import append_only, clock, database
from core.audit import services as audit
from core.database import db, reading_session
from core.refusals import Refusal, words
from scoring.evidence import checking, exporting, ledgerfile
from scoring.evidence.checking import Checked
from scoring.sheets.checkpoints import (
    SITE_NUMBER,
    file_of,
    line,
    list_checkpoints,
    list_newest,
    make_checkpoint,
)

CHANGED, UNREADABLE = 1, 2
ledger = AppGroup("ledger", help="The ledgers of marks, to be checked elsewhere.")
checkpoint = AppGroup("checkpoint", help="Signed statements of how far ledgers had come.")


@click.command("verify")
@click.option("--event", "event_id", type=int, help="Number of one event; all events otherwise.")
@click.option(
    "--checkpoints", "path", type=click.Path(path_type=Path),
    help="File of checkpoints that was kept elsewhere; default: the one in the instance folder.",
)  # fmt: skip
def verify(event_id: int | None, path: Path | None) -> None:
    """Check chains, signatures, tables, frozen results and checkpoints; name what does not fit.

    Exit 0: everything fits, 1: something was changed, 2: the checkpoints cannot be read.
    """
    held = _held(path)
    with reading_session() as session:
        site = checking.check_installation(session, held)
        found = [("-", refusal) for refusal in site.refusals]
        _tell_anchor(site)
        events = [event_id] if event_id is not None else checking.list_events(session, held)
        for number in events:
            checked = checking.check_event(session, number, held)
            found += [(str(number), refusal) for refusal in checked.refusals]
            _tell_anchor(checked)
    for where, refusal in found:
        _tell(f"{where}\t{refusal.code}\t", refusal)
    click.echo(f"{len(events)} 个赛项，{len(found)} 处不符。 {len(events)} events, {len(found)} faults.")
    sys.exit(CHANGED if found else 0)


def _held(path: Path | None) -> Sequence[dict[str, Any]]:
    """Return the checkpoints of a file that was kept elsewhere, or of this machine's own."""
    own = file_of(Path(current_app.instance_path))
    if path is None and not own.exists():
        return []
    try:
        return ledgerfile.read_checkpoints((path or own).read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        click.echo(f"{path or own}: {fault}", err=True)
        sys.exit(UNREADABLE)


def _tell(head: str, refusal: Refusal) -> None:
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo(f"{head}{words(refusal)}")


def _tell_anchor(checked: Checked) -> None:
    """Say up to where checkpoints vouch: what came later only the chain keeps together."""
    told = {"event": checked.event_id, "count": checked.records, "anchored": checked.anchored}
    for locale in ("zh", "en"):
        with force_locale(locale):
            click.echo(str(_site_anchor(told) if checked.event_id == SITE_NUMBER else _event_anchor(told)))


def _site_anchor(told: Mapping[str, int]) -> Any:
    return _l(
        "Record of the site: %(count)s acts; checkpoints vouch up to %(anchored)s, not for what came after.",
        **told,
    )


def _event_anchor(told: Mapping[str, int]) -> Any:
    return _l(
        "Event %(event)s: %(count)s operations; checkpoints vouch up to %(anchored)s, not for what "
        "came after.",
        **told,
    )


@checkpoint.command("make")
@click.argument("event_id", type=int, required=False)
def make(event_id: int | None) -> None:
    """Sign what the ledger of an event says now, or without one the record of the site, and print it.

    Keep it away from this machine.
    """
    now, subject = clock.now(), f"event:{event_id}" if event_id else "site:0"
    if event_id is not None:
        get_event(db.session, event_id)
        database.lock(db.session, f"ledger:{event_id}")
    audit.record(
        db.session, "checkpoint:make", actor_id=None, subject=subject, now=now, event_id=event_id
    )
    made = make_checkpoint(db.session, event_id, "command", now)
    text = line(made)
    db.session.commit()
    click.echo(text)


@checkpoint.command("export")
@click.argument("event_id", type=int, required=False)
def export_checkpoints(event_id: int | None) -> None:
    """Print every checkpoint of an event; without one, the newest of the site and of each event."""
    with reading_session() as session:
        rows = list_newest(session) if event_id is None else list_checkpoints(session, event_id)
        click.echo(exporting.checkpoint_lines(rows), nl=False)


@ledger.command("export")
@click.argument("event_id", type=int)
@click.option("--output", type=click.Path(path_type=Path), required=True, help="File to write, .jsonl.")
def export_ledger(event_id: int, output: Path) -> None:
    """Write the ledger of an event out; ledger.pyz checks it on any machine."""
    get_event(db.session, event_id)
    output.write_bytes(exporting.export_ledger(db.session, event_id, actor_id=None, now=clock.now()))
    db.session.commit()


@click.command("database-role")
@click.argument("role")
def grant_role(role: str) -> None:
    """Give a role of PostgreSQL what the application needs; run as owner, again after each upgrade."""
    if db.engine.dialect.name != "postgresql":
        raise click.ClickException("只有 PostgreSQL 有角色。 Only PostgreSQL has roles.")
    append_only.grant(db.session.connection(), role)
    db.session.commit()


COMMANDS = [verify, ledger, checkpoint, grant_role]

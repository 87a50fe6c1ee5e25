"""Check ledgers and results from the keyboard of the server."""

import sys

import click
from flask.cli import AppGroup
from flask_babel import force_locale

from competitions.events.search import list_event_ids
from core.database import db
from core.refusals import words
from scoring.results import integrity as results
from scoring.sheets import integrity as sheets

ledger = AppGroup("ledger", help="The ledgers of marks and the results made of them.")
COMMANDS = [ledger]


@ledger.command("verify")
@click.argument("event_id", type=int, required=False)
def verify(event_id: int | None) -> None:
    """Check the chain, the signed marks and the result versions of one event, or of all events.

    Exit 1 when something does not fit.
    """
    events = [event_id] if event_id is not None else sorted(list_event_ids(db.session, {("site", 0)}))
    broken = 0
    for number in events:
        for refusal in [*sheets.refusals(db.session, number), *results.refusals(db.session, number)]:
            broken += 1
            for locale in ("zh", "en"):
                with force_locale(locale):
                    click.echo(f"{number}\t{refusal.code}\t{words(refusal)}")
    click.echo(f"{len(events)} 个赛项，{broken} 处不符。 {len(events)} events, {broken} faults.")
    sys.exit(1 if broken else 0)

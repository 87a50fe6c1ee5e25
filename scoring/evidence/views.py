"""The evidence of an event: its checkpoints, its ledger for whoever checks it elsewhere, a check."""

from io import BytesIO
from typing import Any

from flask import Blueprint, render_template, request, send_file
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts.guard import may, public, requires, site_wide
from competitions.events.places import event_place
from competitions.events.queries import event_path, get_event
from core import clock
from core.database import db
from core.refusals import words
from scoring.evidence import checking, exporting, labels
from scoring.sheets import checkpoints

blueprint = Blueprint("evidence", __name__)
LINES = "application/jsonl"
SHOWN = 50


@blueprint.get("/events/<int:event_id>/evidence")
@requires("evidence.view", event_place)
def show_evidence(event_id: int) -> ResponseReturnValue:
    """Show the checkpoints of an event, and check it if asked to."""
    event = get_event(db.session, event_id)
    rows = checkpoints.list_checkpoints(db.session, event_id)
    checked = checking.check_event(db.session, event_id) if request.args.get("check") == "1" else None
    return render_template(
        "evidence/show.html", event=event, rows=rows[::-1][:SHOWN], total=len(rows), checked=checked,
        faults=[words(refusal) for refusal in checked.refusals] if checked else [],
        occasions=labels.OCCASIONS, may_export=may("ledger.export", event_path(db.session, event)),
    )  # fmt: skip


@blueprint.get("/events/<int:event_id>/evidence/checkpoints.jsonl")
@requires("evidence.view", event_place)
def download_checkpoints(event_id: int) -> ResponseReturnValue:
    """Hand out the checkpoints, to be kept where nobody of this house can change them."""
    rows = checkpoints.list_checkpoints(db.session, event_id)
    return _file(exporting.checkpoint_lines(rows), f"checkpoints-{event_id}.jsonl", LINES)


@blueprint.get("/accounts/audit/checkpoints.jsonl")
@requires("audit.view", site_wide)
def download_newest() -> ResponseReturnValue:
    """Hand out the newest checkpoint of the site and of each event: whoever keeps it needs no older one."""
    return _file(exporting.checkpoint_lines(checkpoints.list_newest(db.session)), "checkpoints.jsonl", LINES)


@blueprint.post("/events/<int:event_id>/evidence/ledger.jsonl")
@requires("ledger.export", event_place)
def download_ledger(event_id: int) -> ResponseReturnValue:
    """Hand out the ledger, to be checked elsewhere."""
    now = clock.now()
    data = exporting.export_ledger(db.session, event_id, actor_id=current_user.id, now=now)
    db.session.commit()
    return _file(data, f"ledger-{event_id}.jsonl", LINES)


@blueprint.get("/ledger.pyz")
@public
def download_program() -> ResponseReturnValue:
    """Hand out the program that checks an exported ledger: one file that any Python runs."""
    return _file(exporting.ledger_program(), "ledger.pyz", "application/zip")


def _file(data: bytes, name: str, kind: str) -> Any:
    return send_file(BytesIO(data), mimetype=kind, as_attachment=True, download_name=name)

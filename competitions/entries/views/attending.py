"""The check-in desk: who has come."""

from typing import Any

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from accounts import guard
from accounts.guard import requires
from competitions.entries import attendance, labels
from competitions.entries.attendance import MARKS, OPEN_STATES
from competitions.entries.forms import MarkForm
from competitions.entries.views.base import EVENT, actor, blueprint, entry_or_404, event_or_404
from competitions.events.places import event_place
from competitions.events.queries import event_path
from core import clock
from core.database import db
from core.refusals import Refused, refuse, words

BY_SCRIPT = "check-in"


@blueprint.get(EVENT + "/check-in")
@requires("entry.check_in", event_place)
def show_check_in(event_id: int) -> ResponseReturnValue:
    """Show who is expected and who has come: names and registration numbers alone."""
    event = event_or_404(event_id)
    batches = _batches(event)
    rows = attendance.list_expected(db.session, event_id)
    rows.sort(key=lambda entry: (batches.get(entry.id, 0), entry.number))
    shown = request.args.get("show", "")
    return render_template(
        "entries/check_in.html", event=event, rows=rows, batches=batches, labels=labels,
        counts=attendance.count(db.session, event_id), closed=event.state not in OPEN_STATES,
        marked_by=attendance.who_marked(db.session, rows), show=shown if shown in (*MARKS, "open") else "",
        apart=attendance.contradictions(db.session, event_id), may_status=_may_status(event),
    )  # fmt: skip


@blueprint.post(EVENT + "/<int:entry_id>/attendance")
@requires("entry.check_in", event_place)
def mark_attendance(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Mark an entry as come or absent, or take the mark back; a script gets the row anew."""
    form, event = MarkForm(), event_or_404(event_id)
    scripted = request.headers.get("X-Requested-With") == BY_SCRIPT
    try:
        if not form.validate_on_submit():
            raise refuse("ATTENDANCE_UNKNOWN")
        attendance.mark(
            db.session, event, entry_id, form.attendance.data, seen=form.seen.data or "", actor_id=actor(),
            now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        if not scripted:
            raise
        db.session.rollback()
        return _row(event_id, entry_id, " ".join(words(refusal) for refusal in refused.refusals))
    db.session.commit()
    if scripted:
        return _row(event_id, entry_id)
    return redirect(url_for(".show_check_in", event_id=event_id, _anchor=f"entry-{entry_id}"))


def _row(event_id: int, entry_id: int, refused: str = "") -> ResponseReturnValue:
    """Return the row as it stands now, and the counts."""
    event, entry = event_or_404(event_id), entry_or_404(event_id, entry_id)
    counts = attendance.count(db.session, event_id)
    row = render_template(
        "entries/_check_in_row.html", event=event, entry=entry, labels=labels, batches=_batches(event),
        marked_by=attendance.who_marked(db.session, [entry]), closed=event.state not in OPEN_STATES,
    )  # fmt: skip
    answer = {"row": row, "refused": refused, **counts._asdict(), "open": counts.open}
    return jsonify(answer), 422 if refused else 200


def _batches(event: Any) -> dict[int, int]:
    """Return the batches, but not to somebody who marks here: a batch narrows down who a code is."""
    if guard.may("sheet.mark", event_path(db.session, event)):
        return {}
    return attendance.batches_of(db.session, event.id)


def _may_status(event: Any) -> bool:
    return event.state == "scoring" and guard.may("entry.status", event_path(db.session, event))

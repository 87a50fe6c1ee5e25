"""The imported lists of an event, and taking one back."""

from flask import abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.entries import batches, queries
from competitions.entries.places import entries_place
from competitions.entries.views.base import EVENT, actor, blueprint, event_or_404, rights_in
from core import clock
from core.database import db


@blueprint.post(EVENT + "/imports/<int:batch_id>/undo")
@requires("entry.import", entries_place)
def undo_import(event_id: int, batch_id: int) -> ResponseReturnValue:
    """Take an imported list back; who enters for one unit takes back the own lists alone."""
    event = event_or_404(event_id)
    rights = rights_in(event)
    if not queries.has_batch(db.session, event_id, batch_id, actor() if rights.own else None):
        abort(404)
    undone = batches.undo_batch(
        db.session, event, batch_id, decides=rights.decide, actor_id=actor(), now=clock.now()
    )
    db.session.commit()
    flash(
        _(
            "Batch %(number)s was undone: %(entries)s entries deleted, %(changed)s changed back.",
            **undone._asdict(),
        ),
        "success",
    )
    return redirect(url_for(".list_entries", event_id=event_id))

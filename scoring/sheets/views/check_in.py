"""Let the statuses of entries follow the check-in."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext
from flask_login import current_user

from accounts import guard
from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, get_event
from core import clock
from core.database import db
from scoring.sheets import check_in
from scoring.sheets.views.base import blueprint, refuse_late


@blueprint.post("/check-in")
@requires("entry.status", event_place)
def follow_check_in(event_id: int) -> ResponseReturnValue:
    """Record as absent whom the check-in has marked absent, and as valid again who came after all."""
    event = get_event(db.session, event_id)
    refuse_late(event)
    count = check_in.follow(
        db.session, event, operation_id=clock.new_ref(), actor_id=current_user.id, now=clock.now()
    )
    desk = guard.may("entry.check_in", event_path(db.session, event))
    db.session.commit()
    flash(
        ngettext(
            "%(num)d entry counts as the check-in says now.",
            "%(num)d entries count as the check-in says now.",
            count,
        ),
        "success",
    )
    return redirect(url_for("entries.show_check_in" if desk else ".show_progress", event_id=event_id))

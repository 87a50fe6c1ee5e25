"""The chief judge's page of what waits, and the two decisions."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.sheets.queries import find_sheet
from scoring.tablet.quarantine import pages, services
from scoring.tablet.quarantine.forms import DecisionForm
from scoring.tablet.quarantine.queries import list_places
from scoring.tablet.quarantine.services import Ruling

blueprint = Blueprint("quarantine", __name__, url_prefix="/events/<int:event_id>/progress/quarantine")


@blueprint.get("")
@requires("quarantine.decide", event_place)
def show_held(event_id: int) -> ResponseReturnValue:
    """Show what came from withdrawn devices, cards and judges, and waits."""
    return _page(event_id)


@blueprint.post("/<ref>/take")
@requires("quarantine.decide", event_place)
def take(event_id: int, ref: str) -> ResponseReturnValue:
    """Take over what waits for one sheet, as its judge's."""
    return _decide(event_id, ref, services.take_over, _("Taken over as the marks of %(judge)s for %(code)s."))


@blueprint.post("/<ref>/dismiss")
@requires("quarantine.decide", event_place)
def dismiss(event_id: int, ref: str) -> ResponseReturnValue:
    """Let what waits for one sheet not count."""
    return _decide(event_id, ref, services.dismiss, _("Dismissed: %(judge)s, %(code)s. It stays on record."))


def _decide(event_id: int, ref: str, act: Any, done: str) -> ResponseReturnValue:
    event, sheet = get_event(db.session, event_id), find_sheet(db.session, ref)
    if sheet is None or sheet.event_id != event_id:
        abort(404)
    place, form = list_places(db.session, [sheet.id])[sheet.id], DecisionForm(ref)
    if not form.validate_on_submit():
        return _page(event_id, ref, form), 422
    said = form.reason.data or ""
    ruling = Ruling(form.seen, form.seen_version, said, int(current_user.id), clock.now())
    try:
        act(db.session, event, place, ruling)
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, ref, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(done % {"judge": place.judge, "code": place.entry}, "success")
    return redirect(url_for(".show_held", event_id=event_id))


def _page(event_id: int, ref: str = "", form: DecisionForm | None = None, others: Any = ()) -> str:
    event = get_event(db.session, event_id)
    page = pages.quarantine_page(db.session, event)
    asked = [
        (group, form if form and group["ref"] == ref else DecisionForm(group["ref"], formdata=None))
        for group in page["groups"]
    ]
    for group, one in asked:  # what is shown now is what the next decision is about
        one.version.data, one.shown.data = str(group["version"]), group["shown"]
    values = {"asked": asked, "decided": page["decided"], "others": {ref: list(others)} if ref else {}}
    return render_template("quarantine/list.html", event=event, **values)

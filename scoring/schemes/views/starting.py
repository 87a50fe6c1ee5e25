"""Start from a scheme of the library, or from another event's."""

from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import held_grants, may, requires
from accounts.policy import scopes_of
from competitions.events.places import event_place
from competitions.fields import show_refusals, tidy
from core.database import db
from core.refusals import Refused
from scoring.schemes import offers, queries, rules
from scoring.schemes.forms import StartForm
from scoring.schemes.views.base import blueprint, event_of, save


@blueprint.get("/start")
@requires("scheme.edit", event_place)
def start(event_id: int) -> ResponseReturnValue:
    """Show what a scheme can be started from."""
    return _page(event_of(event_id), start_form(event_id))


@blueprint.post("/start")
@requires("scheme.edit", event_place)
def take_over(event_id: int) -> ResponseReturnValue:
    """Make a scheme of the library, or another event's, the next version."""
    event, form = event_of(event_id), StartForm()
    document = _document(form.source.data or "")
    if document is None:
        return _page(event, form, [_("This is not offered here. Choose from the list.")]), 422
    if not form.validate_on_submit():
        return _page(event, form), 422
    try:
        save(event, document, form.reason.data or "", form.base_number())
    except Refused as refused:
        db.session.rollback()
        return _page(event_of(event_id), form, show_refusals(form, refused)), 422
    return redirect(url_for(".show_scheme", event_id=event_id))


def start_form(event_id: int) -> StartForm:
    """Return an empty form that knows which version it starts from."""
    current = queries.find_current(db.session, event_id)
    return StartForm(formdata=None, base=str(current.number if current else 0))


def _document(source: str) -> Any | None:
    kind, _colon, name = source.partition(":")
    if kind == "library":
        return offers.LIBRARY.find_document(name)
    if kind != "event" or not name.isascii() or not name.isdecimal() or len(name) > 9:
        return None
    place = event_place(int(name))
    if place is None or not may("scheme.view", place.path):
        return None
    version = queries.find_current(db.session, int(name))
    return None if version is None else version.document


def _page(event: Any, form: StartForm, others: Any = ()) -> str:
    wanted = tidy(request.args.get("text"))
    scopes = scopes_of(held_grants(), "scheme.view")
    return render_template(
        "schemes/start.html", event=event, form=form, others=list(others), offers=offers.LIBRARY,
        wanted=wanted, sources=queries.list_sources(db.session, scopes, wanted, event.id),
        most=queries.SOURCES_SHOWN,
        needs_reason=form.base.data not in (None, "", "0") and rules.needs_reason(event.state),
        changeable=event.state in rules.CHANGEABLE_STATES,
    )  # fmt: skip

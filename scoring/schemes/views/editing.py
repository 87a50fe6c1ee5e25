"""The editor: a table in the browser, the JSON itself where there is no script; checked while one types."""

import json
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core.database import db
from core.refusals import Refusal, Refused, words
from core.web import audit_exempt
from scoring.schemes import documents, offers, pages, queries, rules
from scoring.schemes.documents import Read
from scoring.schemes.forms import DocumentForm
from scoring.schemes.sums import sums_of
from scoring.schemes.views.base import blueprint, event_of, save
from scoring.schemes.wording import editor

audit_exempt.add("schemes.check")


@blueprint.get("/edit")
@requires("scheme.edit", event_place)
def edit(event_id: int) -> ResponseReturnValue:
    """Show the editor with the current version, with an older one to go on from, or with an empty scheme."""
    current = queries.find_current(db.session, event_id)
    older = request.args.get("version", type=int)
    source = current if older is None else queries.find_version(db.session, event_id, older) or abort(404)
    document = source.document if source else offers.empty_document()
    form = DocumentForm(document=as_text(document), base=str(current.number if current else 0))
    return _page(event_of(event_id), form)


@blueprint.post("/edit")
@requires("scheme.edit", event_place)
def change(event_id: int) -> ResponseReturnValue:
    """Keep what was edited as the next version; a draft may still have findings."""
    event, form = event_of(event_id), DocumentForm()
    if not form.validate_on_submit():
        return _page(event, form), 422
    read = documents.read_text(form.document.data or "")
    if not documents.is_storable(read):
        form.document.errors = [_("The text cannot be kept as it stands; what is wrong is listed here.")]
        return _page(event, form, read), 422
    try:
        save(event, read.document, form.reason.data or "", form.base_number())
    except Refused as refused:
        db.session.rollback()
        return _refused(event_of(event_id), form, read, refused)
    return redirect(url_for(".show_scheme", event_id=event_id))


@blueprint.post("/check")
@requires("scheme.edit", event_place)
def check(event_id: int) -> ResponseReturnValue:
    """Answer what is wrong with a scheme that is being edited, and what its parts add up to."""
    db.session.rollback()  # judging a text must not keep the writer waiting
    read = documents.read_text(request.get_data(as_text=True))
    found = pages.said(read)
    return {
        "findings": found,
        "errors": pages.errors_in(found),
        "sums": [item.as_json() for item in sums_of(read.document)],
    }


def as_text(document: Any) -> str:
    """Return a document as people read and edit it."""
    return json.dumps(document, ensure_ascii=False, indent=2)


def _refused(event: Any, form: DocumentForm, read: Read, refused: Refused) -> ResponseReturnValue:
    """Show the form again; who saves over somebody else's version has seen it then."""
    others = show_refusals(form, refused)
    if refused.refusals[0].code == "SCHEME_CHANGED":
        form.base.data = str(refused.refusals[0].params["number"])
        return _page(event, form, read, others, newer=form.base.data), 409
    return _page(event, form, read, others), 422


def _page(
    event: Any, form: DocumentForm, read: Read | None = None, others: Any = (), newer: str | None = None
) -> str:
    read = read or documents.read_text(form.document.data or "")
    others = [*others, words(Refusal("SCHEME_LONG"))] if read.too_long else list(others)
    return render_template(
        "schemes/edit.html", event=event, form=form, others=others, newer=newer, findings=pages.said(read),
        needs_reason=form.base.data not in (None, "", "0") and rules.needs_reason(event.state),
        changeable=event.state in rules.CHANGEABLE_STATES, **editor.words(),
    )  # fmt: skip

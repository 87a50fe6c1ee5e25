"""Which template an event's certificates are printed with, and how it lies on the paper."""

from collections.abc import Sequence

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from wtforms.fields import SelectChoice

from accounts.guard import may, requires
from competitions.events.places import event_place
from competitions.events.queries import event_path, get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from core.web import let_caches_keep
from reports.certificates import layout, preview
from reports.certificates.designs import queries, services
from reports.certificates.designs.alignment import draw_alignment
from reports.certificates.designs.forms import ChoiceForm
from reports.certificates.designs.offers import offers
from reports.certificates.designs.printing import printing_of, usual_choice
from reports.certificates.designs.views.base import blueprint, box_names, pdf, place_names, sample

EVENT = "/events/<int:event_id>/certificates/design"


@blueprint.get(EVENT + "/")
@requires("certificate.view", event_place)
def show_choice(event_id: int) -> ResponseReturnValue:
    """Show the templates, and what the event prints with."""
    found = queries.find_choice(db.session, event_id) or usual_choice(event_id)
    given = {
        "template": found.template, "seals": "drawn" if found.seals else "room", "stock": found.stock,
        "right": found.right / 10, "down": found.down / 10,
    }  # fmt: skip
    return _page(event_id, _form(event_id, **given))


@blueprint.post(EVENT + "/")
@requires("certificate.issue", event_place)
def choose(event_id: int) -> ResponseReturnValue:
    """Keep what the event prints with."""
    event, form = get_event(db.session, event_id), _form(event_id)
    if not form.validate_on_submit():
        return _page(event_id, form), 422
    try:
        services.choose(db.session, event, form.values(), actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The certificates of this event are printed so from now on."), "success")
    return redirect(url_for("certificates.list_certificates", event_id=event_id))


@blueprint.get(EVENT + "/sample.pdf")
@requires("certificate.view", event_place)
def open_sample(event_id: int) -> ResponseReturnValue:
    """Return an invented certificate as it would be printed."""
    event = get_event(db.session, event_id)
    found = printing_of(db.session, event, request.args.get("template"))
    text = sample(event.competition, event, request.args.get("kind", "person"))
    seals = found.seals or "seals" in request.args
    made = layout.draw([text], found.template, seals=seals, pictures=found.pictures)
    return pdf(made, "sample.pdf")


@blueprint.get(EVENT + "/alignment.pdf")
@requires("certificate.view", event_place)
def open_alignment(event_id: int) -> ResponseReturnValue:
    """Return the test page for pre-printed paper."""
    found = printing_of(db.session, get_event(db.session, event_id))
    told = _("Print at full size, lay the sheet over the pre-printed paper, and enter how far it is off.")
    return pdf(draw_alignment(found.template, told, box_names(), place_names()), "alignment.pdf")


@blueprint.get(EVENT + "/<key>.svg")
@requires("certificate.view", event_place)
def open_picture(event_id: int, key: str) -> ResponseReturnValue:
    """Return what a template looks like with the names of the event."""
    event = get_event(db.session, event_id)
    if key not in dict(offers(event.competition)):
        abort(404)
    found = printing_of(db.session, event, key)
    drawn, _refused = preview.render(
        found.whole, sample(event.competition, event), seals=found.seals, pictures=found.pictures, label=key
    )
    let_caches_keep(shared=False)
    response = Response(str(drawn), mimetype="image/svg+xml")
    response.add_etag()
    return response.make_conditional(request)


def _form(event_id: int, **given: object) -> ChoiceForm:
    form = ChoiceForm(data=given) if given else ChoiceForm()
    found = offers(get_event(db.session, event_id).competition)
    form.template.choices = [SelectChoice(key, name) for key, name in found]
    return form


def _page(event_id: int, form: ChoiceForm, others: Sequence[str] = ()) -> str:
    event = get_event(db.session, event_id)
    return render_template(
        "certificates/designs/choose.html", event=event, form=form, others=list(others),
        may_choose=may("certificate.issue", event_path(db.session, event)),
        may_design=may("certificate.design", event_path(db.session, event)),
    )  # fmt: skip

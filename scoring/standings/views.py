"""The pages of standings: choose a method, preview, save, publish, take the package along."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import competition_place
from competitions.events.queries import get_competition
from competitions.fields import show_refusals, version_said
from core import canonical, clock
from core.database import db
from core.once.door import once
from core.refusals import Refused
from scoring.recount import zip_package
from scoring.rules.parse_standing import read_method_text
from scoring.standings import offers, pages, queries, rules, services
from scoring.standings.forms import OrderForm, PublishForm, StandingForm

blueprint = Blueprint("standings", __name__, url_prefix="/competitions/<int:competition_id>/standings")


@blueprint.get("/new")
@requires("standing.edit", competition_place)
def choose_method(competition_id: int) -> ResponseReturnValue:
    """Offer the methods of public rule books; with one chosen, show what it gives before it is saved."""
    competition = get_competition(db.session, competition_id)
    document = offers.LIBRARY.find_document(request.args.get("method", ""))
    if document is None:
        return render_template("standings/choose.html", competition=competition, offers=offers.LIBRARY)
    return _editor(competition_id, _form(competition_id, document, []), document)


@blueprint.post("/new")
@requires("standing.edit", competition_place)
@once("events.show_competition")
def add_standing(competition_id: int) -> ResponseReturnValue:
    """Save a new standing, or say everything that is wrong with its method."""
    form = _form(competition_id)
    document, findings = _read(form)
    if document is None:
        return _editor(competition_id, form, None, findings), 422
    standing = services.add_standing(
        db.session, get_competition(db.session, competition_id), document, form.chosen_events(),
        actor_id=current_user.id, now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    flash(_("The standing is saved. It is not public before you publish it."), "success")
    return _to(standing)


@blueprint.get("/<int:standing_id>/")
@requires("standing.view", competition_place)
def show_standing(competition_id: int, standing_id: int) -> ResponseReturnValue:
    """Show a standing: what is published, and what the results give now."""
    return _shown(_standing(competition_id, standing_id), PublishForm())


@blueprint.get("/<int:standing_id>/edit")
@requires("standing.edit", competition_place)
def edit_standing(competition_id: int, standing_id: int) -> ResponseReturnValue:
    """Show the form of a standing with what its method gives now."""
    standing = _standing(competition_id, standing_id)
    form = _form(competition_id, standing.document, standing.event_ids, str(standing.version))
    return _editor(competition_id, form, standing.document, standing=standing)


@blueprint.post("/<int:standing_id>/edit")
@requires("standing.edit", competition_place)
def change_standing(competition_id: int, standing_id: int) -> ResponseReturnValue:
    """Save a changed standing."""
    standing, form = _standing(competition_id, standing_id), _form(competition_id)
    document, findings = _read(form)
    if document is None:
        return _editor(competition_id, form, None, findings, standing=standing), 422
    try:
        services.change_standing(
            db.session, standing, document, form.chosen_events(), version=version_said(form.version.data),
            actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return _editor(competition_id, form, document, standing=standing, others=others), 409
    db.session.commit()
    flash(_("The standing is saved."), "success")
    return _to(standing)


@blueprint.post("/<int:standing_id>/order")
@requires("standing.edit", competition_place)
def decide_order(competition_id: int, standing_id: int) -> ResponseReturnValue:
    """Decide in writing between groups that nothing else separates."""
    standing = _standing(competition_id, standing_id)
    form = OrderForm(pages.tied_groups(services.compute_of(db.session, standing)))
    if not form.validate_on_submit():
        return _shown(standing, PublishForm(formdata=None), order=form), 422
    try:
        services.decide_order(
            db.session, standing, form.chosen(), form.reason.data or "",
            version=version_said(form.version.data), actor_id=current_user.id, now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return _shown(standing, PublishForm(formdata=None), others, order=form), 422
    db.session.commit()
    flash(_("The order of the tied groups is decided."), "success")
    return _to(standing)


@blueprint.post("/<int:standing_id>/publish")
@requires("standing.edit", competition_place)
def publish(competition_id: int, standing_id: int) -> ResponseReturnValue:
    """Publish what the method gives now."""
    standing, form = _standing(competition_id, standing_id), PublishForm()
    if not form.validate_on_submit():
        return _shown(standing, form), 422
    try:
        version = services.publish(
            db.session, standing, reason=form.reason.data or "", actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _shown(standing, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("Version %(number)s of the standing is published.", number=version.number), "success")
    return _to(standing)


@blueprint.post("/<int:standing_id>/remove")
@requires("standing.edit", competition_place)
def remove(competition_id: int, standing_id: int) -> ResponseReturnValue:
    """Remove a standing that was never published."""
    standing = _standing(competition_id, standing_id)
    try:
        services.remove_standing(db.session, standing, actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        form = PublishForm()
        return _shown(standing, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The standing is removed."), "success")
    return redirect(url_for("events.show_competition", competition_id=competition_id))


@blueprint.get("/<int:standing_id>/versions/<int:number>.zip")
@requires("standing.view", competition_place)
def download_package(competition_id: int, standing_id: int, number: int) -> ResponseReturnValue:
    """Give the package with which anybody counts a published standing again."""
    version = queries.find_version(db.session, competition_id, standing_id, number)
    if version is None:
        abort(404)
    response = Response(zip_package(rules.package(version.document)), mimetype="application/zip")
    name = f"standing-{standing_id}-{number}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _standing(competition_id: int, standing_id: int) -> Any:
    standing = queries.find_standing(db.session, competition_id, standing_id)
    return abort(404) if standing is None else standing


def _form(competition_id: int, document: Any = None, event_ids: Any = (), version: str = "0") -> StandingForm:
    choices = pages.event_choices(queries.list_events(db.session, competition_id))
    if document is None:
        return StandingForm(choices)
    ticked = list(event_ids) or [choice.value for choice in choices]
    return StandingForm(
        choices, version=version, title=document["title"], of=document.get("of", "unit"), event_ids=ticked,
        document=pages.as_text(document),
    )  # fmt: skip


def _read(form: StandingForm) -> tuple[dict[str, Any] | None, Any]:
    """Return the method that the form states, or None with the findings about it."""
    if not form.validate_on_submit():
        return None, ()
    document, method, findings = read_method_text(form.document.data or "")
    if method is None or not isinstance(document, dict):
        form.document.errors = [_("Nothing was saved; everything that has to be mended is listed here.")]
        return None, findings
    return canonical.loads(canonical.dumps(document | {"title": form.title.data, "of": form.of.data})), ()


def _shown(standing: Any, form: Any, others: Any = (), order: Any = None) -> str:
    page = pages.show_page(db.session, standing)
    order = order or OrderForm(page["tied"], formdata=None, version=str(standing.version))
    return render_template("standings/show.html", form=form, others=list(others), order=order, **page)


def _editor(
    competition_id: int, form: Any, document: Any, findings: Any = (), standing: Any = None, others: Any = ()
) -> str:
    page = pages.form_page(
        db.session, get_competition(db.session, competition_id), form, document, findings
    )
    return render_template("standings/edit.html", standing=standing, others=list(others), **page)


def _to(standing: Any) -> ResponseReturnValue:
    place = {"competition_id": standing.competition_id, "standing_id": standing.id}
    return redirect(url_for(".show_standing", **place))

"""The pages of templates: choose one, say what it is called, and the contest stands."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from accounts.queries import find_user_by_id
from competitions.events import checks, offers
from competitions.events.rules import YEARS_AHEAD, CompetitionValues
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.starting import services
from scoring.starting.forms import StartForm
from scoring.starting.offers import TEMPLATES, Template
from scoring.starting.services import Wanted

blueprint = Blueprint("starting", __name__, url_prefix="/competitions/start")


@blueprint.get("/")
@requires("competition.create")
def choose() -> ResponseReturnValue:
    """Offer a template for each kind of activity."""
    return render_template("starting/choose.html", templates=TEMPLATES.values())


@blueprint.get("/<key>")
@requires("competition.create")
def ask(key: str) -> ResponseReturnValue:
    """Ask what the contest is called and where it belongs."""
    template = _template(key)
    year = clock.today().year
    proposed = {
        "year": year, "event": str(template.event), "role": str(template.role),
        "titles": [str(title) for title in template.periods], "checks": True,
    }  # fmt: skip
    form = StartForm(template, offers.for_competition(), year + YEARS_AHEAD, formdata=None, data=proposed)
    return _page(template, form)


@blueprint.post("/<key>")
@requires("competition.create")
def start(key: str) -> ResponseReturnValue:
    """Set the contest up."""
    template = _template(key)
    form = StartForm(template, offers.for_competition(), clock.today().year + YEARS_AHEAD)
    if not form.validate_on_submit():
        return _page(template, form), 422
    user = find_user_by_id(db.session, current_user.id) or abort(403)
    try:
        event = services.start(db.session, template, _wanted(form), user, now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _page(template, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” stands, with its event and its scheme.", name=event.competition.name), "success")
    return redirect(url_for("events.show_event", event_id=event.id))


def _template(key: str) -> Template:
    return TEMPLATES.get(key) or abort(404)


def _wanted(form: StartForm) -> Wanted:
    said: dict[str, Any] = {one.name: one.data for one in form}
    competition = CompetitionValues(
        name=said["name"], year=said["year"], kind_id=0, level_id=said["level_id"],
        union_id=said["union_id"], industry_ids=tuple(said["industry_ids"]),
    )  # fmt: skip
    return Wanted(
        competition, said["event"],
        trade=checks.get_trade(db.session, said["trade"]) if said.get("trade") else None,
        role=said.get("role") or "", periods=tuple(said.get("titles") or ()),
        way=said.get("way") or "mean", checks=bool(said.get("checks")),
    )  # fmt: skip


def _page(template: Template, form: Any, others: Any = ()) -> str:
    return render_template("starting/form.html", template=template, form=form, others=list(others))

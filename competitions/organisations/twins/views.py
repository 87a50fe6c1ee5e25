"""Pages of units that may be registered twice."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.organisations import labels, offers
from competitions.organisations.queries import get_unit
from competitions.organisations.twins import merging, queries
from competitions.organisations.twins.forms import MergeForm
from competitions.organisations.twins.places import merge_place, units_place
from competitions.organisations.views.base import MANAGE, now_by
from core.database import db
from core.refusals import Refused, words

PAIR = "/units/<int:unit_id>/twin/<int:other_id>"
blueprint = Blueprint("twins", __name__, url_prefix="/organisations")


@blueprint.get("/units/twins")
@requires(MANAGE)
def list_twins() -> ResponseReturnValue:
    """Show pairs of units that may be one."""
    pairs = queries.list_twins(db.session, offers.scopes(MANAGE))
    return render_template("twins/list.html", pairs=pairs)


@blueprint.get(PAIR)
@requires(MANAGE, units_place)
def compare_units(unit_id: int, other_id: int) -> ResponseReturnValue:
    """Show two units side by side: the first would be kept."""
    return _pair_page(unit_id, other_id, MergeForm(formdata=None))


@blueprint.post(PAIR)
@requires(MANAGE, units_place)
def merge_units(unit_id: int, other_id: int) -> ResponseReturnValue:
    """Make two units one; the first is kept."""
    form = MergeForm()
    if not form.validate_on_submit():
        return _pair_page(unit_id, other_id, form), 422
    try:
        merging.merge_units(db.session, unit_id, other_id, form.reason.data or "", **now_by())
    except Refused as refused:
        db.session.rollback()
        return _pair_page(unit_id, other_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The two units are one now."), "success")
    return redirect(url_for("organisations.show_unit", unit_id=unit_id))


@blueprint.post(PAIR + "/apart")
@requires(MANAGE, units_place)
def keep_apart(unit_id: int, other_id: int) -> ResponseReturnValue:
    """Say that two alike units are two."""
    merging.keep_apart(db.session, unit_id, other_id, **now_by())
    db.session.commit()
    flash(_("They are two units and will not be suggested again."), "success")
    return redirect(url_for(".list_twins"))


@blueprint.post("/unit-merges/<int:merge_id>/undo")
@requires(MANAGE, merge_place)
def undo_merge(merge_id: int) -> ResponseReturnValue:
    """Part two units again."""
    again = merging.undo_merge(db.session, merge_id, **now_by())
    db.session.commit()
    flash(_("The merge was undone: this is the other unit again."), "success")
    return redirect(url_for("organisations.show_unit", unit_id=again.id))


def _pair_page(unit_id: int, other_id: int, form: MergeForm, others: Any = ()) -> str:
    units = [get_unit(db.session, number) for number in (unit_id, other_id)]
    obstacles = [] if unit_id == other_id else merging.obstacles(db.session, *units)
    return render_template(
        "twins/pair.html", units=units, form=form, others=list(others), labels=labels,
        obstacles=[words(refusal) for refusal in obstacles],
    )  # fmt: skip

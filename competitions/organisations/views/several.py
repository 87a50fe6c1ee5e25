"""Adding many units at once from lines that were pasted."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.organisations import offers, several
from competitions.organisations.forms import SeveralForm
from competitions.organisations.views.base import MANAGE, blueprint, now_by
from core.database import db
from core.refusals import Refusal, Refused, words


@blueprint.get("/units/several")
@requires(MANAGE)
def new_units() -> ResponseReturnValue:
    """Show the form for many units."""
    return _page(SeveralForm(offers.unions(), top=offers.at_the_top(), union_id=request.args.get("union")))


@blueprint.post("/units/several")
@requires(MANAGE)
def create_units() -> ResponseReturnValue:
    """Add all units that were pasted, or none."""
    form = SeveralForm(offers.unions(), top=offers.at_the_top())
    if not form.validate_on_submit():
        return _page(form), 422
    try:
        lines = several.lines_of(form.lines.data or "")
        count = several.create_units(db.session, lines, form.union_id.data, **now_by())
    except Refused as refused:
        db.session.rollback()
        return _page(form, [_said(refusal) for refusal in refused.refusals]), 422
    db.session.commit()
    flash(ngettext("%(num)d unit has been added.", "%(num)d units have been added.", count), "success")
    return redirect(url_for(".list_units"))


def _said(refusal: Refusal) -> str:
    if not refusal.where.isdigit():
        return words(refusal)
    return _("Line %(number)s: %(why)s", number=refusal.where, why=words(refusal))


def _page(form: SeveralForm, others: list[str] | None = None) -> str:
    return render_template("organisations/several.html", form=form, others=others or [])

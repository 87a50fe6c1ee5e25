"""Pages of periods: the list, a new one, the unions of one with the state of their returns."""

from collections import Counter

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import guard
from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.organisations import offers
from competitions.organisations.queries import get_union
from competitions.returns import labels, queries, services
from competitions.returns.forms import PeriodForm
from competitions.returns.places import OPEN, VIEW, period_place, scopes
from competitions.returns.views.base import blueprint, find_period, now_by
from core import clock
from core.database import db
from core.refusals import Refused


@blueprint.get("/")
@requires(VIEW)
def list_periods() -> ResponseReturnValue:
    """Show the periods for which the own unions are asked."""
    periods = queries.list_periods(db.session, scopes())
    return render_template("returns/periods.html", periods=periods, may_open=guard.may(OPEN))


@blueprint.get("/new")
@requires(OPEN)
def new_period() -> ResponseReturnValue:
    """Show the form that opens a period."""
    return _form_page(PeriodForm(formdata=None))


@blueprint.post("/")
@requires(OPEN)
def open_period() -> ResponseReturnValue:
    """Open a period."""
    form = PeriodForm()
    form.union_id.offer(offers.unions(OPEN))
    if not form.validate_on_submit():
        return _form_page(form), 422
    union = get_union(db.session, form.union_id.data)
    try:
        period = services.open_period(db.session, union, form.values(), ref=clock.new_ref(), **now_by())
    except Refused as refused:
        db.session.rollback()
        return _form_page(form, show_refusals(form, refused)), 422
    ref = period.ref
    db.session.commit()
    flash(_("The period is open. Every union below can fill in its return now."), "success")
    return redirect(url_for(".show_period", ref=ref))


@blueprint.get("/<ref>")
@requires(VIEW, period_place)
def show_period(ref: str) -> ResponseReturnValue:
    """Show the unions of a period with the state of their returns."""
    period = find_period(ref)
    rows = queries.list_standing(db.session, period, scopes())
    counts = Counter(row.given.state if row.given else None for row in rows)
    return render_template(
        "returns/period.html", period=period, rows=rows, labels=labels, counts=counts
    )


def _form_page(form: PeriodForm, others: list[str] | None = None) -> str:
    form.union_id.offer(offers.unions(OPEN))
    return render_template("returns/period_form.html", form=form, others=others or [])

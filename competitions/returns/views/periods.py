"""Pages of periods: the list, a new one, the unions of one with the state of their returns."""

from collections import Counter
from typing import Any

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
from competitions.returns.places import OPEN, VIEW, opening_place, period_place, scopes
from competitions.returns.rules import is_overdue
from competitions.returns.views.base import blueprint, find_period, now_by
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refused, refuse


@blueprint.get("/")
@requires(VIEW)
def list_periods() -> ResponseReturnValue:
    """Show the periods for which the own unions are asked."""
    seen, today = scopes(), clock.today()
    overview = queries.list_overview(db.session, queries.list_periods(db.session, seen), seen)
    late = {
        (one.period.id, union.id)
        for one in overview if one.period.withdrawn_at is None
        for union, state in one.own if is_overdue(state, one.period.due_on, today)
    }  # fmt: skip
    return render_template(
        "returns/periods.html", overview=overview, late=late, labels=labels, may_open=guard.may(OPEN)
    )


@blueprint.get("/new")
@requires(OPEN)
def new_period() -> ResponseReturnValue:
    """Show the form that opens a period."""
    return _form_page(PeriodForm(formdata=None))


@blueprint.post("/")
@requires(OPEN)
@once(".list_periods")
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


@blueprint.get("/<ref>/edit")
@requires(OPEN, opening_place)
def edit_period(ref: str) -> ResponseReturnValue:
    """Show the form that corrects what is asked for, while nothing was submitted."""
    period = find_period(ref)
    if period.withdrawn_at is not None:
        raise refuse("PERIOD_WITHDRAWN")
    if queries.has_steps(db.session, period):
        raise refuse("PERIOD_BEGUN")
    return _form_page(PeriodForm(formdata=None, obj=period), period=period)


@blueprint.post("/<ref>")
@requires(OPEN, opening_place)
def change_period(ref: str) -> ResponseReturnValue:
    """Correct what is asked for."""
    period, form = find_period(ref), PeriodForm()
    del form.union_id
    if not form.validate_on_submit():
        return _form_page(form, period=period), 422
    try:
        services.change_period(db.session, period, form.values(), **now_by())
    except Refused as refused:
        db.session.rollback()
        return _form_page(form, show_refusals(form, refused), find_period(ref)), 422
    db.session.commit()
    flash(_("What is asked for is changed."), "success")
    return redirect(url_for(".show_period", ref=ref))


@blueprint.post("/<ref>/withdraw")
@requires(OPEN, opening_place)
def withdraw_period(ref: str) -> ResponseReturnValue:
    """Ask for the returns no longer."""
    services.withdraw_period(db.session, find_period(ref), **now_by())
    db.session.commit()
    flash(_("The returns are not asked for any longer."), "success")
    return redirect(url_for(".list_periods"))


@blueprint.get("/<ref>")
@requires(VIEW, period_place)
def show_period(ref: str) -> ResponseReturnValue:
    """Show the unions of a period with the state of their returns."""
    period = find_period(ref)
    rows = queries.list_standing(db.session, period, scopes())
    states = {row.union.id: row.given.state if row.given else None for row in rows}
    today, place = clock.today(), opening_place(ref)
    late = {one for one, state in states.items() if is_overdue(state, period.due_on, today)}
    may_open = bool(place and guard.may(OPEN, place.path))
    return render_template(
        "returns/period.html", period=period, rows=rows, labels=labels, counts=Counter(states.values()),
        late=late if period.withdrawn_at is None else set(),
        may_change=may_open and period.withdrawn_at is None and not queries.has_steps(db.session, period),
    )  # fmt: skip


def _form_page(form: PeriodForm, others: list[str] | None = None, period: Any = None) -> str:
    if period is not None:
        del form.union_id
    else:
        form.union_id.offer(offers.unions(OPEN))
    return render_template("returns/period_form.html", form=form, others=others or [], period=period)

"""Pages of one return: as it stands, its form, and its submission."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import abort, flash, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.fields import show_refusals
from competitions.indicators import labels as words
from competitions.indicators.dictionary import by_key
from competitions.organisations.queries import get_union
from competitions.returns import checking, labels, queries, rows, services, taking
from competitions.returns.figures import ADDITIVE, changes, from_json
from competitions.returns.forms import ReturnForm
from competitions.returns.places import FILL, VIEW, return_place
from competitions.returns.rules import OPEN, Around, Figure, are_whole_years, completed
from competitions.returns.services import Filled
from competitions.returns.views.base import (
    ONE,
    address,
    blueprint,
    find_begun,
    find_period,
    lines,
    now_by,
    return_page,
    seen_version,
    told_at,
)
from core.database import db
from core.refusals import Refusal, Refused, refuse
from core.refusals import words as sentence
from core.web import audit_exempt

audit_exempt.add("returns.take_over")  # it keeps nothing


@blueprint.get(ONE)
@requires(VIEW, return_place)
def show_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Show the return of a union."""
    return return_page(find_period(ref), union_id)


@blueprint.get(ONE + "/edit")
@requires(FILL, return_place)
def edit_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Show the form of a return; with `take` in the address, empty figures take what stands beside."""
    period, given = _fillable(ref, union_id)
    form = ReturnForm(formdata=None, obj=given, data=None if given else {"version": "0"})
    typed = rows.shown(from_json(given.figures) if given else {})
    source = request.args.get("take", "")
    if source not in taking.SOURCES:
        return form_page(period, union_id, form, typed)
    return _taken_page(period, union_id, form, typed, source)


@blueprint.post(ONE + "/taken")
@requires(FILL, return_place)
def take_over(ref: str, union_id: int) -> ResponseReturnValue:
    """Show the form as it was typed, with what stands beside it in the empty figures; nothing is saved."""
    period, _given = _fillable(ref, union_id)
    source = request.form.get("take", "")
    if source not in taking.SOURCES:
        abort(400)
    return _taken_page(period, union_id, ReturnForm(), rows.typed(request.form), source)


@blueprint.get(ONE + "/taken")
@blueprint.get(ONE + "/form")
@requires(FILL, return_place)
def lead_to_form(ref: str, union_id: int) -> ResponseReturnValue:
    """Lead whoever asks again for the answer of a form, as to read it in the other language, to the form."""
    return redirect(address("edit_return", find_period(ref), union_id))


def _fillable(ref: str, union_id: int) -> tuple[Any, Any]:
    """Return a period and the return of a union, None before it is begun.

    Raises: Refused RETURN_CLOSED, PERIOD_WITHDRAWN.
    """
    period = find_period(ref)
    given = queries.find_return(db.session, period, union_id)
    if given is not None and given.state not in OPEN:
        raise refuse("RETURN_CLOSED")
    if period.withdrawn_at is not None:
        raise refuse("PERIOD_WITHDRAWN")
    return period, given


def _taken_page(
    period: Any, union_id: int, form: ReturnForm, typed: Mapping[str, rows.Row], source: str
) -> str:
    around = checking.around(db.session, period, union_id)
    figures, unread = rows.read(typed)
    taken = taking.taken_over(figures, around, source, {one.where for one in unread})
    shown = rows.shown(taken)
    filled = {key: shown[key] if key in taken else row for key, row in typed.items()}
    return form_page(period, union_id, form, filled, unread, taken=len(taken), around=around)


@blueprint.post(ONE)
@requires(FILL, return_place)
def save_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Keep what was filled in; what cannot be true together is told on the page of the return."""
    period, form = find_period(ref), ReturnForm()
    typed = rows.typed(request.form)
    figures, unread = rows.read(typed)
    wrong = checking.refused_at_once(figures, unread, checking.around(db.session, period, union_id))
    if not form.validate_on_submit() or wrong:
        return form_page(period, union_id, form, typed, wrong), 422
    filled = Filled(figures, form.head.data or "", form.filler.data or "")
    try:
        given = services.save_return(db.session, period, union_id, filled, form.said_version(), **now_by())
    except Refused as refused:
        db.session.rollback()
        others = show_refusals(form, refused)
        return form_page(find_period(ref), union_id, form, typed, others=others), 409
    onward = address("show_return", period, union_id)
    left = len(checking.wrong(given, checking.around(db.session, period, union_id)))
    db.session.commit()
    _say_saved(left)
    return redirect(onward)


def _say_saved(left: int) -> None:
    if left:
        told = ngettext(
            "Saved, but one thing is to be corrected before the return is submitted.",
            "Saved, but %(num)s things are to be corrected before the return is submitted.", left,
        )  # fmt: skip
        flash(told, "warning")
    else:
        flash(_("Saved. Check the return and submit it."), "success")


@blueprint.post(ONE + "/submit")
@requires(FILL, return_place)
def submit_return(ref: str, union_id: int) -> ResponseReturnValue:
    """Send a return to the union above."""
    period, given = find_begun(ref, union_id)
    onward = address("show_return", period, union_id)
    try:
        services.submit(db.session, period, given, version=seen_version(), **now_by())
    except Refused as refused:
        db.session.rollback()
        told = [sentence(one) for one in refused.refusals if one.code not in ("STAT_LOGIC", "RETURN_HEAD")]
        return return_page(find_period(ref), union_id, others=told), 422
    db.session.commit()
    flash(_("The return is submitted."), "success")
    return redirect(onward)


def form_page(
    period: Any, union_id: int, form: ReturnForm, typed: Mapping[str, rows.Row],
    wrong: Sequence[Refusal] = (), others: Sequence[str] = (),
    brought: tuple[str, Mapping[str, Figure]] | None = None, taken: int | None = None,
    around: Around | None = None,
) -> str:  # fmt: skip
    """Return the form with what was typed, or `brought`: the name of a file and the figures in it."""
    around = around or checking.around(db.session, period, union_id)
    errors: dict[str, list[str]] = {}
    for refusal in wrong:
        errors.setdefault(refusal.where, []).append(sentence(refusal))
    standing, unread = rows.read(typed)
    links = [told_at(one, "") for one in wrong]
    return render_template(
        "returns/form.html", period=period, union=get_union(db.session, union_id), form=form, typed=typed,
        lines=lines({}, around), around=around, errors=errors, words=words, labels=labels,
        others=[*others, *links], taken=taken,
        offers=taking.counts(standing, around, {one.where for one in unread}),
        brought=_changes(period, union_id, around, brought) if brought else None,
        has_below=bool(queries.list_below(db.session, period, union_id)),
        whole_years=are_whole_years(period.first_day, period.last_day),
    )  # fmt: skip


def _changes(
    period: Any, union_id: int, around: Around, brought: tuple[str, Mapping[str, Figure]]
) -> dict[str, Any]:
    """Return what a file that was brought would change, and what would be wrong then."""
    given = queries.find_return(db.session, period, union_id)
    before = from_json(given.figures) if given else {}
    name, figures = brought
    after = completed(figures, around.below, ADDITIVE)
    changed, emptied = changes(before, after)
    return {
        "name": name, "told": labels.told, "any": bool(before),
        "changed": len(changed), "emptied": len(emptied),
        "rows": [
            (by_key()[key], before.get(key, Figure()), after.get(key, Figure()), key in emptied)
            for key in [*emptied, *changed]
        ],
        "faults": [told_at(one, "") for one in checking.faults(figures, around)],
    }  # fmt: skip

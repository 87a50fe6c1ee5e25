"""Paper sheets: found by code and judge, keyed, compared, looked at a third time, put away."""

import re
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refusal, Refused, words
from scoring.desk import keying, keying_pages, people, values
from scoring.desk.forms import FindForm, KeyForm, SettleForm
from scoring.desk.keying import Comparison, Place
from scoring.desk.views.base import actor, blueprint, event_and_scheme, require_neutral, why_not
from scoring.desk.views.home import desk_page, stages_of
from scoring.results.messages import finding_words
from scoring.sheets import queries as sheets
from scoring.sheets.forms import ActForm
from scoring.sheets.rules import MarkKey
from scoring.tablet.pages import list_findings

OTHER = "other"
VERSION = re.compile(r"[0-9]{1,9}")


@blueprint.get("/paper")
@requires("desk.write", event_place)
def find_sheet(event_id: int) -> ResponseReturnValue:
    """Open the sheet that is named by code, judge and stage."""
    event, scheme = event_and_scheme(event_id)
    form = FindForm(stages_of(scheme), formdata=request.args)
    if not form.validate():
        return desk_page(event_id, find=form), 422
    code, judge = form.code.data or "", form.judge.data or ""
    row = keying_pages.find_row(db.session, event, code, judge, form.stage.data)
    if row is None:
        told = words(Refusal("KEYING_NO_SHEET", "", {"entry": code, "judge": judge}))
        return desk_page(event_id, find=form, others={"find": [told]}), 422
    return redirect(url_for(".key_sheet", event_id=event_id, ref=row.ref))


@blueprint.get("/paper/<ref>")
@requires("desk.write", event_place)
def key_sheet(event_id: int, ref: str) -> ResponseReturnValue:
    """Show the blank sheet; what somebody else has keyed is not shown."""
    event, place = _place(event_id, ref)
    found = keying.comparison_of(db.session, place)
    if len(found.keyings) > 1:
        return redirect(url_for(".compare_sheet", event_id=event_id, ref=ref))
    return _key_page(event, place, found)


@blueprint.post("/paper/<ref>")
@requires("desk.write", event_place)
def keep_sheet(event_id: int, ref: str) -> ResponseReturnValue:
    """Keep what was keyed; where nobody has to key it again and nothing differs, enter it."""
    event, place = _place(event_id, ref)
    form = KeyForm(len(keying_pages.fields(place)))
    marks = _read(form, place)
    if marks is None or not form.validate_on_submit():
        return _key_page(event, place, keying.comparison_of(db.session, place), form), 422
    now = clock.now()
    try:
        require_neutral(event)
        keying.keep(
            db.session, event, place, marks, signed=bool(form.signed.data), actor_id=actor(), now=now
        )
        found = keying.comparison_of(db.session, place)
        enough = keying.is_enough(event, found, alone=bool(form.alone.data))
        entered = enough and keying.enter_agreed(db.session, event, place, actor_id=actor(), now=now)
    except Refused as refused:
        db.session.rollback()
        event, place = _place(event_id, ref)
        found, others = keying.comparison_of(db.session, place), show_refusals(form, refused)
        return _key_page(event, place, found, form, others), 422
    db.session.commit()
    return _after(event, place, enough=enough, entered=entered)


def _after(event: Any, place: Place, *, enough: bool, entered: bool) -> ResponseReturnValue:
    named = {"code": place.code, "judge": place.judge}
    if enough and not entered:
        return redirect(url_for(".compare_sheet", event_id=event.id, ref=place.sheet.ref))
    if not entered:
        flash(_("%(code)s · %(judge)s is keyed once. Somebody else keys it again.", **named), "success")
    elif place.sheet.state == "draft":
        flash(_("%(code)s · %(judge)s is entered; the judge still has to sign it.", **named), "success")
    else:
        flash(_("%(code)s · %(judge)s is entered and signed as on the paper.", **named), "success")
    return redirect(keying_pages.next_url(db.session, event, place, actor()))


@blueprint.get("/paper/<ref>/compare")
@requires("desk.write", event_place)
def compare_sheet(event_id: int, ref: str) -> ResponseReturnValue:
    """Show what was keyed side by side, for a third look at the paper."""
    event, place = _place(event_id, ref)
    found = _comparison(event, place)
    form = SettleForm(len(found.differing), data={"base": str(place.sheet.version)})
    return _compare_page(event, place, found, form)


@blueprint.post("/paper/<ref>/compare")
@requires("desk.write", event_place)
def settle_sheet(event_id: int, ref: str) -> ResponseReturnValue:
    """Enter what the third look has found on the paper."""
    event, place = _place(event_id, ref)
    found = _comparison(event, place)
    form = SettleForm(len(found.differing))
    chosen = _chosen(form, place, found)
    if chosen is None or not form.validate_on_submit():
        told = [words(Refusal("KEYING_CHOOSE"))]
        return _compare_page(event, place, found, form, told), 422
    base = int(form.base.data) if VERSION.fullmatch(form.base.data or "") else -1
    try:
        require_neutral(event)
        keying.settle(db.session, event, place, chosen, base, actor_id=actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        event, place = _place(event_id, ref)
        fresh = SettleForm(len(found.differing), formdata=None, data={"base": str(place.sheet.version)})
        others = show_refusals(fresh, refused)
        return _compare_page(event, place, _comparison(event, place), fresh, others), 422
    db.session.commit()
    return _after(event, place, enough=True, entered=True)


@blueprint.get("/paper/<ref>/discard")
@requires("desk.write", event_place)
def ask_discard(event_id: int, ref: str) -> ResponseReturnValue:
    """Ask why what was keyed is put away."""
    event, place = _place(event_id, ref)
    return _ask_page(event, place, ActForm(clock.new_ref()))


@blueprint.post("/paper/<ref>/discard")
@requires("desk.write", event_place)
def discard_keyings(event_id: int, ref: str) -> ResponseReturnValue:
    """Put away what was keyed of a sheet."""
    event, place = _place(event_id, ref)
    form = ActForm(clock.new_ref())
    if not form.validate_on_submit():
        return _ask_page(event, place, form), 422
    try:
        reason = form.reason.data or ""
        keying.discard(db.session, event, place, reason=reason, actor_id=actor(), now=clock.now())
    except Refused as refused:
        db.session.rollback()
        return _ask_page(event, place, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("What was keyed is put away; the sheet is as it was."), "success")
    return redirect(url_for(".show_desk", event_id=event_id))


def _place(event_id: int, ref: str) -> tuple[Any, Place]:
    event, _scheme = event_and_scheme(event_id)
    sheet = sheets.find_sheet(db.session, ref)
    if sheet is None or sheet.event_id != event_id:
        abort(404)
    return event, keying.place_of(db.session, event, sheet)


def _comparison(event: Any, place: Place) -> Comparison:
    found = keying.comparison_of(db.session, place)
    shown = len(found.keyings) > 1 or (found.keyings and found.tablet and not people.needs_second(event))
    return found if shown else abort(404)


def _read(form: KeyForm, place: Place) -> dict[MarkKey, str] | None:
    """Return the marks of a form; None after every wrong one was told at its field."""
    marks, wrong = {}, False
    for field, entry in zip(keying_pages.fields(place), form.values, strict=False):
        value, finding = values.read(field["aspect"], entry.data or "")
        if finding is not None:
            entry.errors, wrong = [finding_words(finding)], True
        marks[field["key"]] = value
    return None if wrong else marks


def _chosen(form: SettleForm, place: Place, found: Comparison) -> dict[MarkKey, str] | None:
    """Return the value that was chosen for each difference; None where one is missing or wrong."""
    aspects = {aspect.code: aspect for aspect in place.stage.aspects}
    chosen, wrong = {}, False
    for cell, pick, other in zip(found.differing, form.picks, form.others, strict=False):
        if pick.data == OTHER and cell.key.aspect in aspects:
            value, finding = values.read(aspects[cell.key.aspect], other.data or "")
            if finding is not None:
                other.errors, wrong = [finding_words(finding)], True
            chosen[cell.key] = value
        elif pick.data and pick.data.isdecimal() and int(pick.data) < len(cell.values):
            chosen[cell.key] = cell.values[int(pick.data)]
        else:
            wrong = True
    return None if wrong else chosen


def _key_page(
    event: Any, place: Place, found: Comparison, form: KeyForm | None = None, others: Any = ()
) -> str:
    fields = keying_pages.fields(place)
    form, closed = form or KeyForm(len(fields), formdata=None), why_not(event)
    try:
        keying.require_keyable(db.session, event, place.sheet)
    except Refused as refused:
        closed = closed or words(refused.refusals[0])
    if found.keyings and people.needs_second(event) and found.keyings[0].by_id == actor():
        closed = closed or words(Refusal("DESK_SAME_PERSON"))
    return render_template(
        "desk/paper.html", event=event, place=place, closed=closed, others=others, form=form,
        rows=list(zip(fields, form.values, strict=False)), second=people.needs_second(event),
        keyed=len(found.keyings), tablet=bool(found.tablet), findings=list(list_findings()),
    )  # fmt: skip


def _compare_page(
    event: Any, place: Place, found: Comparison, form: SettleForm, others: Any = ()
) -> str:
    rows = keying_pages.compare_rows(place, found)
    differing = [row for row in rows if row["differs"]]
    for row, pick, other in zip(differing, form.picks, form.others, strict=False):
        row |= {"pick": pick, "other": other}
    return render_template(
        "desk/compare.html", event=event, place=place, form=form, others=others, closed=why_not(event),
        rows=rows, sources=keying_pages.sources(found), tablet=bool(found.tablet),
    )  # fmt: skip


def _ask_page(event: Any, place: Place, form: ActForm, others: Any = ()) -> str:
    asked = {
        "title": _("Put away what was keyed of %(judge)s for %(code)s", judge=place.judge, code=place.code),
        "text": _("The sheet stays as it is. What was keyed stays on record with your reason."),
        "button": _("Put away"),
        "back": url_for(".show_desk", event_id=event.id),
    }
    return render_template("sheets/ask.html", event=event, asked=asked, form=form, others=others)

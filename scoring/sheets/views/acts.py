"""Steps back that ask for their reason on a page of their own: sheets given back, decisions withdrawn."""

from collections.abc import Callable
from typing import Any, NamedTuple

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.events.queries import get_event
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused, refuse
from scoring.sheets import decisions, looks, queries, releases, services
from scoring.sheets.decisions import Act
from scoring.sheets.forms import ActForm
from scoring.sheets.views.base import act_of, blueprint, refuse_late


class Asked(NamedTuple):
    """One step back: the words of its page, where to go on from, what to do, what to say afterwards."""

    title: str
    text: str
    button: str
    back: str
    do: Callable[[Act], None]
    done: str


@blueprint.get("/sheets/<ref>/reopen")
@requires("sheet.reopen", event_place)
def ask_reopen(event_id: int, ref: str) -> ResponseReturnValue:
    """Ask why a sheet is given back."""
    return show_asked(event_id, _reopening(event_id, ref))


@blueprint.post("/sheets/<ref>/reopen")
@requires("sheet.reopen", event_place)
def reopen(event_id: int, ref: str) -> ResponseReturnValue:
    """Give a signed sheet back to its judge."""
    return answer_asked(event_id, _reopening(event_id, ref))


@blueprint.get("/sheets/<ref>/look-end")
@requires("sheet.reopen", event_place)
def ask_look_end(event_id: int, ref: str) -> ResponseReturnValue:
    """Ask why a request to look again is ended."""
    return show_asked(event_id, _ending_look(event_id, ref))


@blueprint.post("/sheets/<ref>/look-end")
@requires("sheet.reopen", event_place)
def end_look(event_id: int, ref: str) -> ResponseReturnValue:
    """Let the values that were signed first count."""
    return answer_asked(event_id, _ending_look(event_id, ref))


@blueprint.get("/penalties/<int:penalty_id>/withdraw")
@requires("penalty.give", event_place)
def ask_penalty(event_id: int, penalty_id: int) -> ResponseReturnValue:
    """Ask why a penalty is withdrawn."""
    return show_asked(event_id, _withdrawing_penalty(event_id, penalty_id))


@blueprint.post("/penalties/<int:penalty_id>/withdraw")
@requires("penalty.give", event_place)
def withdraw_penalty(event_id: int, penalty_id: int) -> ResponseReturnValue:
    """Take a penalty back."""
    return answer_asked(event_id, _withdrawing_penalty(event_id, penalty_id))


@blueprint.get("/decisions/<int:decision_id>/withdraw")
@requires("decision.record", event_place)
def ask_decision(event_id: int, decision_id: int) -> ResponseReturnValue:
    """Ask why a written decision is withdrawn."""
    return show_asked(event_id, _withdrawing_decision(event_id, decision_id))


@blueprint.post("/decisions/<int:decision_id>/withdraw")
@requires("decision.record", event_place)
def withdraw_decision(event_id: int, decision_id: int) -> ResponseReturnValue:
    """Take a written decision back."""
    return answer_asked(event_id, _withdrawing_decision(event_id, decision_id))


def _reopening(event_id: int, ref: str) -> Asked:
    event, row = get_event(db.session, event_id), queries.find_sheet_row(db.session, event_id, ref)
    sheet = queries.find_sheet(db.session, ref)
    if row is None or sheet is None:
        abort(404)

    def do(act: Act) -> None:
        services.reopen_sheet(
            db.session, event, sheet, operation_id=act.operation_id, reason=act.reason,
            actor_id=current_user.id, now=act.now,
        )  # fmt: skip

    return Asked(
        _("Give the sheet of %(judge)s for %(code)s back", judge=row.judge, code=row.entry),
        _("The judge can change the marks and has to sign again. The old marks stay in the ledger."),
        _("Give back"),
        url_for(".show_entry", event_id=event_id, code=row.entry),
        do,
        _("The sheet is given back to %(judge)s.", judge=row.judge),
    )


def _ending_look(event_id: int, ref: str) -> Asked:
    event, row = get_event(db.session, event_id), queries.find_sheet_row(db.session, event_id, ref)
    sheet = queries.find_sheet(db.session, ref)
    if row is None or sheet is None:
        abort(404)

    def do(act: Act) -> None:
        services.lock_sheet(db.session, event, sheet)
        looks.end(
            db.session, event, sheet, operation_id=act.operation_id, reason=act.reason,
            actor_id=current_user.id, now=act.now,
        )  # fmt: skip

    return Asked(
        _("End the request to %(judge)s for %(code)s", judge=row.judge, code=row.entry),
        _("The values that the judge signed first count again. What was changed since stays in the ledger."),
        _("End the request"),
        url_for(".show_looks", event_id=event_id),
        do,
        _("The request to %(judge)s is ended.", judge=row.judge),
    )


def _withdrawing_penalty(event_id: int, penalty_id: int) -> Asked:
    event, penalty = get_event(db.session, event_id), queries.find_penalty(db.session, event_id, penalty_id)
    code = queries.code_of(db.session, penalty.entry_id) if penalty is not None else None
    if penalty is None or code is None:
        abort(404)
    return Asked(
        _("Withdraw the penalty of %(code)s", code=code),
        _("%(points)s points: %(reason)s", points=penalty.points, reason=penalty.reason),
        _("Withdraw"),
        url_for(".show_entry", event_id=event_id, code=code),
        lambda act: decisions.withdraw_penalty(db.session, event, penalty, act),
        _("The penalty is withdrawn."),
    )


def _withdrawing_decision(event_id: int, decision_id: int) -> Asked:
    event = get_event(db.session, event_id)
    decision = queries.find_decision(db.session, event_id, decision_id)
    code = queries.code_of(db.session, decision.entry_id) if decision is not None else None
    if decision is None or code is None:
        abort(404)

    def do(act: Act) -> None:
        refuse_late(event)
        if decision.kind == "order" and releases.names_open(db.session, event):
            raise refuse("DECISION_NAMED")
        decisions.withdraw_decision(db.session, event, decision, act)

    return Asked(
        _("Withdraw the decision on %(code)s", code=code),
        _("It was given with this reason: %(reason)s", reason=decision.reason),
        _("Withdraw"),
        url_for(".show_entry", event_id=event_id, code=code),
        do,
        _("The decision is withdrawn."),
    )


def show_asked(event_id: int, asked: Asked, form: Any = None, others: Any = ()) -> str:
    """Show the page that asks for the reason of a step."""
    event = get_event(db.session, event_id)
    return render_template(
        "sheets/ask.html", event=event, asked=asked, form=form or ActForm(clock.new_ref()), others=others
    )


def answer_asked(event_id: int, asked: Asked) -> ResponseReturnValue:
    """Take the step with its reason, or show the page again."""
    form = ActForm(clock.new_ref())
    if not form.validate_on_submit():
        return show_asked(event_id, asked, form), 422
    try:
        asked.do(act_of(form))
    except Refused as refused:
        db.session.rollback()
        return show_asked(event_id, asked, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(asked.done, "success")
    return redirect(asked.back)

"""Appoint from the judge register: the qualified for the event's trade first."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import ngettext

from accounts import policy
from accounts.guard import held_grants, requires
from competitions.events.places import event_place
from competitions.judges import choosing, conflicts
from competitions.judges.register import labels, queries, rules, services
from competitions.judges.register.forms import CandidateForm, ChooseForm
from competitions.judges.register.queries import Sought
from competitions.judges.views.base import actor, blueprint, closed, event_or_404
from core import clock
from core.database import db
from core.refusals import Refused, refuse, words

SHOWN = 100
EVERYBODY = Sought()


@blueprint.get("/register")
@requires("judge.appoint", event_place)
def list_register(event_id: int) -> ResponseReturnValue:
    """Show who of the register can be appointed."""
    return _page(event_id, CandidateForm(formdata=None))


@blueprint.post("/register/search")
@requires("judge.appoint", event_place)
def search_register(event_id: int) -> ResponseReturnValue:
    """Look for judges of the register by name and unit; that somebody looks is recorded."""
    form = CandidateForm()
    if not form.validate_on_submit():
        return _page(event_id, form), 422
    matches = len(_candidates(event_id, form.sought()))
    services.record_search(db.session, matches, actor_id=actor(), now=clock.now(), event_id=event_id)
    db.session.commit()
    return _page(event_id, form, form.sought())


@blueprint.post("/register")
@requires("judge.appoint", event_place)
def appoint_from_register(event_id: int) -> ResponseReturnValue:
    """Appoint the ticked judges with their own units, all or none."""
    ticked = set(request.form.getlist("judge"))
    try:
        chosen = _ticked(event_id, ticked)
        made = choosing.appoint_all(
            db.session, event_or_404(event_id), chosen, actor_id=actor(), now=clock.now()
        )
        numbers = {judge.id for judge in made}
    except Refused as refused:
        db.session.rollback()
        others = [words(one) for one in refused.refusals]
        return _page(event_id, CandidateForm(formdata=None), others=others, ticked=ticked), 422
    db.session.commit()
    said = ngettext("%(num)d judge was appointed.", "%(num)d judges were appointed.", len(numbers))
    flash(said, "success")
    for conflict in conflicts.list_conflicts(db.session, event_or_404(event_id)):
        if conflict.judge.id in numbers:
            flash(words(conflict.refusal()), "warning")
    return redirect(url_for(".list_judges", event_id=event_id))


def _ticked(event_id: int, ticked: set[str]) -> list[queries.Known]:
    """Return the ticked judges, all of whom have to be offered to the signed-in user."""
    offered = [one.known for one in _candidates(event_id, EVERYBODY)]
    chosen = [known for known in offered if str(known.user.id) in ticked]
    if not ticked or len(chosen) != len(ticked):
        raise refuse("REGISTER_GONE" if ticked else "REGISTER_CHOOSE")
    return chosen


def _candidates(event_id: int, sought: Sought) -> list[queries.Candidate]:
    event = event_or_404(event_id)
    scopes = policy.scopes_of(held_grants(), "register.view")
    day = queries.first_day(event, clock.today())
    return queries.list_candidates(db.session, scopes, event, day, sought)


def _page(
    event_id: int, form: CandidateForm, sought: Sought = EVERYBODY, others: Any = (), ticked: Any = ()
) -> str:
    event, found = event_or_404(event_id), _candidates(event_id, sought)
    return render_template(
        "judges/register.html", event=event, candidates=found[:SHOWN], total=len(found), form=form,
        choose=ChooseForm(formdata=None), labels=labels, closed=closed(event), others=list(others),
        ticked=ticked, searched=any(sought), day=queries.first_day(event, clock.today()),
        is_expired=rules.is_expired,
    )  # fmt: skip

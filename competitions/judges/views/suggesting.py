"""A balanced assignment as a proposal: shown with its differences, taken with one click."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.events.places import event_place
from competitions.judges import suggesting
from competitions.judges.views.base import actor, blueprint, closed, event_or_404
from core import clock
from core.database import db

MOST_TURNS = 1000


@blueprint.get("/suggestion")
@requires("judge.appoint", event_place)
def show_suggestion(event_id: int) -> ResponseReturnValue:
    """Show a proposal; another turn gives another one."""
    event, turn = event_or_404(event_id), _turn(request.args.get("turn", ""))
    proposal = suggesting.propose(db.session, event, turn)
    return render_template(
        "judges/suggestion.html", event=event, proposal=proposal, turn=turn, closed=closed(event)
    )


@blueprint.post("/suggestion")
@requires("judge.appoint", event_place)
def take_suggestion(event_id: int) -> ResponseReturnValue:
    """Take the proposal that was shown."""
    event, turn = event_or_404(event_id), _turn(request.form.get("turn", ""))
    digest = request.form.get("digest", "")
    suggesting.take(db.session, event, turn, digest, actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(_("The proposal is taken over. You can still change it by hand."), "success")
    return redirect(url_for(".list_judges", event_id=event_id))


def _turn(text: str) -> int:
    return int(text) % MOST_TURNS if text.isascii() and text.isdigit() and len(text) < 9 else 0

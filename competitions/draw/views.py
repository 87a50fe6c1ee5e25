"""The draw of an event: before it, after it, and the sealed map of codes and people."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard
from accounts.guard import requires
from accounts.queries import list_names
from competitions.draw import queries, services
from competitions.draw.setup import PROFILES_THAT_DRAW_BY_HAND
from competitions.events.places import event_place
from competitions.events.queries import event_path, find_event
from competitions.events.services import hold
from core import clock
from core.audit import services as audit
from core.database import db
from core.refusals import refuse

blueprint = Blueprint("draw", __name__, url_prefix="/events/<int:event_id>/draw")
ORDERS = {"code": lambda row: row.code, "number": lambda row: row.number}


@blueprint.get("/")
@requires("draw.show", event_place)
def show_draw(event_id: int) -> ResponseReturnValue:
    """Show what the draw will do, or the codes and stations that it gave; never a name."""
    event = _event(event_id)
    draw = queries.find_draw(db.session, event_id)
    return render_template(
        "draw/show.html", event=event, draw=draw, may_draw=_may_draw(event), map_refusal=_map_refusal(event),
        entries=len(queries.list_drawable(db.session, event_id)),
        fingerprint=services.fingerprint(draw) if draw else "",
        codes=queries.list_stations(db.session, event_id),
        earlier=queries.list_earlier_draws(db.session, event_id),
        drawn_by=list_names(db.session, [draw.drawn_by_id or 0]).get(draw.drawn_by_id or 0) if draw else None,
    )  # fmt: skip


@blueprint.post("/")
@requires("draw.make", event_place)
def make_draw(event_id: int) -> ResponseReturnValue:
    """Draw codes and stations, once."""
    event = _event(event_id)
    if not _may_draw(event):
        raise refuse("DRAW_OFFICER_NEEDED")
    hold(db.session, event)
    services.make_draw(
        db.session, event, seed=clock.new_token(), actor_id=int(current_user.id), now=clock.now()
    )
    db.session.commit()
    flash(_("The codes are drawn."), "success")
    return redirect(url_for(".show_draw", event_id=event_id))


@blueprint.post("/map")
@requires("draw.view", event_place)
def open_map(event_id: int) -> ResponseReturnValue:
    """Open the sealed map, for the eyes or for paper; each opening is recorded."""
    event = _event(event_id)
    refusal = _map_refusal(event)
    if refusal:
        raise refuse(refusal)
    order = request.form.get("order", "code")
    rows = sorted(queries.list_codes(db.session, event_id), key=ORDERS.get(order, ORDERS["code"]))
    now = clock.now()
    audit.record(
        db.session, "draw:open_map", actor_id=int(current_user.id), subject=f"event:{event_id}", now=now,
        detail={"entries": len(rows)}, event_id=event_id,
    )  # fmt: skip
    db.session.commit()
    return render_template("draw/map.html", event=_event(event_id), rows=rows, now=now, order=order)


def _event(event_id: int) -> Any:
    return find_event(db.session, event_id) or abort(404)


def _may_draw(event: Any) -> bool:
    """Say whether the user makes this draw: an organiser only where the profile leaves it to chance."""
    by_hand = event.competition.profile in PROFILES_THAT_DRAW_BY_HAND
    return guard.may("draw.make_by_hand" if by_hand else "draw.make", event_path(db.session, event))


def _map_refusal(event: Any) -> str:
    """Return why the user may not open the map now: the code of a refusal, or nothing."""
    if queries.find_draw(db.session, event.id) is None:
        return "MAP_NONE"
    if guard.may("sheet.mark", event_path(db.session, event)):
        return "MAP_FOR_JUDGES"
    return ""

"""The draw of an event: its settings, before it, after it, and the sealed maps of codes and people."""

from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.draw import pages, queries, replay, services, unblinding, wording
from competitions.draw.forms import SettingsForm, stored_form
from competitions.draw.pages import map_refusal, may_draw
from competitions.events.places import event_place
from competitions.events.queries import find_event
from competitions.events.services import hold
from competitions.fields import show_refusals
from core import clock
from core.audit import services as audit
from core.database import db
from core.refusals import Refused, refuse

blueprint = Blueprint("draw", __name__, url_prefix="/events/<int:event_id>/draw")
ORDERS = {"code": lambda row: row.code, "number": lambda row: row.number}


@blueprint.get("/")
@requires("draw.show", event_place)
def show_draw(event_id: int) -> ResponseReturnValue:
    """Show what the draw will do, or the order of appearance that it gave; never a name."""
    return render_template("draw/show.html", **pages.draw_page(db.session, _event(event_id)))


@blueprint.get("/settings")
@requires("draw.make", event_place)
def edit_settings(event_id: int) -> ResponseReturnValue:
    """Show the form of how the event is drawn."""
    return _settings_page(event_id, stored_form(queries.find_settings(db.session, event_id)))


@blueprint.post("/settings")
@requires("draw.make", event_place)
def save_settings(event_id: int) -> ResponseReturnValue:
    """Decide how the event is drawn."""
    event, form = _event(event_id), SettingsForm()
    if not form.validate_on_submit():
        return _settings_page(event_id, form), 422
    try:
        services.save_settings(
            db.session, event, form.values(), actor_id=int(current_user.id), now=clock.now()
        )
    except Refused as refused:
        db.session.rollback()
        return _settings_page(event_id, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The draw settings are saved."), "success")
    return redirect(url_for(".show_draw", event_id=event_id))


@blueprint.post("/")
@requires("draw.make", event_place)
def make_draw(event_id: int) -> ResponseReturnValue:
    """Draw codes, stations, batches and order, once."""
    event = _event(event_id)
    if not may_draw(event):
        raise refuse("DRAW_OFFICER_NEEDED")
    hold(db.session, event)
    services.make_draw(
        db.session, event, seed=clock.new_token(), actor_id=int(current_user.id), now=clock.now()
    )
    db.session.commit()
    flash(_("The codes are drawn."), "success")
    return redirect(url_for(".show_draw", event_id=event_id))


@blueprint.post("/confirm")
@requires("draw.make", event_place)
def confirm_draw(event_id: int) -> ResponseReturnValue:
    """Confirm that each entry has drawn exactly once."""
    event = _event(event_id)
    if not may_draw(event):
        raise refuse("DRAW_OFFICER_NEEDED")
    services.confirm_draw(db.session, event, actor_id=int(current_user.id), now=clock.now())
    db.session.commit()
    flash(_("The draw is confirmed."), "success")
    return redirect(url_for(".show_draw", event_id=event_id))


@blueprint.post("/unblind")
@requires("draw.unblind", event_place)
def unblind(event_id: int) -> ResponseReturnValue:
    """Consent to open a layer of the draw."""
    event, wanted = _event(event_id), request.form.get("layer", "")
    unblinding.consent(
        db.session, event, int(wanted) if wanted in ("1", "2", "3") else 0, actor_id=int(current_user.id),
        now=clock.now(),
    )  # fmt: skip
    db.session.commit()
    flash(_("Your consent is recorded."), "success")
    return redirect(url_for(".show_draw", event_id=event_id))


@blueprint.post("/map")
@requires("draw.view", event_place)
def open_map(event_id: int) -> ResponseReturnValue:
    """Open the sealed map, for the eyes or for paper; each opening is recorded."""
    event, layers = _opened(event_id)
    if layers > 1:
        raise refuse("MAP_BY_LAYERS")
    order = request.form.get("order", "code")
    rows = sorted(queries.list_codes(db.session, event_id), key=ORDERS.get(order, ORDERS["code"]))
    now = _record(event_id, "draw:open_map", {"entries": len(rows)})
    return render_template("draw/map.html", event=_event(event_id), rows=rows, now=now, order=order)


@blueprint.post("/layer")
@requires("draw.view", event_place)
def open_layer(event_id: int) -> ResponseReturnValue:
    """Open the sealed map of one layer; each opening is recorded with its layer."""
    event, layers = _opened(event_id)
    wanted = request.form.get("layer", "")
    if layers == 1 or wanted not in [str(number) for number in range(1, layers + 1)]:
        raise refuse("LAYER_UNKNOWN")
    layer = int(wanted)
    rows = queries.list_layer(db.session, event_id, layer, layers)
    now = _record(event_id, "draw:open_layer", {"entries": len(rows), "layer": layer})
    return render_template(
        "draw/layer.html", event=_event(event_id), rows=rows, now=now, name=wording.LAYER_NAMES[layer]
    )


@blueprint.post("/replay.json")
@requires("draw.view", event_place)
def hand_out(event_id: int) -> ResponseReturnValue:
    """Hand out seed, settings, list and outcome, so that anybody can replay the draw; this is recorded."""
    _opened(event_id)
    draw = queries.find_draw(db.session, event_id) or abort(404)
    content = replay.document(db.session, draw)
    _record(event_id, "draw:export", {"entries": len(queries.list_drawn(db.session, event_id))})
    response = Response(content, mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="draw-{event_id}.json"'
    return response


def _event(event_id: int) -> Any:
    return find_event(db.session, event_id) or abort(404)


def _opened(event_id: int) -> tuple[Any, int]:
    """Return an event whose maps the user may open now, and how many layers they have."""
    event = _event(event_id)
    refusal = map_refusal(db.session, event)
    if refusal:
        raise refuse(refusal)
    draw = queries.find_draw(db.session, event_id)
    return event, queries.settings_of(draw.settings).layers if draw is not None else 1


def _record(event_id: int, action: str, detail: dict[str, object]) -> Any:
    """Record the opening of something sealed; return the moment."""
    now = clock.now()
    audit.record(
        db.session, action, actor_id=int(current_user.id), subject=f"event:{event_id}", now=now,
        detail=detail, event_id=event_id,
    )  # fmt: skip
    db.session.commit()
    return now


def _settings_page(event_id: int, form: SettingsForm, others: list[str] | None = None) -> str:
    event = _event(event_id)
    return render_template(
        "draw/settings.html", event=event, form=form, others=others or [],
        entries=queries.count_drawable(db.session, event_id),
    )  # fmt: skip

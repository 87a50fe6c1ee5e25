"""What the page of the draw shows, and who may do what there."""

from typing import Any

from sqlalchemy.orm import Session

from accounts import guard
from accounts.queries import list_names
from accounts.words import ROLE_NAMES
from competitions.draw import checking, queries, rules, unblinding, wording
from competitions.draw.models import Draw
from competitions.events import lifecycle, mending, profiles
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.rules import reached
from core import clock
from core.database import db
from core.refusals import Refusal, words


def may_draw(event: Event) -> bool:
    """Say whether the user makes this draw: an organiser only where the profile leaves it to chance."""
    by_hand = profiles.get(event.competition.profile).separate
    return guard.may("draw.make_by_hand" if by_hand else "draw.make", event_path(db.session, event))


def map_refusal(session: Session, event: Event) -> str:
    """Return why the user may not open a map now: the code of a refusal, or nothing."""
    if queries.find_draw(session, event.id) is None:
        return "MAP_NONE"
    if guard.may("sheet.mark", event_path(session, event)):
        return "MAP_FOR_JUDGES"
    return ""


def draw_page(session: Session, event: Event) -> dict[str, Any]:
    """Return the context of the page: the plan before the draw, afterwards the order and the checks."""
    draw = queries.find_draw(session, event.id)
    entries = queries.count_drawable(session, event.id)
    shared = {
        "event": event, "draw": draw, "may_draw": may_draw(event), "entries": entries,
        "earlier": queries.list_earlier_draws(session, event.id), "map_refusal": map_refusal(session, event),
    }  # fmt: skip
    if draw is None:
        return shared | _before(session, event, entries)
    return shared | _after(session, draw) | {"unblinding": _unblinding(session, event)}


def _unblinding(session: Session, event: Event) -> dict[str, Any] | None:
    """Return how far the names are opened and why not yet; None where there is nothing to open."""
    layers = unblinding.list_layers(session, event)
    if not layers or not reached(event.state, "tabulated"):
        return None
    following = unblinding.waiting(layers) if event.state == "tabulated" else None
    missing = lifecycle.missing(session, event, unblinding.STEP, clock.now()) if following else []
    return {
        "layers": layers,
        "next": following.number if following else None,
        "names": list_names(session, {row.by_id for layer in layers for row in layer.given.values()}),
        "layer_names": wording.LAYER_NAMES,
        "role_names": ROLE_NAMES,
        "missing": [_reason(found, event) for found in missing],
    }


def _reason(found: Refusal, event: Event) -> Any:
    """Return why the names are not opened yet, with the page that mends it where there is one."""
    url = mending.page_for(found, event)
    return {"label": words(found), "url": url} if url else words(found)


def _before(session: Session, event: Event, entries: int) -> dict[str, Any]:
    settings = queries.find_settings(session, event.id)
    faults = rules.field_faults(entries, settings) if entries else []
    unfit = [words(Refusal(fault.code, fault.field, fault.told)) for fault in faults]
    return {"plan": wording.plan(settings, entries), "unfit": unfit}


def _after(session: Session, draw: Draw) -> dict[str, Any]:
    settings = queries.settings_of(draw.settings)
    confirmation = queries.find_confirmation(session, draw)
    people = {draw.drawn_by_id or 0, confirmation.by_id if confirmation else 0}
    return {
        "layers": settings.layers,
        "layer_names": [wording.LAYER_NAMES[layer] for layer in range(settings.layers, 0, -1)],
        "rows": queries.list_appearance(session, draw.event_id, settings.layers),
        "fingerprint": rules.fingerprint(draw.seed),
        "checks": [(wording.CHECKS[check.key], check) for check in checking.checks(session, draw)],
        "unavoidable": checking.unavoidable(session, draw),
        "confirmation": confirmation,
        "names": list_names(session, people),
    }

"""What the pages of entries share: the event, what the user may do there, and for whom."""

from typing import Any, NamedTuple

from flask import Blueprint, abort, request
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard
from accounts.policy import ScopePath
from competitions.eligibility.queries import rules_of
from competitions.eligibility.rules.reviewing import skipped_levels
from competitions.eligibility.wording import registration_hint
from competitions.entries import queries
from competitions.entries.levels import stops_for
from competitions.entries.places import decider_for, entries_place, own_units, reviewed_units
from competitions.entries.proposals import Asked
from competitions.entries.queries import Narrowed
from competitions.entries.services import OPEN
from competitions.events.queries import event_path, find_event
from competitions.lists.uploads import Choices, Upload
from competitions.organisations.queries import list_union_names, union_path
from core import clock
from core.audit import services as audit
from core.database import db

blueprint = Blueprint("entries", __name__)
EVENT = "/events/<int:event_id>/entries"


class Rights(NamedTuple):
    """What the signed-in user may do with an event's entries.

    `closed` says why nothing can be changed, `late` why nobody can be entered; `waiting` counts the entries
    that wait for the user.
    """

    path: ScopePath
    edit: bool
    bring: bool
    decide: bool
    own: bool
    closed: str
    late: str = ""
    waiting: int = 0

    @property
    def change(self) -> bool:
        """Say whether something can be changed now."""
        return self.edit and not self.closed


def event_or_404(event_id: int) -> Any:
    """Return the event with this number."""
    return find_event(db.session, event_id) or abort(404)


def entry_or_404(event_id: int, entry_id: int) -> Any:
    """Return the entry with this number in this event."""
    return queries.find_entry(db.session, event_id, entry_id) or abort(404)


def actor() -> int:
    """Return the number of whoever is signed in."""
    return int(current_user.id)


def units_for(action: str, event: Any) -> frozenset[int] | None:
    """Return the units for which the user may do this in an event; None is every unit."""
    units = own_units(guard.held_grants(), action, event_path(db.session, event))
    return units if units is None or action != "entry.list" else units | reviewed_units(event)


def rights_in(event: Any) -> Rights:
    """Return what the signed-in user may do with an event's entries."""
    place = entries_place(event.id) or abort(404)
    path, closed = place.path, "" if event.state == OPEN else _("Registration is not open.")
    waiting = Narrowed(waiting=decider_for(event))
    return Rights(
        path=path,
        edit=guard.may("entry.edit", path),
        bring=guard.may("entry.import", path),
        decide=guard.may("entry.decide", path),
        own=units_for("entry.list", event) is not None,
        closed=closed,
        late=closed or registration_hint(rules_of(db.session, event), clock.now()),
        waiting=queries.count_entries(db.session, event.id, waiting),
    )


def may_register_units(event: Any) -> bool:
    """Say whether the user may register units below the union that holds the event."""
    return guard.may("organisation.manage", union_path(db.session, event.competition.union_id))


def wants_drafts(event: Any) -> bool:
    """Say whether a unit brings a list to complete it later: whoever decides entries keeps no drafts."""
    return request.args.get("draft") == "1" and not rights_in(event).decide


def asked_for(
    event: Any,
    action: str,
    *,
    register_units: bool = False,
    ignoring: int | None = None,
    updating: bool = False,
    choices: Choices | None = None,
    draft: bool = False,
    exception: str = "",
) -> Asked:
    """Return for which event and units the user proposes entries today."""
    return Asked(
        event_id=event.id,
        kind=event.entry_kind,
        today=clock.today(),
        units=units_for(action, event),
        register_units=register_units and may_register_units(event),
        named=choices.named if choices else {},
        register=choices.register if choices and may_register_units(event) else frozenset(),
        updating=updating,
        ignoring=ignoring,
        draft=draft,
        exception=exception,
    )


def record_import(event_id: int, action: str, upload: Upload, **detail: object) -> None:
    """Record what was done with an uploaded list."""
    audit.record(
        db.session, action, actor_id=actor(), subject=f"event:{event_id}", now=clock.now(), event_id=event_id,
        detail={"file": upload.filename, "sha256": upload.sha256, **detail},
    )  # fmt: skip


class Station(NamedTuple):
    """One level on the way of an entry, and the union that stands there."""

    level: str
    union: str


def way_of(event: Any, entry: Any) -> tuple[list[Station], list[str]]:
    """Return the levels that decide an entry, and those that are skipped for want of a union."""
    settled = rules_of(db.session, event)
    stops = stops_for(db.session, event, [entry.unit_id])[entry.unit_id]
    unions = [stop.union_id for stop in stops if stop.union_id is not None]
    names = list_union_names(db.session, unions)
    way = [Station(stop.level, names.get(stop.union_id or 0, "")) for stop in stops]
    return way, skipped_levels(settled.review, stops)

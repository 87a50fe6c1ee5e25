"""What the pages of a scheme share."""

from typing import Any

from flask import Blueprint, flash
from flask_babel import gettext as _
from flask_login import current_user

from competitions.events.queries import get_event
from core import clock
from core.audit import services as audit
from core.database import db
from scoring.schemes import queries, services

blueprint = Blueprint("schemes", __name__, url_prefix="/events/<int:event_id>/scheme")


def event_of(event_id: int) -> Any:
    """Return the event of the address, which the guard of the view has already seen."""
    return get_event(db.session, event_id)


def save(event: Any, document: Any, reason: str = "", base: int | None = None) -> None:
    """Keep a document as the next version in the name of whoever is signed in, and say so.

    The same document again is no new version, but the request leaves its trace all the same.
    """
    before = queries.find_current(db.session, event.id)
    known, actor = before.number if before else 0, current_user.id
    version = services.save_scheme(
        db.session, event, document, reason=reason, actor_id=actor, now=clock.now(), base=base
    )
    if version.number == known:
        audit.record(
            db.session, "scheme:repeat", actor_id=actor, subject=f"event:{event.id}", now=clock.now(),
            detail={"number": version.number, "sha256": version.sha256}, event_id=event.id,
        )  # fmt: skip
    db.session.commit()
    if version.number == known:
        flash(_("Nothing has changed: this is version %(number)s already.", number=known), "info")
    else:
        flash(_("Version %(number)s has been saved.", number=version.number), "success")

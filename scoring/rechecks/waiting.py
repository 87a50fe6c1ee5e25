"""What waits before the announcement: corrections to witness, the re-check, the opening of names."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.orm import Session

from accounts.guard import held_grants, may
from accounts.policy import POLICY
from competitions.draw import unblinding
from competitions.events import lifecycle, waiting
from competitions.events.models import Event
from competitions.events.queries import event_path
from competitions.events.waiting import Waiting
from scoring.rechecks import queries
from scoring.sheets.corrections import count_waiting_by_event


def list_waiting(session: Session, now: datetime) -> Iterable[Waiting]:
    """Return what the signed-in user has to witness, to compare and to consent to."""
    yield from _corrections(session)
    checked = waiting.list_events(session, "recheck.check", ("tabulated",))
    opened = waiting.list_events(session, "draw.unblind", ("tabulated",))
    for event in {event.id: event for event in (*checked, *opened)}.values():
        yield from _recheck(session, event) or _names(session, event, now)


def _corrections(session: Session) -> Iterable[Waiting]:
    events = waiting.list_events(session, "sheet.witness", POLICY["sheet.witness"].states or ())
    counts = count_waiting_by_event(session, [event.id for event in events])
    for event in events:
        if counts.get(event.id):
            words = ngettext(
                "%(num)d correction to witness", "%(num)d corrections to witness", counts[event.id]
            )
            url = url_for("sheets.show_progress", event_id=event.id)
            yield Waiting(words, waiting.where(event), url, "warn", _("to be witnessed"))


def _recheck(session: Session, event: Event) -> list[Waiting]:
    """Return the re-check that is not finished; for whoever does not take part in it as a reason to wait."""
    if queries.shares_of(event) is None:
        return []
    found = queries.find_progress(session, event)
    if found is not None and not found.left:
        return []
    if not may("recheck.check", event_path(session, event)):
        later = (_draw(event), "off", _("after the re-check"))
        return [Waiting(_("Open the names"), waiting.where(event), *later)]
    if found is None:
        label = _("Draw the sample of the re-check")
    else:
        label = ngettext("%(num)d sheet to compare", "%(num)d sheets to compare", found.left)
    url = url_for("rechecks.show_recheck", event_id=event.id)
    return [Waiting(label, waiting.where(event), url, "warn", _("re-check"))]


def _names(session: Session, event: Event, now: datetime) -> list[Waiting]:
    """Return the layer to whose opening the user can consent now."""
    layers = unblinding.list_layers(session, event)
    layer = unblinding.waiting(layers)
    path = set(event_path(session, event))
    mine = {grant.role for grant in held_grants() if (grant.scope_kind, grant.scope_id) in path}
    if layer is None or not mine & {*layer.needed} - {*layer.given}:
        return []
    if any(approval.by_id == current_user.id for approval in layer.given.values()):
        return []
    if lifecycle.missing(session, event, unblinding.STEP, now):
        return []
    return [Waiting(_("Open the names"), waiting.where(event), _draw(event), "warn", _("your consent"))]


def _draw(event: Event) -> str:
    return url_for("draw.show_draw", event_id=event.id)

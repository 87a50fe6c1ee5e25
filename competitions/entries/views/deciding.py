"""Deciding entries: approve, reject, withdraw, remove."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.entries import services
from competitions.entries.forms import ReasonForm
from competitions.entries.places import entry_place
from competitions.entries.views.base import EVENT, actor, blueprint, event_or_404
from competitions.entries.views.listing import entry_page
from competitions.events.places import event_place
from competitions.fields import show_refusals
from core import clock
from core.database import db
from core.refusals import Refused

AT_THE_FORM = {"reason"}


@blueprint.post(EVENT + "/<int:entry_id>/approve")
@requires("entry.decide", entry_place)
def approve_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Approve an entry."""
    event = event_or_404(event_id)
    entry = services.decide_entry(
        db.session, event, entry_id, "approve", "", actor_id=actor(), now=clock.now()
    )
    db.session.commit()
    flash(_("No. %(number)s is approved.", number=entry.number), "success")
    return redirect(url_for(".list_entries", event_id=event_id))


@blueprint.post(EVENT + "/<int:entry_id>/reject")
@requires("entry.decide", entry_place)
def reject_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Reject an entry with a reason."""

    def reject(event: Any, reason: str) -> str:
        entry = services.decide_entry(
            db.session, event, entry_id, "reject", reason, actor_id=actor(), now=clock.now()
        )
        return _("No. %(number)s is rejected.", number=entry.number)

    return _with_reason(event_id, entry_id, "reject", reject)


@blueprint.post(EVENT + "/<int:entry_id>/withdraw")
@requires("entry.edit", entry_place)
def withdraw_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Withdraw an entry with a reason."""

    def withdraw(event: Any, reason: str) -> str:
        entry = services.withdraw_entry(
            db.session, event, entry_id, reason, actor_id=actor(), now=clock.now()
        )
        return _("No. %(number)s is withdrawn.", number=entry.number)

    return _with_reason(event_id, entry_id, "withdraw", withdraw)


@blueprint.post(EVENT + "/<int:entry_id>/remove")
@requires("entry.edit", entry_place)
def remove_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Remove an entry made by mistake."""

    def remove(event: Any, reason: str) -> str:
        services.remove_entry(db.session, event, entry_id, reason, actor_id=actor(), now=clock.now())
        return _("The entry was removed.")

    return _with_reason(event_id, entry_id, "remove", remove)


@blueprint.post(EVENT + "/approve-all")
@requires("entry.decide", event_place)
def approve_all(event_id: int) -> ResponseReturnValue:
    """Approve every entry that waits for a decision."""
    event = event_or_404(event_id)
    count = services.approve_all(db.session, event, actor_id=actor(), now=clock.now())
    db.session.commit()
    flash(ngettext("%(num)d entry is approved.", "%(num)d entries are approved.", count), "success")
    return redirect(url_for(".list_entries", event_id=event_id))


def _with_reason(
    event_id: int, entry_id: int, decision: str, act: Callable[[Any, str], str]
) -> ResponseReturnValue:
    """Do what needs a reason; without a usable one the page comes back with what was typed."""
    form = ReasonForm(prefix=decision)
    if not form.validate_on_submit():
        return entry_page(event_id, entry_id, form, decision), 422
    try:
        said = act(event_or_404(event_id), form.reason.data or "")
    except Refused as refused:
        if {refusal.where for refusal in refused.refusals} != AT_THE_FORM:
            raise
        db.session.rollback()
        show_refusals(form, refused)
        return entry_page(event_id, entry_id, form, decision), 422
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".list_entries", event_id=event_id))

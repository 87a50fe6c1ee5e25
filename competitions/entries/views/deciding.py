"""Handing entries in and deciding them: submit, approve, return, reject, withdraw, remove."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from accounts.guard import requires
from competitions.eligibility.rules.reviewing import Stop
from competitions.entries import deciding, review_queries, services
from competitions.entries.deciding import Submitted, name_in
from competitions.entries.forms import ReasonForm
from competitions.entries.labels import listed
from competitions.entries.places import decider_for, deciding_place, entries_place, entry_place, list_place
from competitions.entries.views.base import (
    EVENT,
    actor,
    blueprint,
    entry_or_404,
    event_or_404,
    units_for,
)
from competitions.entries.views.listing import Left, drafts_page, entry_page
from competitions.fields import show_refusals
from competitions.lists.messages import sentence
from core import clock
from core.database import db
from core.refusals import Refusal, Refused, words

AT_THE_FORM = {"reason"}


@blueprint.post(EVENT + "/submit")
@requires("entry.edit", entries_place)
def submit_all(event_id: int) -> ResponseReturnValue:
    """Hand in the drafts of the user's units that keep the rules; say of each other one what it breaks."""
    event = event_or_404(event_id)
    drafts = review_queries.list_drafts(db.session, event_id, units_for("entry.edit", event) or frozenset())
    submitted = deciding.submit_entries(db.session, event, drafts, actor_id=actor(), now=clock.now())
    done, left = len(submitted.entries), _left(event_id, submitted)
    if not done:
        db.session.rollback()
        return drafts_page(event_id, done, left), 422
    db.session.commit()
    if left:
        return drafts_page(event_id, done, left)
    return _handed_in(event_id, done)


@blueprint.post(EVENT + "/<int:entry_id>/submit")
@requires("entry.edit", entry_place)
def submit_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Hand one draft or returned entry in."""
    event = event_or_404(event_id)
    submitted = deciding.submit_entries(db.session, event, [entry_id], actor_id=actor(), now=clock.now())
    if submitted.left:
        why = [reason for left in _left(event_id, submitted) for reason in left.reasons]
        db.session.rollback()
        return entry_page(event_id, entry_id, others=why, title=_("The entry was not handed in:")), 422
    db.session.commit()
    return _handed_in(event_id, len(submitted.entries))


@blueprint.post(EVENT + "/<int:entry_id>/approve")
@requires("entry.decide", deciding_place)
def approve_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Approve an entry at the level where it waits."""
    event = event_or_404(event_id)
    try:
        entry = deciding.decide_entry(
            db.session, event, entry_id, "approve", "", actor_id=actor(), now=clock.now(), seen=_seen(),
            revision=request.args.get("revision", type=int), at=_guarded(event_id, entry_id),
        )  # fmt: skip
    except Refused as refused:
        if not {refusal.code for refusal in refused.refusals} <= {"ENTRY_BREAKS", "ENTRY_UNSEEN"}:
            raise
        db.session.rollback()
        why = [words(one) for one in refused.refusals]
        return entry_page(event_id, entry_id, others=why, title=_("The entry was not approved:")), 422
    said = _("No. %(number)s is approved.", number=entry.number)
    if entry.review != "approved":
        said = _("No. %(number)s is approved here and goes to the next level.", number=entry.number)
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".list_entries", event_id=event_id))


@blueprint.post(EVENT + "/<int:entry_id>/return")
@requires("entry.decide", deciding_place)
def return_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Give an entry back to its unit, which corrects it and hands it in again."""

    def give_back(event: Any, reason: str) -> str:
        return _decide(event, entry_id, "return", reason, _("No. %(number)s is returned to its unit."))

    return _with_reason(event_id, entry_id, "return", give_back)


@blueprint.post(EVENT + "/<int:entry_id>/reject")
@requires("entry.decide", deciding_place)
def reject_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Reject an entry with a reason."""

    def reject(event: Any, reason: str) -> str:
        return _decide(event, entry_id, "reject", reason, _("No. %(number)s is rejected."))

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
@requires("entry.decide", list_place)
def approve_all(event_id: int) -> ResponseReturnValue:
    """Approve every entry that waits for the user's own decision."""
    event = event_or_404(event_id)
    decided = deciding.approve_all(
        db.session, event, decider_for(event), actor_id=actor(), now=clock.now()
    )
    db.session.commit()
    if decided.approved:
        said = ngettext("%(num)d entry is approved.", "%(num)d entries are approved.", decided.approved)
        flash(said, "success")
    if decided.passed:
        passed = decided.passed
        said = ngettext(
            "%(num)d entry goes to the next level.", "%(num)d entries go to the next level.", passed
        )
        flash(said, "success")
    if decided.left:
        flash(_("Left, because they break a rule of entry: No. %(numbers)s.", numbers=listed(decided.left)))
    return redirect(url_for(".list_entries", event_id=event_id))


def _left(event_id: int, submitted: Submitted) -> list[Left]:
    """Return the entries that were not handed in, each with everything that it breaks, and who does."""
    found: dict[int, Left] = {}
    for one in submitted.left:
        entry = entry_or_404(event_id, one.candidate.entry_id or 0)
        refusal, who = Refusal(one.breach.code, "", one.breach.params), name_in(one)
        why = sentence(refusal)
        if one.person_id is not None and who != entry.name:
            why = _("%(name)s: %(why)s", name=who, why=why)
        found.setdefault(one.row, Left(entry.id, one.row, entry.name, [])).reasons.append(why)
    return list(found.values())


def _handed_in(event_id: int, count: int) -> ResponseReturnValue:
    flash(ngettext("%(num)d entry is handed in.", "%(num)d entries are handed in.", count), "success")
    return redirect(url_for(".list_entries", event_id=event_id))


def _seen() -> str:
    return request.args.get("level", "")


def _guarded(event_id: int, entry_id: int) -> Stop:
    """Return where the guard has seen an entry: by the time it is held, somebody may have passed it on."""
    entry = entry_or_404(event_id, entry_id)
    return Stop(entry.level, entry.level_union_id)


def _decide(event: Any, entry_id: int, decision: str, reason: str, said: str) -> str:
    entry = deciding.decide_entry(
        db.session, event, entry_id, decision, reason, actor_id=actor(), now=clock.now(), seen=_seen(),
        at=_guarded(event.id, entry_id),
    )  # fmt: skip
    return said % {"number": entry.number}


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

"""Entering somebody by hand, and changing an entry."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.catalogue.naming import name_of
from competitions.eligibility.queries import asked_of_people
from competitions.entries import identity, labels, queries, roles, rules, services
from competitions.entries.forms import EntryForm
from competitions.entries.judging import is_admittable
from competitions.entries.places import entries_place, entry_place
from competitions.entries.proposals import Asked
from competitions.entries.services import NotEnterable
from competitions.entries.teams import team_size
from competitions.entries.views.base import (
    EVENT,
    actor,
    asked_for,
    blueprint,
    entry_or_404,
    event_or_404,
    may_register_units,
    rights_in,
    units_for,
)
from competitions.fields import show_refusals, tidy, version_said
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refused


@blueprint.get(EVENT + "/new")
@requires("entry.edit", entries_place)
def new_entry(event_id: int) -> ResponseReturnValue:
    """Show the empty form of an entry."""
    event = event_or_404(event_id)
    form = _form(event)
    units = units_for("entry.edit", event)
    if units is not None and len(units) == 1:
        form.unit.data = queries.list_units(db.session, units)[0][1]
    return _form_page(event, form)


@blueprint.post(EVENT + "/new")
@requires("entry.edit", entries_place)
@once(".list_entries")
def add_entry(event_id: int) -> ResponseReturnValue:
    """Enter one person or team."""
    event = event_or_404(event_id)
    form = _form(event)
    if not form.validate_on_submit():
        return _form_page(event, form), 422
    asked = _asked(event, form)
    try:
        table = form.as_table()
        services.add_entries(db.session, event, table, asked, actor_id=actor(), now=clock.now())
    except NotEnterable as refused:
        return _refused(event, form, refused)
    db.session.commit()
    flash(_("The draft was saved.") if asked.draft else _("The entry was added."), "success")
    return redirect(url_for(".list_entries", event_id=event_id))


@blueprint.get(EVENT + "/<int:entry_id>/edit")
@requires("entry.edit", entry_place)
def edit_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Show the form of an entry; ID numbers and phones stay where they are."""
    event, entry = event_or_404(event_id), entry_or_404(event_id, entry_id)
    return _form_page(event, _form(event, _said_by(entry)), entry)


@blueprint.post(EVENT + "/<int:entry_id>/edit")
@requires("entry.edit", entry_place)
def change_entry(event_id: int, entry_id: int) -> ResponseReturnValue:
    """Change an entry; what a unit changes after its approval is looked at again."""
    event, entry = event_or_404(event_id), entry_or_404(event_id, entry_id)
    form = _form(event)
    if not form.validate_on_submit():
        return _form_page(event, form, entry), 422
    asked = _asked(event, form, entry)
    handed_in = entry.review in rules.WITH_UNIT and not asked.draft
    table = form.as_table([member.person for member in entry.members])
    try:
        services.change_entry(
            db.session, event, entry_id, table, asked, revision=version_said(form.version.data),
            resubmit=not rights_in(event).decide, actor_id=actor(), now=clock.now(),
        )  # fmt: skip
    except Refused as refused:
        return _refused(event, form, refused, entry_id)
    db.session.commit()
    flash(_("The entry is handed in.") if handed_in else _("The entry was changed."), "success")
    return redirect(url_for(".show_entry", event_id=event_id, entry_id=entry_id))


def _asked(event: Any, form: EntryForm, entry: Any = None) -> Asked:
    """Return what is asked of the form: a unit may keep a draft, the organiser admit an exception."""
    decides = rights_in(event).decide
    keeps = entry is None or entry.review in rules.WITH_UNIT
    return asked_for(
        event, "entry.edit", register_units=form.register_unit.data,
        ignoring=entry.id if entry is not None else None,
        draft=bool(form.as_draft.data) and keeps and not decides,
        exception=tidy(form.exception.data) if decides else "",
    )  # fmt: skip


def _form(event: Any, data: Mapping[str, Any] | None = None) -> EntryForm:
    return EntryForm(event.entry_kind, team_size(db.session, event), data=data)


def _said_by(entry: Any) -> dict[str, Any]:
    """Return what an entry says, as its form takes it."""
    people = [
        {
            "ref": m.person.ref, "name": m.person.name, "skill_level": m.person.skill_level,
            "trade": name_of(m.trade) if m.trade is not None else "",
            "role": roles.shown(m.role, leads=m.position == 1), "own_unit": m.unit_name,
        }
        for m in entry.members
    ]  # fmt: skip
    said = {"group": entry.name, "unit": entry.unit.name, "people": people}
    return said | {"category": entry.category, "summary": entry.summary, "version": str(entry.revision)}


def _refused(event: Any, form: EntryForm, refused: Refused, entry_id: int = 0) -> ResponseReturnValue:
    event_id, others = event.id, list[Any]()
    db.session.rollback()
    if isinstance(refused, NotEnterable):
        form.show(refused.proposal.errors)
        form.admittable = all(is_admittable(one.code, one.params) for one in refused.proposal.errors)
    else:
        others = show_refusals(form, refused)
    entry = queries.find_entry(db.session, event_id, entry_id) if entry_id else None
    if entry is not None and "ENTRY_CHANGED" in {one.code for one in refused.refusals}:
        form.version.data = str(entry.revision)  # whoever has been told may save
        url = url_for(".show_entry", event_id=event_id, entry_id=entry_id)
        others = [{"label": sentence, "url": url, "aside": True} for sentence in others]
    return _form_page(event_or_404(event_id), form, entry, others), 422


def _form_page(event: Any, form: EntryForm, entry: Any = None, others: Sequence[Any] = ()) -> str:
    units = units_for("entry.edit", event)
    return render_template(
        "entries/form.html", event=event, entry=entry, form=form, others=list(others),
        rights=rights_in(event), labels=labels,
        units=[name for _number, name in queries.list_units(db.session, units)], own=units is not None,
        asked=asked_of_people(db.session, event),
        may_register=may_register_units(event) and bool(form.unit.errors),
        known={m.person.ref: identity.masked_contact(m.person) for m in entry.members} if entry else {},
    )  # fmt: skip

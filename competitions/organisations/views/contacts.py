"""Whom one reaches at a union or a unit: kept by whoever manages it and by the registrar of the unit."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.organisations import contacts, queries
from competitions.organisations.contacts import At
from competitions.organisations.forms import ContactForm
from competitions.organisations.places import contact_place, union_place, unit_place
from competitions.organisations.views.base import CONTACTS, blueprint, now_by, save
from competitions.organisations.views.unions import union_page
from competitions.organisations.views.units import unit_page
from core.database import db
from core.once.door import once


@blueprint.get("/unions/<int:union_id>/contacts/new")
@requires(CONTACTS, union_place)
def new_union_contact(union_id: int) -> ResponseReturnValue:
    """Show the form for a new contact of a union."""
    return _page(ContactForm(), At(union_id=union_id))


@blueprint.post("/unions/<int:union_id>/contacts/new")
@requires(CONTACTS, union_place)
@once(".show_union")
def add_union_contact(union_id: int) -> ResponseReturnValue:
    """Add a contact to a union."""
    return _add(At(union_id=union_id))


@blueprint.get("/units/<int:unit_id>/contacts/new")
@requires(CONTACTS, unit_place)
def new_unit_contact(unit_id: int) -> ResponseReturnValue:
    """Show the form for a new contact of a unit."""
    return _page(ContactForm(), At(unit_id=unit_id))


@blueprint.post("/units/<int:unit_id>/contacts/new")
@requires(CONTACTS, unit_place)
@once(".show_unit")
def add_unit_contact(unit_id: int) -> ResponseReturnValue:
    """Add a contact to a unit."""
    return _add(At(unit_id=unit_id))


@blueprint.get("/contacts/<int:contact_id>/edit")
@requires(CONTACTS, contact_place)
def edit_contact(contact_id: int) -> ResponseReturnValue:
    """Show the form of a contact; its phone and e-mail stay where they are."""
    contact = queries.get_contact(db.session, contact_id)
    form = ContactForm(data={"name": contact.name, "duty": contact.duty})
    return _page(form, _place(contact), known=contacts.masked(contact))


@blueprint.post("/contacts/<int:contact_id>/edit")
@requires(CONTACTS, contact_place)
def change_contact(contact_id: int) -> ResponseReturnValue:
    """Change a contact; a phone or an e-mail that is left empty stays."""
    contact, form = queries.get_contact(db.session, contact_id), ContactForm()
    place, known = _place(contact), contacts.masked(contact)

    def act() -> None:
        contacts.change_contact(db.session, contact, form.values(), **now_by())

    def page(form: Any, others: list[str] | None = None) -> str:
        return _page(form, place, others, known)

    return save(form, page, act, _("The contact was changed."), _back(place))


@blueprint.post("/contacts/<int:contact_id>/remove")
@requires(CONTACTS, contact_place)
def remove_contact(contact_id: int) -> ResponseReturnValue:
    """Delete a contact."""
    contact = queries.get_contact(db.session, contact_id)
    onward = _back(_place(contact))
    contacts.remove_contact(db.session, contact, **now_by())
    db.session.commit()
    flash(_("The contact was removed."), "success")
    return redirect(onward)


@blueprint.post("/contacts/<int:contact_id>/open")
@requires(CONTACTS, contact_place)
def open_contact(contact_id: int) -> ResponseReturnValue:
    """Show the phone and the e-mail of one contact whole; that is recorded."""
    contact = queries.get_contact(db.session, contact_id)
    place = _place(contact)
    opened = contacts.open_contact(db.session, contact, **now_by())
    db.session.commit()
    if place.unit_id is not None:
        return unit_page(place.unit_id, opened)
    return union_page(place.union_id or 0, opened)


def _add(place: At) -> ResponseReturnValue:
    form = ContactForm()

    def act() -> None:
        contacts.add_contact(db.session, place, form.values(), **now_by())

    def page(form: Any, others: list[str] | None = None) -> str:
        return _page(form, place, others)

    return save(form, page, act, _("The contact was added."), _back(place))


def _place(contact: Any) -> At:
    return At(contact.union_id, contact.unit_id)


def _back(place: At) -> str:
    if place.unit_id is not None:
        return url_for(".show_unit", unit_id=place.unit_id)
    return url_for(".show_union", union_id=place.union_id)


def _page(
    form: ContactForm, at: At, others: list[str] | None = None, known: contacts.Reached | None = None
) -> str:
    row: Any = (
        queries.get_unit(db.session, at.unit_id)
        if at.unit_id is not None
        else queries.get_union(db.session, at.union_id or 0)
    )
    return render_template(
        "organisations/contact_form.html", form=form, others=others or [], known=known, row=row,
        back=_back(at),
    )  # fmt: skip

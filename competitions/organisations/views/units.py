"""Pages of units: their list, one unit with whom one reaches there, and its form."""

from typing import Any

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.forms import InviteForm
from accounts.guard import requires
from competitions.catalogue.queries import find_entry
from competitions.fields import choice_id, page_of, tidy
from competitions.organisations import contacts, labels, offers, panels, queries, registrars, services
from competitions.organisations.forms import RetireForm, UnitForm
from competitions.organisations.places import unit_place
from competitions.organisations.views.base import (
    MANAGE,
    VIEW,
    blueprint,
    may_invite,
    may_keep_contacts,
    may_manage,
    now_by,
    reached,
    save,
)
from core.database import db

PAGE = 50


@blueprint.get("/units/")
@requires(VIEW)
def list_units() -> ResponseReturnValue:
    """Show the units that the user may see, searched and narrowed."""
    scopes = offers.scopes(VIEW)
    unions = offers.unions(VIEW, retired=True)
    union_id = choice_id(request.args.get("union"), [int(choice.value) for choice in unions])
    retired = request.args.get("state") == "retired"
    wanted = queries.UnitFilter(tidy(request.args.get("q"))[:100], union_id, retired)
    total = queries.count_units(db.session, scopes, wanted)
    page, pages = page_of(request.args.get("page"), total, PAGE)
    units = queries.list_units(db.session, scopes, wanted, offset=(page - 1) * PAGE, limit=PAGE)
    return render_template(
        "organisations/units.html", units=units, wanted=wanted, total=total, page=page, pages=pages,
        unions=[(choice.value, choice.label) for choice in unions],
    )  # fmt: skip


@blueprint.get("/units/<int:unit_id>")
@requires(VIEW, unit_place)
def show_unit(unit_id: int) -> ResponseReturnValue:
    """Show one unit: what it is, whom one reaches there."""
    return unit_page(unit_id)


def unit_page(
    unit_id: int,
    opened: contacts.Reached | None = None,
    form: RetireForm | None = None,
    invitation: InviteForm | None = None,
) -> str:
    """Return the page of one unit; `opened` is a contact that was opened just now."""
    unit, place = queries.get_unit(db.session, unit_id), unit_place(unit_id) or abort(404)
    invites = may_invite(place.path)
    return render_template(
        "organisations/unit.html", unit=unit, labels=labels,
        region=find_entry(db.session, unit.region_id or 0),
        industry=find_entry(db.session, unit.industry_id or 0),
        contacts=reached(queries.list_contacts(db.session, unit_ids=[unit_id]), opened),
        manages=may_manage(place.path), keeps=may_keep_contacts(place.path),
        invites=invites, registrars=registrars.list_registrars(db.session, unit) if invites else [],
        is_invited=registrars.is_invited, invitation=invitation or InviteForm(formdata=None),
        form=form or RetireForm(formdata=None), panels=panels.list_panels(db.session, unit),
    )  # fmt: skip


@blueprint.get("/units/new")
@requires(MANAGE)
def new_unit() -> ResponseReturnValue:
    """Show the form for a new unit."""
    form = UnitForm(offers.for_unit(), top=offers.at_the_top(), union_id=request.args.get("union"))
    return _form_page(form)


@blueprint.post("/units/new")
@requires(MANAGE)
def create_unit() -> ResponseReturnValue:
    """Add a unit of a union that the user manages; ask back where it may be there already."""
    form = UnitForm(offers.for_unit(), top=offers.at_the_top())

    def act() -> None:
        services.create_unit(db.session, form.values(), **now_by())
        if not form.sure.data:
            services.refuse_near(db.session, form.name.data or "")

    done = _("“%(name)s” has been added.", name=form.name.data)
    return save(form, _form_page, act, done, url_for(".list_units"))


@blueprint.get("/units/<int:unit_id>/edit")
@requires(MANAGE, unit_place)
def edit_unit(unit_id: int) -> ResponseReturnValue:
    """Show the form for a unit."""
    return _form_page(_form(queries.get_unit(db.session, unit_id)), unit_id=unit_id)


@blueprint.post("/units/<int:unit_id>/edit")
@requires(MANAGE, unit_place)
def change_unit(unit_id: int) -> ResponseReturnValue:
    """Change a unit; ask back where its new name may be another unit's."""
    unit = queries.get_unit(db.session, unit_id)
    form, renamed = _form(unit), unit.name

    def act() -> None:
        services.change_unit(db.session, unit, form.values(), **now_by())
        if form.name.data != renamed and not form.sure.data:
            services.refuse_near(db.session, form.name.data or "", unit_id)

    def page(form: Any, others: list[str] | None = None) -> str:
        return _form_page(form, others, unit_id)

    done = _("“%(name)s” has been changed.", name=form.name.data)
    return save(form, page, act, done, url_for(".show_unit", unit_id=unit_id))


def _form(unit: Any) -> UnitForm:
    top = offers.at_the_top() or unit.union_id is None
    return UnitForm(offers.for_unit(unit), top=top, obj=unit)


def _form_page(form: UnitForm, others: list[str] | None = None, unit_id: int | None = None) -> str:
    unit = queries.get_unit(db.session, unit_id) if unit_id is not None else None
    back = url_for(".show_unit", unit_id=unit_id) if unit else url_for(".list_units")
    return render_template(
        "organisations/unit_form.html", form=form, unit=unit, others=others or [], back=back
    )

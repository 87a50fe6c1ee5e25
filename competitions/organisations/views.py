"""Pages of unions and units."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.fields import choice_id, page_of, show_refusals, tidy
from competitions.organisations import labels, offers, queries, services
from competitions.organisations.forms import UnionForm, UnitForm
from competitions.organisations.places import union_place, unit_place
from core import clock
from core.database import db
from core.refusals import Refused

PAGE = 50
VIEW, MANAGE = "organisation.view", "organisation.manage"
UNIONS, UNITS = ".list_unions", ".list_units"
Page = Callable[..., str]
blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")


@blueprint.get("/")
@requires(VIEW)
def list_unions() -> ResponseReturnValue:
    """Show the tree of unions that the user may see."""
    tree = queries.list_unions(db.session, offers.scopes(VIEW))
    return render_template("organisations/unions.html", tree=tree, labels=labels)


@blueprint.get("/unions/new")
@requires(MANAGE)
def new_union() -> ResponseReturnValue:
    """Show the form for a new union."""
    form = UnionForm(offers.for_union(), top=offers.at_the_top(), parent_id=request.args.get("parent"))
    return _union_page(form)


@blueprint.post("/unions/new")
@requires(MANAGE)
def create_union() -> ResponseReturnValue:
    """Add a union below one that the user manages."""
    form = UnionForm(offers.for_union(), top=offers.at_the_top())
    save = partial(services.create_union, db.session)
    return _save(form, _union_page, save, _("“%(name)s” has been added.", name=form.name.data), UNIONS)


@blueprint.get("/unions/<int:union_id>/edit")
@requires(MANAGE, union_place)
def edit_union(union_id: int) -> ResponseReturnValue:
    """Show the form for a union."""
    union = queries.get_union(db.session, union_id)
    return _union_page(_union_form(union), union)


@blueprint.post("/unions/<int:union_id>/edit")
@requires(MANAGE, union_place)
def change_union(union_id: int) -> ResponseReturnValue:
    """Change a union or hang it below another one."""
    union = queries.get_union(db.session, union_id)
    form, page = _union_form(union), partial(_union_page, union=union)
    save = partial(services.change_union, db.session, union)
    return _save(form, page, save, _("“%(name)s” has been changed.", name=form.name.data), UNIONS)


@blueprint.get("/units/")
@requires(VIEW)
def list_units() -> ResponseReturnValue:
    """Show the units that the user may see, searched and narrowed."""
    scopes = offers.scopes(VIEW)
    unions = offers.unions(VIEW)
    union_id = choice_id(request.args.get("union"), [int(choice.value) for choice in unions])
    wanted = queries.UnitFilter(tidy(request.args.get("q"))[:100], union_id)
    total = queries.count_units(db.session, scopes, wanted)
    page, pages = page_of(request.args.get("page"), total, PAGE)
    units = queries.list_units(db.session, scopes, wanted, offset=(page - 1) * PAGE, limit=PAGE)
    return render_template(
        "organisations/units.html", units=units, wanted=wanted, total=total, page=page, pages=pages,
        unions=[(choice.value, choice.label) for choice in unions], mine=offers.managed_ids(),
        top=offers.at_the_top(),
    )  # fmt: skip


@blueprint.get("/units/new")
@requires(MANAGE)
def new_unit() -> ResponseReturnValue:
    """Show the form for a new unit."""
    form = UnitForm(offers.for_unit(), top=offers.at_the_top(), union_id=request.args.get("union"))
    return _unit_page(form)


@blueprint.post("/units/new")
@requires(MANAGE)
def create_unit() -> ResponseReturnValue:
    """Add a unit of a union that the user manages."""
    form = UnitForm(offers.for_unit(), top=offers.at_the_top())
    save = partial(services.create_unit, db.session)
    return _save(form, _unit_page, save, _("“%(name)s” has been added.", name=form.name.data), UNITS)


@blueprint.get("/units/<int:unit_id>/edit")
@requires(MANAGE, unit_place)
def edit_unit(unit_id: int) -> ResponseReturnValue:
    """Show the form for a unit."""
    unit = queries.get_unit(db.session, unit_id)
    return _unit_page(_unit_form(unit), unit)


@blueprint.post("/units/<int:unit_id>/edit")
@requires(MANAGE, unit_place)
def change_unit(unit_id: int) -> ResponseReturnValue:
    """Change a unit."""
    unit = queries.get_unit(db.session, unit_id)
    form, page = _unit_form(unit), partial(_unit_page, unit=unit)
    save = partial(services.change_unit, db.session, unit)
    return _save(form, page, save, _("“%(name)s” has been changed.", name=form.name.data), UNITS)


def _save(form: Any, page: Page, save: Callable[..., Any], done: str, onward: str) -> ResponseReturnValue:
    """Save what the form says, say that it is done and go on; or show the form again with what is wrong."""
    if not form.validate_on_submit():
        return page(form), 422
    try:
        save(form.values(), actor_id=current_user.id, now=clock.now())
    except Refused as refused:
        return page(form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(done, "success")
    return redirect(url_for(onward))


def _union_form(union: Any) -> UnionForm:
    top = offers.at_the_top() or union.parent_id is None
    return UnionForm(offers.for_union(union), top=top, obj=union)


def _union_page(form: UnionForm, union: Any = None, others: list[str] | None = None) -> str:
    return render_template("organisations/union_form.html", form=form, union=union, others=others or [])


def _unit_form(unit: Any) -> UnitForm:
    top = offers.at_the_top() or unit.union_id is None
    return UnitForm(offers.for_unit(unit), top=top, obj=unit)


def _unit_page(form: UnitForm, unit: Any = None, others: list[str] | None = None) -> str:
    return render_template("organisations/unit_form.html", form=form, unit=unit, others=others or [])

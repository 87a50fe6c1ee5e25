"""Pages of unions: their tree, one union with what stands below it, and its form."""

from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.fields import choice_id, tidy
from competitions.organisations import contacts, labels, offers, queries, services
from competitions.organisations.forms import RetireForm, UnionForm
from competitions.organisations.places import union_place
from competitions.organisations.tree import MOST_FOUND, read_tree
from competitions.organisations.views.base import (
    MANAGE,
    VIEW,
    blueprint,
    may_keep_contacts,
    may_manage,
    now_by,
    reached,
    save,
)
from core.database import db


@blueprint.get("/")
@requires(VIEW)
def list_unions() -> ResponseReturnValue:
    """Show the tree of unions that the user may see, opened along one branch, or those of a search."""
    if (units := offers.own_units()) is not None:
        one = url_for(".show_unit", unit_id=units[0])
        return redirect(one if len(units) == 1 else url_for(".list_units"))
    tree = read_tree(db.session, offers.scopes(VIEW))
    text = tidy(request.args.get("q"))[:100]
    open_id = choice_id(request.args.get("open"), list(tree.unions))
    rows = tree.search(text) if text else tree.rows(open_id)
    return render_template(
        "organisations/unions.html", rows=rows, text=text, tree=tree, labels=labels, most=MOST_FOUND
    )


@blueprint.get("/unions/<int:union_id>")
@requires(VIEW, union_place)
def show_union(union_id: int) -> ResponseReturnValue:
    """Show one union: where it stands, what stands below it, whom one reaches there."""
    return union_page(union_id)


def union_page(
    union_id: int, opened: contacts.Reached | None = None, form: RetireForm | None = None
) -> str:
    """Return the page of one union; `opened` is a contact that was opened just now."""
    place = union_place(union_id) or abort(404)
    tree = read_tree(db.session, [("union", union_id)])
    here, *below = tree.rows(union_id)
    seen = read_tree(db.session, offers.scopes(VIEW)).above(union_id)
    return render_template(
        "organisations/union.html", row=here, below=[row for row in below if row.depth == 1], above=seen,
        labels=labels, contacts=reached(queries.list_contacts(db.session, union_id=union_id), opened),
        manages=may_manage(place.path), keeps=may_keep_contacts(place.path),
        form=form or RetireForm(formdata=None),
    )  # fmt: skip


@blueprint.get("/unions/new")
@requires(MANAGE)
def new_union() -> ResponseReturnValue:
    """Show the form for a new union."""
    form = UnionForm(offers.for_union(), top=offers.at_the_top(), parent_id=request.args.get("parent"))
    return _form_page(form)


@blueprint.post("/unions/new")
@requires(MANAGE)
def create_union() -> ResponseReturnValue:
    """Add a union below one that the user manages."""
    form = UnionForm(offers.for_union(), top=offers.at_the_top())

    def act() -> None:
        services.create_union(db.session, form.values(), **now_by())

    done = _("“%(name)s” has been added.", name=form.name.data)
    return save(form, _form_page, act, done, url_for(".list_unions", open=form.parent_id.data))


@blueprint.get("/unions/<int:union_id>/edit")
@requires(MANAGE, union_place)
def edit_union(union_id: int) -> ResponseReturnValue:
    """Show the form for a union."""
    union = queries.get_union(db.session, union_id)
    return _form_page(_form(union), union_id=union_id)


@blueprint.post("/unions/<int:union_id>/edit")
@requires(MANAGE, union_place)
def change_union(union_id: int) -> ResponseReturnValue:
    """Change a union or hang it, with all that stands below it, below another one."""
    union = queries.get_union(db.session, union_id)
    form = _form(union)

    def act() -> None:
        services.change_union(db.session, union, form.values(), **now_by())

    def page(form: Any, others: list[str] | None = None) -> str:
        return _form_page(form, others, union_id)

    done = _("“%(name)s” has been changed.", name=form.name.data)
    return save(form, page, act, done, url_for(".show_union", union_id=union_id))


def _form(union: Any) -> UnionForm:
    top = offers.at_the_top() or union.parent_id is None
    return UnionForm(offers.for_union(union), top=top, obj=union)


def _form_page(form: UnionForm, others: list[str] | None = None, union_id: int | None = None) -> str:
    union = queries.get_union(db.session, union_id) if union_id is not None else None
    back = url_for(".show_union", union_id=union_id) if union else url_for(".list_unions")
    return render_template(
        "organisations/union_form.html", form=form, union=union, others=others or [], back=back
    )

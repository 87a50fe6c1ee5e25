"""Pages of the catalogue."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts.guard import requires
from competitions.catalogue import labels, naming, queries, rules, services
from competitions.catalogue.forms import EntryForm
from competitions.catalogue.places import entry_place, list_place
from competitions.fields import choice_id, page_of, show_refusals, tidy
from core import clock
from core.database import db
from core.refusals import Refused, refuse

PAGE = 50
blueprint = Blueprint("catalogue", __name__, url_prefix="/catalogue")


@blueprint.get("/")
@requires("catalogue.view")
def list_entries() -> ResponseReturnValue:
    """Show one list of the catalogue, searched and narrowed."""
    industries = queries.list_all(db.session, rules.INDUSTRY)
    wanted = _filter(industries)
    total = queries.count(db.session, wanted)
    page, pages = page_of(request.args.get("page"), total, PAGE)
    entries = queries.search(db.session, wanted, offset=(page - 1) * PAGE, limit=PAGE)
    return render_template(
        "catalogue/list.html", wanted=wanted, entries=entries, total=total, page=page, pages=pages,
        industry_options=[(entry.id, naming.name_of(entry)) for entry in industries], labels=labels,
        rules=rules, above=_above(wanted.kind, entries),
        sources=dict.fromkeys(labels.source_title(entry.source) for entry in entries if entry.source),
        industries_of=queries.list_industries_of(db.session, [entry.id for entry in entries]),
    )  # fmt: skip


@blueprint.get("/<kind>/new")
@requires("catalogue.manage", list_place)
def new_entry(kind: str) -> ResponseReturnValue:
    """Show the form for a new entry."""
    return _form_page(kind, None, _form(kind))


@blueprint.post("/<kind>/new")
@requires("catalogue.manage", list_place)
def add_entry(kind: str) -> ResponseReturnValue:
    """Add an entry."""
    form = _form(kind)
    if not form.validate_on_submit():
        return _form_page(kind, None, form), 422
    try:
        entry = services.add_entry(
            db.session, kind, form.values(), ref=clock.new_ref(), actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        return _form_page(kind, None, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” is in the catalogue.", name=naming.name_of(entry)), "success")
    return redirect(url_for(".list_entries", kind=kind))


@blueprint.get("/entries/<int:entry_id>/edit")
@requires("catalogue.manage", entry_place)
def edit_entry(entry_id: int) -> ResponseReturnValue:
    """Show the form for an entry."""
    entry = queries.get_entry(db.session, entry_id)
    return _form_page(entry.kind, entry, _form(entry.kind, entry))


@blueprint.post("/entries/<int:entry_id>/edit")
@requires("catalogue.manage", entry_place)
def change_entry(entry_id: int) -> ResponseReturnValue:
    """Change an entry."""
    entry = queries.get_entry(db.session, entry_id)
    form = _form(entry.kind, entry)
    if not form.validate_on_submit():
        return _form_page(entry.kind, entry, form), 422
    try:
        services.change_entry(
            db.session, entry, form.values(), actor_id=current_user.id, now=clock.now()
        )
    except Refused as refused:
        return _form_page(entry.kind, entry, form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("“%(name)s” has been changed.", name=naming.name_of(entry)), "success")
    return redirect(url_for(".list_entries", kind=entry.kind))


@blueprint.post("/entries/<int:entry_id>/retire")
@requires("catalogue.manage", entry_place)
def retire_entry(entry_id: int) -> ResponseReturnValue:
    """Retire an entry: it stays where it is in use and is no longer offered."""
    entry = queries.get_entry(db.session, entry_id)
    services.retire_entry(db.session, entry, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    flash(_("“%(name)s” is retired: no longer offered, still shown where it is in use.",
            name=naming.name_of(entry)), "success")  # fmt: skip
    return redirect(url_for(".edit_entry", entry_id=entry_id))


@blueprint.post("/entries/<int:entry_id>/restore")
@requires("catalogue.manage", entry_place)
def restore_entry(entry_id: int) -> ResponseReturnValue:
    """Offer a retired entry again."""
    entry = queries.get_entry(db.session, entry_id)
    services.restore_entry(db.session, entry, actor_id=current_user.id, now=clock.now())
    db.session.commit()
    flash(_("“%(name)s” is offered again.", name=naming.name_of(entry)), "success")
    return redirect(url_for(".edit_entry", entry_id=entry_id))


def _filter(industries: list[Any]) -> queries.Filter:
    asked = request.args
    kind = asked.get("kind", rules.TRADE)
    return queries.Filter(
        kind=kind if kind in rules.KINDS else rules.TRADE,
        text=tidy(asked.get("q"))[:100],
        retired=asked.get("state") == "retired",
        industry_id=choice_id(asked.get("industry"), [entry.id for entry in industries])
        if kind == rules.TRADE
        else None,
    )


def _above(kind: str, entries: list[Any]) -> dict[str, Any]:
    above = rules.TRADE_GROUP if kind == rules.TRADE else kind
    return queries.list_by_keys(db.session, above, {entry.parent_key for entry in entries})


def _form(kind: str, entry: Any = None) -> EntryForm:
    if entry is None and kind in rules.FIXED_KINDS:
        raise refuse("LIST_FIXED")
    held = queries.list_industry_ids(db.session, entry.id) if entry is not None else []
    choices = naming.choices(queries.list_offered(db.session, rules.INDUSTRY, held))
    stored = {} if entry is None else {
        "name_zh": entry.name_zh, "name_en": entry.name_en, "industry_ids": held,
        "standard_codes": " ".join(entry.attributes.get("gbt4754", [])),
    }  # fmt: skip
    return EntryForm(kind, entry, choices, data=stored)


def _form_page(kind: str, entry: Any, form: EntryForm, others: list[str] | None = None) -> str:
    return render_template(
        "catalogue/form.html", kind=kind, entry=entry, form=form, others=others or [], labels=labels,
        rules=rules, uses=0 if entry is None else queries.count_uses(db.session, entry.id),
    )  # fmt: skip

"""The register: all honours of one's unions, one of them, what is written down by hand."""

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import may, requires
from competitions.fields import page_of, show_refusals
from competitions.lists.workbook import TYPE
from competitions.organisations.queries import get_union
from core import clock
from core.database import db
from core.refusals import Refused
from scoring.honours import exporting, grounds, labels, queries, rules, services
from scoring.honours.forms import EndForm, GrantForm, RecordForm
from scoring.honours.places import honour_place
from scoring.honours.queries import Sought
from scoring.honours.views.base import EDIT, VIEW, act, blueprint, scopes, sought, unions

PAGE, ADDRESS = 50, "/honours"


@blueprint.get(ADDRESS + "/")
@requires(VIEW)
def list_honours() -> ResponseReturnValue:
    """Show the honours of the user's unions and contests."""
    wanted, where = sought(), scopes()
    total = queries.count_honours(db.session, where, wanted)
    page, pages = page_of(request.args.get("page"), total, PAGE)
    rows = queries.list_honours(db.session, where, wanted, limit=PAGE, offset=(page - 1) * PAGE)
    return render_template(
        "honours/list.html", rows=rows, total=total, page=page, pages=pages, wanted=wanted, labels=labels,
        years=queries.list_years(db.session, where), narrowed=wanted != Sought(), address=_address,
        may_edit=may(EDIT) and bool(unions()), revoked=grounds.told(db.session, rows),
    )  # fmt: skip


@blueprint.get(ADDRESS + "/register.xlsx")
@requires(VIEW)
def download_register() -> ResponseReturnValue:
    """Give what the page shows as a workbook, all of it."""
    rows = queries.list_honours(db.session, scopes(), sought())
    return send_file(
        exporting.register_workbook(rows, grounds.told(db.session, rows)), TYPE, as_attachment=True,
        download_name=_("Honours") + ".xlsx",
    )  # fmt: skip


@blueprint.get(ADDRESS + "/new")
@requires(EDIT)
def new_honour() -> ResponseReturnValue:
    """Show the form for an honour that was granted elsewhere."""
    kind, level = request.args.get("kind", "medal"), request.args.get("level", "national")
    body = labels.GRANTED_BY.get((kind, level), "")
    offered = {"kind": kind, "level": level, "body": body} if (kind in labels.KINDS) else {}
    return _new_page(RecordForm(unions(), formdata=None, data=offered))


@blueprint.post(ADDRESS + "/new")
@requires(EDIT)
def record_honour() -> ResponseReturnValue:
    """Write an honour down that was granted elsewhere."""
    form = RecordForm(unions())
    if not form.validate_on_submit():
        return _new_page(form), 422
    try:
        union = get_union(db.session, form.union_id.data or 0)
        (made,) = services.record_granted(db.session, union, [form.recorded()], act())
    except Refused as refused:
        db.session.rollback()
        return _new_page(form, show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("Recorded."), "success")
    return redirect(url_for(".show_honour", honour_id=made.id))


@blueprint.get(ADDRESS + "/<int:honour_id>")
@requires(VIEW, honour_place)
def show_honour(honour_id: int) -> ResponseReturnValue:
    """Show one honour, and what can be decided on it."""
    return _page(honour_id)


@blueprint.post(ADDRESS + "/<int:honour_id>/grant")
@requires(EDIT, honour_place)
def grant(honour_id: int) -> ResponseReturnValue:
    """Grant a recommended honour by a document."""
    return _decided(honour_id, GrantForm(), rules.GRANTED)


@blueprint.post(ADDRESS + "/<int:honour_id>/decline")
@requires(EDIT, honour_place)
def decline(honour_id: int) -> ResponseReturnValue:
    """Say that a recommended honour was not granted."""
    return _decided(honour_id, EndForm(), rules.DECLINED)


@blueprint.post(ADDRESS + "/<int:honour_id>/revoke")
@requires(EDIT, honour_place)
def revoke(honour_id: int) -> ResponseReturnValue:
    """Take a granted honour back."""
    return _decided(honour_id, EndForm(), rules.REVOKED)


def _decided(honour_id: int, form: GrantForm | EndForm, state: str) -> ResponseReturnValue:
    honour = queries.find_honour(db.session, honour_id) or abort(404)
    if not form.validate_on_submit():
        return _page(honour_id, form, state), 422
    try:
        services.decide(db.session, [honour], state, form.decision(), act())
    except Refused as refused:
        db.session.rollback()
        return _page(honour_id, form, state, show_refusals(form, refused)), 409
    db.session.commit()
    flash(_("The register is up to date."), "success")
    return redirect(url_for(".show_honour", honour_id=honour_id))


def _page(
    honour_id: int, said: GrantForm | EndForm | None = None, state: str = "", others: list[str] | None = None
) -> str:
    honour = queries.find_honour(db.session, honour_id) or abort(404)
    path = queries.honour_path(db.session, honour)
    fresh = {"on": clock.today(), "body": labels.GRANTED_BY.get((honour.kind, honour.level), "")}
    forms = {
        next_state: (said if said is not None and next_state == state else _form(next_state, fresh)).named(
            next_state
        )
        for next_state in rules.ALLOWED.get(honour.state, ())
    }
    return render_template(
        "honours/show.html", honour=honour, forms=forms if may(EDIT, path) else {}, said=said,
        others=others or [], labels=labels, whom=rules.KINDS[honour.kind].whom,
        revoked=grounds.told(db.session, [honour]).get(honour.id, ""),
    )  # fmt: skip


def _form(state: str, fresh: dict[str, object]) -> GrantForm | EndForm:
    kind = GrantForm if state == rules.GRANTED else EndForm
    return kind(formdata=None, data=fresh)


def _new_page(form: RecordForm, others: list[str] | None = None) -> str:
    return render_template("honours/new.html", form=form, others=others or [])


def _address(wanted: Sought, page: int = 1, endpoint: str = ".list_honours") -> str:
    return url_for(
        endpoint, q=wanted.text or None, kind=wanted.kind or None, level=wanted.level or None,
        state=wanted.state or None, year=wanted.year, page=page if page > 1 else None,
    )  # fmt: skip

"""Pages of declared contests: list, one, its form, its documents."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import policy
from accounts.guard import MissingRole, Where, held_grants, may, requires
from competitions.catalogue import queries as catalogue
from competitions.catalogue import rules as lists
from competitions.catalogue.naming import choices
from competitions.declared import queries, services
from competitions.declared.forms import DeclaredForm, DocumentForm, WithdrawForm, stored
from competitions.declared.rules import KEYS
from competitions.fields import show_refusals
from competitions.indicators import labels as words
from competitions.indicators.dictionary import by_key
from competitions.organisations import offers
from competitions.organisations.queries import union_path
from competitions.returns import rows
from competitions.returns.figures import from_json
from core import clock
from core.database import db
from core.files import answers, reading
from core.once.door import once
from core.refusals import Refusal, Refused
from core.refusals import words as sentence
from core.web import takes_files

VIEW, EDIT = "statistics.view", "declared.edit"
blueprint = Blueprint("declared", __name__, url_prefix="/statistics/declared")
ONE = "/<ref>"


def contest_place(ref: str, **_others: Any) -> Where | None:
    """Return where a declared contest stands; None for one of a union that the user does not see."""
    contest = queries.find_contest(db.session, ref)
    if contest is None:
        return None
    path = union_path(db.session, contest.union_id)
    return Where(path) if {*path} & {*policy.scopes_of(held_grants(), VIEW)} else None


@blueprint.get("/")
@requires(VIEW)
def list_contests() -> ResponseReturnValue:
    """Show the declared contests of the own unions."""
    contests = queries.list_contests(db.session, policy.scopes_of(held_grants(), VIEW))
    return render_template("declared/list.html", contests=contests, edits=may(EDIT), from_json=from_json)


@blueprint.get("/new")
@requires(EDIT)
def new_contest() -> ResponseReturnValue:
    """Show the form of a contest to declare."""
    return _form_page(_form(formdata=None), rows.shown({}))


@blueprint.post("/new")
@requires(EDIT)
@once(".list_contests")
def declare() -> ResponseReturnValue:
    """Record a contest that was held without this system."""
    form, typed = _form(), rows.typed(request.form)
    figures, unread = rows.read({key: typed[key] for key in KEYS})
    if not form.validate_on_submit() or unread:
        return _form_page(form, typed, refusals=unread), 422
    values, winners = form.values()
    _refuse_other_unions(values.union_id)
    try:
        contest = services.declare(
            db.session, values, figures, winners, ref=clock.new_ref(), today=clock.today(), **_by()
        )
    except Refused as refused:
        db.session.rollback()
        return _form_page(_form(), typed, refusals=refused.refusals), 422
    ref, name = contest.ref, contest.name
    db.session.commit()
    flash(_("“%(name)s” is declared.", name=name), "success")
    return redirect(url_for(".show_contest", ref=ref))


@blueprint.get(ONE)
@requires(VIEW, contest_place)
def show_contest(ref: str) -> ResponseReturnValue:
    """Show a declared contest."""
    return _page(_found(ref))


@blueprint.get(ONE + "/edit")
@requires(EDIT, contest_place)
def edit_contest(ref: str) -> ResponseReturnValue:
    """Show the form of a declared contest."""
    contest = _found(ref)
    form = _form(contest.union_id, formdata=None, data=stored(contest))
    return _form_page(form, rows.shown(from_json(contest.figures)), contest)


@blueprint.post(ONE + "/edit")
@requires(EDIT, contest_place)
def change_contest(ref: str) -> ResponseReturnValue:
    """Correct a declared contest."""
    contest = _found(ref)
    form, typed = _form(contest.union_id), rows.typed(request.form)
    figures, unread = rows.read({key: typed[key] for key in KEYS})
    if not form.validate_on_submit() or unread:
        return _form_page(form, typed, contest, unread), 422
    values, winners = form.values()
    _refuse_other_unions(values.union_id)
    try:
        services.change(
            db.session, contest, values, figures, winners, version=form.said_version,
            today=clock.today(), **_by(),
        )  # fmt: skip
    except Refused as refused:
        db.session.rollback()
        return _form_page(_form(_found(ref).union_id), typed, _found(ref), refused.refusals), 422
    db.session.commit()
    flash(_("The declaration is corrected."), "success")
    return redirect(url_for(".show_contest", ref=ref))


@blueprint.post(ONE + "/withdraw")
@requires(EDIT, contest_place)
def withdraw(ref: str) -> ResponseReturnValue:
    """Withdraw a declaration."""
    form = WithdrawForm()
    try:
        services.withdraw(db.session, _found(ref), form.reason.data or "", **_by())
    except Refused as refused:
        db.session.rollback()
        return _page(_found(ref), withdrawing=form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The declaration is withdrawn; it counts no more."), "success")
    return redirect(url_for(".show_contest", ref=ref))


@blueprint.post(ONE + "/files")
@requires(EDIT, contest_place)
@takes_files
def attach(ref: str) -> ResponseReturnValue:
    """Keep a document with a declared contest."""
    form = DocumentForm()
    try:
        upload = reading.take(form.file.data)
        services.attach(db.session, _found(ref), upload, ref=clock.new_ref(), **_by())
    except Refused as refused:
        db.session.rollback()
        return _page(_found(ref), document=form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(_("The document is kept."), "success")
    return redirect(url_for(".show_contest", ref=ref))


@blueprint.post(ONE + "/files/<file_ref>")
@requires(VIEW, contest_place)
def download(ref: str, file_ref: str) -> ResponseReturnValue:
    """Give a document of a declared contest; who took it is recorded."""
    contest = _found(ref)
    row = queries.find_file(db.session, contest, file_ref) or abort(404)
    answer = answers.send(row.file)
    services.record_fetch(db.session, contest, row.file, **_by())
    db.session.commit()
    return answer


def _found(ref: str) -> Any:
    return queries.find_contest(db.session, ref) or abort(404)


def _by() -> dict[str, Any]:
    return {"actor_id": current_user.id, "now": clock.now()}


def _refuse_other_unions(union_id: int) -> None:
    if not may(EDIT, union_path(db.session, union_id)):
        raise MissingRole(EDIT)


def _form(keep: int | None = None, **settings: Any) -> DeclaredForm:
    def offered(kind: str) -> Any:
        return choices(catalogue.list_offered(db.session, kind, []))

    offer = {
        "union_id": offers.unions(EDIT, keep), "kind_id": offered(lists.ACTIVITY_KIND),
        "level_id": offered(lists.LEVEL),
    }  # fmt: skip
    return DeclaredForm(offer, **settings)


def _form_page(
    form: DeclaredForm, typed: Mapping[str, rows.Row], contest: Any = None,
    refusals: Iterable[Refusal] = (),
) -> str:  # fmt: skip
    errors: dict[str, list[str]] = {}
    for refusal in refusals:
        errors.setdefault(refusal.where, []).append(sentence(refusal))
    for field in [field for field in form if field.name in errors]:
        field.errors = [*field.errors, *errors.pop(field.name)]
    others = [told for one in errors.values() for told in one]
    return render_template(
        "declared/form.html", form=form, typed=typed, contest=contest, errors=errors, others=others,
        keys=[by_key()[key] for key in KEYS], words=words,
    )  # fmt: skip


def _page(
    contest: Any, *, document: Any = None, withdrawing: Any = None, others: Iterable[str] = ()
) -> str:
    return render_template(
        "declared/show.html", contest=contest, figures=from_json(contest.figures), known=by_key(),
        words=words, document=document or DocumentForm(formdata=None), others=list(others),
        withdrawing=withdrawing or WithdrawForm(formdata=None),
        edits=may(EDIT, union_path(db.session, contest.union_id)) and contest.withdrawn_at is None,
    )  # fmt: skip

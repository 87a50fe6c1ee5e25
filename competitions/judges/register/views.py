"""Pages of the judge register: who is known as a judge, with which qualifications, and where they judged."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard, policy
from accounts.guard import held_grants, requires
from competitions.catalogue.naming import choices, trade_words
from competitions.events.checks import get_trade
from competitions.events.queries import event_path
from competitions.fields import page_of, show_refusals
from competitions.judges.queries import find_unit, list_known_units
from competitions.judges.register import labels, offers, queries, rules, services
from competitions.judges.register.forms import NewJudgeForm, ProfileForm, QualificationForm, SearchForm
from competitions.judges.register.places import judge_place, qualification_place
from competitions.judges.register.queries import Sought
from competitions.judges.views.people import meant
from core import clock
from core.database import db
from core.once.door import once
from core.refusals import Refusal, Refused, words

PAGE = 50
VIEW, EDIT = "register.view", "register.edit"
JUDGE = "/<int:user_id>"
QUALIFICATION = JUDGE + "/qualifications/<int:qualification_id>"
blueprint = Blueprint("register", __name__, url_prefix="/judges")


@blueprint.get("/")
@requires(VIEW)
def list_judges() -> ResponseReturnValue:
    """Show the judges of the user's unions and contests."""
    return _list_page(Sought(), _search_form(formdata=None))


@blueprint.post("/search")
@requires(VIEW)
def search_judges() -> ResponseReturnValue:
    """Look for judges; that somebody looks is recorded, not for whom."""
    form = _search_form()
    if not form.validate_on_submit():
        return _list_page(Sought(), form), 422
    matches = queries.count_judges(db.session, _scopes(), form.sought())
    services.record_search(db.session, matches, **_by())
    db.session.commit()
    return _list_page(form.sought(), form)


@blueprint.get("/new")
@requires(EDIT)
def new_judge() -> ResponseReturnValue:
    """Show the form that takes somebody into the register."""
    return _new_page(NewJudgeForm(formdata=None))


@blueprint.post("/new")
@requires(EDIT)
def add_judge() -> ResponseReturnValue:
    """Take somebody who has an account into the register."""
    form = NewJudgeForm()
    user = meant(form, "REGISTER_WHO") if form.validate_on_submit() else None
    unit = _unit(form, []) if user is not None else None
    if user is None or unit is None:
        return _new_page(form), 422
    try:
        services.add_judge(db.session, user, form.values(unit.id), **_by())
    except Refused as refused:
        return _new_page(form, show_refusals(form, refused)), 422
    return _saved(user.id, _("%(name)s is in the register now.", name=user.name))


@blueprint.get(JUDGE)
@requires(VIEW, judge_place)
def show_judge(user_id: int) -> ResponseReturnValue:
    """Show one judge: the profile, the qualifications, the events."""
    user = _user(user_id)
    events = queries.list_events_of(db.session, user_id)
    seen = [one for one in events if guard.may("judge.list", event_path(db.session, one.event))]
    return render_template(
        "register/show.html", known=queries.get_known(db.session, user), labels=labels, events=seen,
        hidden=len(events) - len(seen), today=clock.today(), is_expired=rules.is_expired,
    )  # fmt: skip


@blueprint.get(JUDGE + "/edit")
@requires(EDIT, judge_place)
def edit_judge(user_id: int) -> ResponseReturnValue:
    """Show the form of a judge; a new one starts with the unit of the last appointment."""
    profile = queries.find_profile(db.session, user_id)
    said = {"unit": list_known_units(db.session, [user_id]).get(user_id, "")}
    if profile is not None:
        unit = profile.unit.name if profile.unit is not None else ""
        said = {"unit": unit, "title": profile.title, "note": profile.note}
    return _edit_page(user_id, ProfileForm(formdata=None, data=said))


@blueprint.post(JUDGE + "/edit")
@requires(EDIT, judge_place)
def change_judge(user_id: int) -> ResponseReturnValue:
    """Change what the register says of a judge."""
    user, form = _user(user_id), ProfileForm()
    unit = _unit(form, _own_units(user_id)) if form.validate_on_submit() else None
    if not form.errors and unit is None and not _seen_by_events(user_id):
        form.unit.errors = [words(Refusal("REGISTER_LOST"))]
    if form.errors:
        return _edit_page(user_id, form), 422
    services.save_profile(db.session, user, form.values(unit.id if unit else None), **_by())
    return _saved(user_id, _("The register is up to date."))


@blueprint.get(JUDGE + "/qualifications/new")
@requires(EDIT, judge_place)
def new_qualification(user_id: int) -> ResponseReturnValue:
    """Show the form of a new qualification."""
    return _qualification_page(user_id, QualificationForm(formdata=None))


@blueprint.post(JUDGE + "/qualifications/new")
@requires(EDIT, judge_place)
@once(".show_judge")
def add_qualification(user_id: int) -> ResponseReturnValue:
    """Add a qualification."""
    user, form = _user(user_id), QualificationForm()
    if not form.validate_on_submit() or not _trade(form):
        return _qualification_page(user_id, form), 422
    services.add_qualification(db.session, user, form.values(form.trade_id), **_by())
    return _saved(user_id, _("The qualification was added."))


@blueprint.get(QUALIFICATION)
@requires(EDIT, qualification_place)
def edit_qualification(user_id: int, qualification_id: int) -> ResponseReturnValue:
    """Show the form of a qualification."""
    row = _qualification(user_id, qualification_id)
    said = {"trade": trade_words(row.trade) if row.trade is not None else ""}
    names = ("level", "certificate_number", "issued_by", "valid_until")
    form = QualificationForm(formdata=None, data=said | {name: getattr(row, name) for name in names})
    return _qualification_page(user_id, form, row)


@blueprint.post(QUALIFICATION)
@requires(EDIT, qualification_place)
def change_qualification(user_id: int, qualification_id: int) -> ResponseReturnValue:
    """Change a qualification."""
    row, form = _qualification(user_id, qualification_id), QualificationForm()
    if not form.validate_on_submit() or not _trade(form, row.trade_id):
        return _qualification_page(user_id, form, row), 422
    services.change_qualification(db.session, row, form.values(form.trade_id), **_by())
    return _saved(user_id, _("The qualification was changed."))


@blueprint.post(QUALIFICATION + "/remove")
@requires(EDIT, qualification_place)
def remove_qualification(user_id: int, qualification_id: int) -> ResponseReturnValue:
    """Delete a qualification that was entered by mistake."""
    row = _qualification(user_id, qualification_id)
    services.remove_qualification(db.session, row, **_by())
    return _saved(user_id, _("The qualification was removed."))


# ---------------------------------------------------------------- parts


def _scopes() -> frozenset[tuple[str, int]]:
    """Return where the signed-in user keeps the register."""
    return policy.scopes_of(held_grants(), VIEW)


def _by() -> dict[str, Any]:
    return {"actor_id": int(current_user.id), "now": clock.now()}


def _saved(user_id: int, said: str) -> ResponseReturnValue:
    db.session.commit()
    flash(said, "success")
    return redirect(url_for(".show_judge", user_id=user_id))


def _user(user_id: int) -> Any:
    return queries.find_user(db.session, user_id) or abort(404)


def _qualification(user_id: int, number: int) -> Any:
    return queries.find_qualification(db.session, user_id, number) or abort(404)


def _search_form(**settings: Any) -> SearchForm:
    form = SearchForm(**settings)
    form.trade.offer(choices(queries.list_trades(db.session, _scopes())))
    return form


def _own_units(user_id: int) -> list[str]:
    """Return the units that a judge may keep, wherever they belong: the present one and the last one."""
    profile = queries.find_profile(db.session, user_id)
    present = profile.unit.name if profile is not None and profile.unit is not None else ""
    return [present, list_known_units(db.session, [user_id]).get(user_id, "")]


def _unit(form: Any, kept: list[str]) -> Any | None:
    """Return the unit that was typed: one of the user's unions, or one to keep; else say so at the field."""
    name = form.unit.data or ""
    unit = find_unit(db.session, name) if name else None
    allowed = unit is not None and (name in kept or guard.may(EDIT, queries.unit_path(db.session, unit)))
    if name and not allowed:
        form.unit.errors = [words(Refusal("REGISTER_UNIT"))]
    return unit if allowed else None


def _seen_by_events(user_id: int) -> bool:
    events = queries.list_events_of(db.session, user_id)
    return guard.may(EDIT, (policy.SITE, *queries.event_steps(db.session, events)))


def _trade(form: QualificationForm, keep: int | None = None) -> bool:
    """Find the trade that was typed; say at the field which names are nearest where there is none."""
    try:
        trade = get_trade(db.session, form.trade.data or "", keep)
    except Refused as refused:
        show_refusals(form, refused)
        return False
    form.trade_id = trade.id if trade is not None else None
    return True


def _list_page(sought: Sought, form: SearchForm) -> str:
    total = queries.count_judges(db.session, _scopes(), sought)
    page, pages = page_of(None if any(sought) else request.args.get("page"), total, PAGE)
    judges = queries.list_judges(db.session, _scopes(), sought, limit=PAGE, offset=(page - 1) * PAGE)
    return render_template(
        "register/list.html", judges=judges, total=total, page=page, pages=pages, form=form, most=PAGE,
        searched=any(sought), labels=labels, today=clock.today(), is_expired=rules.is_expired,
    )  # fmt: skip


def _new_page(form: NewJudgeForm, others: Any = ()) -> str:
    db.session.rollback()
    units = offers.unit_names(_scopes())
    return render_template("register/new.html", form=form, others=list(others), units=units)


def _edit_page(user_id: int, form: ProfileForm) -> str:
    units = dict.fromkeys([*filter(None, _own_units(user_id)), *offers.unit_names(_scopes())])
    return render_template("register/edit.html", user=_user(user_id), form=form, units=list(units))


def _qualification_page(user_id: int, form: QualificationForm, row: Any = None) -> str:
    return render_template(
        "register/qualification.html", user=_user(user_id), form=form, row=row,
    )  # fmt: skip

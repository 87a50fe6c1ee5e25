"""Taking unions and units out of use, and into use again."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts.guard import requires
from competitions.organisations import queries, retiring
from competitions.organisations.forms import RetireForm
from competitions.organisations.places import union_place, unit_place
from competitions.organisations.views.base import MANAGE, blueprint, now_by, save
from competitions.organisations.views.unions import union_page
from competitions.organisations.views.units import unit_page
from core.database import db


@blueprint.post("/unions/<int:union_id>/retire")
@requires(MANAGE, union_place)
def retire_union(union_id: int) -> ResponseReturnValue:
    """Take a union out of use with a reason."""
    union = queries.get_union(db.session, union_id)
    onward = url_for(".show_union", union_id=union_id)
    return _retire(union, retiring.retire_union, lambda form: union_page(union_id, form=form), onward)


@blueprint.post("/units/<int:unit_id>/retire")
@requires(MANAGE, unit_place)
def retire_unit(unit_id: int) -> ResponseReturnValue:
    """Take a unit out of use with a reason."""
    unit = queries.get_unit(db.session, unit_id)
    onward = url_for(".show_unit", unit_id=unit_id)
    return _retire(unit, retiring.retire_unit, lambda form: unit_page(unit_id, form=form), onward)


@blueprint.post("/unions/<int:union_id>/restore")
@requires(MANAGE, union_place)
def restore_union(union_id: int) -> ResponseReturnValue:
    """Take a union into use again."""
    return _restore(queries.get_union(db.session, union_id), url_for(".show_union", union_id=union_id))


@blueprint.post("/units/<int:unit_id>/restore")
@requires(MANAGE, unit_place)
def restore_unit(unit_id: int) -> ResponseReturnValue:
    """Take a unit into use again."""
    return _restore(queries.get_unit(db.session, unit_id), url_for(".show_unit", unit_id=unit_id))


def _retire(
    row: Any, act: Callable[..., None], page: Callable[[RetireForm], str], onward: str
) -> ResponseReturnValue:
    form, name = RetireForm(), row.name

    def again(form: RetireForm, others: list[str] | None = None) -> str:
        form.form_errors = [*form.form_errors, *(others or [])]
        return page(form)

    done = _("“%(name)s” is out of use.", name=name)
    return save(form, again, lambda: act(db.session, row, form.reason.data or "", **now_by()), done, onward)


def _restore(row: Any, onward: str) -> ResponseReturnValue:
    retiring.restore(db.session, row, **now_by())
    db.session.commit()
    flash(_("“%(name)s” is in use again.", name=row.name), "success")
    return redirect(onward)

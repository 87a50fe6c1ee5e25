"""What the account pages share: the blueprint, and how a refusal is shown at the form that asked for it."""

from typing import Any

from flask import Blueprint, abort
from flask_login import current_user
from flask_wtf import FlaskForm

from accounts import queries
from core import refusals
from core.database import db

blueprint = Blueprint("accounts", __name__, url_prefix="/accounts")


def user_or_404(user_id: int) -> Any:
    """Return the user with this number; there is no page without one."""
    return queries.find_user_by_id(db.session, user_id) or abort(404)


def show_at_form(form: FlaskForm, refused: refusals.Refused) -> None:
    """Undo the transaction and put the words of a refusal at their fields, or on top of the form."""
    db.session.rollback()
    for refusal in refused.refusals:
        field = form._fields.get(refusal.where)
        errors = form.form_errors if field is None else list(field.errors)
        errors.append(refusals.words(refusal))
        if field is not None:
            field.errors = errors


def actor() -> int:
    """Return the number of whoever is signed in."""
    return int(current_user.id)

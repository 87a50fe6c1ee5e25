"""What the pages of organisations share."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Blueprint, flash, redirect
from flask.typing import ResponseReturnValue
from flask_login import current_user

from accounts import guard
from accounts.policy import ScopePath
from competitions.fields import show_refusals
from competitions.organisations import contacts
from core import clock
from core.database import db
from core.refusals import Refused

VIEW, MANAGE, CONTACTS = "organisation.view", "organisation.manage", "contact.manage"
INVITE = "registrar.invite"
Page = Callable[..., str]
blueprint = Blueprint("organisations", __name__, url_prefix="/organisations")


def actor() -> int:
    """Return the number of whoever is signed in."""
    return int(current_user.id)


def save(form: Any, page: Page, act: Callable[[], Any], done: str, onward: str) -> ResponseReturnValue:
    """Do what a form asks for, say that it is done and go on; or show the form again with what is wrong."""
    if not form.validate_on_submit():
        return page(form), 422
    try:
        act()
    except Refused as refused:
        db.session.rollback()
        return page(form, others=show_refusals(form, refused)), 422
    db.session.commit()
    flash(done, "success")
    return redirect(onward)


def now_by() -> dict[str, Any]:
    """Return who acts and when, as services take it."""
    return {"actor_id": actor(), "now": clock.now()}


def reached(rows: Iterable[Any], opened: contacts.Reached | None = None) -> list[contacts.Reached]:
    """Return contacts as a page shows them: masked, but for the one that was opened just now."""
    return [opened if opened and opened.id == row.id else contacts.masked(row) for row in rows]


def may_manage(path: ScopePath) -> bool:
    """Say whether the signed-in user manages what stands there."""
    return guard.may(MANAGE, path)


def may_invite(path: ScopePath) -> bool:
    """Say whether the signed-in user invites those who register for what stands there."""
    return guard.may(INVITE, path)


def may_keep_contacts(path: ScopePath) -> bool:
    """Say whether the signed-in user keeps the contacts there."""
    return guard.may(CONTACTS, path)

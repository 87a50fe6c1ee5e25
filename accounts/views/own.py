"""What is one's own: roles, sessions, password."""

import re

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import guard, passwords, queries, scopes, services, signing_in, words
from accounts.forms import ChangePasswordForm
from accounts.guard import own_account
from accounts.views.base import actor, blueprint, show_at_form
from core import clock, database
from core.database import db
from core.refusals import Refused


@blueprint.get("/me")
@own_account
def show_profile() -> ResponseReturnValue:
    """Show somebody the own roles and sessions."""
    held = guard.held_grants()
    return render_template(
        "accounts/profile.html", held=held, names=scopes.names(db.session, held), words=words,
        sessions=queries.list_open_sessions(db.session, actor(), clock.now()),
        here=current_user.session_id,
    )  # fmt: skip


@blueprint.post("/me/sessions/end")
@own_account
def end_sessions() -> ResponseReturnValue:
    """End one other session of one's own, or all others."""
    chosen = request.form.get("session", "")
    only = None if chosen == "all" else int(chosen) if re.fullmatch("[0-9]{1,9}", chosen) else 0
    ended = services.end_own_sessions(
        db.session, actor(), keep_id=current_user.session_id, only_id=only, now=clock.now()
    )
    db.session.commit()
    flash(_("Sessions ended: %(count)s.", count=ended), "success")
    return redirect(url_for(".show_profile"))


@blueprint.get("/password")
@own_account
def edit_password() -> ResponseReturnValue:
    """Ask for the old and the new password."""
    return render_template("accounts/change_password.html", form=ChangePasswordForm())


@blueprint.post("/password")
@own_account
def change_password() -> ResponseReturnValue:
    """Replace the own password; other browsers have to sign in again."""
    me = actor()
    form = ChangePasswordForm(personal=(current_user.login, current_user.name))
    db.session.rollback()  # hashing takes its time; nobody should wait for it
    old_hash = _verified_hash(form) if form.validate() else None
    if old_hash is None:
        return render_template("accounts/change_password.html", form=form), 422
    new_hash, now = passwords.hash_password(form.password.data), clock.now()
    try:
        services.change_password(
            db.session, me, old_hash=old_hash, new_hash=new_hash, keep_session_id=current_user.session_id,
            now=now,
        )  # fmt: skip
    except Refused as refused:
        show_at_form(form, refused)
        return render_template("accounts/change_password.html", form=form), 422
    db.session.commit()
    flash(_("Your password is changed. Other browsers have been signed out."), "success")
    return redirect(url_for(".show_profile"))


def _verified_hash(form: ChangePasswordForm) -> str | None:
    """Return the stored hash that the current password fits, or None with the reason at the field."""
    now = clock.now()
    with database.reading_session() as reader:
        attempt = signing_in.look_up(reader, current_user.login, request.remote_addr or "", now)
    if attempt.waits_until is not None:
        form.current.errors = [_("Too many attempts. Try again a little later.")]
        return None
    if signing_in.check(attempt, form.current.data).verified:
        return attempt.stored_hash
    signing_in.count_failure(db.session, attempt, now)
    db.session.commit()
    form.current.errors = [_("The current password is not right.")]
    return None

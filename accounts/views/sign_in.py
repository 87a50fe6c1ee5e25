"""Signing in and out."""

from datetime import datetime

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import identity, services, signing_in
from accounts.forms import SignInForm
from accounts.guard import public, signed_in
from accounts.signing_in import Attempt
from accounts.views.base import blueprint
from core import clock, database
from core.database import db
from core.redirects import safe_target

DEMONSTRATION = "demo-accounts.txt"


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask who it is."""
    if current_user.is_authenticated:
        return redirect(safe_target(request.args.get("next")))
    return _page(SignInForm())


@blueprint.post("/sign-in")
@public
def check_sign_in() -> ResponseReturnValue:
    """Let somebody in who knows the password, and say the same to everybody else."""
    form = SignInForm()
    if not form.validate():
        return _page(form), 422
    now, token = clock.now(), clock.new_token()
    attempt = _attempt(form, token, now)
    if attempt.waits_until is not None:
        return _ask_for_patience(form, attempt.waits_until, now)
    if not attempt.verified:
        form.form_errors.append(_("Sign-in name or password is wrong."))
        return _page(form), 422
    identity.remember(token)
    response = redirect(safe_target(request.args.get("next")))
    identity.name_signed_in(response, token, now)
    return response


@blueprint.post("/sign-out")
@signed_in
def sign_out() -> ResponseReturnValue:
    """End this browser's session on the server and in its cookie."""
    services.sign_out(db.session, current_user.id, current_user.session_id, now=clock.now())
    db.session.commit()
    identity.forget_cookie()
    flash(_("You are signed out."), "success")
    response = redirect(url_for("accounts.sign_in"))
    identity.forget_judge(response)
    response.headers["Clear-Site-Data"] = '"cache"'  # never "storage": marks may wait there for upload
    return response


def _attempt(form: SignInForm, token: str, now: datetime) -> Attempt:
    """Look up and verify without the writer, then write what came of it."""
    with database.reading_session() as reader:
        attempt = signing_in.look_up(reader, form.login.data, request.remote_addr or "", now)
    if attempt.waits_until is not None and attempt.noted:
        return attempt
    attempt = signing_in.check(attempt, form.password.data)
    attempt = signing_in.conclude(db.session, attempt, token=token, agent=request.user_agent.string, now=now)
    if attempt.verified:
        identity.end_earlier_session(now)
    db.session.commit()
    return attempt


def _ask_for_patience(form: SignInForm, until: datetime, now: datetime) -> ResponseReturnValue:
    sentence, seconds = patience(until, now)
    form.form_errors.append(sentence)
    return _page(form), 429, {"Retry-After": str(seconds)}


def patience(until: datetime, now: datetime) -> tuple[str, int]:
    """Return how long to wait, in words and in seconds."""
    seconds = max(1, int((until - now).total_seconds()) + 1)
    if seconds < 90:
        return _("Too many attempts. Try again in %(seconds)s seconds.", seconds=seconds), seconds
    return _("Too many attempts. Try again in %(minutes)s minutes.", minutes=-(-seconds // 60)), seconds


def _page(form: SignInForm) -> str:
    settings = current_app.config["SETTINGS"]
    demonstration = not settings.production and (settings.instance / DEMONSTRATION).exists()
    return render_template("accounts/sign_in.html", form=form, demonstration=demonstration)

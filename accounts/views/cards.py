"""Signing in with a judge card: scan, enter the PIN, mark."""

from datetime import datetime

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from accounts import cards, identity
from accounts.cards import Attempt
from accounts.forms import CardForm
from accounts.guard import public
from accounts.views.sign_in import patience
from core import clock, database
from core.database import db
from core.i18n import day

blueprint = Blueprint("cards", __name__, url_prefix="/card")


@blueprint.get("")
@public
def open_card() -> ResponseReturnValue:
    """Ask for the PIN; js/card.js takes the card's secret from behind the # of the address."""
    return _page(CardForm())


@blueprint.post("")
@public
def check_card() -> ResponseReturnValue:
    """Let a judge in who holds the card and knows its PIN."""
    form = CardForm()
    if not form.validate():
        return _page(form), 422
    now, token = clock.now(), clock.new_token()
    attempt = _attempt(form, token, now)
    if attempt.waits_until is not None:
        sentence, seconds = patience(attempt.waits_until, now)
        form.form_errors.append(sentence)
        return _page(form), 429, {"Retry-After": str(seconds)}
    if attempt.outcome != "open":
        form.form_errors.append(_why_not(attempt))
        return _page(form), 422
    identity.remember(token, attempt.derived)
    response = redirect(url_for("tablet.list_tasks"))
    identity.name_signed_in(response, token, now)
    return response


def _attempt(form: CardForm, token: str, now: datetime) -> Attempt:
    """Look up and verify without the writer, then write what came of it."""
    with database.reading_session() as reader:
        attempt = cards.look_up(reader, form.code.data, request.remote_addr or "", now)
    if attempt.waits_until is not None and attempt.noted:
        return attempt
    attempt = cards.check(attempt, form.pin.data, clock.new_ref())
    attempt = cards.conclude(db.session, attempt, token=token, agent=request.user_agent.string, now=now)
    if attempt.outcome == "open":
        identity.end_earlier_session(now)
    db.session.commit()
    return attempt


def _why_not(attempt: Attempt) -> str:
    if attempt.outcome == "blocked":
        return _("This card is blocked after five wrong PINs. Ask the organiser for a new card.")
    if attempt.outcome == "gone":
        return _("This card is no longer valid. Ask the organiser for the new one.")
    if attempt.days is not None:
        first, last = day(attempt.days.first), day(attempt.days.last)
        return _("This card is valid from %(first)s to %(last)s, not today.", first=first, last=last)
    if attempt.left is not None:
        return _("The PIN is wrong. Tries left before the card is blocked: %(left)s.", left=attempt.left)
    return _("There is no card with this code. Check it, or ask the organiser.")


def _page(form: CardForm) -> str:
    return render_template("accounts/card.html", form=form)

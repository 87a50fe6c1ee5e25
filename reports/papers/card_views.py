"""The cards of an event's judges: who has one, print new ones, revoke one."""

from datetime import date, datetime
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from accounts import cards
from accounts.guard import requires
from accounts.queries import find_card_by_id
from competitions.events.places import event_place
from competitions.events.queries import get_event
from core import clock
from core.database import db
from reports.papers import issuing, offers
from reports.papers.forms import CardsForm
from reports.papers.views import download, make_issue

blueprint = Blueprint("judge_cards", __name__, url_prefix="/events/<int:event_id>/judges/cards")


@blueprint.get("/")
@requires("paper.cards", event_place)
def list_cards(event_id: int) -> ResponseReturnValue:
    """Show which judges have a card and how it stands."""
    event, now = get_event(db.session, event_id), clock.now()
    rows = issuing.list_rows(db.session, event, _today(now))
    first, last = issuing.offered_days(event, _today(now))
    without = [row.user_id for row in rows if row.needs_card]
    form = _form(event, now, formdata=None, first=first, last=last, judge=without)
    return _page(event, form, now)


@blueprint.post("/print.pdf")
@requires("paper.cards", event_place)
def print_cards(event_id: int) -> ResponseReturnValue:
    """Make new cards and answer with the sheet; nothing else ever holds their secrets."""
    event, now = get_event(db.session, event_id), clock.now()
    offers.require(db.session, event, "cards")
    form = _form(event, now)
    if not form.validate():
        return _page(event, form, now), 422
    actor_id, issue = int(current_user.id), make_issue()
    sheet = issuing.print_cards(db.session, event, form.judge.data, form.days, actor_id, issue)
    db.session.commit()
    return download(sheet, "application/pdf", f"judge-cards-{event_id}.pdf")


@blueprint.post("/<int:card_id>/revoke")
@requires("paper.cards", event_place)
def revoke_card(event_id: int, card_id: int) -> ResponseReturnValue:
    """Let a card open nothing more; whoever is signed in with it is signed out."""
    card = find_card_by_id(db.session, event_id, card_id)
    if card is None or card.revoked_at is not None:
        abort(404)
    name = card.user.name
    cards.revoke(db.session, card, card.user.login, actor_id=int(current_user.id), now=clock.now())
    db.session.commit()
    flash(_("The card of %(name)s opens nothing any more.", name=name), "success")
    return redirect(url_for(".list_cards", event_id=event_id))


def _form(event: Any, now: datetime, **settings: Any) -> CardsForm:
    names = {row.user_id: row.name for row in issuing.list_rows(db.session, event, _today(now))}
    return CardsForm(names, _today(now), **settings)


def _page(event: Any, form: CardsForm, now: datetime) -> str:
    return render_template("papers/judge_cards.html", form=form, **issuing.page(db.session, event, now))


def _today(now: datetime) -> date:
    return now.astimezone(clock.LOCAL).date()

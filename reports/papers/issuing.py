"""Issue judge cards and print them; say which judge has one, and how it stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts import cards as accounts_cards
from accounts.cards import Days, Holder, draw_secrets
from accounts.models import JudgeCard
from accounts.queries import list_cards
from accounts.rules import WRONG_PINS
from competitions.events.frame import days as span
from competitions.events.models import Event
from competitions.judges.overview import board
from core import clock
from core.refusals import refuse
from reports.papers import cards
from reports.papers.issue import Issue


class Row(NamedTuple):
    """One judge who works, and the card, if there is one that was not revoked."""

    user_id: int
    code: str
    name: str
    login: str
    card: JudgeCard | None
    chip: tuple[str, str]

    @property
    def needs_card(self) -> bool:
        """Say whether the judge could not sign in with a card today or later."""
        return self.chip[0] in ("warn", "bad", "off")


def list_rows(session: Session, event: Event, today: date) -> list[Row]:
    """Return the judges who work in an event with their cards; two cards of one judge never stand at once."""
    newest = accounts_cards.newest_by_user(list_cards(session, event.id))
    found = []
    for row in board(session, event).rows:
        judge = row.judge
        if row.working and judge.user.disabled_at is None:
            card = newest.get(judge.user_id)
            chip = _chip(card, today)
            found.append(Row(judge.user_id, judge.code, judge.user.name, judge.user.login, card, chip))
    return found


def _chip(card: JudgeCard | None, today: date) -> tuple[str, str]:
    if card is None:
        return "warn", _("no card")
    if card.failures >= WRONG_PINS:
        return "bad", _("blocked: five wrong PINs")
    if card.valid_until < today:
        return "off", _("expired")
    return ("ok", _("in use")) if card.used_at is not None else ("info", _("issued, not used yet"))


def offered_days(event: Event, today: date) -> Days:
    """Return the days of an event or its competition that are not over, today where there are none."""
    first = event.starts_on or event.competition.starts_on or today
    last = event.ends_on or event.competition.ends_on or first
    return Days(max(first, today), max(last, today))


def print_cards(
    session: Session, event: Event, wanted: Sequence[int], days: Days, actor_id: int, issue: Issue
) -> bytes:
    """Issue a new card to each of the judges wanted and return the sheet that alone holds their secrets.

    Raises: Refused CARD_JUDGE_GONE for somebody who works here no longer.
    """
    session.rollback()  # hashing takes its time; nobody should wait for it
    secrets = {user_id: draw_secrets() for user_id in wanted}
    session.refresh(event)
    known = {row.user_id: row for row in list_rows(session, event, days.first)}
    sheet = cards.list_cards(session, event, span(*days))
    if not set(wanted) <= set(known):
        raise refuse("CARD_JUDGE_GONE")
    made = []
    for user_id in sorted(wanted, key=list(known).index):
        secret, holder = secrets[user_id], Holder(user_id, known[user_id].login, event.id)
        accounts_cards.issue(session, holder, days, secret, actor_id=actor_id, now=issue.now)
        address = url_for("cards.open_card", _external=True, _anchor=secret.token)
        typed, pin = f"{secret.code[:5]} {secret.code[5:]}", f"{secret.pin[:3]} {secret.pin[3:]}"
        made.append(sheet[user_id]._replace(address=address, typed=typed, pin=pin))
    return cards.draw(made, issue)


def page(session: Session, event: Event, now: datetime) -> dict[str, Any]:
    """Return what the page of judge cards shows."""
    today = now.astimezone(clock.LOCAL).date()
    return {"event": event, "rows": list_rows(session, event, today)}

"""The signed-in person of a request: found again by the secret in the session cookie, on every request."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import current_app
from flask import session as cookie
from flask_login import LoginManager, UserMixin
from werkzeug.wrappers import Response

from accounts import pins, policy, queries, services
from accounts.policy import HeldGrant
from core import clock
from core.database import db

WHO = "who"
WHO_LASTS = timedelta(days=30)
login_manager = LoginManager()
login_manager.session_protection = None  # the session lives in the database, not in what the browser says


@dataclass
class Identity(UserMixin):
    """Who is signed in; `token` is the secret of this browser's session."""

    id: int
    login: str
    name: str
    session_id: int
    token: str
    card_event_id: int | None = None  # set where somebody signed in with a judge card

    def get_id(self) -> str:
        """Return what the cookie keeps: the secret of the session row, not the user's number."""
        return self.token

    def held_grants(self) -> list[HeldGrant]:
        """Return the roles held now, so that a withdrawn role stops at the next request.

        A judge card opens the judge's roles in its event and nothing else that its holder may do.
        """
        held = queries.list_held_grants(db.session, self.id)
        return held if self.card_event_id is None else policy.of_card(held, self.card_event_id)


def who(user_id: int) -> str:
    """Return by what a device tells the judges apart that use it: always the same, and nobody's number."""
    return hashlib.sha256(f"judge:{user_id}".encode()).hexdigest()[:16]


def name_judge(response: Response, user_id: int) -> None:
    """Tell the device whose marks to show, also after a restart without a network; it opens nothing."""
    secure = bool(current_app.config["SESSION_COOKIE_SECURE"])
    response.set_cookie(
        WHO, who(user_id), max_age=WHO_LASTS, path="/", secure=secure, samesite="Lax"
    )


def name_signed_in(response: Response, token: str, now: datetime) -> None:
    """Tell the device who has just signed in, so that it shows nobody else's marks."""
    row = queries.find_open_session(db.session, digest(token), now)
    if row is not None:
        name_judge(response, row.user_id)


def forget_judge(response: Response) -> None:
    """Tell the device that nobody's marks are to be shown."""
    response.delete_cookie(WHO, path="/")


def digest(token: str) -> str:
    """Return what the database keeps of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@login_manager.user_loader
def load(token: object) -> Identity | None:
    """Find the signed-in person; None after signing out, the end of the session, or disabling."""
    if not isinstance(token, str):
        return None
    row = queries.find_open_session(db.session, digest(token), clock.now())
    if row is None:
        return None
    card_event = row.card.event_id if row.card is not None else None
    return Identity(row.user.id, row.user.login, row.user.name, row.id, token, card_event)


def remember(token: str, derived: pins.Derived | None = None) -> None:
    """Sign this browser in: a new cookie with the new secret and nothing from before but the language.

    Whoever came with a judge card takes along what the device checks the PIN with: it is kept nowhere else.
    """
    forget_cookie()
    cookie["_user_id"] = token
    if derived is not None:
        cookie["pin"] = [derived.salt, derived.check]


def device_pin() -> dict[str, Any] | None:
    """Return what this browser checks the PIN of its judge card with; None without a card."""
    kept = cookie.get("pin")
    return {"salt": kept[0], "check": kept[1], "rounds": pins.ROUNDS} if kept else None


def end_earlier_session(now: datetime) -> None:
    """End the session that this browser had before, so that its secret is of no use to anybody."""
    earlier = queries.find_open_session(db.session, digest(str(cookie.get("_user_id", ""))), now)
    if earlier is not None:
        services.end_sessions(db.session, earlier.user_id, now, only_id=earlier.id)


def forget_cookie() -> None:
    """Empty this browser's cookie but for the language."""
    locale = cookie.get("locale")
    cookie.clear()
    if locale:
        cookie["locale"] = locale

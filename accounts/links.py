"""One-time links: an invitation for a new user, a new password for one who forgot it.

The secret (256 bits) is shown once; the database keeps its digest. It works once, for a short time, and only
the newest link of a user works.
"""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from accounts import queries, services
from accounts.models import OneTimeLink, SignInBrake, User
from accounts.signing_in import account_key
from core.audit import services as audit
from core.refusals import refuse

INVITE, RESET = "invite", "reset"
LIFE = {INVITE: timedelta(days=7), RESET: timedelta(minutes=30)}


def digest(token: str) -> str:
    """Return what the database keeps of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(
    session: Session, *, login: str, name: str, token: str, actor_id: int, now: datetime
) -> OneTimeLink:
    """Add a user who chooses the password through a link.

    Raises: Refused when the sign-in name is taken.
    """
    user = services.create_user(session, login=login, name=name, password=None, actor_id=actor_id, now=now)
    return make_link(session, user, token=token, actor_id=actor_id, now=now)


def make_link(session: Session, user: User, *, token: str, actor_id: int, now: datetime) -> OneTimeLink:
    """Make a link for a user and close the older ones: an invitation until there is a password, then a reset.

    Raises: Refused for a disabled user.
    """
    if user.disabled_at is not None:
        raise refuse("USER_DISABLED", name=user.name)
    purpose = RESET if user.password_hash else INVITE
    _close_links(session, user.id, now)
    link = OneTimeLink(
        token_hash=digest(token), purpose=purpose, user_id=user.id, created_by_id=actor_id, created_at=now,
        expires_at=now + LIFE[purpose],
    )  # fmt: skip
    session.add(link)
    session.flush()
    action = "account:password_reset_link" if purpose == RESET else "account:invite"
    detail = {} if purpose == RESET else {"login": user.login}
    audit.record(session, action, actor_id=actor_id, subject=f"user:{user.id}", now=now, detail=detail)
    return link


def use_link(session: Session, token: str, *, new_hash: str, now: datetime) -> User:
    """Set the password that was chosen through a link; of two who use it at once, one is refused.

    Raises: Refused when the link was used, has expired or never existed.
    """
    statement = update(OneTimeLink).where(
        OneTimeLink.token_hash == digest(token), OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now
    )
    link = queries.find_open_link(session, digest(token), now)
    if link is None or session.execute(statement.values(used_at=now)).rowcount != 1:  # type: ignore[attr-defined]
        raise refuse("LINK_GONE")
    user = link.user
    user.password_hash = new_hash
    session.flush()
    services.end_sessions(session, user.id, now)
    session.execute(delete(SignInBrake).where(SignInBrake.key == account_key(user.login)))
    action = "account:password_reset" if link.purpose == RESET else "account:activate"
    audit.record(session, action, actor_id=user.id, subject=f"user:{user.id}", now=now)
    return user


def _close_links(session: Session, user_id: int, now: datetime) -> None:
    still_open = (OneTimeLink.user_id == user_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now)
    session.execute(update(OneTimeLink).where(*still_open).values(expires_at=now))

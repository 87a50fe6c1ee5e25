"""Read accounts, grants and sessions."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from accounts.models import Grant, User, UserSession
from accounts.policy import HeldGrant


def find_open_session(session: Session, token_hash: str, now: datetime) -> UserSession | None:
    """Return the session with this digest if it is still open and its user may sign in."""
    return session.scalar(
        select(UserSession)
        .join(UserSession.user)
        .options(joinedload(UserSession.user))
        .where(
            UserSession.token_hash == token_hash,
            UserSession.ended_at.is_(None),
            UserSession.expires_at > now,
            User.disabled_at.is_(None),
        )
    )


def list_held_grants(session: Session, user_id: int) -> list[HeldGrant]:
    """Return the roles that a user holds now."""
    rows = session.execute(
        select(Grant.role, Grant.scope_kind, Grant.scope_id).where(
            Grant.user_id == user_id, Grant.withdrawn_at.is_(None)
        )
    )
    return [HeldGrant(*row) for row in rows]


def find_user(session: Session, login: str) -> User | None:
    """Return the user with this sign-in name."""
    return session.scalar(select(User).where(User.login == login))

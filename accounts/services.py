"""Write accounts: users, grants, sessions."""

import hashlib
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from accounts.models import Grant, User, UserSession
from accounts.policy import ROLES, SCOPE_KINDS
from core.audit import services as audit

SESSION_LIFE = timedelta(hours=12)
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)


def create_user(
    session: Session, *, login: str, name: str, password: str | None, actor_id: int | None, now: datetime,
    demo: bool = False,
) -> User:  # fmt: skip
    """Add a user; without a password nobody can sign in until a one-time link has been used."""
    user = User(login=login, name=name, created_at=now, demo=demo)
    user.password_hash = HASHER.hash(password) if password is not None else None
    session.add(user)
    session.flush()
    audit.record(
        session,
        "account:create",
        actor_id=actor_id,
        subject=f"user:{user.id}",
        now=now,
        detail={"login": login},
    )
    return user


def give_grant(
    session: Session, user: User, role: str, scope: tuple[str, int], *, actor_id: int | None, now: datetime
) -> Grant:
    """Give a role in a scope; giving it twice changes nothing."""
    kind, number = scope
    if role not in ROLES or kind not in SCOPE_KINDS:
        raise ValueError(f"unknown role {role} or scope {kind}")
    held = session.scalar(
        select(Grant).where(
            Grant.user_id == user.id, Grant.role == role, Grant.scope_kind == kind, Grant.scope_id == number,
            Grant.withdrawn_at.is_(None),
        )
    )  # fmt: skip
    if held is not None:
        return held
    grant = Grant(
        user_id=user.id, role=role, scope_kind=kind, scope_id=number, granted_by_id=actor_id, granted_at=now
    )
    session.add(grant)
    session.flush()
    audit.record(
        session, "grant:give", actor_id=actor_id, subject=f"user:{user.id}", now=now,
        detail={"user": user.login, "role": role, "scope": f"{kind}:{number}"},
    )  # fmt: skip
    return grant


def start_session(session: Session, user: User, token: str, now: datetime) -> UserSession:
    """Open a session for a user; `token` is the new secret for the cookie."""
    row = UserSession(
        token_hash=hashlib.sha256(token.encode()).hexdigest(), user_id=user.id, created_at=now,
        expires_at=now + SESSION_LIFE,
    )  # fmt: skip
    session.add(row)
    session.flush()
    audit.record(session, "account:sign_in", actor_id=user.id, subject=f"user:{user.id}", now=now)
    return row


def end_sessions(session: Session, user_id: int, now: datetime, *, only_id: int | None = None) -> None:
    """End one session of a user, or all of them."""
    statement = update(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    if only_id is not None:
        statement = statement.where(UserSession.id == only_id)
    session.execute(statement.values(ended_at=now))

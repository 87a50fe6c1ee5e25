"""Write accounts: users, grants, sessions."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlalchemy.orm import Session

from accounts import passwords, queries, rules
from accounts.models import Grant, User, UserSession
from accounts.policy import ROLES, SCOPE_KINDS, SITE, SITE_ONLY
from core import database
from core.audit import services as audit
from core.refusals import refuse

SESSION_LIFE = timedelta(hours=12)
# Every act here is recorded in the site's chain, whose lock therefore serialises accounts at no further cost;
# one lock for all of them cannot deadlock.
LOCK = f"audit:{audit.SITE}"


def create_user(
    session: Session, *, login: str, name: str, password: str | None, actor_id: int | None, now: datetime,
    demo: bool = False,
) -> User:  # fmt: skip
    """Add a user; without a password nobody can sign in until a one-time link has been used.

    Raises: Refused when the sign-in name is taken; ValueError when it cannot be one.
    """
    login = rules.clean_login(login)
    database.lock(session, LOCK)
    if queries.find_user(session, login) is not None:
        raise refuse("LOGIN_TAKEN", "login", login=login)
    user = User(login=login, name=name, created_at=now, demo=demo)
    user.password_hash = passwords.hash_password(password) if password is not None else None
    session.add(user)
    session.flush()
    audit.record(
        session, "account:create", actor_id=actor_id, subject=f"user:{user.id}", now=now,
        detail={"login": login},
    )  # fmt: skip
    return user


def rename_user(session: Session, user: User, name: str, *, actor_id: int, now: datetime) -> None:
    """Change the name that pages and documents show for a user."""
    user.name = name
    session.flush()
    _record(session, "account:rename", user.id, actor_id, now, name=name)


def disable_user(session: Session, user: User, reason: str, *, actor_id: int, now: datetime) -> None:
    """Keep a user from signing in and end all sessions at once.

    Raises: Refused for the last administrator, and when disabled already.
    """
    if user.disabled_at is not None:
        raise refuse("ALREADY_DISABLED", name=user.name)
    _keep_an_admin(session, user)
    user.disabled_at = now
    session.flush()
    end_sessions(session, user.id, now)
    _record(session, "account:disable", user.id, actor_id, now, reason=reason)


def enable_user(session: Session, user: User, *, actor_id: int, now: datetime) -> None:
    """Let a disabled user sign in again.

    Raises: Refused for a user who is not disabled.
    """
    if user.disabled_at is None:
        raise refuse("NOT_DISABLED", name=user.name)
    user.disabled_at = None
    session.flush()
    _record(session, "account:enable", user.id, actor_id, now)


def change_password(
    session: Session, user_id: int, *, old_hash: str, new_hash: str, keep_session_id: int, now: datetime
) -> None:
    """Replace a user's own password and end all other sessions.

    Shape: `old_hash` is what the current password was verified against, outside of this transaction.
    Raises: Refused when somebody changed the password in the meantime.
    """
    statement = update(User).where(User.id == user_id, User.password_hash == old_hash)
    if session.execute(statement.values(password_hash=new_hash)).rowcount != 1:  # type: ignore[attr-defined]
        raise refuse("PASSWORD_CHANGED_MEANWHILE", "current")
    end_sessions(session, user_id, now, keep_id=keep_session_id)
    _record(session, "account:password_change", user_id, user_id, now)


def give_grant(
    session: Session, user: User, role: str, scope: tuple[str, int], *, actor_id: int | None, now: datetime
) -> Grant:
    """Give a role in a scope; giving it twice changes nothing."""
    kind, number = scope
    if role not in ROLES or kind not in SCOPE_KINDS or (role in SITE_ONLY and scope != SITE):
        raise ValueError(f"unknown role {role} or scope {kind}")
    database.lock(session, LOCK)
    held = queries.find_grant(session, user.id, role, kind, number)
    if held is not None:
        return held
    grant = Grant(
        user_id=user.id, role=role, scope_kind=kind, scope_id=number, granted_by_id=actor_id, granted_at=now
    )
    session.add(grant)
    session.flush()
    _record(
        session, "grant:give", user.id, actor_id, now, user=user.login, role=role, scope=f"{kind}:{number}"
    )
    return grant


def withdraw_grant(
    session: Session, user: User, grant: Grant, *, actor_id: int | None, now: datetime
) -> None:
    """Take a role back; it stops at the user's next request.

    Raises: Refused for the last administrator.
    """
    if grant.role == "admin" and (grant.scope_kind, grant.scope_id) == SITE:
        _keep_an_admin(session, user)
    grant.withdrawn_at = now
    session.flush()
    scope = f"{grant.scope_kind}:{grant.scope_id}"
    _record(session, "grant:withdraw", user.id, actor_id, now, user=user.login, role=grant.role, scope=scope)


def start_session(
    session: Session, user: User, token: str, now: datetime, *, agent: str = ""
) -> UserSession:
    """Open a session for a user; `token` is the new secret for the cookie."""
    row = UserSession(
        token_hash=hashlib.sha256(token.encode()).hexdigest(), user_id=user.id, created_at=now,
        expires_at=now + SESSION_LIFE, agent=rules.describe_agent(agent),
    )  # fmt: skip
    session.add(row)
    session.flush()
    _record(session, "account:sign_in", user.id, user.id, now)
    return row


def sign_out(session: Session, user_id: int, session_id: int, *, now: datetime) -> None:
    """End the session of one browser."""
    end_sessions(session, user_id, now, only_id=session_id)
    _record(session, "account:sign_out", user_id, user_id, now)


def end_own_sessions(
    session: Session, user_id: int, *, keep_id: int, only_id: int | None, now: datetime
) -> int:
    """End another session of one's own, or all others; return how many were open."""
    ended = end_sessions(session, user_id, now, only_id=only_id, keep_id=keep_id)
    _record(session, "account:sessions_end", user_id, user_id, now, sessions=ended)
    return ended


def end_sessions(
    session: Session, user_id: int, now: datetime, *, only_id: int | None = None, keep_id: int | None = None
) -> int:
    """End one session of a user, all but one, or all of them; return how many were open."""
    statement = update(UserSession).where(UserSession.user_id == user_id, UserSession.ended_at.is_(None))
    if only_id is not None:
        statement = statement.where(UserSession.id == only_id)
    if keep_id is not None:
        statement = statement.where(UserSession.id != keep_id)
    return int(session.execute(statement.values(ended_at=now)).rowcount)  # type: ignore[attr-defined]


def _keep_an_admin(session: Session, user: User) -> None:
    """Refuse to go on when nobody else could administer the site."""
    database.lock(session, LOCK)  # so that two administrators cannot disable one another at once
    is_admin = queries.find_grant(session, user.id, "admin", *SITE) is not None
    if is_admin and queries.count_other_admins(session, user.id) == 0:
        raise refuse("LAST_ADMIN", name=user.name)


def _record(
    session: Session, action: str, user_id: int, actor_id: int | None, now: datetime, **detail: object
) -> None:
    subject = f"user:{user_id}"
    audit.record(session, action, actor_id=actor_id, subject=subject, now=now, detail=detail)

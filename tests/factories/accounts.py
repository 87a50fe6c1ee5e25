"""Builders of users."""

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from accounts import passwords
from accounts.models import Grant, User

PASSWORD = "paper teapot lorry nine"
MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 9 o'clock in Beijing
_number = count(1)


@cache
def password_hash(password: str = PASSWORD) -> str:
    """Return the hash of a password, computed once per test process."""
    return passwords.hash_password(password)


def build_user(
    session: Session,
    login: str | None = None,
    grants: Iterable[tuple[str, str, int]] = (),
    **overrides: Any,
) -> User:
    """Return a new user; grants are (role, scope kind, scope number), `password_hash=` lets one sign in."""
    login = login or f"user{next(_number)}"
    user = User(**({"login": login, "name": f"演示{login}", "created_at": MOMENT} | overrides))
    session.add(user)
    session.flush()
    for role, kind, number in grants:
        session.add(
            Grant(user_id=user.id, role=role, scope_kind=kind, scope_id=number, granted_at=MOMENT)
        )
    session.flush()
    return user

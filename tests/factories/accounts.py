"""Builders of users."""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any

from sqlalchemy.orm import Session

from accounts.models import Grant, User

MOMENT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # 9 o'clock in Beijing
_number = count(1)


def build_user(
    session: Session,
    login: str | None = None,
    grants: Iterable[tuple[str, str, int]] = (),
    **overrides: Any,
) -> User:
    """Return a new user without a password; grants are (role, scope kind, scope number)."""
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

"""Read tokens."""

import hashlib
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.organisations.queries import within
from reports.tokens.models import ApiToken

Scopes = Collection[tuple[str, int]]


def digest(token: str) -> str:
    """Return what the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find_by_token(session: Session, token: str) -> ApiToken | None:
    """Return the token that somebody has shown, unless it was revoked."""
    wanted = (ApiToken.token_hash == digest(token), ApiToken.revoked_at.is_(None))
    return session.scalar(select(ApiToken).where(*wanted).options(joinedload(ApiToken.union)))


def find_token(session: Session, token_id: int, scopes: Scopes) -> ApiToken | None:
    """Return a token of a union in these scopes."""
    wanted = (ApiToken.id == token_id, within(ApiToken.union_id, scopes))
    return session.scalar(select(ApiToken).where(*wanted))


def list_tokens(session: Session, scopes: Scopes) -> list[ApiToken]:
    """Return the tokens of unions in these scopes, those in use first, then the newest."""
    statement = (
        select(ApiToken).where(within(ApiToken.union_id, scopes))
        .options(joinedload(ApiToken.union), joinedload(ApiToken.made_by))
        .order_by(ApiToken.revoked_at.is_not(None), ApiToken.id.desc())
    )  # fmt: skip
    return list(session.scalars(statement))

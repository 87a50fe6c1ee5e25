"""Make and revoke tokens; note that one was used."""

from datetime import date, datetime

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from competitions.organisations.models import Union
from core.audit import services as audit
from core.refusals import refuse
from reports.tokens.models import ApiToken
from reports.tokens.queries import digest


def make_token(
    session: Session, union: Union, name: str, token: str, *, actor_id: int, now: datetime
) -> ApiToken:
    """Let a system read the figures of a union and all below it; the token itself is not kept."""
    made = ApiToken(
        union_id=union.id, name=name, token_hash=digest(token), made_at=now, made_by_id=actor_id
    )
    session.add(made)
    session.flush()
    detail = {"union": union.id, "name": name}
    audit.record(
        session, "token:make", actor_id=actor_id, subject=f"api_token:{made.id}", now=now, detail=detail
    )
    return made


def revoke_token(session: Session, token: ApiToken, *, actor_id: int, now: datetime) -> None:
    """End a token; it answers nothing any more.

    Raises: Refused TOKEN_REVOKED.
    """
    if token.revoked_at is not None:
        raise refuse("TOKEN_REVOKED")
    token.revoked_at = now
    session.flush()
    audit.record(
        session, "token:revoke", actor_id=actor_id, subject=f"api_token:{token.id}", now=now,
        detail={"name": token.name},
    )  # fmt: skip


def note_use(session: Session, token_id: int, address: str, *, today: date, now: datetime) -> None:
    """Put on record that a token was used and from where, once a day."""
    first = or_(ApiToken.used_on.is_(None), ApiToken.used_on < today)
    mine = update(ApiToken).where(ApiToken.id == token_id, first).values(used_on=today)
    if session.scalar(mine.returning(ApiToken.id)) is not None:  # of two at once one is the first
        audit.record(
            session, "token:use", actor_id=None, subject=f"api_token:{token_id}", now=now,
            detail={"address": address},
        )  # fmt: skip

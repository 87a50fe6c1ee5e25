"""Read declared contests."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.declared.models import DeclaredContest, DeclaredFile
from competitions.organisations.queries import within

Scopes = Collection[tuple[str, int]]


def find_contest(session: Session, ref: str) -> DeclaredContest | None:
    """Return the declared contest with this reference."""
    return session.scalar(select(DeclaredContest).where(DeclaredContest.ref == ref))


def list_contests(session: Session, scopes: Scopes, *, standing: bool = False) -> list[DeclaredContest]:
    """Return the declared contests of these scopes, the newest first; `standing`: without withdrawn ones."""
    statement = (
        select(DeclaredContest)
        .options(
            joinedload(DeclaredContest.union), joinedload(DeclaredContest.kind),
            joinedload(DeclaredContest.level),
        )
        .where(within(DeclaredContest.union_id, scopes))
        .order_by(DeclaredContest.starts_on.desc(), DeclaredContest.id.desc())
    )  # fmt: skip
    if standing:
        statement = statement.where(DeclaredContest.withdrawn_at.is_(None))
    return list(session.scalars(statement))


def find_file(session: Session, contest: DeclaredContest, ref: str) -> DeclaredFile | None:
    """Return a document of a declared contest by the reference of its file."""
    return next((row for row in contest.files if row.file.ref == ref), None)

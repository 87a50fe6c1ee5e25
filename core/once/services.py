"""Take a form once; forget old ones."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from core.audit import services as audit
from core.once.models import TakenForm

KEPT = timedelta(days=2)  # longer than a page stays open and a network stays away


def take(session: Session, digest: str, now: datetime) -> bool:
    """Note a form as taken; say whether it is the first time.

    The note is part of the transaction that does what the form says: where that is refused, it goes with it.
    Of two at the same moment the second one waits here for the end of the first.
    """
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    statement = insert(TakenForm).values(digest=digest, taken_at=now).on_conflict_do_nothing()
    return session.scalar(statement.returning(TakenForm.digest)) is not None


def record_repeat(session: Session, page: str, actor_id: int | None, now: datetime) -> None:
    """Put on record that a form came again."""
    audit.record(session, "form:repeat", actor_id=actor_id, subject="site:0", now=now, detail={"page": page})


def is_any_old(session: Session, now: datetime) -> bool:
    """Say whether there are notes that nobody needs any more."""
    old = select(TakenForm.digest).where(TakenForm.taken_at < now - KEPT)
    return session.scalar(old.limit(1)) is not None


def forget_old(session: Session, now: datetime) -> int:
    """Forget forms that cannot come again, and commit; return how many."""
    old = delete(TakenForm).where(TakenForm.taken_at < now - KEPT)
    gone = session.scalars(old.returning(TakenForm.digest)).all()
    session.commit()
    return len(gone)

"""Documents of an event that are kept in versions: the scheme, the rules of promotion."""

from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from accounts.models import User
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class DocumentVersion(Model):
    """One version of a document of an event; the highest number is the current one, none comes twice."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    number: Mapped[int]
    document: Mapped[Any] = mapped_column(CanonicalJson)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))


V = TypeVar("V", bound=DocumentVersion)


def find_newest(session: Session, kind: type[V], event_id: int) -> V | None:
    """Return the newest version of an event's document of this kind."""
    newest = select(kind).where(kind.event_id == event_id).order_by(kind.number.desc()).limit(1)
    return session.scalar(newest)


def list_with_savers(session: Session, kind: type[V], event_id: int) -> list[tuple[V, str]]:
    """Return all versions of an event's document and the name of whoever saved each, newest first."""
    rows = session.execute(
        select(kind, User.name)
        .join(User, User.id == kind.created_by_id, isouter=True)
        .where(kind.event_id == event_id)
        .order_by(kind.number.desc())
    )
    return [(version, name or "") for version, name in rows]

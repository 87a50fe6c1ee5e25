"""Which persons turned out to be one, and which alike ones are two."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.entries.models import Person
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class PersonMerge(Model):
    """Two rows of one person made one: `gone_ref` is no more, its entries are those of the kept person.

    `moved` names the memberships that changed hands; `before` is what both rows said, sealed, for nobody but
    the undoing; `after` is the fingerprint of the kept row, so that a later change is seen.
    """

    __tablename__ = "person_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    gone_ref: Mapped[str] = mapped_column(String(32))
    moved: Mapped[Any] = mapped_column(CanonicalJson)
    before: Mapped[bytes | None] = mapped_column(LargeBinary)
    after: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    kept: Mapped[Person] = relationship()


class PeopleApart(Model):
    """Two alike persons who are two: not suggested again."""

    __tablename__ = "people_apart"

    first_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    second_id: Mapped[int] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

"""Which units turned out to be one, and which alike ones are two."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.organisations.models import Unit
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class UnitMerge(Model):
    """Two units made one: the gone one stays out of use, what named it names the kept one.

    `moved` lists by column the rows that changed hands; `before` is what both units said of themselves.
    """

    __tablename__ = "unit_merge"

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    gone_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    moved: Mapped[Any] = mapped_column(CanonicalJson)
    before: Mapped[Any] = mapped_column(CanonicalJson)
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    kept: Mapped[Unit] = relationship(foreign_keys=[kept_id])
    gone: Mapped[Unit] = relationship(foreign_keys=[gone_id])


class UnitsApart(Model):
    """Two units with much the same name that are two: not suggested again."""

    __tablename__ = "units_apart"

    first_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True)
    second_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

"""Unions, in their tree, and the units that send entrants."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model


class Union(Model):
    """A trade union; `kind` is one of competitions.organisations.rules.KINDS."""

    __tablename__ = "trade_union"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    name_en: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("trade_union.id"), index=True)
    national_union_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))

    parent: Mapped["Union | None"] = relationship(remote_side=[id])


class Unit(Model):
    """A unit (enterprise, institution) whose people enter contests."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_union.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))

    union: Mapped[Union | None] = relationship()

"""Unions, in their tree, the units that send entrants, and whom one reaches there."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.database import Model
from core.types import UtcDateTime


class Union(Model):
    """A trade union; `kind` is one of competitions.organisations.rules.KINDS.

    One out of use is retired, never deleted: what it has held stays readable below its name.
    """

    __tablename__ = "trade_union"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    name_en: Mapped[str] = mapped_column(String(200), default="")
    kind: Mapped[str] = mapped_column(String(20))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("trade_union.id"), index=True)
    national_union_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    region_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")

    parent: Mapped["Union | None"] = relationship(remote_side=[id])


class Unit(Model):
    """A unit (enterprise, institution) whose people enter contests; retired like a union.

    `ownership` is one of competitions.organisations.rules.OWNERSHIPS, or "" where nobody has said it.
    """

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    credit_code: Mapped[str | None] = mapped_column(String(18), unique=True)
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_union.id"), index=True)
    region_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    industry_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"))
    ownership: Mapped[str] = mapped_column(String(12), default="", server_default="")
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    retired_reason: Mapped[str] = mapped_column(String(200), default="", server_default="")

    union: Mapped[Union | None] = relationship()


class OrganisationContact(Model):
    """Somebody whom one reaches at a union or a unit; phone and e-mail are sealed under the row's `ref`."""

    __tablename__ = "organisation_contact"
    __table_args__ = (CheckConstraint("(union_id IS NULL) <> (unit_id IS NULL)", name="one_place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    union_id: Mapped[int | None] = mapped_column(ForeignKey("trade_union.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    duty: Mapped[str] = mapped_column(String(80), default="")
    phone: Mapped[bytes | None] = mapped_column(LargeBinary)
    email: Mapped[bytes | None] = mapped_column(LargeBinary)

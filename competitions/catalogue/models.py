"""Reference data: industries, unions, regions, levels, activity kinds and trades, with their sources."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class CatalogueEntry(Model):
    """One entry of one list; retired when out of use, never deleted.

    `kind` is one of competitions.catalogue.rules.KINDS; `key` is unique in its list and never changes (the
    code where there is one); `code_state` is "sourced", or "pending" (编码待核) where no source gives it.
    """

    __tablename__ = "catalogue_entry"
    __table_args__ = (UniqueConstraint("kind", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    key: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(20), default="")
    code_state: Mapped[str] = mapped_column(String(10), default="sourced")
    name_zh: Mapped[str] = mapped_column(String(120))
    name_en: Mapped[str] = mapped_column(String(200), default="")
    parent_key: Mapped[str] = mapped_column(String(60), default="", index=True)
    source: Mapped[str] = mapped_column(String(200), default="")
    attributes: Mapped[Any] = mapped_column(CanonicalJson, default=dict)
    position: Mapped[int] = mapped_column(default=0)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class TradeIndustry(Model):
    """A trade that belongs to an industry, as union reports count it."""

    __tablename__ = "trade_industry"

    trade_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"), primary_key=True)
    industry_id: Mapped[int] = mapped_column(ForeignKey("catalogue_entry.id"), primary_key=True, index=True)

"""Rules of entry and the quotas of particular units."""

from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import CanonicalJson


class EntryRulesRow(Model):
    """The rules of entry of one event (entry/1); an event without a row has the usual ones."""

    __tablename__ = "entry_rules"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    document: Mapped[Any] = mapped_column(CanonicalJson)


class UnitQuota(Model):
    """How many entries one unit may send to one event, other than the rules say for all; 0: none."""

    __tablename__ = "unit_quota"
    __table_args__ = (CheckConstraint("places >= 0", name="places_not_negative"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), primary_key=True, index=True)
    places: Mapped[int]

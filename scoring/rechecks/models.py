"""The re-check of an event: its seed, and what was compared."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from core.append_only import append_only
from core.database import Model
from core.types import UtcDateTime
from scoring.sheets.models import LedgerOperation, Sheet


class Recheck(Model):
    """The one re-check of an event; `whole_at`: since when every sheet is compared, for too many differed."""

    __tablename__ = "recheck"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    seed: Mapped[str] = mapped_column(String(64))
    drawn_at: Mapped[datetime] = mapped_column(UtcDateTime)
    drawn_by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    whole_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Comparison(Model):
    """A second person has compared a sheet, in the version that it had, with what it should be."""

    __tablename__ = "comparison"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    sheet_id: Mapped[int] = mapped_column(ForeignKey("sheet.id"), index=True)
    version: Mapped[int]
    agrees: Mapped[bool]
    note: Mapped[str] = mapped_column(Text, default="")
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    operation_id: Mapped[int] = mapped_column(ForeignKey("ledger_operation.id"))

    sheet: Mapped[Sheet] = relationship()
    operation: Mapped[LedgerOperation] = relationship()

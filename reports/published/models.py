"""Published reports as they are kept."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.organisations.models import Union
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class PublishedReport(Model):
    """What a union has published; `words` are title, period, reporter and source in both languages.

    `lines` are those of rules.Line as JSON; they are never changed: another report is another row.
    """

    __tablename__ = "published_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    title_en: Mapped[str] = mapped_column(String(200))
    reporter: Mapped[str] = mapped_column(String(120))
    reporter_en: Mapped[str] = mapped_column(String(200))
    period: Mapped[str] = mapped_column(String(120))
    period_en: Mapped[str] = mapped_column(String(200))
    source: Mapped[str] = mapped_column(Text)
    source_en: Mapped[str] = mapped_column(Text)
    lines: Mapped[Any] = mapped_column(CanonicalJson)
    kept_at: Mapped[datetime] = mapped_column(UtcDateTime)

    union: Mapped[Union] = relationship()

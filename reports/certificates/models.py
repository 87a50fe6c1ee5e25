"""The certificate register: one row per certificate, with the words as they were printed."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class Certificate(Model):
    """One issued certificate; its number is never used again."""

    __tablename__ = "certificate"
    __table_args__ = (UniqueConstraint("version_id", "entry_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("result_version.id"))
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id"), index=True)
    words: Mapped[Any] = mapped_column(CanonicalJson)
    state: Mapped[str] = mapped_column(String(10), default="issued")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    issued_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

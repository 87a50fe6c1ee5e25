"""The audit trail: who did what and when, append-only and chained."""

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.append_only import append_only
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class AuditRecord(Model):
    """One audited act; never changed, never deleted."""

    __tablename__ = "audit_record"
    __table_args__ = (UniqueConstraint("chain", "seq"), UniqueConstraint("chain", "prev_hash"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    chain: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    detail: Mapped[Any] = mapped_column(CanonicalJson)
    algorithm: Mapped[str] = mapped_column(String(16))
    prev_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

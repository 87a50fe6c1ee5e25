"""Versions of an event's scheme (SCHEME.md section 2), kept as documents."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from core.append_only import append_only
from core.types import UtcDateTime
from scoring.versions import DocumentVersion


class SchemeVersion(DocumentVersion):
    """One version, never changed; frozen when the field is closed."""

    __tablename__ = "scheme_version"
    __table_args__ = (UniqueConstraint("event_id", "number"), append_only("frozen_at"))

    frozen_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

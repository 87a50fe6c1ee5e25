"""Versions of an event's promotion rules (promotion/1), kept as documents."""

from sqlalchemy import UniqueConstraint

from core.append_only import append_only
from scoring.versions import DocumentVersion


class PromotionRules(DocumentVersion):
    """One version, never changed."""

    __tablename__ = "promotion_rules"
    __table_args__ = (UniqueConstraint("event_id", "number"), append_only())

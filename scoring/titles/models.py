"""The titles of an event, once its office has changed what the library says."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import CanonicalJson


class TitleRules(Model):
    """The thresholds and quotas of an event, as titles/1."""

    __tablename__ = "title_rules"

    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), primary_key=True)
    document: Mapped[Any] = mapped_column(CanonicalJson)
    version: Mapped[int] = mapped_column(default=1)

    __mapper_args__ = {"version_id_col": version}

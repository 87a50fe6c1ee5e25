"""Standings of a competition: the method with its events, and the versions that were published."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from competitions.events.models import Competition
from core.append_only import append_only
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class CompetitionStanding(Model):
    """One standing: its method (standing/1) and the events that it counts, none meaning all of them.

    `orders` are the written decisions between tied groups: [group, number, reason], the lower number first.
    """

    __tablename__ = "standing"

    id: Mapped[int] = mapped_column(primary_key=True)
    competition_id: Mapped[int] = mapped_column(ForeignKey("competition.id"), index=True)
    document: Mapped[Any] = mapped_column(CanonicalJson)
    event_ids: Mapped[Any] = mapped_column(CanonicalJson)
    orders: Mapped[Any] = mapped_column(CanonicalJson, default=list, server_default="[]")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    version: Mapped[int] = mapped_column(default=1)

    competition: Mapped[Competition] = relationship()
    versions: Mapped[list["StandingVersion"]] = relationship(
        back_populates="standing", order_by="StandingVersion.number.desc()"
    )

    __mapper_args__ = {"version_id_col": version}

    @property
    def title(self) -> str:
        """Return the title that the method gives it."""
        return str(self.document["title"])


class StandingVersion(Model):
    """A published standing, never changed: the method, the result versions, what was counted, the table."""

    __tablename__ = "standing_version"
    __table_args__ = (UniqueConstraint("standing_id", "number"), append_only())

    id: Mapped[int] = mapped_column(primary_key=True)
    standing_id: Mapped[int] = mapped_column(ForeignKey("standing.id"), index=True)
    number: Mapped[int]
    document: Mapped[Any] = mapped_column(CanonicalJson)
    sha256: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text, default="")
    published_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))

    standing: Mapped[CompetitionStanding] = relationship(back_populates="versions")

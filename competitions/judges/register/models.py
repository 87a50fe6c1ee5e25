"""The judge register (裁判库): what is known of judges beyond single events."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from competitions.catalogue.models import CatalogueEntry
from competitions.organisations.models import Unit
from core.database import Model


class JudgeProfile(Model):
    """Where somebody who judges works, with which professional title."""

    __tablename__ = "judge_profile"

    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True, autoincrement=False)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"), index=True)
    title: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(300), default="")

    user: Mapped[User] = relationship()
    unit: Mapped[Unit | None] = relationship()


class JudgeQualification(Model):
    """One qualification of a judge: a trade of the catalogue or none, one of register.rules.LEVELS."""

    __tablename__ = "judge_qualification"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), index=True)
    trade_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_entry.id"), index=True)
    level: Mapped[str] = mapped_column(String(12))
    certificate_number: Mapped[str] = mapped_column(String(80), default="")
    issued_by: Mapped[str] = mapped_column(String(120), default="")
    valid_until: Mapped[date | None]

    trade: Mapped[CatalogueEntry | None] = relationship()

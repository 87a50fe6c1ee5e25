"""Tokens as they are kept: never the token itself, only its digest."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from competitions.organisations.models import Union
from core.database import Model
from core.types import UtcDateTime


class ApiToken(Model):
    """What lets a union's own system read the union's figures; `used_on` is the last day on which it did."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    union_id: Mapped[int] = mapped_column(ForeignKey("trade_union.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("user_account.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_on: Mapped[date | None]

    union: Mapped[Union] = relationship()
    made_by: Mapped[User | None] = relationship()

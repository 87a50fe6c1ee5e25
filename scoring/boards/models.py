"""The acts on public boards."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from accounts.models import User
from core.append_only import append_only
from core.database import Model
from core.types import CanonicalJson, UtcDateTime


class BoardAct(Model):
    """One act (rules.ACTS); a freeze keeps what every board showed at its moment, by the board's name."""

    __tablename__ = "board_act"
    __table_args__ = (append_only(),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"), index=True)
    kind: Mapped[str] = mapped_column(String(8))
    content: Mapped[Any] = mapped_column(CanonicalJson)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"))

    by: Mapped[User] = relationship()

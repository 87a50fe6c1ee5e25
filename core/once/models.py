"""Which forms have been taken."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import UtcDateTime


class TakenForm(Model):
    """A form that was taken: the digest of who sent what where, with the mark of its page."""

    __tablename__ = "taken_form"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

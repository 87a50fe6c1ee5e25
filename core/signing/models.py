"""The keys with which this installation signs."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import UtcDateTime


class SigningKey(Model):
    """One key of one purpose; the newest that is not retired signs, all but revoked ones verify.

    `private` is sealed under the installation's data key, so that a stolen database signs nothing.
    """

    __tablename__ = "signing_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    kid: Mapped[str] = mapped_column(String(8), unique=True)
    purpose: Mapped[str] = mapped_column(String(20), index=True)
    public: Mapped[str] = mapped_column(String(64))
    private: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_from: Mapped[datetime | None] = mapped_column(UtcDateTime)

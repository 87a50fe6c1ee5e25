"""The keys with which this installation opens what was closed for it."""

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import UtcDateTime


class BoxKey(Model):
    """One key pair of one purpose: the newest that is not retired is given out, every one of them opens.

    `public` is the point of P-256, uncompressed, in hexadecimal. `private` is sealed under the installation's
    data key, so that a stolen database opens nothing.
    """

    __tablename__ = "box_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    kid: Mapped[str] = mapped_column(String(8), unique=True)
    purpose: Mapped[str] = mapped_column(String(30), index=True)
    public: Mapped[str] = mapped_column(String(130))
    private: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

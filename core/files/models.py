"""Files as they are kept."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from core.database import Model
from core.types import UtcDateTime


class StoredFile(Model):
    """One file, never changed: a newer one is another row. Its content is read only when it is asked for.

    `size` and `sha256` are of the file as it was taken. `content` is sealed under the installation's data key
    for this row alone; what an older software kept stands in plain until a worker has sealed it.
    """

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="size_positive"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(10))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_group="kept")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    by_id: Mapped[int | None]
    # With the content: SQLite reads through a whole file to what stands behind it in the row.
    sealed: Mapped[bool] = mapped_column(index=True, deferred=True, deferred_group="kept")

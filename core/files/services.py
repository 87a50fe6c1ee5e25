"""Keep files."""

from datetime import datetime

from sqlalchemy.orm import Session

from core.files.models import StoredFile
from core.files.reading import Upload


def keep(session: Session, upload: Upload, *, ref: str, now: datetime, actor_id: int | None) -> StoredFile:
    """Keep a file inside the running transaction; the caller records the act that it belongs to."""
    stored = StoredFile(
        ref=ref, name=upload.name, kind=upload.kind, size=len(upload.data), sha256=upload.sha256,
        content=upload.data, created_at=now, by_id=actor_id,
    )  # fmt: skip
    session.add(stored)
    session.flush()
    return stored


def drop(session: Session, stored: StoredFile) -> None:
    """Delete a file that nothing refers to any more; the caller has made sure of that."""
    session.delete(stored)
    session.flush()

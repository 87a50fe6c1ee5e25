"""Read kept files. Whether somebody may have one is decided by the slice that it belongs to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.files.models import StoredFile


def find_file(session: Session, ref: str) -> StoredFile | None:
    """Return the file with this reference, without its content."""
    return session.scalar(select(StoredFile).where(StoredFile.ref == ref))

"""Read kept files. Whether somebody may have one is decided by the slice that it belongs to."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from core.files.models import StoredFile
from core.own_keys import keys
from core.refusals import refuse
from core.secrets import Unreadable


def find_file(session: Session, ref: str) -> StoredFile | None:
    """Return the file with this reference, without its content."""
    return session.scalar(select(StoredFile).where(StoredFile.ref == ref))


def content_of(stored: StoredFile) -> bytes:
    """Return the file as it was taken.

    Raises: Refused FILE_SEALED where it was sealed with a key that this installation does not have.
    """
    content = stored.content
    try:
        return keys().open_bytes(content, owner_of(stored.ref)) if stored.sealed else content
    except Unreadable as error:
        raise refuse("FILE_SEALED") from error


def is_plain_left(session: Session) -> bool:
    """Say whether a file still stands in plain, as an older software kept it."""
    return session.scalar(select(StoredFile.id).where(StoredFile.sealed.is_(False)).limit(1)) is not None


def owner_of(ref: str) -> str:
    """Return for whom a file is sealed: its own row, so that it opens in no other."""
    return f"file:{ref}"

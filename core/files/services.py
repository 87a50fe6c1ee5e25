"""Keep files, each sealed under the installation's data key."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer_group

from core.files.models import StoredFile
from core.files.queries import owner_of
from core.files.reading import Upload
from core.own_keys import keys


def keep(session: Session, upload: Upload, *, ref: str, now: datetime, actor_id: int | None) -> StoredFile:
    """Keep a file inside the running transaction; the caller records the act that it belongs to."""
    stored = StoredFile(
        ref=ref, name=upload.name, kind=upload.kind, size=len(upload.data), sha256=upload.sha256,
        content=_sealed(upload.data, ref), sealed=True, created_at=now, by_id=actor_id,
    )  # fmt: skip
    session.add(stored)
    session.flush()
    return stored


def seal_plain(session: Session) -> int:
    """Seal what stands in plain, each file in a transaction of its own; return how many there were."""
    plain = select(StoredFile).where(StoredFile.sealed.is_(False)).limit(1)
    plain = plain.options(undefer_group("kept")).with_for_update(skip_locked=True)
    count = 0
    while (stored := session.scalar(plain)) is not None:
        stored.content, stored.sealed = _sealed(stored.content, stored.ref), True
        session.commit()
        count += 1
    session.commit()
    return count


def drop(session: Session, stored: StoredFile) -> None:
    """Delete a file that nothing refers to any more; the caller has made sure of that."""
    session.delete(stored)
    session.flush()


def _sealed(content: bytes, ref: str) -> bytes:
    return keys().seal_bytes(content, owner_of(ref))

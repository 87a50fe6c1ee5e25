"""Take along what was said of a work, and its files, when it enters the next level."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.entries import work_files
from competitions.entries.models import Entry, EntryFile
from competitions.works.models import WorkParticulars
from core import clock
from core.files import services as kept
from core.files.queries import content_of
from core.files.reading import Upload

SAID = ("nature", "implemented", "implemented_on", "benefit", "evidence", "basis", "changed_at")


def carry(session: Session, earlier: Entry, entry: Entry, *, actor_id: int | None, now: datetime) -> None:
    """Copy particulars and files: what is changed at the next level leaves the earlier work as it was judged.

    Raises: Refused FILE_SEALED.
    """
    said = session.get(WorkParticulars, earlier.id)
    if said is not None:
        session.add(WorkParticulars(entry_id=entry.id, **{name: getattr(said, name) for name in SAID}))
    for row in work_files.list_files(session, earlier.id):
        upload = Upload(row.file.name, row.file.kind, content_of(row.file))
        stored = kept.keep(session, upload, ref=clock.new_ref(), now=now, actor_id=actor_id)
        session.add(
            EntryFile(entry_id=entry.id, file_id=stored.id, title=row.title, position=row.position)
        )
    session.flush()

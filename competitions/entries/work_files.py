"""The files of a work: added, named, put in order and removed while its registration is open."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from competitions.entries import holding, rules
from competitions.entries.models import Entry, EntryFile
from competitions.events.models import Event
from core.files import services as kept
from core.files.kinds import WITH_ARCHIVES
from core.files.models import StoredFile
from core.files.reading import Upload
from core.refusals import refuse

ALLOWED = WITH_ARCHIVES
MOST, MEBIBYTE = 10, 1024 * 1024
MOST_BYTES = 100 * MEBIBYTE
TITLE_LENGTH = 120


def list_files(session: Session, entry_id: int) -> list[EntryFile]:
    """Return the files of an entry in their order, without their contents."""
    statement = select(EntryFile).join(EntryFile.file).options(contains_eager(EntryFile.file))
    return list(session.scalars(statement.where(EntryFile.entry_id == entry_id).order_by(EntryFile.position)))


def find_file(session: Session, entry_id: int, file_id: int) -> EntryFile | None:
    """Return a file of an entry."""
    row = session.get(EntryFile, file_id)
    return row if row is not None and row.entry_id == entry_id else None


def add_file(
    session: Session,
    event: Event,
    entry_id: int,
    upload: Upload,
    title: str,
    *,
    ref: str,
    actor_id: int,
    now: datetime,
) -> EntryFile:
    """Add a file behind the others; without a title its name is one.

    Raises: Refused REG_CLOSED, ENTRY_GONE, WORK_FILES_KIND, WORK_FILES_MANY, WORK_FILES_LARGE,
    WORK_FILE_AGAIN, TEXT_LONG, TEXT_UNSEEN.
    """
    entry = _held(session, event, entry_id)
    files = list_files(session, entry.id)
    if len(files) >= MOST:
        raise refuse("WORK_FILES_MANY", "file", most=MOST)
    if sum(row.file.size for row in files) + len(upload.data) > MOST_BYTES:
        raise refuse("WORK_FILES_LARGE", "file", megabytes=MOST_BYTES // MEBIBYTE)
    same = next((row for row in files if row.file.sha256 == upload.sha256), None)
    if same is not None:
        raise refuse("WORK_FILE_AGAIN", "file", title=same.title)
    stored = kept.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    row = EntryFile(
        entry_id=entry.id, file_id=stored.id, title=_title(title) or _title(upload.name.rsplit(".", 1)[0]),
        position=max((row.position for row in files), default=0) + 1,
    )  # fmt: skip
    session.add(row)
    entry.revision += 1
    session.flush()
    _record(session, event, entry, "entry:file_add", stored, actor_id, now)
    return row


def rename_file(
    session: Session, event: Event, entry_id: int, file_id: int, title: str, *, actor_id: int, now: datetime
) -> EntryFile:
    """Give a file another title.

    Raises: Refused REG_CLOSED, ENTRY_GONE, WORK_FILE_GONE, VALUE_MISSING, TEXT_LONG, TEXT_UNSEEN.
    """
    entry = _held(session, event, entry_id)
    row = _get(session, entry, file_id)
    row.title = _title(title, needed=True)
    session.flush()
    _record(session, event, entry, "entry:file_name", row.file, actor_id, now)
    return row


def raise_file(
    session: Session, event: Event, entry_id: int, file_id: int, *, actor_id: int, now: datetime
) -> EntryFile:
    """Put a file one place up; the first stays where it is.

    Raises: Refused REG_CLOSED, ENTRY_GONE, WORK_FILE_GONE.
    """
    entry = _held(session, event, entry_id)
    row = _get(session, entry, file_id)
    files = list_files(session, entry.id)
    place = files.index(row)
    if place:
        files[place - 1 : place + 1] = [row, files[place - 1]]
    for position, one in enumerate(files, start=1):
        one.position = position
    session.flush()
    _record(session, event, entry, "entry:file_order", row.file, actor_id, now)
    return row


def remove_file(
    session: Session, event: Event, entry_id: int, file_id: int, *, actor_id: int, now: datetime
) -> str:
    """Delete a file and return the title that it had.

    Raises: Refused REG_CLOSED, ENTRY_GONE, WORK_FILE_GONE.
    """
    entry = _held(session, event, entry_id)
    row = _get(session, entry, file_id)
    title, stored = row.title, row.file
    _record(session, event, entry, "entry:file_remove", stored, actor_id, now)
    session.delete(row)
    session.flush()
    session.delete(stored)
    entry.revision += 1
    session.flush()
    return title


def record_fetch(
    session: Session, event: Event, entry: Entry, stored: StoredFile, *, actor_id: int, now: datetime
) -> None:
    """Put on record that somebody takes a file of a work: it is what others have thought of."""
    _record(session, event, entry, "entry:file_fetch", stored, actor_id, now)


def _held(session: Session, event: Event, entry_id: int) -> Entry:
    holding.hold_open(session, event)
    entry = holding.held_entry(session, event, entry_id)
    if entry.kind != "work":
        raise refuse("WORK_FILES_KIND")
    return entry


def _get(session: Session, entry: Entry, file_id: int) -> EntryFile:
    row = find_file(session, entry.id, file_id)
    if row is None:
        raise refuse("WORK_FILE_GONE")
    return row


def _title(text: str, *, needed: bool = False) -> str:
    title = rules.tidy_line(text)
    if title or needed:
        for fault in rules.text_faults(title, TITLE_LENGTH):
            if not fault.note:
                raise refuse(fault.code, "title", **fault.params)
    return title


def _record(
    session: Session, event: Event, entry: Entry, action: str, stored: StoredFile, actor_id: int,
    now: datetime,
) -> None:  # fmt: skip
    holding.record(
        session, action, event, entry.id, actor_id=actor_id, now=now, entry=entry.number, sha256=stored.sha256
    )

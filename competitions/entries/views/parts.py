"""What the page of one entry shows beside its people: files of a work, who was replaced."""

from typing import Any

from accounts import guard
from competitions.entries import queries, roles, substitutions, work_files
from competitions.entries.forms import WorkFileForm
from competitions.entries.places import entry_place
from competitions.entries.views.base import rights_in
from core.database import db
from core.files.kinds import FILE_BYTES
from core.refusals import words


def size_words(size: int) -> str:
    """Return a size in megabytes, or in kilobytes below one."""
    tenths = round(10 * size / work_files.MEBIBYTE)
    return f"{tenths // 10}.{tenths % 10} MB" if tenths >= 10 else f"{-(-size // 1024)} KB"


def parts_of(event: Any, entry: Any, file_form: WorkFileForm | None) -> dict[str, Any]:
    """Return what the page shows of a work's files and of people who take others' places."""
    place = entry_place(event.id, entry.id)
    closed = substitutions.refusals(db.session, event, entry, decides=rights_in(event).decide)
    files = work_files.list_files(db.session, entry.id) if entry.kind == "work" else []
    return {
        "files": files,
        "file_form": file_form or WorkFileForm(formdata=None, prefix="file"),
        "name_forms": {row.id: WorkFileForm(None, prefix=f"name{row.id}") for row in files},
        "most_files": work_files.MOST,
        "file_megabytes": FILE_BYTES // work_files.MEBIBYTE,
        "size": size_words,
        "replaced": queries.list_substitutions(db.session, entry.id),
        "may_replace": place is not None and guard.may("entry.substitute", place.path),
        "no_replacing": words(closed[0]) if closed else "",
        "roles": roles,
    }

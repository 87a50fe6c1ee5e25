"""Uploads between their check and their confirmation: kept sealed, for their owner, for a short time.

A file of the instance's folder `uploads` holds the table as it was read. It is sealed under the key of
personal data and bound to its own name, its owner and its event, so that nobody else's request opens it.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from flask import current_app

from competitions.entries import identity
from competitions.entries.table import Table, from_json
from core import canonical
from core.secrets import Unreadable

LIFE = timedelta(hours=2)
TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A table that was read, with the name and the fingerprint of its file."""

    table: Table
    filename: str
    sha256: str


def keep_upload(upload: Upload, *, token: str, owner: int, event_id: int, now: datetime) -> None:
    """Keep a table until its owner confirms it; what others left behind too long is deleted."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in _left_behind(folder, now):
        old.unlink(missing_ok=True)
    body = {"table": upload.table.as_json(), "filename": upload.filename, "sha256": upload.sha256}
    sealed = identity.keys().seal(canonical.dumps(body), _binding(token, owner, event_id))
    handle = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(sealed)
    os.utime(folder / token, (now.timestamp(), now.timestamp()))


def find_upload(token: str, *, owner: int, event_id: int, now: datetime) -> Upload | None:
    """Return what was kept under this token for this owner and event, unless it is too old."""
    path = _path(token)
    try:
        if path is None or path.stat().st_mtime < (now - LIFE).timestamp():
            return None
        text = identity.keys().open(path.read_bytes(), _binding(token, owner, event_id))
    except (OSError, Unreadable):
        return None
    body = canonical.loads(text)
    return Upload(from_json(body["table"]), body["filename"], body["sha256"])


def discard_upload(token: str) -> None:
    """Delete what was kept; a second time is no fault."""
    path = _path(token)
    if path is not None:
        path.unlink(missing_ok=True)


def _folder() -> Path:
    return Path(current_app.instance_path) / "uploads"


def _path(token: str) -> Path | None:
    return _folder() / token if TOKEN.fullmatch(token) else None


def _binding(token: str, owner: int, event_id: int) -> str:
    return f"upload:{token}:{owner}:{event_id}"


def _left_behind(folder: Path, now: datetime) -> Iterator[Path]:
    oldest = (now - LIFE).timestamp()
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process may be sweeping too
            if TOKEN.fullmatch(path.name) and path.stat().st_mtime < oldest:
                yield path

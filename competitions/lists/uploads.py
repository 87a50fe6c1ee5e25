"""Uploads between their check and their confirmation: kept sealed, for their owner, for a short time.

A file of the instance's folder `uploads` holds the sheet as it was read, a second one beside it what its
owner has said of it. Both are sealed under the key of personal data and bound to their own name, their owner
and what they are for, so that nobody else's request opens them.
"""

import contextlib
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import current_app

from competitions.lists.grid import Grid, from_json
from core import canonical
from core.own_keys import keys
from core.secrets import Unreadable

LIFE = timedelta(hours=2)
TOKEN = re.compile(r"[0-9a-f]{32}")
OURS = re.compile(r"[0-9a-f]{32}[.a-z]*")


@dataclass(frozen=True)
class Choices:
    """What the owner of an upload has said of it.

    Shape: `fields` the field of each column that is read; `named` the registered unit that is meant by a
    plain name; `register` the plain names of units that come along.
    """

    fields: dict[int, str] = field(default_factory=dict)
    named: dict[str, str] = field(default_factory=dict)
    register: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, Any]:
        """Return the choices as canonical JSON can hold them."""
        fields = [[index, name] for index, name in self.fields.items()]
        return {"fields": fields, "named": self.named, "register": sorted(self.register)}


@dataclass(frozen=True)
class Upload:
    """A sheet that was read, with the name and the fingerprint of its file."""

    grid: Grid
    filename: str
    sha256: str


@dataclass(frozen=True)
class Place:
    """Where an upload is kept: its token, for whom, and what it is for (such as the number of an event)."""

    token: str
    owner: int
    about: str

    def binding(self, part: str) -> str:
        """Return what a sealed part is bound to."""
        return f"upload:{part}:{self.token}:{self.owner}:{self.about}"

    def path(self, part: str) -> Path | None:
        """Return the file of a part; None for a token that is none of ours."""
        return _folder() / f"{self.token}{part}" if TOKEN.fullmatch(self.token) else None


SHEET, SAID, PROGRESS = "", ".said", ".progress"


def keep_upload(upload: Upload, choices: Choices, place: Place, *, now: datetime) -> None:
    """Keep a sheet until its owner confirms it; what others left behind too long is deleted."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for old in _left_behind(folder, now):
        old.unlink(missing_ok=True)
    body = {"grid": upload.grid.as_json(), "filename": upload.filename, "sha256": upload.sha256}
    _write(place, SHEET, body, now)
    keep_choices(choices, place, now=now)


def keep_choices(choices: Choices, place: Place, *, now: datetime) -> None:
    """Keep what the owner says of a sheet, in the place of what was said before."""
    _write(place, SAID, choices.as_json(), now)


def find_upload(place: Place, *, now: datetime) -> Upload | None:
    """Return what was kept for this owner and purpose, unless it is too old."""
    body = _read(place, SHEET, now)
    return Upload(from_json(body["grid"]), body["filename"], body["sha256"]) if body else None


def find_choices(place: Place, *, now: datetime) -> Choices:
    """Return what the owner has said of a sheet."""
    body = _read(place, SAID, now)
    if body is None:
        return Choices()
    return Choices(dict(body["fields"]), body["named"], frozenset(body["register"]))


def discard_upload(place: Place) -> None:
    """Delete what was kept; a second time is no fault."""
    for part in (SHEET, SAID, PROGRESS):
        path = place.path(part)
        if path is not None:
            path.unlink(missing_ok=True)


def _write(place: Place, part: str, body: dict[str, Any], now: datetime) -> None:
    path = place.path(part)
    if path is None:
        raise ValueError("an upload is kept under a reference of ours alone")
    sealed = keys().seal(canonical.dumps(body), place.binding(part))
    # Written beside it and then renamed: nobody ever reads half of it.
    fresh = path.with_name(f"{path.name}.new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(sealed)
    os.utime(fresh, (now.timestamp(), now.timestamp()))
    fresh.replace(path)


def _read(place: Place, part: str, now: datetime) -> Any:
    path = place.path(part)
    try:
        if path is None or path.stat().st_mtime < (now - LIFE).timestamp():
            return None
        return canonical.loads(keys().open(path.read_bytes(), place.binding(part)))
    except (OSError, Unreadable):
        return None


def _folder() -> Path:
    return Path(current_app.instance_path) / "uploads"


def _left_behind(folder: Path, now: datetime) -> Iterator[Path]:
    oldest = (now - LIFE).timestamp()
    for path in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):  # another process may be sweeping too
            if OURS.fullmatch(path.name) and path.stat().st_mtime < oldest:
                yield path

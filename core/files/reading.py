"""Take a file out of a request: read within the limit, looked at, cleaned."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from core.files import kinds, pictures
from core.refusals import refuse


@dataclass(frozen=True)
class Upload:
    """A file that may be kept: its clean name, its kind (a key of kinds.KINDS), its bytes."""

    name: str
    kind: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Return the fingerprint of what will be kept."""
        return hashlib.sha256(self.data).hexdigest()


def take(storage: Any, allowed: Collection[str] = kinds.DOCUMENTS) -> Upload:
    """Return what was sent in a file field (werkzeug's FileStorage, or None where nothing came).

    Raises: Refused with one UPLOAD_… refusal at the field "file".
    """
    filename = getattr(storage, "filename", None) or ""
    if not filename:
        raise refuse("UPLOAD_MISSING", "file")
    return from_bytes(filename, storage.read(kinds.FILE_BYTES + 1), allowed)


def from_bytes(filename: str, data: bytes, allowed: Collection[str] = kinds.DOCUMENTS) -> Upload:
    """Return the file as it may be kept.

    Raises: Refused as `take` does.
    """
    kind = kinds.kind_of(filename, data, allowed)
    if kind in pictures.FORMATS:
        data = pictures.without_notes(kind, data)
    elif kind == "txt":
        data = kinds.text_of(data)
    return Upload(kinds.clean_name(filename, kind), kind, data)

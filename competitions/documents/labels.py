"""The words for kinds of documents, and sizes of files."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.files.kinds import MEBIBYTE

KINDS: dict[str, Any] = {
    "rules": _l("Rules of the competition"),
    "technical": _l("Technical file"),
    "circular": _l("Circular"),
    "sample": _l("Sample task"),
    "marking": _l("Notes on marking"),
    "other": _l("Other document"),
}


def size_words(size: int) -> str:
    """Return the size of a file as a person reads it."""
    if size < MEBIBYTE:
        return f"{max(1, -(-size // 1024))} KB"
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{tenths // 10}.{tenths % 10} MB"


def version_words(number: int) -> str:
    """Return the words for a version."""
    return str(_("version %(number)s", number=number))

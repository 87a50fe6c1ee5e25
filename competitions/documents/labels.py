"""The words for kinds of documents."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "rules": _l("Rules of the competition"),
    "technical": _l("Technical file"),
    "circular": _l("Circular"),
    "sample": _l("Sample task"),
    "marking": _l("Notes on marking"),
    "other": _l("Other document"),
}


def version_words(number: int) -> str:
    """Return the words for a version."""
    return str(_("version %(number)s", number=number))

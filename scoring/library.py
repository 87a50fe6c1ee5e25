"""Documents to start from: files beside the code, each one of its own, offered by name."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from core import canonical


class Offer(NamedTuple):
    """A document to start from: the name of its file, its title, and in a line what it is."""

    key: str
    name: Any
    says: Any


class Library:
    """The offers of one folder, in their order."""

    def __init__(self, folder: Path, *offers: Offer) -> None:
        self._folder = folder
        self._offers = {offer.key: offer for offer in offers}

    def __iter__(self) -> Iterator[Offer]:
        return iter(self._offers.values())

    def find_text(self, key: str) -> str | None:
        """Return the document of that name as people read it, or None."""
        return _read(self._folder / f"{key}.json") if key in self._offers else None

    def find_document(self, key: str) -> Any | None:
        """Return the document of that name, one of its own for each who asks, or None."""
        text = self.find_text(key)
        return None if text is None else canonical.loads(text)


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")

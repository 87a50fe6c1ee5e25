"""Promotion rules to start from: those of public rule books, each a document that names its source."""

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from flask_babel import lazy_gettext as _l

from core import canonical

FOLDER = Path(__file__).parent / "library"


class Offer(NamedTuple):
    """Rules to start from: the name of their file, whose they are, and what they say."""

    key: str
    name: Any
    says: Any


OFFERS = (
    Offer(
        "national",
        _l("National skills competition"),
        _l("Merit prize and above: to technician; technicians: to senior technician."),
    ),
    Offer("zhoushan", _l("Zhoushan"), _l("Ranks 1 to 6: to technician.")),
    Offer("lvliang", _l("Lüliang"), _l("Rank 4 down to half of the field: to senior worker.")),
    Offer(
        "chongqing",
        _l("Chongqing"),
        _l("Any prize: to technician. A pass in every stage: to senior worker."),
    ),
    Offer(
        "shijiazhuang-2010",
        _l("Shijiazhuang 2010"),
        _l("A pass in every stage: ranks 2 to 10 to senior worker or technician, all others one level up."),
    ),
    Offer(
        "hainan",
        _l("Hainan"),
        _l("Gold, silver, bronze: to technician or senior technician. Merit prize: one step lower."),
    ),
)


@cache
def _text(key: str) -> str:
    return (FOLDER / f"{key}.json").read_text(encoding="utf-8")


def find_text(key: str) -> str | None:
    """Return the document of that name as people read it, or None."""
    return _text(key) if key in {offer.key for offer in OFFERS} else None


def find_document(key: str) -> Any | None:
    """Return the document of that name, or None."""
    text = find_text(key)
    return None if text is None else canonical.loads(text)


def empty_text() -> str:
    """Return the least that one's own rules can start with."""
    return '{\n  "format": "promotion/1",\n  "title": "",\n  "rules": []\n}\n'

"""Which column is which, by its heading. Pure."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

Headings = Mapping[str, int]


def plain(text: str) -> str:
    """Return what counts of a heading: one line, small letters."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _has(*parts: str) -> Callable[[str], bool]:
    return lambda text: all(part in text for part in parts)


# The first test that a heading passes names its column, so that the longer headings stand first.
TESTS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("sub", lambda text: text.startswith("sub") and "crit" in text and text.endswith("id")),
    ("name", lambda text: text.startswith("sub") and "crit" in text),
    ("extra", _has("extra")),
    ("score", _has("jud", "score")),
    ("type", _has("aspect", "type")),
    ("aspect", _has("aspect", "description")),
    ("requirement", _has("requirement")),
    ("section", _has("section")),
    ("calculation", _has("calculation")),
    ("day", _has("day")),
    ("max", _has("max", "mark")),
    ("letter", _has("criterion")),
)
# The columns without which no scheme can be read, as a sheet heads them.
NEEDED: Mapping[str, str] = {
    "sub": "Sub Criterion ID",
    "name": "Sub Criterion Name or Description",
    "type": "Aspect Type",
    "aspect": "Aspect - Description",
    "max": "Max Mark",
}
LETTER = re.compile(r"criterion\s+([a-z]{1,2})")


def block_headings(texts: Sequence[str]) -> Headings | None:
    """Return the columns of a row that heads a block of aspects, or None for any other row."""
    found: dict[str, int] = {}
    for index, text in enumerate(texts):
        name = next((name for name, test in TESTS if text.strip() and test(plain(text))), None)
        if name is not None:
            found.setdefault(name, index)
    return found if {"sub", "aspect"} <= set(found) else None


def missing_headings(headings: Headings) -> list[str]:
    """Return the headings of the columns that are missing although no scheme can be read without them."""
    return [heading for name, heading in NEEDED.items() if name not in headings]


def block_letter(texts: Iterable[str]) -> tuple[str, int] | None:
    """Return the letter of a block from its heading “Criterion A”, and where that stands."""
    for index, text in enumerate(texts):
        match = LETTER.fullmatch(plain(text))
        if match:
            return match[1].upper(), index
    return None


def summary_columns(texts: Sequence[str]) -> tuple[int, int, int] | None:
    """Return (letter, name, mark) of a row that heads the table of criteria, or None.

    One layout says “ID, Name, …, Mark”, the other “Criterion, Description, Meas (M), Judg (J), Total”.
    """
    words = [plain(text) for text in texts]
    first = next((index for index, word in enumerate(words) if word), None)
    if first is None or words[first] not in ("id", "criterion", "criteria"):
        return None
    marks = [index for index, word in enumerate(words) if word in ("mark", "total", "total mark", "marks")]
    return (first, first + 1, marks[-1]) if marks else None


def section_columns(texts: Sequence[str]) -> list[int] | None:
    """Return the columns in which the marks of standards sections may be declared, or None for other rows."""
    words = [plain(text) for text in texts]
    if not words or words[0] != "section":
        return None
    return [
        index
        for index, word in enumerate(words)
        if "mark" in word and "aspect" not in word and "variation" not in word
    ]

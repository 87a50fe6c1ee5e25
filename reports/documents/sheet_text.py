"""Make a text safe for a cell: nothing breaks the file, nothing is run or decoded by a spreadsheet."""

import re
import unicodedata

LONGEST = 32_767  # characters of a cell, in UTF-16 units (ECMA-376, and Excel's own limit)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")  # Excel reads _x0041_ as A (ECMA-376 part 1, 22.9.2.19)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


def cell_text(text: str) -> str:
    """Return a text as it may stand in a workbook's cell: without what XML forbids, not too long."""
    text = _CODED.sub("_x005F_", _ILLEGAL.sub("\ufffd", text))
    return _cut(text, LONGEST)


def looks_like_formula(text: str) -> bool:
    """Tell whether a spreadsheet might run the text when it is typed or read from CSV."""
    return text.startswith(_FORMULA)


def csv_text(text: str) -> str:
    """Return a text for CSV: an apostrophe before what a spreadsheet would run (ASVS 5.0, 1.2.10)."""
    text = _ILLEGAL.sub("\ufffd", text)
    return f"'{text}" if looks_like_formula(text) else text


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a sheet's name that Excel accepts and that is not taken, whatever was wanted; add it to `taken`.

    At most 31 UTF-16 units, none of []:*?/\\, no apostrophe at an end, not "History", unique without case.
    """
    base = _cut(_SHEET_NAME.sub(" ", _ILLEGAL.sub("", wanted)).strip().strip("'"), 31).strip() or "Sheet"
    if base.casefold() == "history":
        base += "_"
    name, number = base, 2
    while name.casefold() in taken:
        suffix = f" ({number})"
        name, number = _cut(base, 31 - len(suffix)) + suffix, number + 1
    taken.add(name.casefold())
    return name


def display_width(text: str) -> int:
    """Return how many characters wide the longest line of a text is; a han character counts two."""
    lines = text.split("\n")
    return max(sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line) for line in lines)


def _cut(text: str, units: int) -> str:
    if len(text) * 2 <= units:
        return text
    encoded = text.encode("utf-16-le", "surrogatepass")
    return encoded[: units * 2].decode("utf-16-le", "ignore") if len(encoded) > units * 2 else text

"""What a workbook says of itself: its visible sheets, its texts, which number formats are days."""

import posixpath
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, NamedTuple

from openpyxl.styles.numbers import builtin_format_code, is_date_format, is_timedelta_format
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from core.refusals import refuse
from core.tables.archive import CELLS, TEXT
from core.tables.cells import Cell
from core.tables.markup import Markup, local, unescaped

WORKBOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"  # where they are if nobody says so
FORMATS = 65_536  # more no program writes
LARGEST = 1e30
UNREADABLE_DAY = Cell("#VALUE!", "error")
Attributes = dict[str, str]


class Book(NamedTuple):
    """A workbook without its rows.

    Shape: `sheets` are (name, part) of the visible ones; `days` and `spans` the numbers of the cell formats
    that show a day or a length of time; `strings` the shared texts.
    """

    sheets: list[tuple[str, str]]
    strings: list[Cell]
    days: frozenset[int]
    spans: frozenset[int]
    epoch: datetime

    def number(self, text: str, style: int) -> Cell:
        """Return the cell of a number: its digits exactly, or the day that its format shows."""
        value = float(text) if "." in text or "E" in text or "e" in text else int(text)
        if style not in self.days:
            return plain_number(value)
        try:
            return day_cell(from_excel(value, self.epoch, timedelta=style in self.spans))
        except (OverflowError, ValueError):
            return UNREADABLE_DAY


def read_book(parts: zipfile.ZipFile) -> Book:
    """Return what the small parts of a workbook say.

    Raises: Refused; ExpatError and the errors of a damaged archive.
    """
    named, epoch = _sheets_of(parts)
    targets, strings = _relations(parts)
    sheets = [(name, targets[ref]) for name, ref in named if targets.get(ref) in parts.NameToInfo]
    formats = _formats(parts)
    days = frozenset(n for n, code in enumerate(formats) if is_date_format(code))
    spans = frozenset(n for n, code in enumerate(formats) if is_timedelta_format(code))
    return Book(sheets, _strings(parts, strings) if strings in parts.NameToInfo else [], days, spans, epoch)


def plain_number(value: Any) -> Cell:
    """Return a number's digits, without a point where it is whole; lost digits are told by their count."""
    if isinstance(value, float) and value.is_integer() and abs(value) < LARGEST:
        value = int(value)
    return Cell(str(value), "number")


def day_cell(value: Any) -> Cell:
    """Return a day, a time of day, or a length of time as it is read."""
    if isinstance(value, datetime):
        return Cell(value.date().isoformat(), "date")
    if isinstance(value, date | time):
        return Cell(value.isoformat(), "date")
    return plain_number(value)


def _each(parts: zipfile.ZipFile, name: str, seen: Callable[[str, Attributes], None]) -> None:
    """Show every element of a part, by its local name."""
    markup = Markup(lambda tag, attributes: seen(local(tag), attributes), lambda _tag: None)
    with parts.open(name) as part:
        markup.whole(part)


def _sheets_of(parts: zipfile.ZipFile) -> tuple[list[tuple[str, str]], datetime]:
    """Return (name, reference) of the visible sheets in their order, and the day that is number 0."""
    named: list[tuple[str, str]] = []
    epochs = [WINDOWS_EPOCH]

    def seen(tag: str, attributes: Attributes) -> None:
        if tag == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            epochs.append(MAC_EPOCH)
        elif tag == "sheet" and attributes.get("state", "visible") == "visible":
            refs = [value for key, value in attributes.items() if key.endswith(":id")]
            named.extend((attributes.get("name", ""), ref) for ref in refs[:1])

    _each(parts, WORKBOOK, seen)
    return named, epochs[-1]


def _relations(parts: zipfile.ZipFile) -> tuple[dict[str, str], str]:
    """Return the parts of the worksheets by their reference, and the part of the shared texts."""
    targets: dict[str, str] = {}
    strings = [STRINGS]

    def seen(tag: str, attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        part = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
        if tag == "Relationship" and kind == "worksheet":
            targets[attributes.get("Id", "")] = part
        elif tag == "Relationship" and kind == "sharedStrings":
            strings.append(part)

    _each(parts, RELATIONS, seen)
    return targets, strings[-1]


def _formats(parts: zipfile.ZipFile) -> list[str | None]:
    """Return the number format of each cell format, in their order."""
    own: dict[int, str] = {}
    used: list[int] = []
    within: list[bool] = [False]

    def seen(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            own.setdefault(int(attributes["numFmtId"]), attributes.get("formatCode", ""))
        elif tag in {"cellXfs", "cellStyleXfs", "cellStyles"}:
            within[0] = tag == "cellXfs"
        elif tag == "xf" and within[0]:
            used.append(int(attributes.get("numFmtId", "0")))
        if len(used) > FORMATS or len(own) > FORMATS:
            raise refuse("FILE_BOMB", "file")

    if STYLES in parts.NameToInfo:
        _each(parts, STYLES, seen)
    return [own.get(number, builtin_format_code(number)) for number in used]


class _Strings:
    """Collects the shared texts; how a text is read aloud (rPh) is none of it."""

    def __init__(self) -> None:
        self.found: list[Cell] = []
        self.markup = Markup(self._start, self._end)
        self.text, self.length, self.aloud = "", 0, False

    def _start(self, tag: str, _attributes: Attributes) -> None:
        if tag.endswith("rPh"):
            self.aloud = True

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name == "t" and not self.aloud:
            self.text += self.markup.text()
        elif name == "rPh":
            self.aloud = False
        elif name == "si":
            self.length += len(self.text)
            self.found.append(Cell(unescaped(self.text)))
            self.text = ""
            if len(self.found) > CELLS or self.length > TEXT:
                raise refuse("FILE_BOMB", "file")


def _strings(parts: zipfile.ZipFile, name: str) -> list[Cell]:
    strings = _Strings()
    with parts.open(name) as part:
        strings.markup.whole(part)
    return strings.found

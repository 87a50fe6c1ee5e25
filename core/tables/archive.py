"""What an uploaded file is, and whether it is safe to open: looked at before any library reads it.

Limits and refusals: PERFORMANCE.md section 3 (malicious files), SECURITY.md T37.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple
from xml.parsers import expat

from core import archives
from core.refusals import refuse

MEBIBYTE = 1024 * 1024
FILE_BYTES = 10 * MEBIBYTE
ROWS = 60_000
COLUMNS = 40
CELLS = 1_500_000
TAGS = 9_000_000  # six of a cell: each costs time, even where it says nothing
TEXT = 16_000_000  # characters in all cells together
UNPACKED_BYTES = 120 * MEBIBYTE
RATIO, RATIO_FROM = 200, 10 * MEBIBYTE
PARTS = 2000
# Parts that a library reads whole into memory; a true file's are far smaller.
PART_BYTES = {
    "xl/sharedStrings.xml": 32 * MEBIBYTE,
    "xl/styles.xml": 2 * MEBIBYTE,
    "xl/workbook.xml": MEBIBYTE,
    "[Content_Types].xml": MEBIBYTE,
}
OTHER_PART_BYTES = 4 * MEBIBYTE
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CHUNK = 256 * 1024
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
UNREADABLE = (*archives.UNREADABLE, expat.ExpatError, OverflowError)


class SheetFacts(NamedTuple):
    """What a sheet's part says of itself without being parsed."""

    formulas: bool
    merged: tuple[str, ...]
    rows: int = 0


def kind_of(filename: str, data: bytes) -> str:
    """Return "xlsx" or "csv".

    Raises: Refused with the code of what the file is instead.
    """
    extension = filename.rsplit(".", 1)[-1].casefold() if "." in filename else ""
    if not data:
        raise refuse("FILE_EMPTY", "file")
    if len(data) > FILE_BYTES:
        raise refuse("FILE_TOO_LARGE", "file", megabytes=FILE_BYTES // MEBIBYTE)
    if data.startswith(OLE):
        raise refuse("FILE_ENCRYPTED" if ENCRYPTED_STREAM in data else "FILE_XLS", "file")
    if data.startswith(b"PK") and extension == "xlsm":
        raise refuse("FILE_MACRO", "file")
    return "xlsx" if data.startswith(b"PK") else _text_kind(extension, data)


def _text_kind(extension: str, data: bytes) -> str:
    if b"\0" in data[:4096] or extension not in {"csv", "txt", "xlsx"}:
        raise refuse("FILE_KIND", "file")
    if extension == "xlsx":
        raise refuse("FILE_NOT_XLSX", "file")
    return "csv"


@contextmanager
def readable() -> Iterator[None]:
    """Refuse as damaged whatever cannot be read on the way.

    Raises: Refused FILE_DAMAGED.
    """
    try:
        yield
    except UNREADABLE as error:
        raise refuse("FILE_DAMAGED", "file") from error


def opened(data: bytes) -> zipfile.ZipFile:
    """Open a workbook's archive after its checks.

    Raises: Refused FILE_DAMAGED, FILE_ENCRYPTED, FILE_MACRO, FILE_KIND, FILE_BOMB.
    """
    with readable():
        parts = zipfile.ZipFile(io.BytesIO(data))
        infos = parts.infolist()
        _check_parts(infos)
        _check_sizes(infos, len(data))
    return parts


def _check_parts(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(infos) > PARTS or len(set(names)) != len(names):
        raise refuse("FILE_DAMAGED", "file")
    if any(info.flag_bits & 1 for info in infos):
        raise refuse("FILE_ENCRYPTED", "file")
    if any(name.casefold().endswith(("vbaproject.bin", "macrosheets")) for name in names):
        raise refuse("FILE_MACRO", "file")
    if "xl/workbook.xml" not in names:
        raise refuse("FILE_KIND", "file")


def _check_sizes(infos: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what unpacks to far more than it is; Python's zipfile reads no more than a part declares."""
    total = sum(info.file_size for info in infos)
    if total > UNPACKED_BYTES or (total > RATIO_FROM and total > RATIO * size):
        raise refuse("FILE_BOMB", "file")
    small = [i for i in infos if i.filename.endswith((".xml", ".rels")) and not SHEET.fullmatch(i.filename)]
    if any(info.file_size > PART_BYTES.get(info.filename, OTHER_PART_BYTES) for info in small):
        raise refuse("FILE_BOMB", "file")


TAG = re.compile(rb"<(?:\w+:)?(row|c|f|mergeCell)(?=[\s/>])([^>]*)")
REF = re.compile(rb"""\bref=["']([A-Z0-9:]{2,20})["']""")
ROW_NUMBER = re.compile(rb"""(?<![\w:])r=["']([0-9]{1,10})["']""")
SLACK = 100  # rows of titles above the header


def sheet_facts(parts: zipfile.ZipFile, name: str) -> SheetFacts:
    """Return what a sheet says of itself, by its tags alone: no parser has seen it yet.

    Raises: Refused FILE_ROWS, FILE_BOMB, FILE_DAMAGED.
    """
    counts = {b"row": 0, b"c": 0, b"f": 0, b"mergeCell": 0}
    merged: list[str] = []
    last = tags = 0
    for chunk in _chunks(parts, name):
        tags += chunk.count(b"<")
        if tags > TAGS:
            raise refuse("FILE_BOMB", "file")
        for tag, attributes in TAG.findall(chunk):
            counts[tag] += 1
            if tag == b"mergeCell":
                merged += [found.decode("ascii") for found in REF.findall(attributes)]
            elif tag == b"row":
                last = max([last, *map(int, ROW_NUMBER.findall(attributes))])
        if max(counts[b"row"], last) > ROWS + SLACK or counts[b"c"] > CELLS or len(merged) > ROWS:
            raise refuse("FILE_ROWS", "file", rows=ROWS)
    return SheetFacts(counts[b"f"] > 0, tuple(merged), max(counts[b"row"], last))


def _chunks(parts: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a part in pieces that end at the end of a tag, so that none is cut in two."""
    rest = b""
    with parts.open(name) as part:
        while piece := part.read(CHUNK):
            text = rest + piece
            end = text.rfind(b">") + 1
            yield text[:end]
            rest = text[end:]
            if len(rest) > CHUNK:  # no cell holds so much, and a parser would have to keep it
                raise refuse("FILE_BOMB", "file")
    yield rest

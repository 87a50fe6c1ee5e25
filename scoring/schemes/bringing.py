"""What an uploaded file is read as, whatever form it has, and everything that is to be said about it."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from core.refusals import refuse
from scoring.schemes import documents, pages
from scoring.schemes.cis.sheet import Fault
from scoring.schemes.cis.words import sentence
from scoring.schemes.convert import Converted, convert
from scoring.schemes.documents import Read


@dataclass(frozen=True)
class Brought:
    """A file that was read: the scheme in it, and a line for each finding, errors first."""

    read: Read
    lines: list[dict[str, Any]]


def bring(filename: str, data: bytes) -> Brought:
    """Return the scheme of a scheme.json or of a workbook.

    Raises: Refused with what is wrong with the file as a whole.
    """
    if not data:
        raise refuse("FILE_EMPTY", "file")
    if not filename.casefold().endswith(".json") and data.lstrip()[:1] != b"{":
        return _from_workbook(filename, data)
    if len(data) > documents.LONGEST:
        raise refuse("SCHEME_LONG", "file")
    read = documents.read_bytes(data)
    return Brought(read, pages.said(read) if not read.usable else [])


def _from_workbook(filename: str, data: bytes) -> Brought:
    converted = convert(filename, data)
    lines = [_line(converted.sheet, fault) for fault in converted.faults]
    document = converted.draft if converted.document is None else converted.document
    read = Read(None, None, ()) if document is None else documents.read_document(document)
    if not read.usable:
        lines += [_at_row(converted, line) for line in pages.said(read) if not _follows(converted, line)]
    lines.sort(key=lambda line: (line["level"] != "error", line.get("row") or 0))
    return Brought(read if converted.document is not None else Read(None, None, ()), lines)


def _follows(converted: Converted, line: dict[str, Any]) -> bool:
    return converted.follows(line["pointer"] or "")


def _at_row(converted: Converted, line: dict[str, Any]) -> dict[str, Any]:
    """Return what is wrong with a place of the scheme as something about the row that it was read from."""
    row = converted.row_of(line["pointer"] or "")
    if row is None:
        return line
    place = _("%(sheet)s, row %(row)s", sheet=converted.sheet, row=row)
    field = line["place"].rpartition(" › ")[2]
    words = _("%(name)s: %(words)s", name=field, words=line["message"])
    return line | {"row": row, "place": place, "message": words}


def _line(sheet: str, fault: Fault) -> dict[str, Any]:
    place = _("%(sheet)s, row %(row)s", sheet=sheet, row=fault.row)
    words = sentence(fault)
    if fault.level == "warning":
        words = _("Row %(row)s: %(words)s", row=fault.row, words=words)
    found = {"level": fault.level, "code": fault.code, "pointer": None, "row": fault.row}
    return found | {"place": place, "message": words}

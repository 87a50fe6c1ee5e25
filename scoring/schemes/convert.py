"""Turn an uploaded workbook into a scheme document, or say row by row why not."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from core.refusals import refuse
from core.tables.workbook import Row, Sheet, open_sheets
from scoring.schemes.cis import layout
from scoring.schemes.cis import reading as cis
from scoring.schemes.cis.checks import check_totals
from scoring.schemes.cis.document import document_of
from scoring.schemes.cis.sheet import Fault
from scoring.schemes.template import columns
from scoring.schemes.template import reading as template

HEADER_WITHIN, BLOCK_WITHIN = 20, 200


@dataclass(frozen=True)
class Converted:
    """What a workbook became: `document` is None where it was refused.

    `draft` is what our template states, refused or not; `rows` says from which row each place of it was read.
    """

    document: dict[str, Any] | None
    faults: tuple[Fault, ...]
    sheet: str
    draft: dict[str, Any] | None = None
    rows: Mapping[str, int] = field(default_factory=dict)

    def row_of(self, pointer: str) -> int | None:
        """Return the row of the nearest place above a JSON pointer, or None."""
        while pointer and pointer not in self.rows:
            pointer = pointer.rpartition("/")[0]
        return self.rows.get(pointer)

    def follows(self, pointer: str) -> bool:
        """Say whether a finding at a place may only follow from a cell that could not be read."""
        row, key = self.row_of(pointer), pointer.rpartition("/")[2]
        unread = [fault for fault in self.faults if fault.row == row]
        return any(
            fault.variant == "kind_word"
            or (fault.variant == "method_word" and "/panel" in pointer)
            or fault.params.get("column") == key
            for fault in unread
        )


def convert(filename: str, data: bytes) -> Converted:
    """Return the scheme of a workbook: of a WorldSkills marking scheme, or of our template.

    The first visible sheet that has the headings of either is read.
    Raises: Refused with what is wrong with the file as a whole.
    """
    nearly = None
    with open_sheets(filename, data) as sheets:
        for sheet in sheets:
            seen, form = _look(sheet)
            if form:
                return FORMS[form](sheet.name, chain(seen, sheet.rows))
            nearly = nearly or _headless(sheet.name, seen[:HEADER_WITHIN])
    if nearly is None:
        raise refuse("SCHEME_SHEET", "file")
    return nearly


def _headless(name: str, rows: Sequence[Row]) -> Converted | None:
    """Name the columns that a header row of our template lacks, or None where there is no such row."""
    for number, cells in rows:
        missing = columns.missing_of([cell.text for cell in cells])
        if missing:
            refused = [Fault("error", "SCHEME_INVALID", "column", number, {"column": one}) for one in missing]
            return Converted(None, tuple(refused), name)
    return None


def _look(sheet: Sheet) -> tuple[list[Row], str]:
    """Return the first rows of a sheet and which form of scheme they begin, "" for neither."""
    seen = []
    for number, cells in sheet.rows:
        seen.append((number, cells))
        texts = [cell.text for cell in cells]
        if layout.block_headings(texts) is not None:
            return seen, "cis"
        if number <= HEADER_WITHIN and columns.headings_of(texts) is not None:
            return seen, "template"
        if number >= BLOCK_WITHIN:
            break
    return seen, ""


def _from_cis(name: str, rows: Iterable[Row]) -> Converted:
    found = cis.read_rows(rows)
    if not found.refused:
        check_totals(found)
    return Converted(None if found.refused else document_of(found), _sorted(found.faults), name)


def _from_template(name: str, rows: Iterable[Row]) -> Converted:
    read = template.read_rows(rows)
    draft = read.document()
    return Converted(None if read.faults else draft, _sorted(read.faults), name, draft, read.rows)


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: (fault.level != "error", fault.row)))


FORMS = {"cis": _from_cis, "template": _from_template}

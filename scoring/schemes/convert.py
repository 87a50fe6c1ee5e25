"""Turn an uploaded workbook into a scheme document, or say row by row why not."""

from collections.abc import Iterable
from dataclasses import dataclass
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
    """What a workbook became: `document` is None where it was refused."""

    document: dict[str, Any] | None
    faults: tuple[Fault, ...]
    sheet: str


def convert(filename: str, data: bytes) -> Converted:
    """Return the scheme of a workbook: of a WorldSkills marking scheme, or of our template.

    The first visible sheet that has the headings of either is read.
    Raises: Refused with what is wrong with the file as a whole.
    """
    with open_sheets(filename, data) as sheets:
        for sheet in sheets:
            seen, form = _look(sheet)
            if form:
                return FORMS[form](sheet.name, chain(seen, sheet.rows))
    raise refuse("SCHEME_SHEET", "file")


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
    document, faults = template.read_rows(rows)
    return Converted(None if faults else document, _sorted(faults), name)


def _sorted(faults: list[Fault]) -> tuple[Fault, ...]:
    return tuple(sorted(faults, key=lambda fault: (fault.level != "error", fault.row)))


FORMS = {"cis": _from_cis, "template": _from_template}

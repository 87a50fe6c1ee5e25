"""The words for what is wrong with a list that somebody brings: why, and what to do about it."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

from core.refusals import Refusal, register, words

# code -> (why, what to do); an empty second sentence: the first says it already
Advised = Mapping[str, tuple[Any, Any]]
_advice: dict[str, Any] = {}
WORDS: dict[str, tuple[Any, Any]] = {
    # the file as a whole
    "FILE_EMPTY": (_l("The file is empty."), _l("Fill in the template and upload it again.")),
    "FILE_TOO_LARGE": (
        _l("The file is larger than %(megabytes)s MB."),
        _l("Remove pictures and sheets that are not needed, or split the list."),
    ),
    "FILE_XLS": (
        _l("This is a workbook of the old form (.xls), or another old Office file."),
        _l("Open it and save it as “Excel Workbook (.xlsx)”."),
    ),
    "FILE_ENCRYPTED": (
        _l("The workbook is protected by a password and cannot be read."),
        _l("Take the password off and upload it again."),
    ),
    "FILE_MACRO": (
        _l("The workbook contains macros; such files are not accepted."),
        _l("Save it as “Excel Workbook (.xlsx)” without macros."),
    ),
    "FILE_NOT_XLSX": (
        _l("The name ends in .xlsx, but this is a plain text file."),
        _l("Save it from Excel as .xlsx, or give it the ending .csv if it is a CSV file."),
    ),
    "FILE_KIND": (
        _l("This is neither an Excel workbook (.xlsx) nor a CSV text."),
        _l("Fill in the template and upload that."),
    ),
    "FILE_DAMAGED": (
        _l("The file cannot be read; it seems to be damaged."),
        _l("Open it in Excel or WPS, save it under a new name, and upload that."),
    ),
    "FILE_BOMB": (
        _l("The file unpacks to far more than a list can be; it was not opened."),
        _l("Copy the rows into a new workbook and upload that."),
    ),
    "FILE_ROWS": (
        _l("The sheet reaches beyond %(rows)s rows, counting rows that only look empty."),
        _l("Delete the empty rows below the list, or split the list."),
    ),
    "HEADER_MISSING": (
        _l("No row with headings was found in the first 20 rows (sheets looked at: %(sheets)s)."),
        _l("Put headings such as “%(needed)s” into one row, or use the template."),
    ),
    "HEADER_TWICE": (
        _l("Two columns would be read as the same thing: “%(first)s” and “%(second)s”."),
        _l("Let one of them be not read."),
    ),
    "HEADER_MERGED": (
        _l("The headings contain merged cells (%(place)s in “%(sheet)s”)."),
        _l("Unmerge them, so that each column has one heading in one row."),
    ),
    "COLUMN_MISSING": (
        _l("No column is read as: %(fields)s."),
        _l("Choose it at its column; if there is none, add it in the list and upload that again."),
    ),
    "TABLE_EMPTY": (
        _l("There is nothing below the headings of “%(sheet)s”."),
        _l("Fill in the rows below them."),
    ),
    "UPLOAD_GONE": (
        _l("This check has expired or was confirmed already."),
        _l("Look whether its rows are there; if not, upload the file again."),
    ),
    # one value
    "VALUE_MISSING": (_l("Nothing is filled in."), _l("Fill it in.")),
    "CELL_ERROR": (_l("The cell holds an Excel error."), _l("Replace it by the value itself.")),
    "TEXT_LONG": (
        _l("It has %(length)s characters; at most %(maximum)s fit."),
        _l("Shorten it."),
    ),
    "TEXT_UNSEEN": (
        _l("It contains a line break or a character that cannot be seen."),
        _l("Delete the cell and type it anew."),
    ),
    "TEXT_PRIVATE": (
        _l("It contains a character outside of the common standard (%(points)s), which may print as a box."),
        _l("Ask the person how it is written; type it with a current input method."),
    ),
}
NOTES: dict[str, Any] = {
    "SHEET_USED": _l("The sheet “%(sheet)s” was read; not read: %(others)s."),
    "EXAMPLE_LEFT_OUT": _l("Marked as an example and left out: row %(rows)s."),
    "COLUMNS_UNREAD": _l("Columns that are not read: %(headings)s."),
    "MERGED_FILLED": _l("Merged cells were read as the same value in each of their rows: %(places)s."),
    "FORMULAS_READ": _l("The sheet contains formulas; their last saved values were read."),
    "FILE_AGAIN": _l("This very file was imported on %(at)s already."),
}


def register_advised(said: Advised) -> None:
    """Register the words of refusals with what to do about each."""
    register({code: why for code, (why, _fix) in said.items()})
    _advice.update({code: fix for code, (_why, fix) in said.items()})


def advice(refusal: Refusal) -> str:
    """Return what to do about a refusal in the language of the request; empty where nothing is known."""
    near = f"{refusal.code}_NEAR" if refusal.params.get("near") else refusal.code
    return str(_advice.get(near, "")) % {"where": refusal.where, **refusal.params}


def sentence(refusal: Refusal) -> str:
    """Return why, and what to do."""
    return f"{words(refusal)} {advice(refusal)}".strip()


register_advised(WORDS)
register(NOTES)

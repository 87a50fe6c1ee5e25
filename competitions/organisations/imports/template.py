"""The list of units to fill in."""

from collections.abc import Sequence

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from competitions.lists.workbook import (
    TEXT,
    choice_from,
    choice_of,
    saved,
    write_choices,
    write_example,
    write_head,
    write_notes,
)
from competitions.organisations.imports.columns import OFFERED
from competitions.organisations.imports.labels import FIELDS

LAST_ROW = 2001
WIDTHS = dict.fromkeys(OFFERED, 18) | {"mark": 10, "name": 36, "credit_code": 26, "union": 32, "email": 28}
OWNERSHIPS = ("国有", "集体", "私人", "港澳台商", "外商", "机关事业单位", "其他")


def template(unions: Sequence[str], regions: Sequence[str], industries: Sequence[str]) -> bytes:
    """Return the workbook to fill in, with what there is to choose from."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("List of units")
    headings = [f"{FIELDS[name]}{'*' if name == 'name' else ''}" for name in OFFERED]
    write_head(sheet, headings, [WIDTHS[name] for name in OFFERED])
    examples = _examples(unions, regions, industries)
    offered = {"union": unions, "region": regions, "industry": industries}
    for index, name in enumerate(OFFERED, start=1):
        column = get_column_letter(index)
        sheet.column_dimensions[column].number_format = TEXT
        write_example(sheet, 2, index, examples[name])
        words = offered.get(name, ())
        if words:
            write_choices(book, name, words)
        if words or name == "ownership":
            rule = choice_from(name, len(words)) if words else choice_of(OWNERSHIPS)
            rule.add(f"{column}2:{column}{LAST_ROW}")
            sheet.add_data_validation(rule)
    write_notes(book, _notes())
    return saved(book)


def _examples(unions: Sequence[str], regions: Sequence[str], industries: Sequence[str]) -> dict[str, str]:
    return {
        "mark": _("Example"), "name": _("Demo Heavy Machinery Works"), "credit_code": "91370100DEMA000019",
        "union": unions[0] if unions else "", "region": regions[0] if regions else "",
        "industry": industries[0] if industries else "", "ownership": OWNERSHIPS[0],
        "contact": _("Zhang San (demo)"), "phone": "010-00000000", "email": "",
    }  # fmt: skip


def _notes() -> list[tuple[str, str]]:
    return [
        (_("Rows"), _("One row for each unit.")),
        (_("Headings"), _("Columns with * are needed. Columns may be moved; the headings must stay.")),
        (_("Example"), _("The row marked as an example is not read. Delete it or leave it.")),
        (str(FIELDS["name"]), _("The full name, as on the licence.")),
        (str(FIELDS["credit_code"]), _("18 characters; the last one checks the others. Optional.")),
        (str(FIELDS["union"]), _("Only where it is another one than the one chosen at the upload.")),
        (str(FIELDS["contact"]), _("Optional, with phone or e-mail; both are stored encrypted.")),
        (_("Upload"), _("Every error is shown with row and column before anything is written.")),
    ]

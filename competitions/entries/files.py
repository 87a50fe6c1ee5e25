"""The template of a list of entries to fill in."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from competitions.eligibility.queries import AskedOfPeople
from competitions.entries.columns import OFFERED, REQUIRED, SKILL_LEVELS
from competitions.entries.labels import ROLES, field_word, listed
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

LAST_ROW = 5000
WIDTHS = {"mark": 8, "group": 22, "name": 20, "unit": 34, "id_number": 24, "phone": 18}
WIDTHS |= {"trade": 16, "skill_level": 16, "role": 12, "category": 18, "own_unit": 28, "summary": 48}


def template(kind: str, units: Sequence[str], asked: AskedOfPeople) -> bytes:
    """Return the workbook to fill in for one kind of entry, with what there is to choose from."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("List of entries")
    fields = OFFERED[kind]
    needed = {*REQUIRED[kind], *asked.fields}
    headings = [f"{field_word(name, kind)}{'*' if name in needed else ''}" for name in fields]
    write_head(sheet, headings, [WIDTHS[name] for name in fields])
    for index, name in enumerate(fields, start=1):
        sheet.column_dimensions[get_column_letter(index)].number_format = TEXT
        write_example(sheet, 2, index, _example(name, kind, asked))
    write_choices(book, "units", units)
    write_choices(book, "trades", asked.trades)
    _offer_choices(sheet, fields, {"unit": ("units", len(units)), "trade": ("trades", len(asked.trades))})
    write_notes(book, _notes(kind, asked))
    return saved(book)


def _example(name: str, kind: str, asked: AskedOfPeople) -> str:
    return {
        "mark": _("Example"),
        "group": _("Demo welding team") if kind == "team" else _("Demo improvement of a fixture"),
        "name": _("Zhang San (demo)"),
        "unit": _("Demo Heavy Machinery Works"),
        "id_number": "11010519491231002X",
        "phone": "13800000000",
        "trade": asked.trades[0] if asked.trades else "",
        "skill_level": SKILL_LEVELS[3],
        "role": str(ROLES["leader"]),
        "category": _("Technical innovation"),
        "own_unit": "",
        "summary": _("What it is for, and what it has brought."),
    }[name]


def _offer_choices(sheet: Any, fields: Sequence[str], offered: Mapping[str, tuple[str, int]]) -> None:
    for index, name in enumerate(fields, start=1):
        letter = get_column_letter(index)
        rule = _rule(name, *offered.get(name, ("", 0)))
        if rule is not None:
            rule.add(f"{letter}2:{letter}{LAST_ROW}")
            sheet.add_data_validation(rule)


def _rule(name: str, source: str, offered: int) -> DataValidation | None:
    if offered:
        return choice_from(source, offered)
    choices = {"skill_level": SKILL_LEVELS, "role": tuple(str(word) for word in ROLES.values())}.get(name)
    if choices:
        return choice_of(choices)
    if name == "id_number":
        rule = DataValidation("textLength", operator="equal", formula1="18", allow_blank=True)
        rule.errorTitle, rule.error = _("ID number"), _("An ID number has 18 characters.")
        rule.errorStyle = "warning"
        rule.showErrorMessage = True
        return rule
    return None


def _notes(kind: str, asked: AskedOfPeople) -> list[tuple[str, str]]:
    rows = _("One row for each person.")
    if kind in {"team", "work"}:
        rows = _("One row for each person; rows with the same name and the same unit belong together.")
    notes = [
        (_("Rows"), _("One row for each unit.") if kind == "unit" else rows),
        (_("Headings"), _("Columns with * are needed. Columns may be moved; the headings must stay.")),
        (_("Example"), _("The row marked as an example is not read. Delete it or leave it.")),
        (
            field_word("unit", kind),
            _("The full name, as on the seal. Choose it from the list if it is there."),
        ),
    ]
    if kind != "unit":
        notes += [
            (field_word("name", kind), _("As on the ID card; the dot of a name is written “·”.")),
            (
                field_word("id_number", kind),
                _(
                    "18 characters as text. It tells people of the same name apart and finds them again in "
                    "other events; it is stored encrypted and shown masked."
                ),
            ),
            (field_word("phone", kind), _("Optional. Stored encrypted, shown masked.")),
            *_notes_of_people(kind, asked),
        ]
    notes += _notes_of_kind(kind)
    notes += [
        (_("Upload"), _("Every error is shown with row and column before anything is written.")),
        (
            _("Corrections"),
            _("A list with errors comes back with a red column “Error notes”; correct it and upload it."),
        ),
    ]
    return notes


def _notes_of_people(kind: str, asked: AskedOfPeople) -> list[tuple[str, str]]:
    """Return what is to be said of the columns that the rules of entry may ask for."""
    trade = _("Optional. The trade in which the person works today, as the catalogue names it.")
    if asked.trades:
        trade = _("Needed here. Asked for is: %(trades)s.", trades=listed(asked.trades))
    level = _("Optional. The level held today.")
    if "skill_level" in asked.fields:
        level = _("Needed here. The level held today.")
    return [(field_word("trade", kind), trade), (field_word("skill_level", kind), level)]


def _notes_of_kind(kind: str) -> list[tuple[str, str]]:
    """Return what is to be said of the columns that teams or works alone have."""
    team = [
        (
            field_word("role", kind),
            _(
                "Team leader, team member, substitute or coach; empty means member. The organiser says how "
                "many substitutes a team may have."
            ),
        )
    ]
    work = [
        (field_word("own_unit", kind), _("Only where an author is of another unit than the work.")),
        (
            field_word("summary", kind),
            _("Once for each work, as the category. Files are added afterwards on the page of the entry."),
        ),
    ]
    return {"team": team, "work": work}.get(kind, [])



"""What one row of a table says of one person, and what is wrong with it. Pure."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from competitions.entries import roles, rules
from competitions.entries.columns import SKILL_LEVELS
from competitions.entries.rules import Fault
from competitions.entries.table import Line

PERSONAL = {"id_number": rules.mask_id, "phone": rules.mask_phone}
SHOWN_LENGTH = 60
# Texts that may be left empty, and how long they may be.
LONGEST = {"own_unit": rules.ENTRY_LENGTH, "category": rules.CATEGORY_LENGTH, "summary": rules.SUMMARY_LENGTH}
LONG_NUMBER = re.compile(r"[0-9]{11,}[Xx]?")


class Finding(NamedTuple):
    """What is wrong in one row (or, `note`, what was changed in reading it): code, field, value as shown."""

    code: str
    row: int
    field: str
    value: str
    params: dict[str, Any]
    note: bool = False


class PersonValues(NamedTuple):
    """One person as a row names them, tidied."""

    name: str
    unit: str
    id_number: str = ""
    phone: str = ""
    skill_level: str = ""
    role: str = ""  # as said (roles.SAID), empty where nothing was said
    own_unit: str = ""  # an author's, where it is not that of the work


class RowValues(NamedTuple):
    """One row, tidied: the team or the work it belongs to, and its person.

    `number` is that of the entry which it names; `masked` holds the numbers given masked, as exports have
    them.
    """

    row: int
    group: str
    person: PersonValues
    number: int | None = None
    masked: Mapping[str, str] = {}
    trade: str = ""
    category: str = ""
    summary: str = ""


def read_row(
    line: Line, fields: Collection[str], *, today: date, provinces: Collection[str] = ()
) -> tuple[RowValues, list[Finding]]:
    """Return what a row says and everything that is wrong in it, not only the first fault.

    Shape: `fields` are those that this kind of entry needs; `provinces` as `rules.id_faults` takes them.
    """
    findings: list[Finding] = [
        found(Fault("CELL_ERROR"), line, name) for name, cell in line.cells.items() if cell.kind == "error"
    ]

    def said(name: str, faults: Iterable[Fault]) -> None:
        if line.cell(name).kind != "error":
            findings.extend(found(fault, line, name) for fault in faults)

    name, faults = rules.tidy_name(line.cell("name").text)
    said("name", faults if "name" in fields else [])
    unit = rules.tidy_line(line.cell("unit").text)
    said("unit", rules.text_faults(unit, rules.ENTRY_LENGTH))
    group = rules.tidy_line(line.cell("group").text)
    said("group", rules.text_faults(group, rules.ENTRY_LENGTH) if "group" in fields else [])
    masked = {name: text for name in PERSONAL if "*" in (text := rules.tidy_line(line.cell(name).text))}
    birth = line.cell("birth")
    born, faults = rules.tidy_day(birth.text, number=birth.kind == "number")
    said("birth", faults)
    number, faults = ("", []) if "id_number" in masked else _id_number(line, today, provinces, born)
    said("id_number", faults)
    phone, faults = ("", []) if "phone" in masked else rules.tidy_phone(line.cell("phone").text)
    said("phone", faults if phone else [])
    entry, faults = _entry_number(line)
    said("number", faults)
    level = rules.tidy_line(line.cell("skill_level").text)
    said("skill_level", _level_faults(level) if level else [])
    role, faults = roles.tidy_role(line.cell("role").text)
    said("role", faults)
    others = {}
    for field, longest in LONGEST.items():
        others[field] = rules.tidy_line(line.cell(field).text)
        said(field, _text_faults(others[field], longest, lines=field == "summary"))
    values = PersonValues(name, unit, number, phone, level, role, others.pop("own_unit"))
    trade = rules.tidy_line(line.cell("trade").text)
    return RowValues(line.row, group, values, entry, masked, trade, **others), findings


def found(fault: Fault, line: Line, name: str) -> Finding:
    """Return a fault with its place and its value; personal values are masked."""
    value = shown(name, line.cell(name).text)
    return Finding(fault.code, line.row, name, value, dict(fault.params), fault.note)


def shown(name: str, text: str) -> str:
    """Return a value as a message may show it."""
    if name in PERSONAL:
        text = PERSONAL[name](text.strip())
    # An ID number or a phone may have slipped into any other column.
    text = LONG_NUMBER.sub(lambda run: rules.mask_id(run[0]), text)
    return text if len(text) <= SHOWN_LENGTH else text[: SHOWN_LENGTH - 1] + "…"


def _entry_number(line: Line) -> tuple[int | None, list[Fault]]:
    text, _said = rules.plain_digits(line.cell("number").text)
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text), []
    return None, [Fault("ENTRY_NUMBER")] if text else []


def _level_faults(level: str) -> list[Fault]:
    """Return what is wrong with a skill level; an unusual one is kept, with the usual ones like it named."""
    faults = rules.text_faults(level, rules.LEVEL_LENGTH)
    near = difflib.get_close_matches(level, SKILL_LEVELS, 2, 0.6) if level not in SKILL_LEVELS else []
    return faults + [Fault("LEVEL_UNUSUAL", {"near": " / ".join(near)}, note=True)] if near else faults


def _text_faults(text: str, longest: int, *, lines: bool) -> list[Fault]:
    """Return what is wrong with a text that may be missing; where `lines`, it may have several."""
    plain = " ".join(text.split()) if lines else text
    found = rules.text_faults(plain, longest) if text else []
    return [fault for fault in found if fault.code != "TEXT_LONG"] + (
        [Fault("TEXT_LONG", {"maximum": longest, "length": len(text)})] if len(text) > longest else []
    )


def _id_number(
    line: Line, today: date, provinces: Collection[str], born: date | None
) -> tuple[str, list[Fault]]:
    cell = line.cell("id_number")
    number, faults = rules.tidy_id_number(cell.text)
    if not number:
        return "", []
    if cell.kind == "number" and len(number) > rules.EXACT_DIGITS:
        return number, [Fault("ID_AS_NUMBER")]
    faults = faults + rules.id_faults(number, today, provinces)
    if all(fault.note for fault in faults):
        faults = faults + rules.contradictions(number, line.cell("sex").text, born)
    return number, faults

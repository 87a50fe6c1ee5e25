"""What one row of a table says of one person, and what is wrong with it. Pure."""

import difflib
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple, TypeVar

from competitions.entries import roles, rules
from competitions.entries.columns import SKILL_LEVELS
from competitions.entries.rules import Fault
from competitions.entries.table import Line

PERSONAL = {"id_number": rules.mask_id, "phone": rules.mask_phone}
SHOWN_LENGTH = 60
# Texts that may be left empty, and how long they may be.
LONGEST = {"own_unit": rules.ENTRY_LENGTH, "category": rules.CATEGORY_LENGTH, "summary": rules.SUMMARY_LENGTH}
BREAKS = str.maketrans("\r\n\t", "   ")
LONG_NUMBER = re.compile(r"[0-9]{11,}[Xx]?")


V = TypeVar("V")


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

    def tidied(name: str, read: tuple[V, Iterable[Fault]]) -> V:
        said(name, read[1])
        return read[0]

    name, faults = rules.tidy_name(line.cell("name").text)
    said("name", faults if "name" in fields else [])
    unit = rules.tidy_line(line.cell("unit").text)
    said("unit", rules.text_faults(unit, rules.ENTRY_LENGTH))
    group = rules.tidy_line(line.cell("group").text)
    said("group", rules.text_faults(group, rules.ENTRY_LENGTH) if "group" in fields else [])
    masked = {name: text for name in PERSONAL if "*" in (text := rules.tidy_line(line.cell(name).text))}
    birth = line.cell("birth")
    born = tidied("birth", rules.tidy_day(birth.text, number=birth.kind == "number"))
    whole = "id_number" not in masked
    number = tidied("id_number", _id_number(line, today, provinces, born)) if whole else ""
    phone = tidied("phone", _phone(line)) if "phone" not in masked else ""
    entry = tidied("number", _entry_number(line))
    level = tidied("skill_level", _level(line))
    role = tidied("role", roles.tidy_role(line.cell("role").text))
    texts = {field: tidied(field, _text(line, field)) for field in (*LONGEST, "trade")}
    values = PersonValues(name, unit, number, phone, level, role, texts.pop("own_unit"))
    return RowValues(line.row, group, values, entry, masked, **texts), findings


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


def _phone(line: Line) -> tuple[str, list[Fault]]:
    phone, faults = rules.tidy_phone(line.cell("phone").text)
    return phone, faults if phone else []


def _level(line: Line) -> tuple[str, list[Fault]]:
    """Return a skill level; an unusual one is kept, with the usual ones like it named."""
    level = rules.tidy_line(line.cell("skill_level").text)
    if not level:
        return "", []
    faults = rules.text_faults(level, rules.LEVEL_LENGTH)
    near = difflib.get_close_matches(level, SKILL_LEVELS, 2, 0.6) if level not in SKILL_LEVELS else []
    unusual = [Fault("LEVEL_UNUSUAL", {"near": " / ".join(near)}, note=True)] if near else []
    return level, faults + unusual


def _text(line: Line, name: str) -> tuple[str, list[Fault]]:
    """Return a text that may be missing; a summary may have several lines."""
    text = rules.tidy_line(line.cell(name).text)
    plain = text.translate(BREAKS) if name == "summary" else text
    return text, rules.text_faults(plain, LONGEST[name]) if text and name in LONGEST else []


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

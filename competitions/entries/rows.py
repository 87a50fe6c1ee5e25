"""What one row of a table says of one person, and what is wrong with it. Pure."""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from competitions.entries import roles, rules
from competitions.entries.columns import SKILL_LEVELS
from competitions.entries.rules import Fault
from competitions.lists.findings import Finding
from competitions.lists.table import Line
from core.tables.cells import EXACT_DIGITS

PERSONAL = {"id_number": rules.mask_id, "phone": rules.mask_phone}
SHOWN_LENGTH = 60
# Texts that may be left empty, and how long they may be.
LONGEST = {"own_unit": rules.ENTRY_LENGTH, "category": rules.CATEGORY_LENGTH, "summary": rules.SUMMARY_LENGTH}
BREAKS = str.maketrans("\r\n\t", "   ")
LONG_NUMBER = re.compile(r"[0-9]{11,}[Xx]?")


V = TypeVar("V")
Read = Callable[[Line, str], tuple[V, Sequence[Fault]]]


class PersonValues(NamedTuple):
    """One person as a row names them, tidied."""

    name: str
    unit: str
    id_number: str = ""
    phone: str = ""
    skill_level: str = ""
    role: str = ""  # as said (roles.SAID), empty where nothing was said
    own_unit: str = ""  # an author's, where it is not that of the work
    trade: str = ""  # as written


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
    event: str = ""  # for which event the row says it is
    category: str = ""
    summary: str = ""


def read_row(
    line: Line, fields: Collection[str], *, today: date, provinces: Collection[str] = ()
) -> tuple[RowValues, list[Finding]]:
    """Return what a row says and everything that is wrong in it, not only the first fault.

    Shape: `fields` are those that this kind of entry needs; `provinces` as `rules.id_faults` takes them.
    """
    cells, reading = line.cells, _Reading(line)
    name, faults = rules.tidy_name(line.cell("name").text)
    reading.said("name", faults if "name" in fields else ())
    unit = rules.tidy_line(line.cell("unit").text)
    reading.said("unit", rules.text_faults(unit, rules.ENTRY_LENGTH))
    group = rules.tidy_line(line.cell("group").text)
    reading.said("group", rules.text_faults(group, rules.ENTRY_LENGTH) if "group" in fields else ())
    masked = {name: rules.tidy_line(cells[name].text) for name in PERSONAL if "*" in line.cell(name).text}
    tidied = reading.tidied
    born = tidied("birth", _born, None)
    number = ""
    if "id_number" not in masked:
        number = tidied("id_number", lambda line, _name: _id_number(line, today, provinces, born), "")
    phone = tidied("phone", _phone, "") if "phone" not in masked else ""
    entry = tidied("number", _entry_number, None)
    level, role = tidied("skill_level", _level, ""), tidied("role", _role, "")
    texts = {field: tidied(field, _text, "") for field in (*LONGEST, "trade", "event")}
    own_unit, trade = texts.pop("own_unit"), texts.pop("trade")
    values = PersonValues(name, unit, number, phone, level, role, own_unit, trade)
    return RowValues(line.row, group, values, entry, masked, **texts), reading.findings


class _Reading:
    """What has been found in one row so far."""

    def __init__(self, line: Line) -> None:
        self.line = line
        broken = [name for name, cell in line.cells.items() if cell.kind == "error"]
        self.findings = [found(Fault("CELL_ERROR"), line, name) for name in broken]

    def said(self, name: str, faults: Iterable[Fault]) -> None:
        """Remember faults; an Excel error is fault enough."""
        for fault in faults:
            if self.line.cell(name).kind != "error":
                self.findings.append(found(fault, self.line, name))

    def tidied(self, name: str, read: Read[V], empty: V) -> V:
        """Return what a cell says; most tables have few of the columns that there may be."""
        if name not in self.line.cells:
            return empty
        value, faults = read(self.line, name)
        self.said(name, faults)
        return value


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


def _born(line: Line, name: str) -> tuple[date | None, list[Fault]]:
    cell = line.cell(name)
    return rules.tidy_day(cell.text, number=cell.kind == "number")


def _role(line: Line, name: str) -> tuple[str, list[Fault]]:
    return roles.tidy_role(line.cell(name).text)


def _entry_number(line: Line, name: str) -> tuple[int | None, list[Fault]]:
    text, _said = rules.plain_digits(line.cell(name).text)
    if re.fullmatch(r"[0-9]{1,6}", text):
        return int(text), []
    return None, [Fault("ENTRY_NUMBER")] if text else []


def _phone(line: Line, name: str) -> tuple[str, list[Fault]]:
    phone, faults = rules.tidy_phone(line.cell(name).text)
    return phone, faults if phone else []


def _level(line: Line, name: str) -> tuple[str, list[Fault]]:
    """Return a skill level; an unusual one is kept, with the usual ones like it named."""
    level = rules.tidy_line(line.cell(name).text)
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
    if cell.kind == "number" and len(number) > EXACT_DIGITS:
        return number, [Fault("ID_AS_NUMBER")]
    faults = faults + rules.id_faults(number, today, provinces)
    if all(fault.note for fault in faults):
        faults = faults + rules.contradictions(number, line.cell("sex").text, born)
    return number, faults

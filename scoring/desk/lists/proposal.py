"""What a list of marks would change, sheet by sheet, and what stands against it: for dry run and commit."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from competitions.entries.labels import listed as listed_words
from core import canonical
from core.refusals import Refusal, words
from core.tables.cells import Cell
from scoring.desk import values
from scoring.desk.lists.reading import Line, Place
from scoring.results.messages import finding_words
from scoring.rules.model import Stage
from scoring.rules.numbers import parse_decimal
from scoring.sheets.rules import COMPETING, MarkKey, missing_marks
from scoring.sheets.states import EDITABLE

LONGEST_SHOWN = 60
SPLIT = re.compile(r"([A-Z]*)([0-9]{1,9})")


class Sheet(NamedTuple):
    """A sheet of the stage as it stands: whose, which aspects stand on it, its marks."""

    ref: str
    code: str
    judge: str
    state: str
    version: int
    aspects: tuple[str, ...]
    marks: Mapping[MarkKey, str]


@dataclass(frozen=True)
class Ground:
    """What a list is held against: the stage, its sheets by (code, judge), the status of every code.

    `numbers` gives the codes by entry number where these may be used; `known` are the numbers of operations
    that stand in the ledger.
    """

    stage: Stage
    sheets: Mapping[tuple[str, str], Sheet]
    statuses: Mapping[str, str]
    numbers: Mapping[str, str]
    known: frozenset[str]


class Fault(NamedTuple):
    """One thing that is wrong, in its place."""

    place: Place
    value: str
    why: str


class Change(NamedTuple):
    """What a list says of one sheet: the marks that differ, and whether nothing is missing then."""

    operation_id: str
    sheet: Sheet
    marks: Mapping[MarkKey, str]
    complete: bool


@dataclass
class Proposal:
    """Everything a list would do; `same` sheets say it already, `earlier` ones had it from this file."""

    faults: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    same: int = 0
    earlier: int = 0
    missing: list[str] = field(default_factory=list)
    rows: int = 0

    @property
    def digest(self) -> str:
        """Return what the figures are known by: the second person confirms these and no others."""
        return canonical.digest([[c.sheet.ref, c.sheet.version, listed(c.marks)] for c in self.changes])

    @property
    def signs(self) -> int:
        """Return how many sheets would be complete."""
        return sum(change.complete for change in self.changes)


class _Wish(NamedTuple):
    marks: dict[MarkKey, str]
    places: dict[MarkKey, Place]
    rows: dict[int, int]  # attempt -> row


def listed(marks: Mapping[MarkKey, str]) -> list[list[Any]]:
    """Return marks as [aspect, attempt, value] in one order."""
    return [[key.aspect, key.attempt, marks[key]] for key in sorted(marks)]


def propose(ground: Ground, lines: Sequence[Line], sha256: str, *, signs: bool) -> Proposal:
    """Return what the lines of a list would do, and all their faults at once."""
    found, wishes = Proposal(rows=len(lines)), dict[tuple[str, str], _Wish]()
    for line in lines:
        _take(ground, line, wishes, found)
    for place, wish in wishes.items():
        _compare(ground, ground.sheets[place], wish, sha256, found, signs=signs)
    found.changes.sort(key=lambda change: (change.sheet.code, change.sheet.judge))
    named = {code for code, _judge in wishes}
    marked = {code for code, _judge in ground.sheets}
    found.missing = [
        code for code, status in ground.statuses.items()
        if status in COMPETING and code in marked and code not in named
    ]  # fmt: skip
    return found


def _take(ground: Ground, line: Line, wishes: dict[tuple[str, str], _Wish], found: Proposal) -> None:
    before = len(found.faults)
    code = _code(ground, line, found)
    judge = _judge(ground, line, code, found) if code else ""
    attempt = _attempt(ground, line, found)
    marks = _marks(ground, line, attempt, ground.sheets.get((code, judge)), found)
    if len(found.faults) > before or not judge:
        return
    wish = wishes.setdefault((code, judge), _Wish({}, {}, {}))
    first = wish.rows.setdefault(attempt, line.row)
    if first != line.row:
        _fault(found, line, "code", "LIST_TWICE", entry=code, row=first)
        return
    for key, (place, value) in marks.items():
        wish.marks[key], wish.places[key] = value, place


def _code(ground: Ground, line: Line, found: Proposal) -> str:
    """Return the blind code that a line names; empty after its fault."""
    given = line.text("code").translate(values.FULL_WIDTH).upper()
    where = "code" if given or "number" not in line.cells else "number"
    if where == "number":
        given = line.text("number").translate(values.FULL_WIDTH)
        code = ground.numbers.get(given.lstrip("0"), "")
    else:
        code = given if given in ground.statuses else ""
    if not given:
        _fault(found, line, where, "LIST_NO_CODE")
    elif not code:
        near = _near(given, list(ground.statuses)) if where == "code" else ""
        _fault(found, line, where, "LIST_CODE_NEAR" if near else "LIST_CODE", entry=given, near=near)
    elif ground.statuses[code] not in COMPETING:
        _fault(found, line, where, "LIST_OUT", entry=given)
    else:
        return code
    return ""


def _near(given: str, codes: Sequence[str]) -> str:
    """Return the code that was probably meant: A1 is A01 before it is A21; empty where none is near."""
    parts = SPLIT.fullmatch(given)
    if parts is not None:
        same = (SPLIT.fullmatch(code) for code in codes)
        for found in same:
            if found is not None and (found[1], int(found[2])) == (parts[1], int(parts[2])):
                return found[0]
    return next(iter(difflib.get_close_matches(given, codes, 1, 0.5)), "")


def _judge(ground: Ground, line: Line, code: str, found: Proposal) -> str:
    """Return the judge on whose sheet a line belongs; where there is one alone, nobody need be named."""
    given = line.text("judge").translate(values.FULL_WIDTH).upper()
    judges = [judge for entry, judge in ground.sheets if entry == code]
    if given in judges:
        return given
    if not judges:
        _fault(found, line, "code", "LIST_NO_SHEET", entry=code)
    elif given:
        _fault(found, line, "judge", "LIST_JUDGE", judge=given, entry=code, judges=listed_words(judges))
    elif len(judges) == 1:
        return judges[0]
    else:
        where = "judge" if "judge" in line.cells else "code"
        _fault(found, line, where, "LIST_JUDGES", entry=code, judges=listed_words(judges))
    return ""


def _attempt(ground: Ground, line: Line, found: Proposal) -> int:
    given = line.text("attempt").translate(values.FULL_WIDTH)
    most = ground.stage.attempts
    if not given:
        return 1
    if given.isdecimal() and len(given) < 5 and 1 <= int(given) <= most:
        return int(given)
    _fault(found, line, "attempt", "LIST_ATTEMPT", value=given, most=most)
    return 1


def _marks(
    ground: Ground, line: Line, attempt: int, sheet: Sheet | None, found: Proposal
) -> dict[MarkKey, tuple[Place, str]]:
    marks = {}
    for aspect in ground.stage.aspects:
        name = f"={aspect.code}"
        if name not in line.cells:
            continue
        place, cell = line.cells[name]
        value, finding = values.read(aspect, cell.text)
        if cell.formula or cell.kind == "error":
            _fault(found, line, name, "LIST_FORMULA" if cell.formula else "CELL_ERROR")
        elif value and sheet is not None and aspect.code not in sheet.aspects:
            _fault(found, line, name, "LIST_NOT_ON_SHEET", judge=sheet.judge)
        elif finding is not None:
            found.faults.append(Fault(place, _short(cell), finding_words(finding)))
        elif value:
            marks[MarkKey(aspect.code, attempt)] = (place, value)
    return marks


def _fault(found: Proposal, line: Line, where: str, code: str, **params: object) -> None:
    place, cell = line.cells.get(where, (Place(line.row, "", ""), Cell("")))
    found.faults.append(Fault(place, _short(cell), words(Refusal(code, where, params))))


def _short(cell: Cell) -> str:
    return cell.text if len(cell.text) <= LONGEST_SHOWN else cell.text[: LONGEST_SHOWN - 1] + "…"


def _compare(
    ground: Ground, sheet: Sheet, wish: _Wish, sha256: str, found: Proposal, *, signs: bool
) -> None:
    """Say what a list changes on a sheet; what came from this very file before is not brought again."""
    operation_id = f"list-{canonical.digest([sha256, sheet.ref, listed(wish.marks)])[:32]}"
    if operation_id in ground.known or f"{operation_id}-s" in ground.known:
        found.earlier += 1
        return
    marks = {key: value for key, value in wish.marks.items() if not is_same(sheet.marks.get(key, ""), value)}
    if sheet.state not in EDITABLE:
        for key, value in marks.items():
            told = {"before": sheet.marks.get(key, "") or "—", "value": value, "judge": sheet.judge}
            found.faults.append(Fault(wish.places[key], value, words(Refusal("LIST_LOCKED", "", told))))
        found.same += not marks
        return
    whole = not missing_marks(ground.stage, sheet.aspects, {**sheet.marks, **marks})
    if marks or (signs and whole and wish.marks):
        found.changes.append(Change(operation_id, sheet, marks, whole))
    else:
        found.same += 1


def is_same(one: str, other: str) -> bool:
    """Say whether two values say the same: 9.5 is 9.50."""
    if one == other:
        return True
    numbers = parse_decimal(one), parse_decimal(other)
    return None not in numbers and numbers[0] == numbers[1]

"""Play an event's ledger again from nothing: what sheets, penalties, decisions and statuses must say. Pure.

Source: SECURITY.md I03 and R06. An operation says what was done in its body and what that made of a sheet in
its answer; both are under its hash.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Operation(NamedTuple):
    """One operation as the ledger has it; `at` is ISO text in UTC."""

    seq: int
    operation: str
    kind: str
    at: str
    body: Mapping[str, Any]
    answer: Mapping[str, Any]


@dataclass
class SheetState:
    """A mark sheet after some operations; judge, entry, code and stage are None where nothing says whose."""

    stage: str | None = None
    judge: str | None = None
    code: str | None = None
    entry: str | None = None
    state: str = "draft"
    version: int = 0
    signed_at: str | None = None
    signed_hash: str | None = None
    marks: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    def listed(self) -> list[list[Any]]:
        """Return the marks as they are signed: (aspect, attempt, value), sorted."""
        return sorted([*key, value] for key, values in self.marks.items() for value in values)


class Act(NamedTuple):
    """A penalty or a written decision; `withdrawn_by` names the operation that took it back."""

    entry: str
    values: tuple[str, ...]
    reason: str
    withdrawn_by: str | None = None


@dataclass
class Projection:
    """What an event's ledger makes of its tables.

    `opened` says that the ledger names whose sheet each is; the oldest ledgers do not. `unknown` are the
    numbers of operations that this version cannot play.
    """

    sheets: dict[str, SheetState] = field(default_factory=dict)
    penalties: dict[str, Act] = field(default_factory=dict)
    decisions: dict[str, Act] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    vetoes: dict[str, list[str] | None] = field(default_factory=dict)
    taken_over: dict[str, str] = field(default_factory=dict)
    opened: bool = False
    unknown: list[int] = field(default_factory=list)
    rows: dict[tuple[str, int], str] = field(default_factory=dict)  # how withdrawals named an act of old


def play(operations: Iterable[Operation]) -> Projection:
    """Return what the operations make of an empty event, in their order."""
    found = Projection()
    for operation in operations:
        step = STEPS.get(operation.kind)
        try:
            if step is None:
                raise KeyError(operation.kind)
            step(found, operation)
        except (KeyError, TypeError, ValueError, IndexError):
            found.unknown.append(operation.seq)
    return found


def digest(listed: object) -> str:
    """Return the SHA-256 of canonical JSON, as a signature of a sheet keeps it."""
    text = json.dumps(listed, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _sheet(found: Projection, ref: str) -> SheetState:
    if found.opened:
        return found.sheets[ref]
    return found.sheets.setdefault(ref, SheetState())


def _open(found: Projection, operation: Operation) -> None:
    found.opened = True
    for ref, stage, judge, code, entry in operation.body["sheets"]:
        found.sheets[ref] = SheetState(stage, judge, code, entry)


def _write_marks(sheet: SheetState, marks: Iterable[Iterable[Any]]) -> None:
    listed = [(str(aspect), int(attempt), str(value)) for aspect, attempt, value in marks]
    for aspect, attempt, _value in listed:
        sheet.marks.pop((aspect, attempt), None)
    for aspect, attempt, value in listed:
        if value:
            sheet.marks.setdefault((aspect, attempt), []).append(value)


def _follow(sheet: SheetState, operation: Operation, state: str) -> None:
    """Count one version further, to the state that the answer names, or to the usual one."""
    sheet.version += 1
    sheet.state = operation.answer.get("state", state)


def _save(found: Projection, operation: Operation) -> None:
    sheet = _sheet(found, operation.body["sheet"])
    _write_marks(sheet, operation.body["marks"])
    _follow(sheet, operation, sheet.state)


def _sign(found: Projection, operation: Operation) -> None:
    sheet = _sheet(found, operation.body["sheet"])
    _follow(sheet, operation, "locked")
    sheet.signed_at, sheet.signed_hash = operation.at, digest(sheet.listed())


def _reopen(found: Projection, operation: Operation) -> None:
    sheet = _sheet(found, operation.body["sheet"])
    _follow(sheet, operation, "returned")
    sheet.signed_at = sheet.signed_hash = None


def _look_again(found: Projection, operation: Operation) -> None:
    for ref, _marks in operation.body["sheets"]:
        sheet = _sheet(found, ref)
        sheet.state, sheet.version = "returned", sheet.version + 1
        sheet.signed_at = sheet.signed_hash = None


def _look_end(found: Projection, operation: Operation) -> None:
    sheet = _sheet(found, operation.body["sheet"])
    _write_marks(sheet, operation.body["marks"])
    _follow(sheet, operation, "locked")
    sheet.signed_at, sheet.signed_hash = operation.at, digest(sheet.listed())


def _import(found: Projection, operation: Operation) -> None:
    sheet = _sheet(found, operation.body["sheet"])
    _write_marks(sheet, operation.body["marks"])
    _follow(sheet, operation, "locked" if operation.body["locked"] else "draft")
    if operation.body["locked"]:
        sheet.signed_at, sheet.signed_hash = operation.at, digest(sheet.listed())


def _close(found: Projection, operation: Operation) -> None:
    for ref, _version in operation.body["sheets"]:
        _follow(_sheet(found, ref), operation, {"confirm": "confirmed"}.get(operation.kind, "locked"))


def _correct(found: Projection, operation: Operation) -> None:
    sheet = _sheet(found, operation.body["sheet"])
    _write_marks(sheet, [(aspect, attempt, new) for aspect, attempt, _old, new in operation.body["marks"]])
    _follow(sheet, operation, "corrected")
    sheet.signed_hash = digest(sheet.listed())


def _note(found: Projection, operation: Operation) -> None:
    """Play what is kept in the ledger for its order alone: the re-check, the opening of names, releases."""


def _substitute(found: Projection, operation: Operation) -> None:
    for row in operation.body["sheets"]:
        old, new = (row, None) if isinstance(row, str) else row
        sheet = _sheet(found, old)
        sheet.state, sheet.version = "passed", sheet.version + 1
        if new is not None:
            taker = operation.body["to"]
            found.sheets[new] = SheetState(sheet.stage, taker, sheet.code, sheet.entry)
            found.taken_over[new] = old


def _penalty(found: Projection, operation: Operation) -> None:
    body = operation.body
    found.penalties[operation.operation] = Act(body["entry"], (body["points"],), body["reason"])
    _remember(found, operation, "penalty")


def _decision(found: Projection, operation: Operation) -> None:
    body = operation.body
    values = (body["kind"], *body["place"], body["value"])
    found.decisions[operation.operation] = Act(body["entry"], values, body["reason"])
    _remember(found, operation, "decision")


def _remember(found: Projection, operation: Operation, kind: str) -> None:
    if kind in operation.answer:
        found.rows[kind, operation.answer[kind]] = operation.operation


def _withdraw(kind: str) -> Callable[[Projection, Operation], None]:
    def withdraw(found: Projection, operation: Operation) -> None:
        acts = found.penalties if kind == "penalty" else found.decisions
        body = operation.body
        name = body["of"] if "of" in body else found.rows[kind, body[kind]]
        acts[name] = acts[name]._replace(withdrawn_by=operation.operation)

    return withdraw


def _status(found: Projection, operation: Operation) -> None:
    entry = operation.body["entry"]
    found.statuses[entry], found.vetoes[entry] = operation.body["to"], operation.body.get("veto")


STEPS: Mapping[str, Callable[[Projection, Operation], None]] = {
    "open": _open,
    "save": _save,
    "sign": _sign,
    "reopen": _reopen,
    "look_again": _look_again,
    "look_end": _look_end,
    "import": _import,
    "confirm": _close,
    "lock": _close,
    "correct": _correct,
    "recheck": _note,
    "compare": _note,
    "unblind": _note,
    "release": _note,
    "substitute": _substitute,
    "penalty": _penalty,
    "withdraw_penalty": _withdraw("penalty"),
    "decision": _decision,
    "withdraw_decision": _withdraw("decision"),
    "status": _status,
}

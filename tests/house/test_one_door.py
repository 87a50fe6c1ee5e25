"""Marks, sheets, penalties and decisions are written in the ledger's own modules alone."""

import ast

from scoring.sheets.replay import STEPS
from tests.house.sources import ROOT

# What an operation of the ledger makes of the tables, and who writes it beside that operation.
ROWS = {"Mark", "Sheet", "Penalty", "Decision", "Handover", "LedgerOperation"}
DOORS = {
    "scoring/sheets/ledger.py", "scoring/sheets/opening.py", "scoring/sheets/services.py",
    "scoring/sheets/handover.py", "scoring/sheets/decisions.py", "scoring/sheets/looks.py",
    "scoring/sheets/corrections.py", "scoring/packages/writing.py",
}  # fmt: skip
NAMING = {"Proposal", "_Deed", "_proposal", "_append"}
COLUMNS = {"signed_hash", "signed_at", "withdrawn_by", "withdrawn_by_id"}
PACKAGES = ("core", "accounts", "competitions", "scoring", "reports", "demonstration")


def modules():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def models_of(tree):
    """Return the names under which a module has the models of sheets."""
    return {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "scoring.sheets.models"
        for alias in node.names
        if alias.name in ROWS
    }


def writes(tree):
    """Yield what a module does to these rows: makes, inserts, changes, deletes them, sets their columns."""
    known = models_of(tree)
    for node in ast.walk(tree) if known else ():
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from called(node, known)
        for target in getattr(node, "targets", ()):
            names = {one.attr for one in ast.walk(target) if isinstance(one, ast.Attribute)}
            yield from (f".{name} =" for name in names & COLUMNS)


def called(node, known):
    first = node.args[0] if node.args else None
    if node.func.id in known:
        yield node.func.id
    elif node.func.id in {"insert", "update", "delete"} and getattr(first, "id", "") in known:
        yield f"{node.func.id} {first.id}"


def test_nobody_else_writes_what_the_ledger_makes():
    found = {path: sorted(set(writes(tree))) for path, tree in modules()}
    assert {path: what for path, what in found.items() if what and path not in DOORS} == {}
    assert {path for path, what in found.items() if what} == DOORS, "a door that is none any more"


def test_every_kind_of_operation_can_be_played_again():
    """A kind that replay does not know could never be checked; `Proposal(id, kind, …)` names it."""
    kinds = set()
    for _path, tree in modules():
        for node in ast.walk(tree):
            func = getattr(node, "func", None)
            if getattr(func, "attr", getattr(func, "id", "")) in NAMING:
                said = [one.value for one in node.args if isinstance(one, ast.Constant)]
                kinds |= {text for text in said if isinstance(text, str)}
    named = {kind for kind in kinds if ":" not in kind}
    assert {"open", "save", "sign", "reopen", "import", "substitute", "penalty", "status"} <= named
    assert named <= set(STEPS), "teach scoring/sheets/replay.py what it makes of the tables"

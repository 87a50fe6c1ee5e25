"""The mutation test changes one place at a time, and only what runs; its list of exceptions stays true."""

import ast

import pytest

from tools.mutate.changes import list_changes
from tools.mutate.equivalents import FILE, read_equivalents, untrue
from tools.mutate.mutants import Mutant, modules, mutants, sample

SOURCE = '''
LIMITS: dict[str, int] = {"most": 3}

def place(marks: list[int], limit: int = 3) -> int:
    """Return 1 or 2."""
    for mark in marks[1:]:
        if not mark:
            continue
        limit += mark
    return max(1, -limit) if len(marks) < limit and marks else len(marks)
'''
CHANGES = {
    "'most' → 'most✗'",
    "3 → 4",
    "1 → 2",
    "1: → :",
    "not mark → mark",
    "continue → pass",
    "limit += mark → pass",
    "limit += mark → limit -= mark",
    "return max(1, -limit) if len(marks) < limit and marks else len(marks) → return None",
    "max(1, -limit) → min(1, -limit)",
    "-limit → limit",
    "len(marks) < limit and marks → not (len(marks) < limit and marks)",
    "len(marks) < limit and marks → len(marks) < limit or marks",
    "len(marks) < limit → len(marks) <= limit",
}
LISTED = '[[scale]]\nline = "MIDDLE = 700"\nchange = "700 → 701"\nreason = "an example"\n'
MUTANT = Mutant("scoring.rules.scale", 0, 9, "MIDDLE = 700", "700 → 701", 9, 9, False)


def test_what_runs_is_changed_and_words_for_readers_and_types_are_not():
    assert {change.describe() for change in list_changes(ast.parse(SOURCE))} == CHANGES


def test_a_mutant_differs_in_one_place():
    tree = ast.parse(SOURCE)
    change = next(one for one in list_changes(tree) if one.describe().endswith("len(marks) <= limit"))
    change.put(change.new)
    before = ast.unparse(ast.parse(SOURCE))
    assert ast.unparse(tree) == before.replace("len(marks) < limit", "len(marks) <= limit")


def test_no_two_mutants_have_one_name():
    keys = [mutant.key for module in modules() for mutant in mutants(module)]
    assert len(keys) == len(set(keys)) > 2000


def test_the_sample_is_the_same_every_time():
    assert sample(["scoring.rules.numbers"], 5) == sample(["scoring.rules.numbers"], 5)


def test_what_is_listed_as_changing_nothing_is_there_and_has_a_reason():
    there = {mutant.key for module in modules() for mutant in mutants(module)}
    reasons = read_equivalents(FILE.read_text(encoding="utf-8"))
    assert set(reasons) <= there
    assert all(reason.strip() for reason in reasons.values())


def test_the_list_is_untrue_where_a_test_notices_or_the_change_is_gone():
    reasons = read_equivalents(LISTED)
    assert untrue(reasons, [MUTANT], [MUTANT]) == []
    assert "a test notices it" in untrue(reasons, [MUTANT], [])[0]
    assert "no such change" in untrue(reasons, [MUTANT._replace(text="MIDDLE = 500")], [])[0]
    assert untrue(reasons, [], []) == []  # the module was not tried
    with pytest.raises(ValueError, match="listed twice"):
        read_equivalents(LISTED + LISTED)

"""The mutation test changes one place at a time, and only what runs."""

import ast

from tools import mutate

SOURCE = '''
def place(marks: list[int], limit: int = 3) -> int:
    """Return 1 or 2."""
    return 1 if len(marks) < limit and marks else len(marks) + 2
'''


def test_every_operator_and_number_is_a_place_and_words_are_none():
    changer = mutate.Changer()
    changer.visit(ast.parse(SOURCE))
    changes = [change for _, change in changer.places]
    assert sorted(changes) == ["1 → 2", "2 → 3", "3 → 4", "Add → Sub", "And → Or", "Lt → LtE"]


def test_a_mutant_differs_in_one_place():
    tree = ast.parse(SOURCE)
    wanted = [change for _, change in _places()].index("Lt → LtE")
    mutate.Changer(wanted).visit(tree)
    before = ast.unparse(ast.parse(SOURCE))
    assert ast.unparse(tree) == before.replace("len(marks) < limit", "len(marks) <= limit")


def test_the_sample_is_the_same_every_time():
    assert mutate.sample(["scoring.rules.numbers"], 5) == mutate.sample(["scoring.rules.numbers"], 5)


def _places():
    changer = mutate.Changer()
    changer.visit(ast.parse(SOURCE))
    return changer.places

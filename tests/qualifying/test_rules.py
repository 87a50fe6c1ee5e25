"""Who qualifies, worked out by hand: the first n, of each group, a least score, places of a unit."""

from decimal import Decimal

import pytest

from scoring.qualifying.rules import Ranked, Rule, choose, faults, from_document, next_after, to_document

# entry, rank, total, unit, region: two regions, three units; 3 and 4 are equal.
FIELD = [
    Ranked(entry, rank, Decimal(total), unit, region, 0)
    for entry, rank, total, unit, region in (
        (1, 1, "95", 1, 1), (2, 2, "92", 1, 1), (3, 3, "90", 2, 2), (4, 3, "90", 1, 1), (5, 5, "88", 3, 2),
        (6, 6, "59", 3, 2),
    )
]  # fmt: skip


def chosen(rule):
    return [row.entry for row in choose(FIELD, rule).chosen]


@pytest.mark.parametrize(
    ("rule", "entries"),
    [
        (Rule(2), [1, 2]),
        (Rule(3), [1, 2, 3, 4]),  # equal ranks at the border: both
        (Rule(1, "region"), [1, 3]),
        (Rule(2, "region"), [1, 2, 3, 5]),
        (Rule(4, per_unit=2), [1, 2, 3, 5]),  # 4 is the third of unit 1 and is passed over
        (Rule(6, least=Decimal(60)), [1, 2, 3, 4, 5]),
        (Rule(1, "unit"), [1, 3, 5]),
    ],
)
def test_who_qualifies(rule, entries):
    assert chosen(rule) == entries
    assert from_document(to_document(rule)) == rule


@pytest.mark.parametrize(
    ("rule", "gone", "up"),
    [
        (Rule(2), 1, 3),
        (Rule(3), 1, None),  # four had qualified for three places: three are left
        (Rule(1, "region"), 3, 5),  # of the own region
        (Rule(2, per_unit=1), 3, 5),  # 2 and 4 are of unit 1, which has its place
        (Rule(5, least=Decimal(60)), 5, None),
    ],
)
def test_who_moves_up(rule, gone, up):
    choice = choose(FIELD, rule)
    left = [row for row in choice.chosen if row.entry != gone]
    leaver = next(row for row in choice.chosen if row.entry == gone)
    found = next_after(leaver, left, choice.reserves, rule)
    assert (found.entry if found else None) == up


def test_a_rule_that_cannot_be_is_told_at_its_fields():
    wrong = Rule(0, "planet", 0, Decimal(-1))
    assert [field for field, _code in faults(wrong)] == ["top", "each", "per_unit", "least"]

"""Section 7: a published results.csv is compared with the recount cell by cell, row order aside."""

from scoring.rules.resulttable import Difference, compare_results, result_header
from tests.rules.build import parsed, scheme, stage

HEADER = ("rank", "entry", "status", "total")
OURS = [("1", "01", "valid", "90.00"), ("2", "02", "valid", "80.00"), ("", "03", "absent", "")]


def compared(*published: tuple[str, ...]) -> list[Difference]:
    """Compare published rows, which stand from line 2 on, with the recount."""
    placed = [(f"results.csv:{line}", row) for line, row in enumerate(published, 2)]
    return compare_results(HEADER, OURS, placed)


def test_the_order_of_rows_is_no_difference() -> None:
    assert compared(*reversed(OURS)) == []


def test_each_cell_that_differs_is_named_with_both_values() -> None:
    changed = ("2", "01", "valid", "90.01")
    assert compared(changed, *OURS[1:]) == [
        Difference("results.csv:2", "01", "rank", "2", "1"),
        Difference("results.csv:2", "01", "total", "90.01", "90.00"),
    ]


def test_a_row_too_many_and_a_row_too_few_are_named() -> None:
    more = ("3", "09", "valid", "70.00")
    assert compared(OURS[0], more, OURS[2]) == [
        Difference("results.csv:3", "09", "entry", "09", None),
        Difference("results.csv", "02", "entry", None, "02"),
    ]
    assert compared(*OURS, OURS[0]) == [Difference("results.csv:5", "01", "entry", "01", None)]


def test_the_columns_follow_the_scheme() -> None:
    document = parsed(scheme(stage("T", weight="0.3"), stage("P", weight="0.7"), scale="median700"))
    assert document.weights == "share"
    assert result_header(document, awards=True) == (
        *("rank", "entry", "status", "total"),
        *("T", "P", "T.A", "P.A", "scale", "award"),
    )
    assert result_header(parsed(scheme()), awards=False) == ("rank", "entry", "status", "total", "P", "P.A")

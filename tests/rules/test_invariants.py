"""The scoring invariants I12 to I24: what holds for every scheme and every marks, tried on random ones."""

from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.rules.compute import Outcome, compute
from scoring.rules.explain import explain
from scoring.rules.inputs import EntryInput, MarkInput
from scoring.rules.numbers import ONE, round_ratio
from scoring.rules.panels import Way, combine
from scoring.rules.promotion import PromotionRule, propose_promotions
from tests.rules.build import (
    Document,
    aspect,
    criterion,
    of_aspects,
    parsed,
    ranks,
    result,
    scheme,
    stage,
    totals_of,
)

hundredths = st.integers(0, 10_000).map(lambda number: f"{number // 100}.{number % 100:02d}")
whole = st.integers(0, 100).map(str)
few = st.integers(0, 5).map(str)
PANELS: list[Document] = [
    {"method": "mean"},
    {"method": "trimmed_mean", "min_judges": 3},
    {"method": "median"},
    {"method": "sum"},
]
panels = st.sampled_from(PANELS)
EXAMPLES = settings(max_examples=150)


@st.composite
def fields_of_marks(draw: st.DrawFn, values: st.SearchStrategy[str] = whole) -> dict[str, dict[str, str]]:
    """Draw up to six entries with two aspects marked by five judges."""
    size = draw(st.integers(1, 6))
    five = st.lists(values, min_size=5, max_size=5).map(" ".join)
    return {f"{number:02d}": {"A1": draw(five), "A2": draw(five)} for number in range(size)}


def two_aspects(panel: Document, **fields: object) -> Document:
    return of_aspects(aspect("A1", panel=panel), aspect("A2", panel=panel), **fields)


# ---------------------------------------------------------------- I12, I15: results stay inside the marks


@EXAMPLES
@given(st.lists(hundredths, min_size=3, max_size=7), st.sampled_from(PANELS[:3]))
def test_i12_the_number_of_a_panel_lies_between_its_lowest_and_highest_mark(
    values: list[str], panel: Document
) -> None:
    row = result(of_aspects(aspect(panel=panel)), {"01": {"A1": " ".join(values)}}).rows[0]
    numbers = [round(Fraction(value) * ONE) for value in values]
    assert row.total is not None
    assert min(numbers) <= row.total <= max(numbers)


@EXAMPLES
@given(fields_of_marks(), panels)
def test_i12_clamps_hold(table: dict[str, dict[str, str]], panel: Document) -> None:
    limits = {"min": "40", "max": "60"}
    items = aspect("A1", panel=panel), aspect("A2", panel=panel)
    document = scheme(stage("P", criterion("A", *items, **limits), **limits), total=limits)
    for row in result(document, table).rows:
        assert all(
            40 * ONE <= (value or 0) <= 60 * ONE for value in (row.total, row.stages[0], row.criteria[0][0])
        )


@EXAMPLES
@given(st.lists(st.integers(0, 100), min_size=3, max_size=9), st.integers(0, 3))
def test_i15_a_trimmed_mean_lies_between_the_marks_that_are_kept(marks: list[int], drop: int) -> None:
    if len(marks) <= 2 * drop:
        drop = 0
    numerator, denominator = combine(Way("trimmed_mean", drop, False), marks)
    kept = sorted(marks)[drop : len(marks) - drop]
    assert denominator == len(marks) - 2 * drop
    assert kept[0] <= Fraction(numerator) / denominator <= kept[-1]


@EXAMPLES
@given(st.lists(whole, min_size=1, max_size=6))
def test_i15_too_few_judges_drop_nothing_but_are_refused(values: list[str]) -> None:
    panel = {"method": "trimmed_mean", "drop": 1, "min_judges": 5}
    outcome = result(of_aspects(aspect(panel=panel)), {"01": {"A1": " ".join(values)}})
    assert [finding.code for finding in outcome.findings] == (["PANEL_SIZE"] if len(values) < 5 else [])
    assert (outcome.rows[0].total is None) == (len(values) < 5)


# ---------------------------------------------------------------- I13 and I18: no order of anything decides


@EXAMPLES
@given(fields_of_marks(few), panels, st.randoms(use_true_random=False))
def test_i13_the_order_of_rows_and_the_names_of_judges_change_nothing(
    table: dict[str, dict[str, str]], panel: Document, dice: Any
) -> None:
    entries = [EntryInput(entry) for entry in table]
    rows = [
        MarkInput("P", item, entry, f"J{number}", 1, value)
        for entry, items in table.items()
        for item, values in items.items()
        for number, value in enumerate(values.split())
    ]
    found = parsed(two_aspects(panel, ties=[{"by": "aspect", "code": "P.A.A1"}]))
    expected = compute(found, entries, rows, None)
    names = [f"裁判{number}" for number in range(5)]
    dice.shuffle(names)
    renamed = [row._replace(judge=names[int(row.judge[1])]) for row in rows]
    dice.shuffle(renamed)
    dice.shuffle(entries)
    assert compute(found, entries, renamed, None).rows == expected.rows


@EXAMPLES
@given(fields_of_marks(few), panels)
def test_i13_and_i19_the_order_of_criteria_and_aspects_changes_no_total(
    table: dict[str, dict[str, str]], panel: Document
) -> None:
    parts = [criterion(code, aspect(item, panel=panel)) for code, item in (("A", "A1"), ("B", "A2"))]
    forwards = result(scheme(stage("P", *parts)), table)
    backwards = result(scheme(stage("P", *parts[::-1])), table)
    assert [(row.entry, row.rank, row.total) for row in forwards.rows] == [
        (row.entry, row.rank, row.total) for row in backwards.rows
    ]


@EXAMPLES
@given(st.lists(few, min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_i18_neither_code_nor_order_of_entry_breaks_a_tie(values: list[str], dice: Any) -> None:
    codes = [f"{number:02d}" for number in range(len(values))]
    before = ranks(totals_of(dict(zip(codes, values, strict=True))))
    shuffled = codes.copy()
    dice.shuffle(shuffled)
    after = ranks(totals_of(dict(zip(shuffled, values, strict=True))))
    assert [before[code] for code in codes] == [after[code] for code in shuffled]


# ---------------------------------------------------------------- I14 and I16: better marks, larger scales


@EXAMPLES
@given(fields_of_marks(), panels, st.integers(0, 4), st.integers(1, 30))
def test_i14_raising_one_mark_never_lowers_the_own_rank(
    table: dict[str, dict[str, str]], panel: Document, judge: int, more: int
) -> None:
    document = two_aspects(panel)
    before = ranks(result(document, table))["00"]
    marks = table["00"]["A1"].split()
    marks[judge] = str(min(100, int(marks[judge]) + more))
    after = ranks(result(document, {**table, "00": {**table["00"], "A1": " ".join(marks)}}))["00"]
    assert before is not None
    assert after is not None
    assert after <= before


@EXAMPLES
@given(fields_of_marks(), st.integers(2, 9))
def test_i16_scaling_all_maxima_and_marks_scales_the_totals(
    table: dict[str, dict[str, str]], times: int
) -> None:
    panel = {"method": "mean"}  # of five judges: exact to one decimal
    larger = {
        entry: {
            item: " ".join(str(int(value) * times) for value in values.split())
            for item, values in items.items()
        }
        for entry, items in table.items()
    }
    items = [aspect(code, panel=panel, max=str(100 * times)) for code in ("A1", "A2")]
    small = {row.entry: row.total for row in result(two_aspects(panel), table).rows}
    large = {row.entry: row.total for row in result(of_aspects(*items), larger).rows}
    assert {entry: (total or 0) * times for entry, total in small.items()} == large


# ---------------------------------------------------------------- I17, I20, I21: ranks


@EXAMPLES
@given(st.lists(few, min_size=1, max_size=9))
def test_i17_a_rank_is_one_more_than_the_number_of_better_entries(values: list[str]) -> None:
    outcome = totals_of({f"{number:02d}": value for number, value in enumerate(values)})
    numbers = [int(value) for value in values]
    for row in outcome.rows:
        own = int(values[int(row.entry)])
        assert row.rank == 1 + sum(number > own for number in numbers)


@EXAMPLES
@given(
    st.lists(few, min_size=2, max_size=9),
    st.sampled_from(["absent", "dnf", "dsq", "ineligible", "exhibition"]),
)
def test_i20_who_is_out_has_no_rank_and_moves_others_only_upward(values: list[str], status: str) -> None:
    table = {f"{number:02d}": value for number, value in enumerate(values)}
    tiers = [{"title": "奖", "count": 2}]
    before = totals_of(table)
    after = totals_of(table, statuses={"00": status}, tiers=tiers, awards={"boundary": "extend"})
    out = next(row for row in after.rows if row.entry == "00")
    assert (out.rank, out.award) == (None, None)
    old = ranks(before)
    for entry, rank in ranks(after).items():
        if entry != "00":
            left = old["00"] is not None and old[entry] is not None and old["00"] < old[entry]
            assert rank == (old[entry] or 0) - (1 if left else 0)


@EXAMPLES
@given(fields_of_marks(), panels, st.integers(0, 4))
def test_i21_a_missing_mark_is_flagged_and_never_counts_as_0(
    table: dict[str, dict[str, str]], panel: Document, judge: int
) -> None:
    marks = table["00"]["A1"].split()
    marks[judge] = "-"
    rows = {**table, "00": {**table["00"], "A1": " ".join(marks)}}
    assigned = [f"P///J{number}" for number in range(1, 6)]
    outcome = result(two_aspects(panel), rows, assigned=assigned)
    found = next(row for row in outcome.rows if row.entry == "00")
    assert (found.status, found.total, found.rank) == ("incomplete", None, None)
    assert len(outcome.rows) == len(table)


# ---------------------------------------------------------------- I19: rounding


@EXAMPLES
@given(st.integers(-(10**15), 10**15), st.integers(1, 10**7), st.integers(0, 6))
def test_i19_rounding_is_to_the_nearest_and_a_half_goes_away_from_zero(
    numerator: int, denominator: int, places: int
) -> None:
    unit = 10 ** (6 - places)
    rounded = round_ratio(numerator, denominator, places)
    error = Fraction(numerator, denominator) - rounded
    assert rounded % unit == 0
    assert abs(error) <= Fraction(unit, 2)
    if abs(error) == Fraction(unit, 2):
        assert abs(rounded) > abs(Fraction(numerator, denominator))


@EXAMPLES
@given(fields_of_marks(hundredths), panels)
def test_i19_the_explanation_rounds_as_the_result_does(
    table: dict[str, dict[str, str]], panel: Document
) -> None:
    outcome = result(two_aspects(panel), table)
    for row in outcome.rows:
        steps = explain(outcome, row.entry)
        [run] = steps.stages[0].attempts
        assert (run.value, run.criteria[0].value) == (row.stages[0], row.criteria[0][0])
        assert [step.value for step in run.criteria[0].aspects] == list(
            outcome.tally.stages["P"][row.entry].aspects
        )
        assert steps.total == row.total


# ---------------------------------------------------------------- I22 and I24: awards


def award_field(values: list[str], boundary: str, counts: list[int]) -> Outcome:
    tiers = [{"title": str(number), "count": count} for number, count in enumerate(counts)]
    table = {f"{number:02d}": value for number, value in enumerate(values)}
    return totals_of(table, tiers=tiers, awards={"boundary": boundary})


fields_of_totals = st.lists(few, min_size=1, max_size=10)
counts_of_tiers = st.lists(st.integers(0, 4), min_size=1, max_size=3)


@EXAMPLES
@given(fields_of_totals, counts_of_tiers, st.sampled_from(["extend", "shrink"]))
def test_i22_equal_ranks_get_equal_awards_and_better_ones_never_less(
    values: list[str], counts: list[int], boundary: str
) -> None:
    outcome = award_field(values, boundary, counts)
    none = str(len(counts))
    for first, second in zip(outcome.rows, outcome.rows[1:], strict=False):
        assert (first.award or none) <= (second.award or none)
        if first.rank == second.rank:
            assert first.award == second.award


@EXAMPLES
@given(fields_of_totals, counts_of_tiers)
def test_i22_counts_obey_their_quotas_up_to_the_tie(values: list[str], counts: list[int]) -> None:
    places = min(len(values), sum(counts))
    shrunk = [row for row in award_field(values, "shrink", counts).rows if row.award]
    extended = [row for row in award_field(values, "extend", counts).rows if row.award]
    assert len(shrunk) <= places <= len(extended)
    ordered = award_field(values, "decide", counts)
    if not ordered.findings:
        assert len(shrunk) == places == len(extended)


@EXAMPLES
@given(fields_of_totals, counts_of_tiers)
def test_i22_without_a_decision_a_tie_on_a_border_wins_nothing(values: list[str], counts: list[int]) -> None:
    outcome = award_field(values, "decide", counts)
    waiting = {entry for finding in outcome.findings for entry in finding.where.split(",")}
    assert not waiting & {row.entry for row in outcome.rows if row.award}


@EXAMPLES
@given(st.lists(st.tuples(few, few), min_size=1, max_size=6))
def test_i23_the_score_of_a_team_is_the_sum_of_its_members(members: list[tuple[str, str]]) -> None:
    items = [aspect("A1"), aspect("A2")]
    table = {f"{number:02d}": {"A1": one, "A2": two} for number, (one, two) in enumerate(members)}
    for row in result(of_aspects(*items), table).rows:
        one, two = members[int(row.entry)]
        assert row.total == (int(one) + int(two)) * ONE


@EXAMPLES
@given(fields_of_totals, st.sampled_from(["valid", "dsq", "ineligible", "exhibition"]))
def test_i24_promotions_are_proposed_among_the_ranked_alone(values: list[str], status: str) -> None:
    table = {f"{number:02d}": value for number, value in enumerate(values)}
    tiers = [{"title": "奖", "count": 3}]
    outcome = totals_of(table, tiers=tiers, statuses={"00": status}, awards={"boundary": "extend"})
    rule = PromotionRule("获奖者", {"": "技师"}, awards=("奖",))
    proposed = {found.entry for found in propose_promotions([rule], outcome, {})}
    assert proposed == {row.entry for row in outcome.rows if row.award and row.rank}

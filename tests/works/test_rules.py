"""What is said of a work: benefits in 万元, shares that make a whole, names that experts must not read."""

from datetime import date

import pytest

from competitions.works.rules import Particulars, benefit_text, faults, named_in, shares_fit, yuan_of

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("86.5", 865_000), ("0", 0), ("120", 1_200_000), ("0.0001", 1), ("99999999.9999", 999_999_999_999)],
)
def test_a_benefit_is_kept_in_yuan_and_read_back_as_it_was_typed(text, yuan):
    assert yuan_of(text) == yuan
    assert benefit_text(yuan) == text


@pytest.mark.parametrize("text", ["", "-1", "1,000", "86.50001", "五", "1e3", "123456789", "+5", ".5", "5."])
def test_what_is_no_figure_is_no_benefit(text):
    assert yuan_of(text) is None


@pytest.mark.parametrize(
    ("shares", "fits"),
    [((), True), ((None, None), True), ((100,), True), ((60, 40), True), ((60, 41), False),
     ((60, None), False), ((100, 0), False)],
)  # fmt: skip
def test_shares_of_all_authors_make_a_hundred_or_nobody_has_one(shares, fits):
    assert shares_fit(shares) is fits


@pytest.mark.parametrize(
    ("said", "found"),
    [
        (Particulars("proposal"), []),
        (Particulars("joke"), [("nature", "WORK_NATURE")]),
        (Particulars("method", implemented=True), [("implemented_on", "WORK_SINCE")]),
        (Particulars("method", implemented_on=TODAY), [("implemented", "WORK_NOT_IN_USE")]),
        (
            Particulars("method", True, date(2026, 11, 24)),
            [("implemented_on", "WORK_SINCE_AHEAD")],
        ),
        (Particulars("method", benefit=1), [("basis", "WORK_BASIS")]),
        (Particulars("method", evidence=True), [("evidence", "WORK_EVIDENCE")]),
        (Particulars("method", True, TODAY, 10, True, "同比", (50, 50)), []),
        (Particulars("method", shares=(50, 49)), [("shares", "WORK_SHARES")]),
    ],
)
def test_what_cannot_be_so_is_told_at_its_field(said, found):
    assert faults(said, TODAY) == found


def test_names_in_the_texts_are_found_once_and_a_single_character_is_no_name():
    texts = ["演示甲厂夹具改进", "由张三、李四完成，张三主持"]
    assert named_in(texts, ["张三", "演示甲厂", "王五", "厂"]) == ["张三", "演示甲厂"]

"""Names are kept as they are, ID numbers are checked as GB 11643 says, nothing personal is shown whole."""

from datetime import date

import pytest

from competitions.entries import rules

TODAY = date(2026, 5, 20)


def codes(faults, *, notes=False):
    return [fault.code for fault in faults if fault.note == notes]


# ---------------------------------------------------------------- ID number (DOMAIN.md EX-26)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("11010519491231002X", []),
        ("11010519491231002x", []),  # a small x is taken and kept as X
        ("440524188001010014", ["AGE_OUT_OF_RANGE"]),  # sound, from the standard itself, but of 1880
        ("110105194912310021", ["ID_CHECKSUM"]),
        ("110105199902300015", ["ID_DATE"]),  # the check character is right; 30 February is not a day
        ("370101190102039973", ["AGE_OUT_OF_RANGE"]),  # born 1901
        ("110105491231002", ["ID_LENGTH"]),  # the old form of 15 digits
        ("11010519491231002", ["ID_LENGTH"]),
        ("1.10105E+17", ["ID_AS_NUMBER"]),
        ("11010519491231O02X", ["ID_CHARACTERS"]),  # the letter O
        ("", ["ID_LENGTH"]),
        ("１１０１０５１９４９１２３１００２Ｘ", []),
        ("110105 19491231 002X", []),
    ],
)
def test_id_number(typed, expected):
    number, _said = rules.tidy_id_number(typed)
    assert codes(rules.id_faults(number, TODAY)) == expected


def test_digits_of_another_script_are_not_digits():
    assert codes(rules.id_faults("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", TODAY)) == ["ID_CHARACTERS"]


def test_the_standards_example_is_of_a_woman_born_on_the_last_day_of_1949():
    assert rules.is_female("11010519491231002X")
    assert rules.birth_date("11010519491231002X") == date(1949, 12, 31)


def test_a_small_x_is_kept_as_a_capital():
    assert rules.tidy_id_number("11010519491231002x") == ("11010519491231002X", [])


def test_full_width_digits_are_made_plain_and_this_is_said():
    assert rules.tidy_id_number("１１０") == ("110", [rules.Fault("DIGITS_PLAIN", note=True)])


def test_an_unknown_region_is_a_note_only_because_codes_are_abolished():
    faults = rules.id_faults("11010519491231002X", TODAY, provinces={"37", "44"})
    assert codes(faults) == []
    assert codes(faults, notes=True) == ["ID_REGION"]


def test_age_counts_full_years():
    assert rules.age_on(date(2008, 5, 21), TODAY) == 17
    assert rules.age_on(date(2008, 5, 20), TODAY) == 18


@pytest.mark.parametrize(
    ("sex", "born", "expected"),
    [
        ("女", date(1949, 12, 31), []),
        ("", None, []),
        ("不详", None, []),
        ("男", None, ["ID_MISMATCH_SEX"]),
        ("male", date(1949, 12, 30), ["ID_MISMATCH_SEX", "ID_MISMATCH_BIRTH"]),
    ],
)
def test_what_stands_beside_the_number_must_agree_with_it(sex, born, expected):
    assert codes(rules.contradictions("11010519491231002X", sex, born)) == expected


# ---------------------------------------------------------------- names (DOMAIN.md 14.37)


@pytest.mark.parametrize("name", ["吴 䶮", "张𬭎", "阿卜杜拉·买买提", "O'Neill", "李 四 光", "㛃𠅤𫖯"])
def test_a_name_is_kept_as_typed(name):
    assert rules.tidy_name(name) == (name, [])


@pytest.mark.parametrize("dot", "\u2022\u30fb\uff0e\u2027\u2219\u22c5\u0387\uff65\u2024")
def test_every_dot_between_parts_becomes_the_middle_dot(dot):
    name, said = rules.tidy_name(f"阿卜杜拉{dot}买买提")
    assert name == "阿卜杜拉·买买提"
    assert codes(said, notes=True) == ["NAME_DOT"]


def test_spaces_at_the_ends_go_and_spaces_inside_stay():
    assert rules.tidy_name("\u3000 张 三 \u00a0") == ("张 三", [])


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", ["VALUE_MISSING"]),
        (" \u3000", ["VALUE_MISSING"]),
        ("13800000000", ["NAME_DIGITS"]),
        ("张\n三", ["TEXT_UNSEEN"]),
        ("张\u200d三", ["TEXT_UNSEEN"]),
        ("\u202e三张", ["TEXT_UNSEEN"]),
        ("张\x00三", ["TEXT_UNSEEN"]),
        ("张\ud840三", ["TEXT_UNSEEN"]),
        ("名" * 81, ["TEXT_LONG"]),
    ],
)
def test_what_is_no_name(typed, expected):
    assert codes(rules.tidy_name(typed)[1]) == expected


def test_rare_characters_count_once():
    assert rules.tidy_name("𬭎" * 80)[1] == []


def test_a_character_of_the_private_use_area_is_taken_and_flagged():
    name, said = rules.tidy_name("吴\ue863")
    assert name == "吴\ue863"
    assert said == [rules.Fault("TEXT_PRIVATE", {"points": "U+E863"}, note=True)]


def test_a_formula_is_a_text():
    assert rules.tidy_name("=cmd|'/C calc'!A0") == ("=cmd|'/C calc'!A0", [])


def test_two_spellings_of_a_unit_are_one():
    assert rules.same_text("演示（集团） 有限公司") == rules.same_text("演示(集团)有限公司")


# ---------------------------------------------------------------- phones and masks


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("13812345678", "13812345678"),
        ("138 1234-5678", "13812345678"),
        ("+86 138 1234 5678", "13812345678"),
        ("(0531) 8888-1234", "053188881234"),
        ("+49 30 123456", "+4930123456"),
    ],
)
def test_phones(typed, kept):
    number, said = rules.tidy_phone(typed)
    assert (number, codes(said)) == (kept, [])


@pytest.mark.parametrize("typed", ["1381234567", "23812345678", "电话", "1380000000O"])
def test_what_is_no_phone(typed):
    assert codes(rules.tidy_phone(typed)[1]) == ["PHONE_FORMAT"]


def test_masks_keep_neither_birth_date_nor_sequence():
    assert rules.mask_id("11010519491231002X") == "110*************2X"
    assert rules.mask_phone("13812345678") == "138****5678"
    assert rules.mask_id("123") == "***"

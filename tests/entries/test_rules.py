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
        ("男", None, ["ID_MISMATCH"]),
        ("male", date(1949, 12, 30), ["ID_MISMATCH", "ID_MISMATCH"]),
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


# ---------------------------------------------------------------- what spreadsheets make of numbers


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("3.10101E+17", ["ID_AS_NUMBER"]),
        ("3.7e17", ["ID_AS_NUMBER"]),
        ("３．１０１０１Ｅ＋１７", ["ID_AS_NUMBER"]),
        ("110105194912310000", ["ID_AS_NUMBER"]),  # 15 digits kept; the check character of these 17 is 3
        ("110105194912310021.0", ["ID_AS_NUMBER"]),
        ("110105194912310021", ["ID_CHECKSUM"]),
    ],
)
def test_an_id_number_that_a_spreadsheet_has_rounded_is_known(typed, expected):
    number, _said = rules.tidy_id_number(typed)
    assert codes(rules.id_faults(number, TODAY)) == expected


def test_a_true_number_that_ends_like_a_rounded_one_is_only_pointed_out():
    # The weighted sum of its first 17 digits is 177 = 16 × 11 + 1, so the check character is 0.
    faults = rules.id_faults("110105198501171000", TODAY)
    assert (codes(faults), codes(faults, notes=True)) == ([], ["ID_ROUNDED"])


@pytest.mark.parametrize(
    "typed", ["'11010519491231002X", '="11010519491231002X"', "’11010519491231002x"]
)
def test_what_keeps_a_number_as_text_is_taken_off(typed):
    number, said = rules.tidy_id_number(typed)
    assert number == "11010519491231002X"
    assert codes(said, notes=True) == ["DIGITS_PLAIN"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0086 138 1234 5678", "13812345678"),
        ("86-13812345678", "13812345678"),
        ("13812345678.0", "13812345678"),
        ("'13812345678", "13812345678"),
        ("0531-88888888-802", "053188888888-802"),
        ("（0531）8888 8888 转 802", "053188888888-802"),
        ("400-800-1234", "4008001234"),
        ("+852 2345 6789", "+85223456789"),
    ],
)
def test_phones_are_read_as_people_write_them(typed, kept):
    number, said = rules.tidy_phone(typed)
    assert (number, codes(said)) == (kept, [])


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1.38E+10", "PHONE_AS_NUMBER"),
        ("13812345678/13912345678", "PHONE_SEVERAL"),
        ("13812345678、13912345678", "PHONE_SEVERAL"),
        ("1381234567", "PHONE_FORMAT"),
    ],
)
def test_phones_that_are_none_are_told_apart(typed, code):
    assert code in codes(rules.tidy_phone(typed)[1])


@pytest.mark.parametrize(
    "typed",
    [
        "1985-01-10", "1985-1-10", "1985/1/10", "1985.01.10", "19850110", "1985年1月10日",
        "1985 年 1 月 10 日",
        "１９８５－０１－１０", "1985–01–10", "1985-01-10 00:00:00",
        "10 Jan 1985", "January 10, 1985",
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(typed):
    assert rules.tidy_day(typed) == (date(1985, 1, 10), [])


def test_the_serial_number_of_a_day_counts_in_a_cell_that_holds_a_number():
    # Day 31,057 after 1899-12-30: 1985-01-10 (Excel shows 31057 for it).
    assert rules.tidy_day("31057", number=True) == (date(1985, 1, 10), [])
    assert codes(rules.tidy_day("31057")[1]) == ["BIRTH_FORMAT"]


@pytest.mark.parametrize("typed", ["1985-02-31", "1985-13-01", "85-01-10", "01/10/1985", "1985-01", "不详"])
def test_what_names_no_day_is_refused(typed):
    assert codes(rules.tidy_day(typed)[1]) == ["BIRTH_FORMAT"]

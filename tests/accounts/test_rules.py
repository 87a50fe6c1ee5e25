"""Sign-in names, the brake on guessing, and passwords that are easily guessed."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts import passwords, rules

NOON = datetime(2026, 5, 1, 4, 0, tzinfo=UTC)

# ---------------------------------------------------------------- sign-in names


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Zhang.San", "zhang.san"),  # capital letters make no difference
        ("  li-si ", "li-si"),
        ("ＷＡＮＧ５", "wang5"),  # full-width letters of a Chinese keyboard
        ("张三", "张三"),
        ("a1@union.example", "a1@union.example"),
    ],
)
def test_a_sign_in_name_has_one_form(typed, stored):
    assert rules.clean_login(typed) == stored


@pytest.mark.parametrize("typed", ["", "a", ".a", "a b", "a\0b", "a/b", "<b>", "x" * 81, "a\nb", "_x"])
def test_what_is_no_sign_in_name_is_refused(typed):
    with pytest.raises(ValueError, match="sign-in name"):
        rules.clean_login(typed)


# ---------------------------------------------------------------- the brake


def test_five_failures_cost_nothing_and_the_sixth_attempt_waits():
    waits = [rules.blocked_until(rules.ACCOUNT_BRAKE, count, NOON) for count in range(1, 5)]
    assert waits == [None] * 4
    assert rules.blocked_until(rules.ACCOUNT_BRAKE, 5, NOON) == NOON + timedelta(seconds=15)


@pytest.mark.parametrize(
    ("failures", "seconds"), [(6, 30), (7, 60), (8, 120), (10, 480), (11, 900), (12, 900)]
)
def test_the_wait_doubles_up_to_a_quarter_of_an_hour(failures, seconds):
    assert rules.blocked_until(rules.ACCOUNT_BRAKE, failures, NOON) == NOON + timedelta(seconds=seconds)


def test_no_number_of_failures_locks_anybody_out_for_good():
    assert rules.blocked_until(rules.ACCOUNT_BRAKE, 10**9, NOON) == NOON + timedelta(minutes=15)


def test_failures_are_forgotten_after_an_hour():
    count = rules.count_failure(rules.ACCOUNT_BRAKE, 9, NOON - timedelta(minutes=61), NOON)
    assert count == 1
    assert rules.count_failure(rules.ACCOUNT_BRAKE, 9, NOON - timedelta(minutes=59), NOON) == 10


def test_a_venue_behind_one_address_has_room_for_the_slips_of_many_judges():
    assert rules.blocked_until(rules.ADDRESS_BRAKE, 59, NOON) is None
    assert rules.blocked_until(rules.ADDRESS_BRAKE, 10**6, NOON) == NOON + timedelta(minutes=2)


# ---------------------------------------------------------------- passwords


def test_at_least_three_thousand_common_words_are_known():
    assert len(passwords.common_words()) >= 12000


@pytest.mark.parametrize(
    "password",
    [
        "password1234",
        "P@ssw0rd1234",  # letters replaced by signs that look like them
        "Qwerty!Asdfgh",
        "123456789012",
        "abcabcabcabc",  # one piece again and again
        "aaaaaaaaaaaaaaaa",
        "1qaz2wsx3edc4rfv",
        "woaini1314520",
        "woaizhongguo2026",
        "Zhongguo@2024",
        "gonghui-2026!!",
        "zhangwei19850412",  # a name and a birthday
        "13812345678abc",  # a mobile number
        "110101199003077758",  # an identity number
        "beijing shanghai",
        "jiangsai2026jiangsai",
        "我爱中国我爱中国我爱中国",
        "iloveyou-iloveyou",
    ],
)
def test_what_guessing_programs_try_first_is_refused(password):
    assert passwords.fault(password, ()) == "guessable"


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery staple",
        "mountain-teapot-lorry-91",
        "焊花四溅的车间清晨很安静呢",
        "k7#Vq9!zR2mX",
        "wodexiaomaobugaoxinglema",
        "jinan-hanjie-2026-sai",
        "the tea was cold by nine",
        "😀 smiles cost nothing 😀",
        "9471 2208 5516 3370",
    ],
)
def test_any_kind_of_characters_will_do(password):
    assert passwords.fault(password, ()) is None


def test_the_own_name_and_sign_in_name_make_no_password():
    assert passwords.fault("ouyangxiu.2026", ("ouyang.xiu", "欧阳修")) == "guessable"
    assert passwords.fault("ouyangxiu.ouyangxiu", ("ouyangxiu", "欧阳修")) == "guessable"


def test_eleven_characters_are_too_few_and_twelve_are_enough():
    assert passwords.fault("k7#Vq9!zR2m", ()) == "too_short"
    assert passwords.fault("k7#Vq9!zR2mX", ()) is None


def test_long_passwords_are_taken_whole():
    long = "correct horse battery staple " * 4 + "and an ending"
    assert len(long) > 128
    stored = passwords.hash_password(long)
    assert passwords.verify(stored, long)
    assert not passwords.verify(stored, long[:-1])


def test_a_novel_is_too_long():
    assert passwords.fault("ab c" * 200, ()) == "too_long"


def test_spaces_and_capitals_count():
    stored = passwords.hash_password(" Three Wet Towels ")
    assert not passwords.verify(stored, "Three Wet Towels")
    assert not passwords.verify(stored, " three wet towels ")


def test_the_same_characters_typed_on_another_machine_fit():
    composed, decomposed = "café at nine o'clock", "cafe\u0301 at nine o'clock"
    assert passwords.verify(passwords.hash_password(composed), decomposed)


def test_hashes_are_argon2id_at_the_recommended_floor():
    assert passwords.hash_password("x" * 12).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


# ---------------------------------------------------------------- browsers


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/126.0 Safari/537.36 Edg/126.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPad; CPU OS 17_5 like Mac OS X) Version/17.5 Safari/604", "Safari · iPad"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/126.0 Mobile MicroMessenger/8.0", "WeChat · Android"),
        ("curl/8.5", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_a_browser_is_described_in_two_words(header, words):
    assert rules.describe_agent(header) == words

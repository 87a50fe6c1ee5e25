"""Pure decisions about accounts: sign-in names, the brake on guessing, passwords that are easily guessed."""

import re
import unicodedata
from collections.abc import Callable, Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

# ---------------------------------------------------------------- sign-in names

LOGIN = re.compile(r"[^\W_][\w.@+-]{1,79}")


def clean_login(text: str) -> str:
    """Return a sign-in name as it is stored: full-width letters made plain, without case.

    Raises: ValueError for what cannot be a sign-in name.
    """
    login = unicodedata.normalize("NFKC", text).strip().casefold()
    if not LOGIN.fullmatch(login):
        raise ValueError("not a sign-in name")
    return login


# ---------------------------------------------------------------- the brake


class Brake(NamedTuple):
    """How failures slow down the next attempt: `free` failures cost nothing, then the wait doubles."""

    free: int
    first_wait: timedelta
    longest_wait: timedelta
    forgotten_after: timedelta


# Five tries, then 15 s, 30 s, 1 min … and never more than 15 min: nobody is locked out for a contest's day.
ACCOUNT_BRAKE = Brake(5, timedelta(seconds=15), timedelta(minutes=15), timedelta(hours=1))
# All tablets of a venue share one address, so it has room for the slips of 300 judges.
ADDRESS_BRAKE = Brake(60, timedelta(seconds=15), timedelta(minutes=2), timedelta(minutes=15))


def count_failure(brake: Brake, failures: int, last: datetime | None, now: datetime) -> int:
    """Return the number of failures with this one; old ones are forgotten."""
    return 1 if last is None or now - last > brake.forgotten_after else failures + 1


def blocked_until(brake: Brake, failures: int, now: datetime) -> datetime | None:
    """Return the moment before which no attempt is looked at, or None."""
    over = failures - brake.free
    if over < 0:
        return None
    # A power of two beyond any wait is not computed: an attacker chooses how large `over` is.
    return now + min(brake.first_wait * 2 ** min(over, 16), brake.longest_wait)


# ---------------------------------------------------------------- judge cards

CARD_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
CARD_MISREAD = str.maketrans("OIL", "011", " -·")
PIN = re.compile(r"[0-9]{6}")
WRONG_PINS = 5


def clean_card_code(text: str) -> str:
    """Return what was scanned as it is, and what was typed in capitals with nothing between them."""
    text = unicodedata.normalize("NFKC", text).strip()
    return text if CARD_TOKEN.fullmatch(text) else text.upper().translate(CARD_MISREAD)


def clean_pin(text: str) -> str:
    """Return a PIN as plain digits without what stands between them."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))


class CardFacts(NamedTuple):
    """What is known of a card when somebody presents it; `stands`: neither revoked nor its user disabled."""

    stands: bool
    failures: int
    valid_from: date
    valid_until: date


def card_outcome(card: CardFacts | None, today: date, *, verified: bool) -> str:
    """Return "open", or why a card opens nothing: "wrong", "gone", "blocked", "not_today".

    Only whoever has the PIN is told on which days a card is valid.
    """
    if card is None:
        return "wrong"
    if not card.stands:
        return "gone"
    if card.failures >= WRONG_PINS:
        return "blocked"
    if not verified:
        return "wrong"
    return "open" if card.valid_from <= today <= card.valid_until else "not_today"


# ---------------------------------------------------------------- passwords

PASSWORD_MINIMUM, PASSWORD_MAXIMUM = 12, 512
WEAK_PIECES = 3
RUNS = (
    "01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "q1w2e3r4t5y6u7i8o9p0", "1q2w3e4r5t6y7u8i9o0p",
    "qazwsxedcrfvtgbyhnujmikolp", "147258369", "159357", "123321", "112233445566778899",
)  # fmt: skip
BOTH_WAYS = tuple(run for forward in RUNS for run in (forward, forward[::-1]))
DIGITS = re.compile(r"[0-9]+")
MOBILE = re.compile(r"1[3-9][0-9]{9}")
IDENTITY = re.compile(r"[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9x]")
SIMILAR = str.maketrans("@0$31457!", "aoselastl")
LONGEST_PIECE = 24


def password_fault(password: str, common: Collection[str], personal: Collection[str]) -> str | None:
    """Return why a password cannot be taken, or None: "too_short", "too_long" or "guessable".

    Shape: `password` as it is stored (NFC); `common` and `personal` hold words in small letters. No kind of
    character is demanded. Guessable is what is put together from at most three pieces that guessing programs
    try first: listed passwords, runs on the keyboard, dates, telephone and identity numbers, the own name.
    Source: NIST SP 800-63B-4 section 3.1.1.2 and ASVS 5.0 chapter 6.2 (length and a list, no composition).
    """
    if len(password) < PASSWORD_MINIMUM:
        return "too_short"
    if len(password) > PASSWORD_MAXIMUM:
        return "too_long"
    plain = unicodedata.normalize("NFKC", password).casefold()
    words = {word for word in personal if len(word) >= 2}
    for variant in (plain, plain.translate(SIMILAR)):
        if is_guessable(shortest_unit(variant), lambda piece: piece in common or piece in words):
            return "guessable"
    return None


def shortest_unit(text: str) -> str:
    """Return the text that gives the whole by repetition: "abcabcabc" is no longer than "abc"."""
    place = (text + text).find(text, 1)
    return text[:place]


def is_guessable(text: str, known: Callable[[str], bool]) -> bool:
    """Say whether a text is made of at most WEAK_PIECES weak pieces; marks between them are free."""
    best: list[int] = [0] + [WEAK_PIECES + 1] * len(text)
    for end in range(1, len(text) + 1):
        if not text[end - 1].isalnum():
            best[end] = best[end - 1]
        for start in range(max(0, end - LONGEST_PIECE), end):
            if best[start] + 1 < best[end] and is_weak_piece(text[start:end], known):
                best[end] = best[start] + 1
    return best[-1] <= WEAK_PIECES


def is_weak_piece(piece: str, known: Callable[[str], bool]) -> bool:
    """Say whether guessing programs try this piece early."""
    if len(piece) <= 2 or len(set(piece)) == 1:
        return True
    if any(piece in run for run in BOTH_WAYS) or known(piece):
        return True
    return bool(DIGITS.fullmatch(piece) and _is_usual_number(piece)) or bool(IDENTITY.fullmatch(piece))


def _is_usual_number(digits: str) -> bool:
    if len(digits) <= 4 or MOBILE.fullmatch(digits):
        return True
    return _is_day(digits) if len(digits) == 8 else len(digits) == 6 and _is_day("20" + digits)


def _is_day(digits: str) -> bool:
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year <= 2099
    except ValueError:
        return False


# ---------------------------------------------------------------- browsers

BROWSERS = (
    ("MicroMessenger", "WeChat"), ("DingTalk", "DingTalk"), ("Edg", "Edge"), ("OPR/", "Opera"),
    ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPad", "iPad"), ("iPhone", "iPhone"),
    ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "macOS"), ("Linux", "Linux"),
)  # fmt: skip


def describe_agent(header: str) -> str:
    """Return a few words by which people know a browser of theirs again, such as "Chrome · Windows"."""
    found = [next((name for mark, name in names if mark in header), "") for names in (BROWSERS, SYSTEMS)]
    return " · ".join(filter(None, found))

"""Who may be entered, decided: names, ID numbers, phones, masks, review. Pure.

Sources: GB 11643-1999 (ID number; check character by ISO 7064 MOD 11-2), DOMAIN.md sections 3, 13 and 14.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from operator import mul
from typing import NamedTuple


class Fault(NamedTuple):
    """What is wrong with one value, or (`note`) what a reader should know of it."""

    code: str
    params: Mapping[str, object] = {}
    note: bool = False


# ---------------------------------------------------------------- review

OPEN = "registration"  # the state of an event in which entries are made and changed
REVIEWS = ("draft", "submitted", "returned", "approved", "rejected", "withdrawn")
COUNTED = frozenset(REVIEWS[:4])  # a rejected or withdrawn entry leaves its people free
ENTERED = frozenset({"submitted", "approved"})  # these take a place of their unit
WITH_UNIT = frozenset({"draft", "returned"})  # the unit has to hand them in
DECISIONS = {"approve": "approved", "return": "returned", "reject": "rejected"}
HAPPENED = (*REVIEWS[1:], "passed")  # passed: approved by a level that is not the last
PEOPLE_MAXIMUM = 20  # authors of a work

# ---------------------------------------------------------------- text

NAME_LENGTH, ENTRY_LENGTH, LEVEL_LENGTH, HEADING_LENGTH = 80, 120, 20, 120
CATEGORY_LENGTH, SUMMARY_LENGTH = 60, 1500
DOT = "\N{MIDDLE DOT}"
# What keyboards and old systems put between the parts of a name; each becomes the one middle dot.
DOTS = str.maketrans(
    dict.fromkeys(
        "\N{BULLET}\N{KATAKANA MIDDLE DOT}\N{HALFWIDTH KATAKANA MIDDLE DOT}\N{FULLWIDTH FULL STOP}"
        "\N{HYPHENATION POINT}\N{BULLET OPERATOR}\N{DOT OPERATOR}\N{GREEK ANO TELEIA}\N{ONE DOT LEADER}",
        DOT,
    )
)
# Cc control, Cf invisible marks, Cs surrogates, Cn unassigned, Zl and Zp line breaks
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})
PRIVATE = "Co"


def tidy_line(text: str) -> str:
    """Return a text without spaces of any width at its ends; nothing inside is changed."""
    return text.strip(" \t\r\n\u00a0\u3000\ufeff\u200b")


def tidy_name(text: str) -> tuple[str, list[Fault]]:
    """Return a person's name as it is kept, and what is to be said of it.

    Only the ends and the dot are normalised (DOMAIN.md 14.37): no character of a name is ever exchanged.
    """
    given = tidy_line(text)
    name = given.translate(DOTS)
    faults = [] if name == given else [Fault("NAME_DOT", {"kept": name}, note=True)]
    faults += text_faults(name, NAME_LENGTH)
    if name and not name[0].isalpha() and not any(unicodedata.category(c)[0] in "LC" for c in name):
        faults.append(Fault("NAME_DIGITS"))
    return name, faults


def text_faults(text: str, longest: int) -> list[Fault]:
    """Return what is wrong with a text that people read and printers print."""
    if text.isprintable() and 0 < len(text) <= longest:
        return []  # nearly every text: nothing unseen in it, nothing private
    if not text:
        return [Fault("VALUE_MISSING")]
    faults = [Fault("TEXT_LONG", {"maximum": longest, "length": len(text)})] if len(text) > longest else []
    kinds = {unicodedata.category(character) for character in text}
    if kinds & UNSEEN:
        faults.append(Fault("TEXT_UNSEEN"))
    if PRIVATE in kinds:
        strange = sorted({f"U+{ord(c):04X}" for c in text if unicodedata.category(c) == PRIVATE})
        faults.append(Fault("TEXT_PRIVATE", {"points": " ".join(strange)}, note=True))
    return faults


def same_text(text: str) -> str:
    """Return what two spellings of one unit's name have in common: no spaces, one width, one case."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def plain_digits(text: str) -> tuple[str, list[Fault]]:
    """Return a number in plain digits without spaces and hyphens, and say so where that changed it.

    What people write to make a spreadsheet keep a number as text ('123, ="123") is taken off.
    """
    given = tidy_line(text)
    if given.isascii() and given.isalnum():
        return given, []
    plain = re.sub(r"[\s‐-―−-]", "", unicodedata.normalize("NFKC", given))
    plain = re.sub(r'^(?:=?"(.*)"|[\'`‘’](.*))$', lambda found: found[1] or found[2] or "", plain)
    return plain, [] if plain == given else [Fault("DIGITS_PLAIN", note=True)]


# ---------------------------------------------------------------- ID number

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
ZEROS = sum(WEIGHTS) * ord("0")
ID_SHAPE = re.compile(r"[0-9]{17}[0-9X]")
# 3.70102E+17, or 18 digits with a point: no ID number is written so, but a spreadsheet's number is.
SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?[Ee]\+?[0-9]{1,2}|[0-9]{15,18}\.0+")
ROUNDED = "000"  # what 18 digits end in after a spreadsheet has kept 15 of them
# No rule of an event on age is kept yet; outside of this a birth date is taken for a slip of the pen.
YOUNGEST, OLDEST = 14, 100


def tidy_id_number(text: str) -> tuple[str, list[Fault]]:
    """Return an ID number as it is kept (x becomes X), and what is to be said of the change."""
    plain, faults = plain_digits(text)
    return plain.upper(), faults


def id_faults(number: str, today: date, provinces: Collection[str] = ()) -> list[Fault]:
    """Return what is wrong with an ID number.

    Codes: ID_AS_NUMBER, ID_LENGTH, ID_CHARACTERS, ID_CHECKSUM, ID_DATE, AGE_OUT_OF_RANGE; notes ID_REGION,
    ID_ROUNDED.

    Shape: `number` as `tidy_id_number` gives it; `provinces` are the known first two digits (none known: not
    checked). An unknown region is a note only, because codes are abolished while the numbers stay.
    """
    shape = _shape_fault(number)
    if shape is not None:
        return [shape]
    born, faults = birth_date(number), []
    if born is None:
        return [Fault("ID_DATE")]
    if not YOUNGEST <= age_on(born, today) <= OLDEST:
        faults.append(Fault("AGE_OUT_OF_RANGE", {"youngest": YOUNGEST, "oldest": OLDEST}))
    if provinces and number[:2] not in provinces:
        faults.append(Fault("ID_REGION", {"region": number[:2]}, note=True))
    if number.endswith(ROUNDED):
        faults.append(Fault("ID_ROUNDED", note=True))
    return faults


def _shape_fault(number: str) -> Fault | None:
    if not ID_SHAPE.fullmatch(number):
        if SCIENTIFIC.fullmatch(number):
            return Fault("ID_AS_NUMBER")
        return Fault("ID_CHARACTERS") if len(number) == 18 else Fault("ID_LENGTH", {"length": len(number)})
    if check_character(number) == number[17]:
        return None
    return Fault("ID_AS_NUMBER" if number.endswith(ROUNDED) else "ID_CHECKSUM")


def is_sound_id(number: str) -> bool:
    """Say whether an ID number has its shape, its check character and a birth date that exists."""
    return _shape_fault(number) is None and birth_date(number) is not None


def check_character(number: str) -> str:
    """Return the check character that the first 17 digits ask for."""
    return CHECKS[(sum(map(mul, WEIGHTS, number.encode())) - ZEROS) % 11]


def birth_date(number: str) -> date | None:
    """Return the birth date in an ID number, or None for a day that does not exist."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def is_female(number: str) -> bool:
    """Say whether an ID number is a woman's: its sequence is even."""
    return int(number[16]) % 2 == 0


def age_on(born: date, today: date) -> int:
    """Return the age in full years."""
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


MEN, WOMEN = ("男", "男性", "m", "male"), ("女", "女性", "f", "female")
FEMALE = dict.fromkeys(MEN, False) | dict.fromkeys(WOMEN, True)


def contradictions(number: str, sex: str, born: date | None) -> list[Fault]:
    """Return ID_MISMATCH where the sex or the birth date beside a sound ID number says something else."""
    female = FEMALE.get(sex.strip().casefold())
    faults = []
    if female is not None and female != is_female(number):
        faults.append(Fault("ID_MISMATCH", {"of": "sex"}))
    if born is not None and born != birth_date(number):
        faults.append(Fault("ID_MISMATCH", {"of": "birth"}))
    return faults


# ---------------------------------------------------------------- days

DAY = re.compile(r"([0-9]{4})[-./年]?([0-9]{1,2})[-./月]?([0-9]{1,2})[日号]?")
NAMED_DAY = re.compile(r"(?:([0-9]{1,2})([a-z]{3,9})|([a-z]{3,9})([0-9]{1,2}),?)([0-9]{4})")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CLOCK = re.compile(r"[T\s]+0?0:00(?::00(?:\.0+)?)?$")
DAY_ZERO = date(1899, 12, 30)  # of a spreadsheet's serial numbers
SERIALS = range(3_654, 54_789)  # 1910 to 2049


def tidy_day(text: str, *, number: bool = False) -> tuple[date | None, list[Fault]]:
    """Return the day that a cell names in one of the usual ways, or BIRTH_FORMAT.

    Shape: `number` says that the cell holds a number, which may be a spreadsheet's serial number of a day.
    """
    given = CLOCK.sub("", unicodedata.normalize("NFKC", tidy_line(text)))
    plain = re.sub(r"\s", "", given.translate(dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"))).casefold()
    if not plain:
        return None, []
    if number and plain.isdigit() and int(plain) in SERIALS:
        return DAY_ZERO + timedelta(days=int(plain)), []
    try:
        return date(*_day_parts(plain)), []
    except ValueError:
        return None, [Fault("BIRTH_FORMAT")]


def _day_parts(plain: str) -> tuple[int, int, int]:
    found = DAY.fullmatch(plain)
    if found:
        return int(found[1]), int(found[2]), int(found[3])
    named = NAMED_DAY.fullmatch(plain)
    if named is None:
        raise ValueError(plain)
    month = MONTHS.index((named[2] or named[3])[:3]) + 1
    return int(named[5]), month, int(named[1] or named[4])


# ---------------------------------------------------------------- phone

MOBILE = re.compile(r"(?:\+?86|0086)?(1[3-9][0-9]{9})(?:\.0+)?")
OTHER_PHONE = re.compile(r"0[0-9]{9,11}|[48]00[0-9]{7}|\+[0-9]{6,15}")
EXTENSION = re.compile(r"(.*[0-9)])(?:转|分机|ext\.?|#|(?<=[0-9]{7})-)([0-9]{1,6})", re.IGNORECASE)
SEVERAL = re.compile(r"[/、,;，；]")


def tidy_phone(text: str) -> tuple[str, list[Fault]]:
    """Return a phone number as it is kept: a mobile number of 11 digits, a landline, or a foreign number.

    An extension is kept behind a hyphen: 053188888888-802.
    """
    plain, faults = plain_digits(text)
    plain = plain.replace("(", "").replace(")", "")
    mobile = MOBILE.fullmatch(plain)
    if mobile:
        return mobile[1], faults
    if OTHER_PHONE.fullmatch(plain):
        return plain, faults
    extended = EXTENSION.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", text)))
    if extended:
        line, _said = plain_digits(extended[1].replace("(", "").replace(")", ""))
        if OTHER_PHONE.fullmatch(line):
            return f"{line}-{extended[2]}", faults
    return plain, [*faults, Fault(_phone_fault(text, plain))]


def _phone_fault(text: str, plain: str) -> str:
    if SCIENTIFIC.fullmatch(plain):
        return "PHONE_AS_NUMBER"
    parts = [part for part in SEVERAL.split(text) if MOBILE.fullmatch(plain_digits(part)[0])]
    return "PHONE_SEVERAL" if len(parts) > 1 else "PHONE_FORMAT"


# ---------------------------------------------------------------- masks


def mask_id(number: str) -> str:
    """Return an ID number for the screen: neither the birth date nor the sequence can be read."""
    return _masked(number, 3, 2)


def mask_phone(number: str) -> str:
    """Return a phone number for the screen."""
    return _masked(number, 3, 4)


def _masked(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[-tail:]

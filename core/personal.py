"""Find what must not stand in a text for everybody: ID numbers and mobile numbers of people. Pure.

Source: UX.md O8. Full-width digits and the blanks that people put between groups do not hide a number.
"""

import re
from datetime import date
from typing import NamedTuple

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " "}
GAP = r"[ \-\u00a0\u2010-\u2015]?"
ID_NUMBER = re.compile(rf"(?<![0-9])(?:[0-9]{GAP}){{17}}[0-9Xx](?![0-9A-Za-z])")
OLD_ID_NUMBER = re.compile(r"(?<![0-9])[1-8][0-9]{14}(?![0-9])")
MOBILE = re.compile(rf"(?<![0-9])(?:\+?86{GAP})?1[3-9][0-9]{GAP}[0-9]{{4}}{GAP}[0-9]{{4}}(?![0-9])")
ID_KIND, PHONE_KIND = "id_number", "phone"


class Found(NamedTuple):
    """A number of a person: its kind, and as much of it as may be shown."""

    kind: str
    shown: str


def numbers_in(text: str, *, phones: bool = True) -> list[Found]:
    """Return the ID numbers and, unless they are wanted there, the mobile numbers in a text."""
    plain = text.translate(FULL_WIDTH)
    found = []
    for pattern in (ID_NUMBER, OLD_ID_NUMBER):
        for match in pattern.finditer(plain):
            digits = re.sub(r"[^0-9Xx]", "", match.group())
            if _has_birthday(digits):
                found.append(Found(ID_KIND, _masked(digits)))
                plain = plain.replace(match.group(), " ")
    if phones:
        mobiles = (re.sub(r"[^0-9]", "", match.group())[-11:] for match in MOBILE.finditer(plain))
        found += [Found(PHONE_KIND, _masked(digits)) for digits in mobiles]
    return found


def masked_name(name: str) -> str:
    """Return a person's name as it may stand in public: the first character and a star (UX.md O8: 张*)."""
    return f"{name[:1]}*"


def _has_birthday(digits: str) -> bool:
    """Say whether a day that exists stands where an ID number has the birthday."""
    day = digits[6:14] if len(digits) == 18 else f"19{digits[6:12]}"
    try:
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100


def _masked(digits: str) -> str:
    return f"{digits[:3]}***{digits[-2:]}"

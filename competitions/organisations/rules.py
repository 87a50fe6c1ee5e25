"""Kinds of unions, what stands above what, and the check character of a unit's code. Pure.

Source of the kinds: the Trade Union Law, chapter two: the all-China federation, the federations of places at
and above the county, industrial unions of the nation and of places, and the grass-roots unions of units.
Source of the code: GB 32100-2015, the unified social credit code (统一社会信用代码): 18 characters out of
31 (without I, O, S, V, Z). The values of the first 17 are multiplied by 3 to the power of their places,
counted from 0, and added; the value of the last one is what lacks to the next multiple of 31.
Source of the ownerships: 企业控股情况 of the statistical report forms (国有, 集体, 私人, 港澳台商,
外商, 其他), and 机关事业单位 beside it, whose people compete too.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping

KINDS = ("national", "industrial", "provincial", "municipal", "county", "grassroots")
# Which kinds a union may belong to; any union may stand at the top of an installation, which need not hold
# the whole country. Districts of the four municipalities, and counties a province runs itself, have no city.
ABOVE: Mapping[str, tuple[str, ...]] = {
    "national": (),
    "industrial": ("national", "industrial", "provincial", "municipal", "county"),
    "provincial": ("national",),
    "municipal": ("provincial",),
    "county": ("provincial", "municipal"),
    "grassroots": KINDS,
}
OWNERSHIPS = ("state", "collective", "private", "hmt", "foreign", "public", "other")
ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18


def is_credit_code(code: str) -> bool:
    """Say whether a unified social credit code has its length, its characters and its check character."""
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return False
    total = sum(ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(code[:-1]))
    return code[-1] == ALPHABET[-total % 31]


def fits_below(kind: str, parent_kind: str | None) -> bool:
    """Say whether a union of this kind can belong to one of the other; None is the top of the tree."""
    return parent_kind is None or parent_kind in ABOVE[kind]


def makes_circle(parents: Mapping[int, int | None], union_id: int, parent_id: int | None) -> bool:
    """Say whether a union would stand above itself if it got this parent; `parents` is the tree as it is."""
    passed: set[int] = set()
    current = parent_id
    while current is not None and current not in passed:
        if current == union_id:
            return True
        passed.add(current)
        current = parents.get(current)
    return False


# ---------------------------------------------------------------- twins of units

NEAR_NAMES, NEAR_CUTOFF = 3, 0.88
FORMS = re.compile(r"股份有限公司|有限责任公司|有限公司|集团公司|总公司|公司|集团|[()]")
NUMERALS = re.compile(r"[0-9一二三四五六七八九十]+")


def core_of(name: str) -> str:
    """Return what a unit's name says beside its legal form: one width, one case, no spaces and brackets."""
    plain = "".join(unicodedata.normalize("NFKC", name).casefold().split())
    return FORMS.sub("", plain) or plain


def near_names(name: str, known: Iterable[str]) -> list[str]:
    """Return names that may be the same unit as this one; 第一 and 第二 tell two units apart."""
    core, cores = core_of(name), {other: core_of(other) for other in known if other != name}
    same = [other for other, plain in cores.items() if plain == core]
    alike = difflib.get_close_matches(core, set(cores.values()), NEAR_NAMES, NEAR_CUTOFF)
    numbers = NUMERALS.findall(core)
    near = [
        other for other, plain in cores.items()
        if plain in alike and NUMERALS.findall(plain) == numbers and other not in same
    ]  # fmt: skip
    return [*same, *near][:NEAR_NAMES]


# ---------------------------------------------------------------- contacts

PHONE = re.compile(r"\+?[0-9][0-9 ()转-]{4,28}[0-9]")
EMAIL = re.compile(r"[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+")


def tidy_number(text: str) -> str:
    """Return a phone number in plain digits and signs: an office has a line with an extension."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return re.sub(r"[‐‑‒–—―−]", "-", re.sub(r"\s*(?:ext\.?|分机)\s*", "-", plain, flags=re.IGNORECASE))


def is_phone(text: str) -> bool:
    """Say whether a text can be a phone number."""
    return PHONE.fullmatch(text) is not None


def is_email(text: str) -> bool:
    """Say whether a text has the shape of an e-mail address."""
    return len(text) <= 120 and EMAIL.fullmatch(text) is not None


def mask_phone(number: str) -> str:
    """Return a phone number for a list."""
    return number[:3] + "*" * (len(number) - 5) + number[-2:] if len(number) > 5 else "*" * len(number)


def mask_email(address: str) -> str:
    """Return an e-mail address for a list: its first character and where it is kept."""
    name, at, host = address.partition("@")
    return f"{name[:1]}***{at}{host}" if address else ""

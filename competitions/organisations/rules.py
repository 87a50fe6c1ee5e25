"""Kinds of unions, what stands above what, and the check character of a unit's code. Pure.

Source of the kinds: the Trade Union Law, chapter two: the all-China federation, the federations of places at
and above the county, industrial unions of the nation and of places, and the grass-roots unions of units.
Source of the code: GB 32100-2015, the unified social credit code (统一社会信用代码): 18 characters out of
31 (without I, O, S, V, Z). The values of the first 17 are multiplied by 3 to the power of their places,
counted from 0, and added; the value of the last one is what lacks to the next multiple of 31.
"""

from collections.abc import Mapping

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

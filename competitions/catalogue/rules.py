"""What the catalogue holds and which codes can be right. Pure.

Sources: GB/T 4754-2017 for industries (section A to T, division 01 to 97); the occupational classification of
2022 for trades (大类-中类-小类-细类 as d-dd-dd-dd); GB/T 2260 for regions (six digits).
"""

import re
from collections.abc import Container

ACTIVITY_KIND, LEVEL, INDUSTRY, STANDARD_INDUSTRY = "activity_kind", "level", "industry", "gbt4754"
TRADE, TRADE_GROUP, REGION, NATIONAL_UNION = "trade", "trade_group", "region", "national_union"
KINDS = (TRADE, INDUSTRY, ACTIVITY_KIND, LEVEL, REGION, NATIONAL_UNION, STANDARD_INDUSTRY, TRADE_GROUP)
# Rules of the product hang on these keys; a new one would have no rules, so none is added in the browser.
FIXED_KINDS = frozenset({ACTIVITY_KIND})
CODED_KINDS = frozenset({TRADE, TRADE_GROUP, REGION, STANDARD_INDUSTRY})

_TRADE = re.compile(r"[1-8](-[0-9]{2}){3}")
_SECTION = re.compile(r"[A-T]")
_DIVISION = re.compile(r"[A-T]([0-9]{2})")
_REGION = re.compile(r"[1-9][0-9]{5}")


def is_trade_code(code: str) -> bool:
    """Say whether a code has the shape d-dd-dd-dd of the occupational classification."""
    return _TRADE.fullmatch(code) is not None


def is_industry_code(code: str) -> bool:
    """Say whether a code is a section (A to T) or a division (A01 to T97) of GB/T 4754-2017."""
    division = _DIVISION.fullmatch(code)
    return _SECTION.fullmatch(code) is not None or (division is not None and 1 <= int(division[1]) <= 97)


def code_fault(kind: str, code: str) -> str | None:
    """Return the stable code of what is wrong with a code of this list, or None."""
    if kind in (TRADE, TRADE_GROUP) and not is_trade_code(code):
        return "TRADE_CODE"
    if kind == STANDARD_INDUSTRY and not is_industry_code(code):
        return "INDUSTRY_CODE"
    if kind == REGION and not _REGION.fullmatch(code):
        return "REGION_CODE"
    return None


def parent_of(kind: str, code: str, known: Container[str]) -> str | None:
    """Return the key above a code: the group of a trade, the section of a division, the province of a place.

    None where the code needs something above it and `known` holds no such key; "" where it stands alone.
    """
    wanted = _parents(kind, code)
    return next((key for key in wanted if key in known), None) if wanted else ""


def _parents(kind: str, code: str) -> list[str]:
    if kind in (TRADE, TRADE_GROUP):
        candidates = [f"{code[:7]}-00", f"{code[:4]}-00-00", f"{code[:1]}-00-00-00"]
        return [key for key in candidates if key != code] if kind == TRADE else []
    if kind == STANDARD_INDUSTRY:
        return [code[0]] if len(code) > 1 else []
    if kind == REGION:
        return [] if code.endswith("0000") else [f"{code[:2]}0000"]
    return []


def own_attributes(kind: str, key: str, code: str) -> dict[str, object]:
    """Return what an entry added by hand says about itself, as the data files say it of theirs."""
    if kind == TRADE:
        return {"non_standard": not code}
    if kind == LEVEL:
        return {"level": key, "class": ""}
    if kind == REGION:
        return {"level": "province" if code.endswith("0000") else "prefecture"}
    if kind == STANDARD_INDUSTRY:
        return {"level": "section" if len(code) == 1 else "division"}
    if kind == TRADE_GROUP:
        return {"level": str(3 - (code.endswith("-00-00") + code.endswith("-00-00-00")))}
    return {}

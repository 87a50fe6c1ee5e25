"""Changes that change nothing, each with its reason: a list that is checked, so that it stays true."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from tools.mutate.mutants import Mutant

FILE = Path(__file__).with_name("equivalents.toml")
Key = tuple[str, str, str]


def read_equivalents(text: str) -> dict[Key, str]:
    """Return the reasons by module, text of the line and change. Raises ValueError for a repeated one."""
    reasons: dict[Key, str] = {}
    for module, listed in tomllib.loads(text).items():
        for one in listed:
            key = (module, one["line"], one["change"])
            if key in reasons:
                raise ValueError(f"listed twice: {key}")
            reasons[key] = one["reason"]
    return reasons


def untrue(reasons: Mapping[Key, str], tried: Sequence[Mutant], survivors: Iterable[Mutant]) -> list[str]:
    """Return what is wrong with the list: changes that a test notices, and changes that are not there."""
    modules = {mutant.key[0] for mutant in tried}
    there = {mutant.key for mutant in tried}
    survived = {mutant.key for mutant in survivors}
    problems = []
    for key in reasons:
        if key[0] in modules and key not in survived:
            what = "a test notices it" if key in there else "there is no such change"
            problems.append(f"{key[0]}: {key[1]}\n    {key[2]}\n    listed as changing nothing, but {what}")
    return problems

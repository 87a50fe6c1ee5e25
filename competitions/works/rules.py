"""What is said of a work, decided. Pure.

Source: docs/innovation.md; the indicators C12 to C15 of union reports; the usual forms of declaration, which
ask for the field, the authors with their shares, the state of implementation and the yearly benefit.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

# What a work is, and the indicators that count it: proposed, carried out.
NATURES = {
    "proposal": ("C12a", "C12b"),
    "innovation": ("C13a", ""),
    "invention": ("C13b", ""),
    "method": ("C13c", ""),
    "patent": ("C13d", ""),
    "five_small": ("", ""),
    "achievement": ("", ""),
}
YUAN = 10_000  # in the unit of the figure, 万元
BENEFIT = re.compile(r"[0-9]{1,8}(?:\.[0-9]{1,4})?")
BASIS_MAXIMUM = 600
WHOLE = 100  # per cent that the authors' shares make together
NAME_LEAST = 2  # a name of one character stands in every text


class Particulars(NamedTuple):
    """What is said of a work; `benefit` in yuan; `shares` of the authors in their order, in per cent."""

    nature: str
    implemented: bool = False
    implemented_on: date | None = None
    benefit: int | None = None
    evidence: bool = False
    basis: str = ""
    shares: tuple[int | None, ...] = ()


def yuan_of(text: str) -> int | None:
    """Return the yuan of a figure in 万元 ("86.5" is 865000), None for what is none.

    Shape: at most 8 digits and 4 decimals.
    """
    if not BENEFIT.fullmatch(text):
        return None
    whole, _point, part = text.partition(".")
    return int(whole) * YUAN + int(part.ljust(4, "0"))


def benefit_text(yuan: int | None) -> str:
    """Return a benefit in 万元 as it is typed; empty where none is declared."""
    if yuan is None:
        return ""
    whole, part = divmod(yuan, YUAN)
    return f"{whole}.{part:04}".rstrip("0").rstrip(".")


def faults(said: Particulars, today: date) -> list[tuple[str, str]]:
    """Return (field, code) for what cannot be so."""
    asked = {
        ("nature", "WORK_NATURE"): said.nature in NATURES,
        ("implemented_on", "WORK_SINCE"): not said.implemented or said.implemented_on is not None,
        ("implemented", "WORK_NOT_IN_USE"): said.implemented or said.implemented_on is None,
        ("implemented_on", "WORK_SINCE_AHEAD"): said.implemented_on is None or said.implemented_on <= today,
        ("basis", "WORK_BASIS"): not said.benefit or bool(said.basis),
        ("evidence", "WORK_EVIDENCE"): bool(said.benefit) or not said.evidence,
        ("shares", "WORK_SHARES"): shares_fit(said.shares),
    }
    return [place for place, fits in asked.items() if not fits]


def shares_fit(shares: Sequence[int | None]) -> bool:
    """Say whether every author has a share and all make 100 %, or nobody has one."""
    if all(share is None for share in shares):
        return True
    return all(share is not None and share > 0 for share in shares) and sum(filter(None, shares)) == WHOLE


def named_in(texts: Iterable[str], names: Iterable[str]) -> list[str]:
    """Return the names that stand in the texts, each once: what experts would read although it is hidden."""
    whole = "\n".join(texts)
    return [name for name in dict.fromkeys(names) if len(name) >= NAME_LEAST and name in whole]

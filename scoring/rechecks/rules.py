"""Which sheets a second person compares, and whether enough agree. Pure.

All sheets of the best entries, and a part of the rest by the lot of a seed. The seed is drawn when no mark
can change any more, so nobody knows beforehand which sheets it names, and anybody can draw them again: the
rest in the order of SHA-256(seed, "|", reference), as many from the front as the share says.
Source: DOMAIN.md section 7 (re-check), SECURITY.md section 6.9.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

TOP, SAMPLE, ALL = "top", "sample", "all"


class Shares(NamedTuple):
    """In per cent; `least` entries belong to the top at least (competitions.events.profiles.Recheck)."""

    top: int
    least: int
    sample: int
    errors: int


class Candidate(NamedTuple):
    """A locked sheet of an entry."""

    ref: str
    entry: str


def chosen(
    sheets: Sequence[Candidate], ranks: Mapping[str, int | None], seed: str, shares: Shares, *, whole: bool
) -> dict[str, str]:
    """Return why each chosen sheet is compared, by its reference, in the order of the sheets.

    Shape: `ranks` holds the rank of each entry, None for one without; `whole`: every sheet is compared.
    """
    if whole:
        return {sheet.ref: ALL for sheet in sheets}
    last = last_of_top(ranks, shares)
    top = {sheet.ref for sheet in sheets if (ranks.get(sheet.entry) or last + 1) <= last}
    rest = sorted((sheet.ref for sheet in sheets if sheet.ref not in top), key=lambda ref: lot(seed, ref))
    sample = set(rest[: part(len(rest), shares.sample)])
    found = [(sheet.ref, TOP if sheet.ref in top else SAMPLE) for sheet in sheets]
    return {ref: why for ref, why in found if ref in top or ref in sample}


def last_of_top(ranks: Mapping[str, int | None], shares: Shares) -> int:
    """Return the last rank that belongs to the top; equal entries on it belong to it all."""
    return max(shares.least, part(sum(rank is not None for rank in ranks.values()), shares.top))


def part(count: int, percent: int) -> int:
    """Return so many per cent of a number, rounded up: a share is never less than it says."""
    return -(-count * percent // 100)


def lot(seed: str, ref: str) -> str:
    """Return what orders the rest."""
    return hashlib.sha256(f"{seed}|{ref}".encode()).hexdigest()


def too_many(errors: int, compared: int, shares: Shares) -> bool:
    """Say whether so many of the chosen sheets differ that every sheet has to be compared."""
    return errors * 100 > shares.errors * compared

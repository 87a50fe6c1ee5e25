"""Hash chains: each record names the hash of the one before it, so that no record can be changed unseen."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from core import canonical

ALGORITHM = "sha256"
GENESIS = "0" * 64


class Link(NamedTuple):
    """One record of a chain as it is stored."""

    seq: int
    prev_hash: str
    hash: str
    body: Mapping[str, object]


class Verdict(NamedTuple):
    """What checking a chain has found; `broken_at` is the first record that does not fit.

    `heads` are the hashes of the places that were asked for, as far as the chain goes.
    """

    records: int
    broken_at: int | None
    head: str
    heads: Mapping[int, str]


def link_hash(domain: str, prev_hash: str, body: Mapping[str, object]) -> str:
    """Return the hash of a record: SHA-256 over the domain, the previous hash and the canonical body."""
    text = f"{domain}\n{prev_hash}\n{canonical.dumps(body)}"
    return hashlib.sha256(text.encode()).hexdigest()


def check(domain: str, links: Iterable[Link], wanted: Collection[int] = ()) -> Verdict:
    """Compute every hash of a chain again while it is read once, and keep those of the `wanted` places."""
    previous, place, broken_at, heads = GENESIS, 0, None, {}
    for place, link in enumerate(links, start=1):
        if broken_at is None:
            fits = link.seq == place and link.prev_hash == previous
            if not fits or link.hash != link_hash(domain, previous, link.body):
                broken_at = link.seq
        previous = link.hash
        if place in wanted:
            heads[place] = link.hash
    return Verdict(place, broken_at, previous, heads)


def first_broken(domain: str, links: Iterable[Link]) -> int | None:
    """Return the sequence number of the first record that does not fit its chain, or None."""
    return check(domain, links).broken_at

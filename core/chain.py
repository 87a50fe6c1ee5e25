"""Hash chains: each record names the hash of the one before it, so that no record can be changed unseen."""

import hashlib
from collections.abc import Iterable, Mapping
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


def link_hash(domain: str, prev_hash: str, body: Mapping[str, object]) -> str:
    """Return the hash of a record: SHA-256 over the domain, the previous hash and the canonical body."""
    text = f"{domain}\n{prev_hash}\n{canonical.dumps(body)}"
    return hashlib.sha256(text.encode()).hexdigest()


def first_broken(domain: str, links: Iterable[Link]) -> int | None:
    """Return the sequence number of the first record that does not fit its chain, or None."""
    previous, expected = GENESIS, 1
    for link in links:
        fits = link.seq == expected and link.prev_hash == previous
        if not fits or link.hash != link_hash(domain, previous, link.body):
            return link.seq
        previous, expected = link.hash, expected + 1
    return None

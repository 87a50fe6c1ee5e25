"""Passwords: argon2id hashes, and the words that no password may be made of.

A password is normalised to Unicode NFC and otherwise taken exactly as typed: never trimmed, cut, or changed
in case. `verify` and `hash_password` take about 30 ms; call them outside of the writer's transaction.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from accounts import rules

# argon2id at OWASP's floor (19 MiB, two passes, one lane).
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
DATA = Path(__file__).resolve().parent / "data"
SEPARATORS = re.compile(r"[\W_]+")
OWN_WORDS = ("jiangsai", "匠赛")


def hash_password(password: str) -> str:
    """Return what the database keeps of a password."""
    return HASHER.hash(normal(password))


def verify(stored: str | None, password: str) -> bool:
    """Say whether a password fits; without a stored hash the same work is done for nothing."""
    try:
        return HASHER.verify(stored or nobodys_hash(), normal(password)) and stored is not None
    except (VerificationError, InvalidHashError):
        return False


def renewed(stored: str, password: str) -> str | None:
    """Return a new hash of a password that has just been verified, if the old one was made more weakly."""
    return hash_password(password) if HASHER.check_needs_rehash(stored) else None


@functools.cache
def nobodys_hash() -> str:
    """Return a hash that costs as much as anybody's, for sign-in names that do not exist."""
    return HASHER.hash("nobody has this password")


def fault(password: str, personal: Iterable[str]) -> str | None:
    """Return why a password cannot be taken ("too_short", "too_long", "guessable"), or None."""
    own = (*personal, *OWN_WORDS)
    words = {word for text in own for word in (text.casefold(), *SEPARATORS.split(text.casefold()))}
    return rules.password_fault(normal(password), common_words(), words)


@functools.cache
def common_words() -> frozenset[str]:
    """Read the lists of data/; data/README.md says where they come from."""
    files = ("common-passwords.txt", "chinese-words.txt")
    return frozenset(word for name in files for word in (DATA / name).read_text(encoding="utf-8").split())


def normal(password: str) -> str:
    """Return the one form of a password in which equal characters are equal bytes."""
    return unicodedata.normalize("NFC", password)

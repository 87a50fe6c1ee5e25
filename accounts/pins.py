"""A PIN that a device checks without a network, and that the server can tell was known there.

From the PIN and a salt one slow digest (PBKDF2) is made, and from that two: `check` goes to the device, which
compares what is entered with it; `key` stays in the database and is what a signature is proved with. The salt
lies with the device alone, so that neither half gives the PIN away to whoever reads the database. What this
keeps off and what not: docs/security.md, the judge's device. static/js/tablet/pin.js does the same.
"""

import hashlib
import hmac
from collections.abc import Iterable
from typing import NamedTuple

ROUNDS = 600_000  # about a third of a second on a tablet
SIZE = 32


class Derived(NamedTuple):
    """What comes of a PIN, all in hexadecimal."""

    salt: str
    check: str
    key: str


def derive(pin: str, salt: str) -> Derived:
    """Return both halves; it takes its time, so call it outside of the writer's transaction."""
    slow = hashlib.pbkdf2_hmac("sha256", pin.encode(), bytes.fromhex(salt), ROUNDS, SIZE)
    return Derived(salt, _half(slow, b"check"), _half(slow, b"key"))


def _half(slow: bytes, name: bytes) -> str:
    return hmac.digest(slow, name, "sha256").hex()


def proof(key: str, message: str) -> str:
    """Return what shows that whoever made it knew the PIN: bound to one message."""
    return hmac.digest(bytes.fromhex(key), message.encode(), "sha256").hex()


def is_proved(keys: Iterable[str], message: str, shown: str) -> bool:
    """Say whether a proof of this message was made with one of these keys."""
    return any(hmac.compare_digest(proof(key, message), shown) for key in keys)

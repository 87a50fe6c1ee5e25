"""Encryption of personal data and its keyed look-up; the keys never stand in the database.

One secret of the installation (JIANGSAI_DATA_KEY, or the file `data-key` of the instance folder) gives two
keys by HKDF-SHA-256: one for AES-256-GCM, one for HMAC-SHA-256, so that the look-up digest opens nothing.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALGORITHM = b"AES-256-GCM"
NONCE_BYTES = 12
DOMAIN = b"jiangsai-personal-data/1 "


class Unreadable(Exception):
    """Sealed bytes that this key, or this owner, does not open."""


@dataclass(frozen=True, repr=False)
class Keys:
    """The keys made from one secret; `name` tells which secret sealed a record, not what it is."""

    name: bytes
    sealing: bytes
    looking_up: bytes

    def seal(self, text: str, owner: str) -> bytes:
        """Encrypt a text for its owner, as `seal_bytes` does."""
        return self.seal_bytes(text.encode(), owner)

    def seal_bytes(self, plain: bytes, owner: str) -> bytes:
        """Encrypt for an owner.

        Shape: algorithm ":" name of the key ":" nonce of 12 bytes, ciphertext and tag; the owner is bound as
        associated data, so that bytes copied to another row do not open.
        """
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = AESGCM(self.sealing).encrypt(nonce, plain, owner.encode())
        return b":".join((ALGORITHM, self.name, nonce + sealed))

    def open(self, sealed: bytes, owner: str) -> str:
        """Return the text that was sealed for this owner.

        Raises: Unreadable as `open_bytes` does.
        """
        return self.open_bytes(sealed, owner).decode()

    def open_bytes(self, sealed: bytes, owner: str) -> bytes:
        """Return what was sealed for this owner.

        Raises: Unreadable for another key, another owner, or changed bytes.
        """
        algorithm, name, body = (sealed.split(b":", 2) + [b"", b""])[:3]
        if algorithm != ALGORITHM or name != self.name:
            raise Unreadable("sealed with another key")
        try:
            return AESGCM(self.sealing).decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], owner.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable("changed, or of another owner") from error

    def digest(self, text: str) -> str:
        """Return what a value is looked up by: 64 hexadecimal digits that only this key can make."""
        return hmac.new(self.looking_up, text.encode(), hashlib.sha256).hexdigest()


def keys_from(secret: str) -> Keys:
    """Return the keys that a secret of the installation gives."""

    def derive(purpose: bytes) -> bytes:
        return HKDF(hashes.SHA256(), 32, salt=None, info=DOMAIN + purpose).derive(secret.encode())

    return Keys(derive(b"name")[:4].hex().encode(), derive(b"sealing"), derive(b"looking up"))

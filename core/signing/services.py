"""Sign with the installation's keys, verify, and let one key follow the other."""

import hashlib
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import select
from sqlalchemy.orm import Session

from core import database, own_keys
from core.signing.models import SigningKey


def signing_key(session: Session, purpose: str, *, seed: bytes, now: datetime) -> SigningKey:
    """Return the key that signs for a purpose, made from `seed` (32 random bytes) where there is none."""
    database.lock(session, f"signing:{purpose}")
    found = find_signing_key(session, purpose)
    return found if found is not None else _add_key(session, purpose, seed, now)


def find_signing_key(session: Session, purpose: str) -> SigningKey | None:
    """Return the key that signs for a purpose now."""
    newest = select(SigningKey).where(SigningKey.purpose == purpose, SigningKey.retired_at.is_(None))
    return session.scalar(newest.order_by(SigningKey.id.desc()).limit(1))


def list_keys(session: Session, purpose: str) -> list[SigningKey]:
    """Return every key that has ever signed for a purpose, oldest first."""
    return list(
        session.scalars(select(SigningKey).where(SigningKey.purpose == purpose).order_by(SigningKey.id))
    )


def rotate(session: Session, purpose: str, *, seed: bytes, now: datetime) -> SigningKey:
    """Let a new key sign from now on; what the old ones signed stays valid."""
    database.lock(session, f"signing:{purpose}")
    for key in list_keys(session, purpose):
        key.retired_at = key.retired_at or now
    return _add_key(session, purpose, seed, now)


def revoke(session: Session, key: SigningKey, *, since: datetime, now: datetime) -> None:
    """Trust nothing that a key is said to have signed from `since` on: it was stolen."""
    key.revoked_from, key.retired_at = since, key.retired_at or now
    session.flush()


def sign(key: SigningKey, message: bytes) -> bytes:
    """Return the signature of a message, 64 bytes; the message begins with the name of its kind."""
    private = bytes.fromhex(own_keys.keys().open(key.private, _owner(key.kid)))
    return Ed25519PrivateKey.from_private_bytes(private).sign(message)


def is_signed(public: str, message: bytes, signature: bytes) -> bool:
    """Say whether a signature is the one that the key with these 64 hexadecimal digits made of a message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _add_key(session: Session, purpose: str, seed: bytes, now: datetime) -> SigningKey:
    public = Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()
    kid = hashlib.sha256(public).hexdigest()[:8]
    key = SigningKey(
        kid=kid, purpose=purpose, public=public.hex(), private=own_keys.keys().seal(seed.hex(), _owner(kid)),
        created_at=now,
    )  # fmt: skip
    session.add(key)
    session.flush()
    return key


def _owner(kid: str) -> str:
    return f"signing_key:{kid}"

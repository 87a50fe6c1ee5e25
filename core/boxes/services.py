"""Give out the key of a purpose, let one follow the other, open what was closed for any of them."""

import hashlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import database, own_keys
from core.boxes import closing
from core.boxes.models import BoxKey
from core.secrets import Unreadable

SEED_BYTES = 48


def find_key(session: Session, purpose: str) -> BoxKey | None:
    """Return the key that is given out for a purpose now."""
    newest = select(BoxKey).where(BoxKey.purpose == purpose, BoxKey.retired_at.is_(None))
    return session.scalar(newest.order_by(BoxKey.id.desc()).limit(1))


def list_keys(session: Session, purpose: str) -> list[BoxKey]:
    """Return every key of a purpose, oldest first."""
    return list(session.scalars(select(BoxKey).where(BoxKey.purpose == purpose).order_by(BoxKey.id)))


def ensure_key(session: Session, purpose: str, *, seed: bytes, now: datetime) -> BoxKey:
    """Return the key of a purpose, made from `seed` (48 random bytes) where there is none."""
    database.lock(session, f"box:{purpose}")
    found = find_key(session, purpose)
    return found if found is not None else _add(session, purpose, seed, now)


def rotate(session: Session, purpose: str, *, seed: bytes, now: datetime) -> BoxKey:
    """Give out a new key from now on; what was closed for the old ones still opens."""
    database.lock(session, f"box:{purpose}")
    for key in list_keys(session, purpose):
        key.retired_at = key.retired_at or now
    return _add(session, purpose, seed, now)


def open_box(session: Session, purpose: str, kid: str, box: bytes) -> bytes:
    """Return what a box holds that was closed for the key with this name.

    Raises: core.boxes.closing.Unopened.
    """
    key = session.scalar(select(BoxKey).where(BoxKey.purpose == purpose, BoxKey.kid == kid))
    if key is None:
        raise closing.Unopened
    try:
        seed = bytes.fromhex(own_keys.keys().open(key.private, _owner(kid)))
    except Unreadable as error:
        raise closing.Unopened from error
    return closing.open_box(closing.private_of(seed), kid, purpose, box)


def password_of(kid: str, holder: str) -> str:
    """Return what whoever may close a box of this key puts into it: nobody else can make it."""
    return own_keys.keys().digest(f"box {kid} {holder}")


def _add(session: Session, purpose: str, seed: bytes, now: datetime) -> BoxKey:
    point = closing.point_of(closing.private_of(seed))
    kid = hashlib.sha256(point).hexdigest()[:8]
    sealed = own_keys.keys().seal(seed.hex(), _owner(kid))
    key = BoxKey(kid=kid, purpose=purpose, public=point.hex(), private=sealed, created_at=now)
    session.add(key)
    session.flush()
    return key


def _owner(kid: str) -> str:
    return f"box_key:{kid}"

"""What the world needs to check certificates without this system: the keys, and what counts no longer."""

import base64
import inspect
import json
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from core import clock
from core.signing import ed25519
from core.signing import services as signing
from reports.certificates import offline, queries
from reports.certificates.offline import REVOKED_DOMAIN
from reports.certificates.statement import PURPOSE


def verifying_script() -> str:
    """Return the program that checks a QR code as one file: what it imports of ours is put in its place."""
    imported = f"from {ed25519.__name__} import SIGNATURE, is_signed\n"
    _docstring, code = inspect.getsource(ed25519).split('\n"""\n', 1)
    return inspect.getsource(offline).replace(imported, code.strip() + "\n")


def keys_document(session: Session) -> dict[str, Any]:
    """Return the published keys, oldest first; a revoked one says from which day nothing of it is trusted."""
    return {
        "format": "jiangsai-keys/1",
        "keys": [
            {
                "kid": key.kid,
                "public": key.public,
                "since": _day(key.created_at),
                "until": _day(key.retired_at),
                "revoked_from": _day(key.revoked_from),
            }
            for key in signing.list_keys(session, PURPOSE)
        ],
    }


def revoked_document(session: Session, now: datetime) -> dict[str, Any] | None:
    """Return the signed, dated list of certificates that count no longer; None before anything was issued."""
    key = signing.find_signing_key(session, PURPOSE)
    if key is None:
        return None
    document = {
        "format": "jiangsai-revoked/1",
        "dated": now.isoformat(timespec="seconds"),
        "kid": key.kid,
        "certificates": sorted(_identifier(name) for name in queries.list_ended(session)),
    }
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return {**document, "signature": signing.sign(key, REVOKED_DOMAIN + text).hex()}


def _identifier(public_id: str) -> str:
    return base64.urlsafe_b64decode(f"{public_id}==").hex()


def _day(moment: datetime | None) -> str | None:
    return moment.astimezone(clock.LOCAL).date().isoformat() if moment else None

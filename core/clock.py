"""The one place where the process reads the clock and draws identifiers."""

import secrets
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the present day where the contests are held."""
    return datetime.now(LOCAL).date()


def new_ref() -> str:
    """Return a new random identifier: 128 bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def new_bytes(size: int) -> bytes:
    """Return so many random bytes, fit for keys."""
    return secrets.token_bytes(size)


def new_token() -> str:
    """Return a new secret for a link or a session: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


CARD_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O and U, which are misread


def new_card_token() -> str:
    """Return a new secret for the QR code of a judge card: 128 bits, safe in an address."""
    return secrets.token_urlsafe(16)


def new_card_code() -> str:
    """Return a new code to be typed from a judge card: ten characters, 50 bits."""
    return "".join(secrets.choice(CARD_LETTERS) for _ in range(10))


def new_pin() -> str:
    """Return a new PIN of six digits."""
    return f"{secrets.randbelow(10**6):06d}"

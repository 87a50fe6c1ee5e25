"""Certificate numbers, decided. Pure.

No public rule fixes a format; ours is `{year}{level}{competition}-{event}-{tier}{serial}`, for example
2026P012-03-10001: gapless in an event, never used again. Source: DOMAIN.md section 12.
"""

import re

PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{22}")  # 16 random bytes in base64url
LEVEL_LETTERS = {
    "national": "N",
    "industry": "I",
    "province": "P",
    "city": "C",
    "county": "X",
    "enterprise": "E",
}
OTHER_LEVEL = "Z"
LAST_TIER = 9


def certificate_number(
    *, year: int, level: str, competition: int, event: int, tier: int | None, serial: int
) -> str:
    """Return the number of one certificate.

    Shape: `level` is the level without its class; `competition` is the competition's own number, `event` the
    place of the event in it (from 1), `tier` the award from the highest (1) down, `serial` from 1.
    """
    letter = LEVEL_LETTERS.get(level, OTHER_LEVEL)
    return f"{year}{letter}{competition:03d}-{event:02d}-{min(tier or 0, LAST_TIER)}{serial:04d}"

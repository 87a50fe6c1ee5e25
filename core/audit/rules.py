"""What the hash of an audit record covers."""

from collections.abc import Mapping
from datetime import UTC, datetime

DOMAIN = "jiangsai-audit/1"
SITE = "site"


def chain_name(event_id: int | None) -> str:
    """Return the chain in which an act is recorded: the event's own, or the site's."""
    return SITE if event_id is None else f"event:{event_id}"


def body(
    seq: int, at: datetime, actor_id: int | None, action: str, subject: str, detail: Mapping[str, object]
) -> dict[str, object]:
    """Return what is hashed, the same when it is written and when it is checked years later."""
    return {
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(),
        "actor": actor_id,
        "action": action,
        "subject": subject,
        "detail": detail,
    }

"""The register's words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.judges.register import rules

LEVELS: dict[str, Any] = {
    "national": _l("National level"),
    "provincial": _l("Provincial level"),
    "municipal": _l("City level"),
    "industrial": _l("Industry level"),
    "enterprise": _l("Enterprise level"),
}
# How somebody stands to an event: the kind of chip, and the words on it.
STANDINGS: dict[str, tuple[str, Any]] = {
    rules.QUALIFIED: ("ok", _l("qualified for this event")),
    rules.EXPIRED: ("warn", _l("qualification expires before the event")),
    rules.OTHER: ("off", _l("not qualified for this trade")),
    rules.UNKNOWN: ("off", _l("no qualification recorded")),
}

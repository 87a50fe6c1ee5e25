"""The words for kinds of unions and ownerships of units."""

from typing import Any

from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "national": _l("All-China federation"),
    "industrial": _l("Industrial union"),
    "provincial": _l("Provincial union"),
    "municipal": _l("City union"),
    "county": _l("County union"),
    "grassroots": _l("Grass-roots union"),
}
OWNERSHIPS: dict[str, Any] = {
    "state": _l("State-owned or state-held"),
    "collective": _l("Collective"),
    "private": _l("Private"),
    "hmt": _l("Hong Kong, Macao, Taiwan"),
    "foreign": _l("Foreign"),
    "public": _l("Authority or public institution"),
    "other": _l("Other"),
}

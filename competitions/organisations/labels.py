"""The words for kinds of unions."""

from typing import Any

from flask_babel import lazy_gettext as _l

KINDS: dict[str, Any] = {
    "national": _l("National union"),
    "industrial": _l("Industrial union"),
    "regional": _l("Regional union"),
    "grassroots": _l("Grass-roots union"),
}

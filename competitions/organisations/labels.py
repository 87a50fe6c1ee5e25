"""The words for kinds of unions."""

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

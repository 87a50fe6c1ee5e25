"""The words for how an objection stands."""

from typing import Any

from flask_babel import lazy_gettext as _l

DECISIONS: dict[str, Any] = {
    "upheld": _l("Upheld: what the notice says will be corrected"),
    "dismissed": _l("Dismissed: what the notice says stands"),
}
CHIPS: dict[str, tuple[str, Any]] = {
    "": ("warn", _l("not answered yet")),
    "upheld": ("ok", _l("upheld")),
    "dismissed": ("off", _l("not upheld")),
}

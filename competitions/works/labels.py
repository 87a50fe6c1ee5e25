"""The words for works."""

from typing import Any

from flask_babel import lazy_gettext as _l

NATURES: dict[str, Any] = {
    "proposal": _l("Rationalisation proposal"),
    "innovation": _l("Technical innovation"),
    "invention": _l("Invention"),
    "method": _l("Advanced working method"),
    "patent": _l("Patent"),
    "five_small": _l("“Five small” work"),
    "achievement": _l("Other innovation result"),
}

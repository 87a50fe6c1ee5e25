"""The words for the states of reports and of checked values."""

from typing import Any

from flask_babel import lazy_gettext as _l

REPORTS: dict[str, tuple[str, Any]] = {
    "open": ("off", _l("Not reported")),
    "begun": ("info", _l("Begun")),
    "submitted": ("ok", _l("Report handed in")),
    "returned": ("warn", _l("Returned")),
    "late": ("bad", _l("Not reported in time")),
}
CHECKS: dict[str, tuple[str, Any]] = {
    "none": ("off", _l("Not checked")),
    "begun": ("info", _l("Being checked")),
    "confirmed": ("ok", _l("Values confirmed")),
}

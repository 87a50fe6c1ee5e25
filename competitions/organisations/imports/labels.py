"""The words for the columns of a list of units."""

from typing import Any

from flask_babel import lazy_gettext as _l

FIELDS: dict[str, Any] = {
    "mark": _l("Serial number"),
    "name": _l("Name of the unit"),
    "credit_code": _l("Unified social credit code"),
    "union": _l("Union"),
    "region": _l("Region"),
    "industry": _l("Industry"),
    "ownership": _l("Ownership"),
    "contact": _l("Contact person"),
    "phone": _l("Phone"),
    "email": _l("E-mail"),
}

"""The words for what the judge's app refuses."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {"REQUEST_FORM": _l("This page and what it sent do not fit together. Reload the page.")}
)

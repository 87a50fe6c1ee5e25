"""The quarters of a year, proposed as periods in the language of the page."""

from flask_babel import lazy_gettext as _l

QUARTERS = (_l("First quarter"), _l("Second quarter"), _l("Third quarter"), _l("Fourth quarter"))

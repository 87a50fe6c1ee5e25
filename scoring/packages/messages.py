"""The words for what keeps a package from being loaded."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "PACKAGE_KNOWN": _l(
            "This package has been loaded already, as the event “%(event)s” (number %(number)s). "
            "Use --again to load it once more."
        ),
        "PACKAGE_TOO_LONG": _l("%(where)s: “%(text)s…” is too long; at most %(most)s characters fit here."),
        "CATALOGUE_KEY": _l(
            "The catalogue has no entry “%(key)s” in its list %(where)s. "
            "Load the catalogue first (flask --app wsgi catalogue load), or name another key."
        ),
    }
)

"""The words for what the judge's pages refuse."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "REQUEST_FORM": _l("This page and what it sent do not fit together. Reload the page."),
        "SIGNATURE_FORM": _l(
            "The signature did not arrive in the form that this page sends, so nothing was signed. "
            "Look the sheet over and sign again."
        ),
    }
)

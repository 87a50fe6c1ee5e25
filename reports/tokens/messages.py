"""The words for what tokens refuse."""

from flask_babel import lazy_gettext as _l

from core.refusals import register

register({"TOKEN_REVOKED": _l("This token has been revoked already.")})

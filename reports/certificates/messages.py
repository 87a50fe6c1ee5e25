"""The words for what is refused about certificates."""

from flask_babel import lazy_gettext as _l

from core import refusals

refusals.register(
    {
        "CERTIFICATE_NOT_FINAL": _l("Certificates are issued from a final result only. Finalise it first."),
        "CERTIFICATE_CHANGED": _l(
            "Certificate %(where)s was changed by other means than this system: it says “%(prize)s”, the "
            "final result says “%(frozen)s”. Restore the database from a backup; nothing is printed until "
            "then."
        ),
        "CERTIFICATE_ENDED": _l(
            "Certificate %(where)s counts no longer: it was revoked or replaced already."
        ),
        "CERTIFICATE_REASON": _l(
            "Say why, in at most %(maximum)s characters. Everybody who checks it reads this."
        ),
        "NO_CERTIFICATES": _l("No certificate of this event counts yet. Issue them first."),
        "NO_AWARD": _l("Version %(number)s of the result gives this entry no award. Revoke the certificate."),
        "NO_WINNERS": _l("The final result names no winner. Check the awards of the scheme."),
        "GLYPH_MISSING": _l(
            "No font prints every character of “%(where)s” (missing: %(characters)s). Add a font that has "
            "them to the folder of JIANGSAI_FONTS; nothing was issued."
        ),
        "NAME_NOT_PRINTABLE": _l(
            "Certificates cannot print “%(text)s” (missing: %(characters)s). Change this name first."
        ),
        "CERTIFICATE_TOO_LONG": _l("“%(where)s” does not fit on its certificate. Shorten the texts."),
    }
)

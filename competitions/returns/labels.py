"""The words for returns."""

from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.returns.rules import ACCEPTED, DRAFT, SENT_BACK, SUBMITTED, Figure
from core.i18n import grouped

# state -> (kind of chip, word)
STATES: dict[str | None, tuple[str, Any]] = {
    None: ("off", _l("Not begun")),
    DRAFT: ("info", _l("Being filled in")),
    SUBMITTED: ("warn", _l("Submitted")),
    SENT_BACK: ("bad", _l("Sent back to be mended")),
    ACCEPTED: ("ok", _l("Accepted")),
}
COMPLETE: dict[bool, Any] = {True: _l("complete"), False: _l("incomplete")}


def told(figure: Figure) -> str:
    """Return a figure in a line, with its sign and whether it is complete; a dash for none."""
    if figure.value is None:
        return "—"
    sign = "" if figure.qualifier == "=" else f"{figure.qualifier} "
    text = f"{sign}{grouped(figure.value)}"
    return text if figure.complete else str(_l("%(figure)s (incomplete)", figure=text))

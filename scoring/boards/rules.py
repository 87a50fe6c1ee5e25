"""How public boards stand after each act, and which acts are possible then. Pure."""

ACTS = ("open", "freeze", "thaw", "close")
AFTER = {"open": "open", "freeze": "frozen", "thaw": "open", "close": "closed"}
POSSIBLE = {"closed": ("open",), "open": ("freeze", "close"), "frozen": ("thaw", "close")}
# Before marking there is nothing to show; what was announced stands in the public announcement.
OPEN_STATES = frozenset({"scoring", "tabulated"})


def standing(last: str | None) -> str:
    """Return how the boards stand after their last act; closed without any."""
    return AFTER[last] if last is not None else "closed"

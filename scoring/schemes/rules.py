"""When a scheme may change, and whether it is in order. Pure."""

from scoring.rules.findings import Finding
from scoring.rules.scheme import parse_scheme

CHANGEABLE_STATES = frozenset({"draft", "registration", "ready"})


def errors_of(document: object) -> list[Finding]:
    """Return the findings that keep a scheme from being used."""
    return [finding for finding in parse_scheme(document)[1] if finding.level == "error"]


def needs_reason(state: str) -> bool:
    """Say whether a change of the scheme needs a reason: from the opening of the registration on."""
    return state != "draft"

"""How a version of a result stands, as a chip: superseded, confirmed, announced or tabulated."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _

from competitions.events import labels
from core.i18n import moment
from scoring.results.models import ResultVersion


def state_of(version: ResultVersion, versions: Iterable[ResultVersion] = ()) -> tuple[str, Any]:
    """Return the chip of a version: superseded by one of `versions`, confirmed, announced, or tabulated.

    What is announced stands until a later version is announced, too.
    """
    later = [
        one.number
        for one in versions
        if one.number > version.number and (one.announced_at or version.announced_at is None)
    ]
    if later:
        return "off", _("Superseded by version %(number)s", number=min(later))
    if version.final_at is not None:
        return "ok", labels.STATES["final"]
    if version.announced_at is not None:
        return "ok", labels.STATES["announced"]
    return "warn", labels.STATES["tabulated"]


def row_of(version: ResultVersion, versions: Iterable[ResultVersion]) -> dict[str, Any]:
    """Return a version for a list of all."""
    return {
        "number": version.number,
        "state": state_of(version, versions),
        "at": moment(version.final_at or version.announced_at or version.tabulated_at),
    }

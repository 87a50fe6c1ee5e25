"""Read and count ahead in the process that serves pages, so that nobody waits for the first report."""

from sqlalchemy.orm import Session

from accounts.policy import SITE
from reports.statistics import facts, tallies, trees
from reports.statistics.distinct import Moved
from reports.statistics.rules import DIMENSIONS, Wanted
from reports.statistics.tallies import Place

NATION = frozenset({SITE})
_known = ""


def warm(session: Session) -> bool:
    """Count everything by each dimension where something has changed since; say whether something had."""
    global _known
    loaded = facts.load(session, NATION)
    if loaded.key and loaded.key == _known:
        return False
    place, climbed = Place(session, NATION, loaded), trees.read(session, NATION, Wanted())
    try:
        for name in ("", *DIMENSIONS):
            tallies.count(place, climbed, Wanted(), name)
    except Moved:  # it is counted anew at this moment: whoever asks reads again
        return True
    _known = loaded.key
    return True

"""Read and count ahead in the process that serves pages, so that nobody waits for the first report."""

from sqlalchemy.orm import Session

from accounts.policy import SITE
from reports.statistics import bitmaps, facts, figures, trees
from reports.statistics.distinct import Moved
from reports.statistics.rules import ATTRIBUTES, DIMENSIONS, Wanted

NATION = frozenset({SITE})
_known = ""


def warm(session: Session) -> bool:
    """Count everything by each dimension where something has changed since; say whether something had."""
    global _known
    loaded = facts.load(session, NATION)
    state = bitmaps.digest("".join([fact.digest for fact in loaded.events]).encode())
    if state == _known:
        return False
    climbed = trees.read(session, NATION, Wanted())
    try:
        figures.count(session, {None: loaded.events}, Wanted())
        for name in DIMENSIONS:
            if name in ATTRIBUTES:
                figures.count_attribute(session, loaded.events, name, Wanted())
            else:
                groups = trees.split(loaded.events, name, climbed, Wanted())
                figures.count(session, groups, Wanted())
    except Moved:  # it is counted anew at this moment: whoever asks reads again
        return True
    _known = state
    return True

"""Read and count before anybody asks, so that nobody waits for the first report.

The worker counts for all processes what is asked for most, after it has counted events anew; a process that
serves pages reads that, and then the sets from which everything else is counted.
"""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from accounts.policy import SITE
from core import database
from reports.statistics import counts, distinct, facts, keeping, shelf, tallies, trees
from reports.statistics.distinct import Moved
from reports.statistics.rules import ATTRIBUTES, BASES, DIMENSIONS, UNITS, Wanted
from reports.statistics.tallies import Place

NATION = frozenset({SITE})


def refresh(session: Session) -> int:
    """Count what is marked or was never counted, and then ahead; return how many events were counted."""
    total = keeping.refresh(session)
    if total:
        count_ahead(session)
    return total


def count_ahead(session: Session) -> None:
    """Keep the counts of the whole country by each dimension, of all years and of each; commits."""
    shelf.clear_counts()
    try:
        for basis in BASES:
            for wanted in _periods(session, basis):
                _count(session, wanted)
    except Moved:  # somebody else counts at this moment, and counts ahead then
        return
    database.lock(session, "statistics")
    counts.replace(session, shelf.all_counts())
    session.commit()


def warm(session: Session) -> None:
    """Read what was counted ahead, and all sets: what this process does not know of them yet."""
    try:
        _count(session, Wanted())
        everything = distinct.choose(facts.load(session, NATION).events)
        distinct.read_all(session, everything, (*ATTRIBUTES, UNITS))
    except Moved:  # it is counted anew at this moment: whoever asks reads again
        return


def _periods(session: Session, basis: str) -> Iterator[Wanted]:
    yield Wanted(basis)
    for year in sorted(facts.stated(facts.load(session, NATION, basis))["year"]):
        yield Wanted(basis, year, year)


def _count(session: Session, wanted: Wanted) -> None:
    place = Place(session, NATION, facts.load(session, NATION, wanted.basis))
    climbed = trees.read(session, NATION, wanted)
    for name in DIMENSIONS:
        tallies.count(place, climbed, wanted, name)

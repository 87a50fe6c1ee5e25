"""Tables of figures: counted once for the same facts, trees and question."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from reports.statistics import figures, shelf, trees
from reports.statistics.distinct import ALL
from reports.statistics.facts import Facts, Scopes
from reports.statistics.figures import Figures
from reports.statistics.rules import ATTRIBUTES, Wanted
from reports.statistics.trees import Trees


class Place(NamedTuple):
    """Where is counted: whose events, as they were read."""

    session: Session
    scopes: Scopes
    facts: Facts


class Tally(NamedTuple):
    """The number of events that fit, and the figures of each row; without a dimension under None."""

    events: int
    rows: Mapping[Any, Figures]


def count(place: Place, climbed: Trees, wanted: Wanted, dimension: str = "") -> Tally:
    """Return the figures of what is asked for, whole or split by a dimension.

    Who splits has the whole as well: to ask for the table first is faster.

    Raises: Moved.
    """
    asked = (wanted, dimension)
    return shelf.tallied(
        place.facts.key, asked, climbed, lambda: _count(place, climbed, wanted, dimension)
    )


def _count(place: Place, climbed: Trees, wanted: Wanted, dimension: str) -> Tally:
    session = place.session
    events = trees.fitting(place.facts, wanted, climbed)
    if not dimension:
        return Tally(len(events), figures.count(session, {None: events}, wanted))
    if dimension in ATTRIBUTES:
        rows = figures.count_attribute(session, events, dimension, wanted)
    else:
        groups = trees.split(events, dimension, climbed, wanted)
        rows = figures.count(session, {**groups, ALL: events}, wanted)
    whole = Tally(len(events), {None: rows.pop(ALL)})
    shelf.put_tally(place.facts.key, (wanted, ""), climbed, whole)
    return Tally(len(events), rows)

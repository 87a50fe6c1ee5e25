"""Who won awards in final results of earlier years: the answer that the rules of entry ask for."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.eligibility.winners import Won
from competitions.entries.models import EntryMember
from competitions.events.models import Competition, Event
from scoring.results.models import ResultRow, ResultVersion

AT_ONCE = 500  # values in one IN list


def earlier_awards(
    session: Session, event: Event, people: Collection[int], first_year: int, last_year: int
) -> dict[int, list[Won]]:
    """Return the awards that some people won in contests of the same union in these years.

    Only final results count, and of an event the newest final version alone: a correction may have taken an
    award away.
    """
    found: dict[int, list[Won]] = {}
    newer = ResultVersion.__table__.alias("newer")
    superseded = (
        select(newer.c.id)
        .where(
            newer.c.event_id == ResultVersion.event_id,
            newer.c.final_at.is_not(None),
            newer.c.number > ResultVersion.number,
        )
        .exists()
    )
    statement = (
        select(EntryMember.person_id, ResultRow.award, Competition.year, Event)
        .join(ResultRow, ResultRow.entry_id == EntryMember.entry_id)
        .join(ResultVersion, ResultVersion.id == ResultRow.version_id)
        .join(Event, Event.id == ResultVersion.event_id)
        .join(Competition, Competition.id == Event.competition_id)
        .where(
            Competition.union_id == event.competition.union_id,
            Competition.year.between(first_year, last_year),
            ResultVersion.final_at.is_not(None),
            ResultRow.award != "",
            ~superseded,
        )
    )
    for start in range(0, len(ordered := sorted(set(people))), AT_ONCE):
        some = ordered[start : start + AT_ONCE]
        for person, award, year, other in session.execute(statement.where(EntryMember.person_id.in_(some))):
            found.setdefault(person, []).append(Won(award, year, name_of(other)))
    return found

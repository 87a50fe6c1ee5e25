"""What entries came to in announced results, for the pages of people over the years."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.people.sources import Achieved
from scoring.results.models import ResultRow, ResultVersion


def list_achieved(session: Session, entries: Collection[int]) -> dict[int, Achieved]:
    """Return what these entries came to, by the newest announced version of each event."""
    statement = (
        select(ResultRow.entry_id, ResultRow.rank, ResultRow.award)
        .join(ResultVersion, ResultVersion.id == ResultRow.version_id)
        .where(ResultRow.entry_id.in_(entries), ResultVersion.announced_at.is_not(None))
        .order_by(ResultVersion.number)
    )
    return {number: Achieved(rank, award) for number, rank, award in session.execute(statement)}

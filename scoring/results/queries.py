"""Read what results are computed from, and the versions that were tabulated."""

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scoring.results.models import ResultVersion
from scoring.results.rules import Inputs
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.schemes.queries import get_scheme
from scoring.sheets import queries as sheets
from scoring.sheets.rules import panels


def get_inputs(session: Session, event_id: int) -> Inputs:
    """Return everything the result of an event is a function of, as it stands now.

    Raises: Refused SCHEME_MISSING, SCHEME_FINDINGS.
    """
    scheme = get_scheme(session, event_id)
    places = panels(scheme, sheets.list_seats(session, event_id))
    return Inputs(
        scheme=scheme,
        entries=[
            EntryInput(code, entry.name, entry.unit.name, entry.status)
            for entry, code in sheets.list_marked_entries(session, event_id)
        ],
        marks=[MarkInput(*row) for row in sheets.list_marks(session, event_id)],
        assignments=[
            AssignmentInput(stage, aspect, "", judge)
            for (stage, aspect), judges in places.items()
            for judge in judges
        ],
        penalties=[
            PenaltyInput(r.entry, r.points, r.reason) for r in sheets.list_penalties(session, event_id)
        ],
        decisions=[DecisionInput(*row[1:]) for row in sheets.list_decisions(session, event_id)],
    )


def find_newest(session: Session, event_id: int) -> ResultVersion | None:
    """Return the newest result version of an event."""
    return session.scalar(
        select(ResultVersion)
        .options(joinedload(ResultVersion.rows))
        .where(ResultVersion.event_id == event_id)
        .order_by(ResultVersion.number.desc())
        .limit(1)
    )


def find_version(session: Session, event_id: int, number: int) -> ResultVersion | None:
    """Return one result version of an event."""
    return session.scalar(
        select(ResultVersion).where(ResultVersion.event_id == event_id, ResultVersion.number == number)
    )


def list_versions(session: Session, event_id: int) -> list[ResultVersion]:
    """Return the result versions of an event, newest first."""
    return list(
        session.scalars(
            select(ResultVersion)
            .where(ResultVersion.event_id == event_id)
            .order_by(ResultVersion.number.desc())
        )
    )

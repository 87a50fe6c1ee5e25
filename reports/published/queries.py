"""Read published reports."""

from collections.abc import Collection
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from competitions.organisations.queries import within
from reports.published.models import PublishedReport
from reports.published.rules import Line

Scopes = Collection[tuple[str, int]]


def list_reports(session: Session, scopes: Scopes) -> list[PublishedReport]:
    """Return the reports of unions in these scopes, the newest first."""
    statement = select(PublishedReport).where(within(PublishedReport.union_id, scopes))
    newest = statement.options(joinedload(PublishedReport.union)).order_by(PublishedReport.id.desc())
    return list(session.scalars(newest))


def find_report(session: Session, ref: str, scopes: Scopes) -> PublishedReport | None:
    """Return a report, if its union stands in these scopes."""
    wanted = (PublishedReport.ref == ref, within(PublishedReport.union_id, scopes))
    return session.scalar(select(PublishedReport).where(*wanted))


def lines_of(report: PublishedReport) -> list[Line]:
    """Return the lines of a report."""
    return [
        Line(**{**kept, "value": None if kept["value"] is None else Decimal(kept["value"])})
        for kept in report.lines
    ]

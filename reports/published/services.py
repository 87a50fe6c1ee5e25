"""Keep published reports."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from competitions.organisations.models import Union
from core.audit import services as audit
from reports.published.models import PublishedReport
from reports.published.rules import Line, faults


class About(NamedTuple):
    """What stands above the figures, in both languages."""

    title: str
    title_en: str
    reporter: str
    reporter_en: str
    period: str
    period_en: str
    source: str
    source_en: str


def keep_report(
    session: Session, union: Union, about: About, lines: Sequence[Line], *, ref: str, actor_id: int | None,
    now: datetime,
) -> PublishedReport:  # fmt: skip
    """Keep a report for a union and those above it.

    Raises: ValueError with a text for each fault of the lines.
    """
    if wrong := faults(lines):
        raise ValueError("; ".join(wrong))
    kept = [{**asdict(line), "value": None if line.value is None else f"{line.value:f}"} for line in lines]
    report = PublishedReport(ref=ref, union_id=union.id, lines=kept, kept_at=now, **about._asdict())
    session.add(report)
    session.flush()
    detail = {"name": about.title, "count": len(lines)}
    audit.record(
        session, "published:keep", actor_id=actor_id, subject=f"published_report:{report.id}", now=now,
        detail=detail,
    )  # fmt: skip
    return report

"""Save reports under a name, and forget them."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import database
from core.audit import services as audit
from core.refusals import refuse
from reports.statistics.models import SavedReport
from reports.statistics.queries import find_saved

MOST_SAVED = 30


def save_report(
    session: Session, user_id: int, name: str, query: str, *, ref: str, now: datetime
) -> SavedReport:
    """Save what stands in an address under a name; the same name again replaces what it stood for.

    Raises: Refused REPORTS_MANY.
    """
    database.lock(session, f"reports:{user_id}")
    own = session.scalars(select(SavedReport).where(SavedReport.user_id == user_id)).all()
    saved = next((one for one in own if one.name == name), None)
    if saved is None:
        if len(own) >= MOST_SAVED:
            raise refuse("REPORTS_MANY", "name", maximum=MOST_SAVED)
        saved = SavedReport(ref=ref, user_id=user_id, name=name, query=query, saved_at=now)
        session.add(saved)
    saved.query, saved.saved_at = query, now
    session.flush()
    _record(session, "report:save", saved, now)
    return saved


def forget_report(session: Session, user_id: int, ref: str, *, now: datetime) -> None:
    """Forget an own saved report.

    Raises: Refused REPORT_GONE.
    """
    saved = find_saved(session, user_id, ref) if ref.isalnum() else None  # PostgreSQL takes no NUL
    if saved is None:
        raise refuse("REPORT_GONE")
    _record(session, "report:forget", saved, now)
    session.delete(saved)
    session.flush()


def _record(session: Session, action: str, saved: SavedReport, now: datetime) -> None:
    detail = {"name": saved.name}
    subject = f"report:{saved.id}"
    audit.record(session, action, actor_id=saved.user_id, subject=subject, now=now, detail=detail)

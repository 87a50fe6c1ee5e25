"""Checkpoints of the record of the site, where nobody signs anything: a worker makes them by the clock."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from core.audit import queries as trail
from core.audit.rules import SITE
from scoring.sheets.checkpoints import SITE_NUMBER, find_newest, make_checkpoint

AFTER_ACTS = 500
AFTER = timedelta(minutes=10)


def is_due(session: Session, now: datetime) -> bool:
    """Say whether there are acts that no checkpoint has seen: many of them, or some for a while."""
    newest = find_newest(session, SITE_NUMBER)
    unseen = trail.head(session, SITE)[0] - (newest.audit_seq if newest else 0)
    waited = newest is None or now - newest.at >= AFTER
    return unseen >= AFTER_ACTS or (unseen > 0 and waited)


def make_due(session: Session, now: datetime) -> int:
    """Make the checkpoint that is due and commit it; return how many were made."""
    due = is_due(session, now)
    if due:
        make_checkpoint(session, None, "regular", now)
    session.commit()
    return int(due)

"""Where a request about a judge of the register happens."""

from typing import Any

from accounts.guard import Where
from competitions.judges.register import queries
from core.database import db


def judge_place(user_id: int, **_others: Any) -> Where | None:
    """Return everything from which a judge is seen, or None for whoever judges nowhere."""
    path = queries.judge_path(db.session, user_id)
    return None if path is None else Where(path)


def qualification_place(user_id: int, qualification_id: int, **_others: Any) -> Where | None:
    """Return the same for one of a judge's qualifications, or None."""
    found = queries.find_qualification(db.session, user_id, qualification_id)
    return None if found is None else judge_place(user_id)

"""Write the audit trail."""

from collections.abc import Mapping
from datetime import datetime

from flask import g, has_request_context
from sqlalchemy.orm import Session

from core import chain, database
from core.audit import queries
from core.audit.actions import ACTIONS
from core.audit.models import AuditRecord
from core.audit.rules import DOMAIN, SITE, body, chain_name

__all__ = ["DOMAIN", "SITE", "record"]


def record(
    session: Session,
    action: str,
    *,
    actor_id: int | None,
    subject: str,
    now: datetime,
    detail: Mapping[str, object] | None = None,
    event_id: int | None = None,
) -> AuditRecord:
    """Append one act to its chain (the event's own, or the site's) inside the running transaction.

    Shape: `action` is one of core.audit.actions.ACTIONS and `detail` holds exactly the fields named there;
    `subject` is "kind:id".
    Raises: ValueError for an action or a field that is not in the closed list: a programmer's error.
    """
    detail = dict(detail or {})
    if action not in ACTIONS or set(detail) != ACTIONS[action]:
        raise ValueError(f"audit action {action} with fields {sorted(detail)} is not in the closed list")
    name = chain_name(event_id)
    database.lock(session, f"audit:{name}")
    last_seq, previous = database.kept(session, ("audit", name), lambda: queries.head(session, name))
    seq = last_seq + 1
    row = AuditRecord(
        chain=name,
        seq=seq,
        at=now,
        actor_id=actor_id,
        action=action,
        subject=subject,
        detail=detail,
        algorithm=chain.ALGORITHM,
        prev_hash=previous,
        hash=chain.link_hash(DOMAIN, previous, body(seq, now, actor_id, action, subject, detail)),
    )
    session.add(row)
    database.keep(session, ("audit", name), (seq, row.hash))
    if not database.is_sharing(session):
        session.flush()
    if has_request_context():
        g.audited = True
    return row

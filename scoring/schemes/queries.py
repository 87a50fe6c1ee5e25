"""Read the versions of an event's scheme."""

from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from core import canonical
from core.refusals import refuse
from scoring.rules.model import Scheme
from scoring.rules.scheme import parse_scheme
from scoring.schemes.models import SchemeVersion


def find_current(session: Session, event_id: int) -> SchemeVersion | None:
    """Return the newest version of an event's scheme."""
    return session.scalar(
        select(SchemeVersion)
        .where(SchemeVersion.event_id == event_id)
        .order_by(SchemeVersion.number.desc())
        .limit(1)
    )


def list_versions(session: Session, event_id: int) -> list[SchemeVersion]:
    """Return all versions of an event's scheme, newest first."""
    return list(
        session.scalars(
            select(SchemeVersion)
            .where(SchemeVersion.event_id == event_id)
            .order_by(SchemeVersion.number.desc())
        )
    )


def get_scheme(session: Session, event_id: int) -> Scheme:
    """Return the current scheme of an event, read and checked.

    Raises: Refused SCHEME_MISSING where there is none, SCHEME_FINDINGS where it is not in order yet.
    """
    version = find_current(session, event_id)
    if version is None:
        raise refuse("SCHEME_MISSING")
    scheme = _parsed(canonical.dumps(version.document))
    if scheme is None:
        raise refuse("SCHEME_FINDINGS")
    return scheme


@lru_cache(maxsize=64)
def _parsed(text: str) -> Scheme | None:
    """Read a scheme once per process; the text itself is the key, so that nothing can be stale."""
    scheme, findings = parse_scheme(canonical.loads(text))
    return None if any(finding.level == "error" for finding in findings) else scheme

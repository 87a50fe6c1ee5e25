"""Read the versions of an event's scheme."""

from collections.abc import Collection
from functools import lru_cache

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, contains_eager

from accounts.models import User
from competitions.events import search
from competitions.events.models import Competition, Event
from core import canonical, database
from core.database import asked_once
from core.refusals import refuse
from scoring.rules.model import Scheme
from scoring.rules.scheme import parse_scheme
from scoring.schemes.models import SchemeVersion
from scoring.versions import find_newest, list_with_savers

SOURCES_SEEN, SOURCES_SHOWN = 1000, 20


@asked_once
def find_current(session: Session, event_id: int) -> SchemeVersion | None:
    """Return the newest version of an event's scheme."""
    return find_newest(session, SchemeVersion, event_id)


def list_versions(session: Session, event_id: int) -> list[SchemeVersion]:
    """Return all versions of an event's scheme, newest first."""
    return list(
        session.scalars(
            select(SchemeVersion)
            .where(SchemeVersion.event_id == event_id)
            .order_by(SchemeVersion.number.desc())
        )
    )


def list_versions_with_names(session: Session, event_id: int) -> list[tuple[SchemeVersion, str]]:
    """Return all versions of an event's scheme and who saved each, newest first."""
    return list_with_savers(session, SchemeVersion, event_id)


def saver_name(session: Session, version: SchemeVersion) -> str:
    """Return the name of whoever saved a version."""
    return session.scalar(select(User.name).where(User.id == version.created_by_id)) or ""


def find_version(session: Session, event_id: int, number: int) -> SchemeVersion | None:
    """Return one version of an event's scheme."""
    return session.scalar(
        select(SchemeVersion).where(SchemeVersion.event_id == event_id, SchemeVersion.number == number)
    )


def list_sources(
    session: Session, scopes: search.Scopes, text: str, besides: int
) -> list[tuple[Event, SchemeVersion]]:
    """Return events in these scopes whose scheme can be copied, by words of their names, newest first."""
    newest = select(func.max(SchemeVersion.id)).group_by(SchemeVersion.event_id)
    rows = session.execute(
        select(Event, SchemeVersion)
        .join(SchemeVersion, SchemeVersion.event_id == Event.id)
        .join(Event.competition)
        .options(contains_eager(Event.competition))
        .where(SchemeVersion.id.in_(newest), Event.id != besides, *_named(text))
        .order_by(SchemeVersion.id.desc())
        .limit(SOURCES_SEEN)
    )
    own = search.list_event_ids(session, scopes)
    return [(event, version) for event, version in rows if event.id in own][:SOURCES_SHOWN]


def _named(text: str) -> list[ColumnElement[bool]]:
    return [
        or_(Event.name.icontains(word, autoescape=True), Competition.name.icontains(word, autoescape=True))
        for word in text.split()
    ]


def find_scheme(session: Session, event_id: int) -> Scheme | None:
    """Return the current scheme of an event where there is one and it is in order."""
    version = find_current(session, event_id)
    return None if version is None else _parsed(canonical.dumps(version.document))


def get_scheme(session: Session, event_id: int) -> Scheme:
    """Return the current scheme of an event, read and checked.

    Raises: Refused SCHEME_MISSING where there is none, SCHEME_FINDINGS where it is not in order yet.
    """
    return database.kept(session, ("scheme", event_id), lambda: _current(session, event_id))


def _current(session: Session, event_id: int) -> Scheme:
    version = find_current(session, event_id)
    if version is None:
        raise refuse("SCHEME_MISSING")
    scheme = _parsed(canonical.dumps(version.document))
    if scheme is None:
        raise refuse("SCHEME_FINDINGS")
    return scheme


def list_schemes(session: Session, event_ids: Collection[int]) -> dict[int, Scheme]:
    """Return the current schemes of these events that have one in order, by event; one statement."""
    newest = (
        select(func.max(SchemeVersion.id))
        .where(SchemeVersion.event_id.in_(event_ids))
        .group_by(SchemeVersion.event_id)
    )
    versions = session.scalars(select(SchemeVersion).where(SchemeVersion.id.in_(newest)))
    found = {version.event_id: _parsed(canonical.dumps(version.document)) for version in versions}
    return {event_id: scheme for event_id, scheme in found.items() if scheme is not None}


@lru_cache(maxsize=64)
def _parsed(text: str) -> Scheme | None:
    """Read a scheme once per process; the text itself is the key, so that nothing can be stale."""
    scheme, findings = parse_scheme(canonical.loads(text))
    return None if any(finding.level == "error" for finding in findings) else scheme

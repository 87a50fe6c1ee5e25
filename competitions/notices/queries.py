"""Read notices for those who write them."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import User
from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.naming import name_of
from competitions.entries.models import Entry
from competitions.events.models import Competition
from competitions.notices.models import Notice, NoticeFile, NoticeVersion
from competitions.organisations.models import Unit
from core.files.models import StoredFile


class VersionLine(NamedTuple):
    """A version and who saved it."""

    version: NoticeVersion
    who: str


def find_notice(session: Session, competition_id: int, ref: str) -> Notice | None:
    """Return the notice with this reference, if it belongs to this competition."""
    files = selectinload(Notice.versions).selectinload(NoticeVersion.files).joinedload(NoticeFile.file)
    return session.scalar(
        select(Notice)
        .where(Notice.ref == ref, Notice.competition_id == competition_id)
        .options(joinedload(Notice.competition), joinedload(Notice.event), files)
    )


def list_notices(session: Session, competition_id: int) -> list[Notice]:
    """Return the notices of a competition, the newest first."""
    return list(
        session.scalars(
            select(Notice)
            .where(Notice.competition_id == competition_id)
            .options(selectinload(Notice.versions), joinedload(Notice.event))
            .order_by(Notice.id.desc())
        )
    )


def list_version_lines(session: Session, notice_id: int) -> list[VersionLine]:
    """Return the versions of a notice, the newest first."""
    rows = session.execute(
        select(NoticeVersion, User.name)
        .join(User, User.id == NoticeVersion.saved_by_id)
        .where(NoticeVersion.notice_id == notice_id)
        .order_by(NoticeVersion.number.desc())
    )
    return [VersionLine(*row) for row in rows]


def count_uses(session: Session, file_id: int) -> int:
    """Return how many versions a file comes with."""
    return session.scalar(select(func.count()).where(NoticeFile.file_id == file_id)) or 0


def list_approved(session: Session, event_id: int) -> list[tuple[str, str, str]]:
    """Return (kind, name, unit) of the approved entries of an event, unit by unit."""
    rows = session.execute(
        select(Entry.kind, Entry.name, Unit.name)
        .join(Unit, Unit.id == Entry.unit_id)
        .where(Entry.event_id == event_id, Entry.review == "approved")
        .order_by(Unit.name, Entry.number)
    )
    return [(kind, name, unit) for kind, name, unit in rows]


class BoardFilter(NamedTuple):
    """What narrows the board; None and "" leave everything in."""

    kind: str = ""
    region: int | None = None
    text: str = ""


class BoardLine(NamedTuple):
    """A notice as everybody reads it."""

    notice: Notice
    version: NoticeVersion


def list_board(
    session: Session, wanted: BoardFilter, *, offset: int = 0, limit: int = 20,
    competition_id: int | None = None,
) -> list[BoardLine]:  # fmt: skip
    """Return one page of the public notices that fit, the newest first; withdrawn ones stay in the list."""
    statement = (
        select(Notice, NoticeVersion)
        .join(NoticeVersion, _is_current())
        .join(Notice.competition)
        .options(contains_eager(Notice.competition).joinedload(Competition.union), joinedload(Notice.event))
        .where(*_conditions(wanted))
        .order_by(Notice.published_at.desc(), Notice.id.desc())
    )
    if competition_id is not None:
        statement = statement.where(Notice.competition_id == competition_id)
    return [BoardLine(*row) for row in session.execute(statement.offset(offset).limit(limit))]


def count_board(session: Session, wanted: BoardFilter) -> int:
    """Return how many public notices fit."""
    statement = select(func.count()).select_from(Notice).join(NoticeVersion, _is_current())
    return session.scalar(statement.join(Notice.competition).where(*_conditions(wanted))) or 0


def has_public(session: Session) -> bool:
    """Say whether there is anything on the board."""
    return session.scalar(select(Notice.id).where(Notice.current.is_not(None)).limit(1)) is not None


def list_regions(session: Session) -> list[tuple[int, str]]:
    """Return the regions whose competitions have public notices."""
    used = select(Competition.region_id).join(Notice, Notice.competition_id == Competition.id)
    found = session.scalars(
        select(CatalogueEntry)
        .where(CatalogueEntry.id.in_(used.where(Notice.current.is_not(None))))
        .order_by(CatalogueEntry.position)
    )
    return [(entry.id, name_of(entry)) for entry in found]


def find_public(session: Session, ref: str) -> Notice | None:
    """Return a notice that was published, with its versions and files."""
    files = selectinload(Notice.versions).selectinload(NoticeVersion.files).joinedload(NoticeFile.file)
    union = joinedload(Notice.competition).joinedload(Competition.union)
    return session.scalar(
        select(Notice)
        .where(Notice.ref == ref, Notice.current.is_not(None))
        .options(union, joinedload(Notice.event), files)
    )


def find_public_file(session: Session, ref: str, file_ref: str) -> StoredFile | None:
    """Return a file of a published version of a notice that has not been withdrawn."""
    return session.scalar(
        select(StoredFile)
        .join(NoticeFile, NoticeFile.file_id == StoredFile.id)
        .join(NoticeVersion, NoticeVersion.id == NoticeFile.version_id)
        .join(Notice, Notice.id == NoticeVersion.notice_id)
        .where(
            Notice.ref == ref, Notice.state == "published", StoredFile.ref == file_ref,
            NoticeVersion.published_at.is_not(None),
        )
        .limit(1)
    )  # fmt: skip


def _is_current() -> ColumnElement[bool]:
    return and_(NoticeVersion.notice_id == Notice.id, NoticeVersion.number == Notice.current)


def _conditions(wanted: BoardFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.kind:
        found.append(Notice.kind == wanted.kind)
    if wanted.region is not None:
        found.append(Competition.region_id == wanted.region)
    for word in wanted.text.split():
        # What a withdrawn notice said is not to be found any more.
        said = and_(Notice.state != "withdrawn", NoticeVersion.body.icontains(word, autoescape=True))
        titles = (NoticeVersion.title, Competition.name, Competition.name_en)
        found.append(or_(said, *(title.icontains(word, autoescape=True) for title in titles)))
    return found

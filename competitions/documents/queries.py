"""Read documents."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from accounts.models import User
from competitions.documents.models import CompetitionDocument, DocumentVersion, PublicPage
from competitions.events.models import Competition
from core.files.models import StoredFile


class VersionLine(NamedTuple):
    """A version with its file and who added it."""

    version: DocumentVersion
    file: StoredFile
    who: str


def find_document(session: Session, competition_id: int, ref: str) -> CompetitionDocument | None:
    """Return the document with this reference, if it belongs to this competition."""
    return session.scalar(
        _with_files().where(
            CompetitionDocument.ref == ref, CompetitionDocument.competition_id == competition_id
        )
    )


def list_documents(session: Session, competition_id: int) -> list[CompetitionDocument]:
    """Return all documents of a competition, those of the whole competition first."""
    statement = _with_files().where(CompetitionDocument.competition_id == competition_id)
    found = list(session.scalars(statement.order_by(CompetitionDocument.id)))
    return sorted(found, key=lambda document: (document.event_id or 0, document.id))


def list_public(session: Session, competition_id: int) -> list[CompetitionDocument]:
    """Return the documents that everybody may read, also those that were withdrawn since."""
    return [document for document in list_documents(session, competition_id) if document.public]


def list_version_lines(session: Session, document_id: int) -> list[VersionLine]:
    """Return the versions of a document, the newest first."""
    rows = session.execute(
        select(DocumentVersion, StoredFile, User.name)
        .join(StoredFile, StoredFile.id == DocumentVersion.file_id)
        .join(User, User.id == DocumentVersion.by_id)
        .where(DocumentVersion.document_id == document_id)
        .order_by(DocumentVersion.number.desc())
    )
    return [VersionLine(*row) for row in rows]


def find_file(session: Session, ref: str, number: int) -> tuple[CompetitionDocument, StoredFile] | None:
    """Return a document and the file of one of its versions."""
    row = session.execute(
        select(CompetitionDocument, StoredFile)
        .join(DocumentVersion, DocumentVersion.document_id == CompetitionDocument.id)
        .join(StoredFile, StoredFile.id == DocumentVersion.file_id)
        .where(CompetitionDocument.ref == ref, DocumentVersion.number == number)
    ).first()
    return None if row is None else (row[0], row[1])


def find_page_ref(session: Session, competition_id: int) -> str | None:
    """Return the random address of a competition's public page, where it has one."""
    return session.scalar(select(PublicPage.ref).where(PublicPage.competition_id == competition_id))


def list_page_refs(session: Session, competition_ids: Collection[int]) -> dict[int, str]:
    """Return the addresses of the public pages of these competitions."""
    rows = session.scalars(select(PublicPage).where(PublicPage.competition_id.in_(competition_ids)))
    return {row.competition_id: row.ref for row in rows}


def find_public_competition(session: Session, ref: str) -> Competition | None:
    """Return the competition whose public page has this address."""
    statement = select(Competition).join(PublicPage, PublicPage.competition_id == Competition.id)
    return session.scalar(statement.where(PublicPage.ref == ref))


def _with_files() -> Select[CompetitionDocument]:
    files = selectinload(CompetitionDocument.versions).joinedload(DocumentVersion.file)
    event = CompetitionDocument.event
    return (
        select(CompetitionDocument)
        .join(event, isouter=True)
        .options(contains_eager(event), joinedload(CompetitionDocument.competition), files)
    )

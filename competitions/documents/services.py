"""Write documents."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.documents import checks, queries, rules
from competitions.documents.models import CompetitionDocument, DocumentVersion, PublicPage
from competitions.documents.rules import DocumentValues
from competitions.events.models import Competition
from core import database
from core.audit import services as audit
from core.files import services as files
from core.files.reading import Upload
from core.refusals import Refusal, Refused, refuse


def add_document(
    session: Session, competition: Competition, values: DocumentValues, upload: Upload, *,
    refs: tuple[str, str, str], actor_id: int, now: datetime,
) -> CompetitionDocument:  # fmt: skip
    """Add a document with its first version.

    Shape: `refs` are new random references for the document, its file and the competition's public page.
    Raises: Refused DOCUMENT_EVENT, DOCUMENT_PERSONAL.
    """
    _refuse(_faults(competition, values, upload))
    document = CompetitionDocument(
        ref=refs[0], competition_id=competition.id, created_at=now, **values._asdict()
    )
    session.add(document)
    session.flush()
    version = _add_version(session, document, 1, "", upload, ref=refs[1], actor_id=actor_id, now=now)
    if values.public:
        open_page(session, competition.id, ref=refs[2])
    audit.record(
        session, "document:add", actor_id=actor_id, subject=f"document:{document.id}", now=now,
        event_id=document.event_id, detail={"name": document.title, "sha256": version.file.sha256},
    )  # fmt: skip
    return document


def replace_document(
    session: Session, document: CompetitionDocument, upload: Upload, *, change: str, ref: str, actor_id: int,
    now: datetime,
) -> DocumentVersion:  # fmt: skip
    """Add a newer version; the older ones stay readable.

    Raises: Refused DOCUMENT_WITHDRAWN, DOCUMENT_PERSONAL, DOCUMENT_SAME.
    """
    _hold(session, document)
    _refuse(checks.personal_refusals({"change": change, "file": upload.name}, code="DOCUMENT_PERSONAL"))
    newest = document.versions[0]
    if newest.file.sha256 == upload.sha256:
        raise refuse("DOCUMENT_SAME", "file", number=newest.number)
    number = newest.number + 1
    version = _add_version(session, document, number, change, upload, ref=ref, actor_id=actor_id, now=now)
    audit.record(
        session, "document:replace", actor_id=actor_id, subject=f"document:{document.id}", now=now,
        event_id=document.event_id,
        detail={"name": document.title, "number": number, "sha256": version.file.sha256},
    )  # fmt: skip
    return version


def show_document(
    session: Session, document: CompetitionDocument, public: bool, *, ref: str, actor_id: int, now: datetime
) -> None:
    """Let everybody read a document, or only those who work on the competition; twice changes nothing.

    Made public, it is so from its newest version on: the older ones were written for those who work on it.

    Raises: Refused DOCUMENT_WITHDRAWN.
    """
    _hold(session, document)
    if public and not document.public:
        document.public_from = document.versions[0].number
    document.public = public
    if public:
        open_page(session, document.competition_id, ref=ref)
    session.flush()
    audit.record(
        session, "document:show", actor_id=actor_id, subject=f"document:{document.id}", now=now,
        event_id=document.event_id, detail={"name": document.title, "public": public},
    )  # fmt: skip


def withdraw_document(
    session: Session, document: CompetitionDocument, *, reason: str, actor_id: int, now: datetime
) -> None:
    """Withdraw a document: it stays in the list with the reason; its file is for those alone who work on it.

    Raises: Refused DOCUMENT_WITHDRAWN, REASON_MISSING, REASON_TOO_LONG, DOCUMENT_PERSONAL.
    """
    _hold(session, document)
    _refuse(reason_refusals(reason, code="DOCUMENT_PERSONAL"))
    document.withdrawn_at, document.withdrawn_reason = now, reason.strip()
    session.flush()
    audit.record(
        session, "document:withdraw", actor_id=actor_id, subject=f"document:{document.id}", now=now,
        event_id=document.event_id, detail={"name": document.title, "reason": document.withdrawn_reason},
    )  # fmt: skip


def open_page(session: Session, competition_id: int, *, ref: str) -> None:
    """Give a competition the address of its public page, once and for all."""
    database.lock(session, f"public_page:{competition_id}")
    if queries.find_page_ref(session, competition_id) is None:
        session.add(PublicPage(competition_id=competition_id, ref=ref))
        session.flush()


def reason_refusals(reason: str, *, code: str) -> list[Refusal]:
    """Return what is wrong with a reason that everybody will read."""
    if not reason.strip():
        return [Refusal("REASON_MISSING", "reason")]
    if len(reason.strip()) > rules.REASON_MAXIMUM:
        return [Refusal("REASON_TOO_LONG", "reason", {"maximum": rules.REASON_MAXIMUM})]
    return checks.personal_refusals({"reason": reason}, code=code)


def _faults(competition: Competition, values: DocumentValues, upload: Upload) -> list[Refusal]:
    texts = {"title": values.title, "file": upload.name}
    found = checks.personal_refusals(texts, code="DOCUMENT_PERSONAL")
    if values.event_id is not None and values.event_id not in {event.id for event in competition.events}:
        found.append(Refusal("DOCUMENT_EVENT", "event_id"))
    return found


def _hold(session: Session, document: CompetitionDocument) -> None:
    """Keep everybody else from changing a document until this transaction ends, and read it as it is now."""
    database.lock(session, f"document:{document.id}")
    session.refresh(document, with_for_update={"of": CompetitionDocument})
    if document.withdrawn_at is not None:
        raise refuse("DOCUMENT_WITHDRAWN")


def _add_version(
    session: Session, document: CompetitionDocument, number: int, change: str, upload: Upload, *, ref: str,
    actor_id: int, now: datetime,
) -> DocumentVersion:  # fmt: skip
    stored = files.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    version = DocumentVersion(
        document_id=document.id, number=number, file=stored, change=change, at=now, by_id=actor_id
    )
    session.add(version)
    session.flush()
    return version


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(*refusals)

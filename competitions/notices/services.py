"""Write, publish and withdraw notices."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from competitions.documents import services as documents
from competitions.events.checks import refuse_stale
from competitions.events.models import Competition
from competitions.notices import checks, queries, rules
from competitions.notices.models import Notice, NoticeFile, NoticeVersion
from competitions.notices.rules import NoticeValues
from core import canonical, database
from core.audit import services as audit
from core.files import services as files
from core.files.models import StoredFile
from core.files.reading import Upload
from core.refusals import Refusal, Refused, refuse


def create_notice(
    session: Session, competition: Competition, kind: str, event_id: int | None, values: NoticeValues, *,
    ref: str, actor_id: int, now: datetime,
) -> Notice:  # fmt: skip
    """Begin a notice as a draft that nobody else reads.

    Raises: Refused NOTICE_EVENT, NOTICE_LONG, NOTICE_PERIOD_REVERSED.
    """
    _refuse(checks.shape_refusals(values) + _event_refusals(competition, event_id))
    notice = Notice(
        ref=ref, competition=competition, event_id=event_id, kind=kind, state="draft", created_at=now
    )
    notice.versions = [
        NoticeVersion(number=1, saved_at=now, saved_by_id=actor_id, **values._asdict())
    ]
    session.add(notice)
    session.flush()
    _record(session, notice, "notice:save", {"name": values.title, "number": 1}, actor_id, now)
    return notice


def save_draft(
    session: Session, notice: Notice, kind: str, event_id: int | None, values: NoticeValues, *, version: int,
    actor_id: int, now: datetime,
) -> NoticeVersion:  # fmt: skip
    """Save what a notice will say next; what everybody reads stays as it is until that is published.

    Kind and event stay as they were once somebody has read the notice.
    Raises: Refused VERSION_CONFLICT or NOTICE_WITHDRAWN alone, or everything that is wrong, at its field.
    """
    _hold(session, notice, version)
    _refuse(checks.shape_refusals(values) + _event_refusals(notice.competition, event_id))
    if notice.current is None:
        notice.kind, notice.event_id = kind, event_id
    draft = _draft(session, notice, actor_id, now)
    for name, value in values._asdict().items():
        setattr(draft, name, value)
    draft.saved_at, draft.saved_by_id = now, actor_id
    _touch(session, notice)
    _record(session, notice, "notice:save", {"name": draft.title, "number": draft.number}, actor_id, now)
    return draft


def attach(
    session: Session, notice: Notice, upload: Upload, *, ref: str, actor_id: int, now: datetime
) -> NoticeVersion:
    """Add a file to what the notice will say next.

    Raises: Refused NOTICE_WITHDRAWN, NOTICE_FILES, NOTICE_FILE_TWICE.
    """
    _hold(session, notice)
    draft = _draft(session, notice, actor_id, now)
    if len(draft.files) >= rules.FILES_MAXIMUM:
        raise refuse("NOTICE_FILES", "file", maximum=rules.FILES_MAXIMUM)
    if any(held.file.sha256 == upload.sha256 for held in draft.files):
        raise refuse("NOTICE_FILE_TWICE", "file")
    stored = files.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    draft.files.append(NoticeFile(file=stored))
    _touch(session, notice)
    detail = {"file": stored.name, "sha256": stored.sha256}
    _record(session, notice, "notice:attach", detail, actor_id, now)
    return draft


def detach(session: Session, notice: Notice, file_ref: str, *, actor_id: int, now: datetime) -> None:
    """Take a file from what the notice will say next; a version that was published keeps it.

    Raises: Refused NOTICE_WITHDRAWN, NOTICE_FILE_GONE.
    """
    _hold(session, notice)
    draft = _draft(session, notice, actor_id, now)
    held = next((held for held in draft.files if held.file.ref == file_ref), None)
    if held is None:
        raise refuse("NOTICE_FILE_GONE")
    draft.files.remove(held)
    _touch(session, notice)
    _record(session, notice, "notice:detach", {"file": held.file.name}, actor_id, now)
    _drop_unused(session, [held.file])


def publish(
    session: Session, notice: Notice, *, version: int, today: date, ref: str, actor_id: int, now: datetime
) -> NoticeVersion:
    """Let everybody read the draft; the version before it stays readable with a line of correction.

    Shape: `ref` is a new random reference for the competition's public page, where it has none yet.
    Raises: Refused VERSION_CONFLICT, NOTICE_WITHDRAWN or NOTICE_NO_DRAFT alone, or everything that stands
    against it.
    """
    _hold(session, notice, version)
    draft = find_draft(notice)
    if draft is None:
        raise refuse("NOTICE_NO_DRAFT")
    _refuse(missing(notice, draft, today))
    draft.published_at, draft.sha256 = now, fingerprint(draft)
    notice.state, notice.current, notice.published_at = "published", draft.number, now
    documents.open_page(session, notice.competition_id, ref=ref)
    session.flush()
    detail = {"name": draft.title, "number": draft.number, "sha256": draft.sha256}
    _record(session, notice, "notice:publish", detail, actor_id, now)
    return draft


def withdraw(session: Session, notice: Notice, *, reason: str, actor_id: int, now: datetime) -> None:
    """Withdraw a published notice: its page stays with the reason, what it said is no longer shown.

    Raises: Refused NOTICE_WITHDRAWN, NOTICE_NOT_PUBLISHED, REASON_MISSING, REASON_TOO_LONG, NOTICE_PERSONAL.
    """
    _hold(session, notice)
    if notice.current is None:
        raise refuse("NOTICE_NOT_PUBLISHED")
    _refuse(documents.reason_refusals(reason, code="NOTICE_PERSONAL"))
    name = notice.versions[0].title
    notice.state, notice.withdrawn_at, notice.withdrawn_reason = "withdrawn", now, reason.strip()
    session.flush()
    _record(session, notice, "notice:withdraw", {"name": name, "reason": reason.strip()}, actor_id, now)


def discard_draft(
    session: Session, notice: Notice, *, version: int, actor_id: int, now: datetime
) -> bool:
    """Discard the draft; say whether the notice itself is gone, because nobody has ever read it.

    Raises: Refused VERSION_CONFLICT, NOTICE_WITHDRAWN, NOTICE_NO_DRAFT.
    """
    _hold(session, notice, version)
    draft = find_draft(notice)
    if draft is None:
        raise refuse("NOTICE_NO_DRAFT")
    detail = {"name": draft.title, "number": draft.number}
    _record(session, notice, "notice:discard", detail, actor_id, now)
    stored = [held.file for held in draft.files]
    if notice.current is None:
        session.delete(notice)
        session.flush()
    else:
        notice.versions.remove(draft)
        _touch(session, notice)
    _drop_unused(session, stored)
    return notice.current is None


def find_draft(notice: Notice) -> NoticeVersion | None:
    """Return what the notice will say next, if somebody has begun that."""
    newest = notice.versions[0]
    return newest if newest.published_at is None and notice.state != "withdrawn" else None


def values_of(version: NoticeVersion) -> NoticeValues:
    """Return what a version says."""
    return NoticeValues(**{name: getattr(version, name) for name in NoticeValues._fields})


def missing(notice: Notice, draft: NoticeVersion, today: date) -> list[Refusal]:
    """Return everything that stands against publishing the draft."""
    events = [notice.event] if notice.event is not None else notice.competition.events
    return checks.publish_refusals(
        notice.kind, values_of(draft), [event.state for event in events],
        [held.file.name for held in draft.files], today, corrects=notice.current is not None,
    )  # fmt: skip


def fingerprint(version: NoticeVersion) -> str:
    """Return the hash of everything that a version says, its files included."""
    said = {name: str(value or "") for name, value in values_of(version)._asdict().items()}
    return canonical.digest({**said, "files": [held.file.sha256 for held in version.files]})


def _draft(session: Session, notice: Notice, actor_id: int, now: datetime) -> NoticeVersion:
    """Return the draft, begun from what everybody reads where there is none."""
    found = find_draft(notice)
    if found is not None:
        return found
    read = notice.versions[0]
    values = values_of(read)._replace(correction="")
    draft = NoticeVersion(
        number=read.number + 1, saved_at=now, saved_by_id=actor_id, **values._asdict()
    )
    draft.files = [NoticeFile(file=held.file) for held in read.files]
    notice.versions.insert(0, draft)
    return draft


def _hold(session: Session, notice: Notice, version: int | None = None) -> None:
    """Keep everybody else from changing a notice until this transaction ends, and read it as it is now."""
    database.lock(session, f"notice:{notice.id}")
    session.refresh(notice, with_for_update={"of": Notice})
    session.refresh(notice, ["versions"])
    if version is not None:
        refuse_stale(session, notice, f"notice:{notice.id}", version)
    if notice.state == "withdrawn":
        raise refuse("NOTICE_WITHDRAWN")


def _drop_unused(session: Session, stored: Iterable[StoredFile]) -> None:
    """Do not keep what no version comes with any more."""
    for file in stored:
        if not queries.count_uses(session, file.id):
            files.drop(session, file)


def _touch(session: Session, notice: Notice) -> None:
    """Count a change of what it says as a version of the notice."""
    flag_modified(notice, "state")
    session.flush()


def _event_refusals(competition: Competition, event_id: int | None) -> list[Refusal]:
    if event_id is None or event_id in {event.id for event in competition.events}:
        return []
    return [Refusal("NOTICE_EVENT", "event_id")]


def _record(
    session: Session, notice: Notice, action: str, detail: Mapping[str, object], actor_id: int, now: datetime
) -> None:
    audit.record(
        session, action, actor_id=actor_id, subject=f"notice:{notice.id}", now=now, detail=detail,
        event_id=notice.event_id,
    )  # fmt: skip


def _refuse(refusals: list[Refusal]) -> None:
    if refusals:
        raise Refused(*refusals)

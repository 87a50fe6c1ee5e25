"""Declare contests, correct and withdraw them, keep their documents; each act on record."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from competitions.declared import rules
from competitions.declared.models import DeclaredContest, DeclaredFile
from competitions.declared.rules import DeclaredValues, Winner
from competitions.organisations.queries import get_union
from competitions.returns.figures import ADDITIVE, PLACES, as_json
from competitions.returns.rules import Around, Figure, check
from core import canonical
from core.audit import services as audit
from core.files import services as kept
from core.files.models import StoredFile
from core.files.reading import Upload
from core.refusals import Refusal, Refused, refuse

Figures = Mapping[str, Figure]


def declare(
    session: Session, values: DeclaredValues, figures: Figures, winners: Sequence[Winner], *, ref: str,
    today: date, actor_id: int | None, now: datetime, demo: bool = False,
) -> DeclaredContest:  # fmt: skip
    """Record a contest that was held without this system.

    Raises: Refused with everything that cannot be, at its field; STAT_LOGIC at the key of a figure.
    """
    get_union(session, values.union_id)
    _refuse(values, figures, today)
    contest = DeclaredContest(
        ref=ref, declared_at=now, declared_by_id=actor_id, demo=demo, figures=as_json(figures),
        winners=[list(one) for one in winners], **values._asdict(),
    )  # fmt: skip
    session.add(contest)
    session.flush()
    _record(session, contest, "declared:add", actor_id, now)
    return contest


def change(
    session: Session, contest: DeclaredContest, values: DeclaredValues, figures: Figures,
    winners: Sequence[Winner], *, version: int, today: date, actor_id: int, now: datetime,
) -> None:  # fmt: skip
    """Correct a declared contest that still is in the version that its form showed.

    Raises: Refused DECLARED_WITHDRAWN, DECLARED_CHANGED alone, or everything that cannot be, at its field.
    """
    _hold(session, contest)
    if contest.version != version:
        raise refuse("DECLARED_CHANGED")
    _refuse(values, figures, today)
    for name, value in values._asdict().items():
        setattr(contest, name, value)
    contest.figures, contest.winners = as_json(figures), [list(one) for one in winners]
    session.flush()
    _record(session, contest, "declared:change", actor_id, now)


def withdraw(
    session: Session, contest: DeclaredContest, reason: str, *, actor_id: int, now: datetime
) -> None:
    """Withdraw a declaration: it stays readable with the reason, and counts nowhere.

    Raises: Refused DECLARED_WITHDRAWN, DECLARED_REASON.
    """
    _hold(session, contest)
    if not reason or len(reason) > rules.REASON_MOST:
        raise refuse("DECLARED_REASON", "reason", most=rules.REASON_MOST)
    contest.withdrawn_at, contest.withdrawn_reason = now, reason
    session.flush()
    _record(session, contest, "declared:withdraw", actor_id, now, reason=reason)


def attach(
    session: Session, contest: DeclaredContest, upload: Upload, *, ref: str, actor_id: int | None,
    now: datetime,
) -> None:  # fmt: skip
    """Keep a document with a declared contest.

    Raises: Refused DECLARED_WITHDRAWN, DECLARED_FILES, DECLARED_FILE_AGAIN.
    """
    _hold(session, contest)
    if len(contest.files) >= rules.FILES_MOST:
        raise refuse("DECLARED_FILES", "file", most=rules.FILES_MOST)
    if any(row.file.sha256 == upload.sha256 for row in contest.files):
        raise refuse("DECLARED_FILE_AGAIN", "file")
    stored = kept.keep(session, upload, ref=ref, now=now, actor_id=actor_id)
    session.add(DeclaredFile(contest_id=contest.id, file_id=stored.id))
    session.flush()
    session.expire(contest, ["files"])
    detail = {"union": contest.union_id, "name": contest.name, "sha256": stored.sha256}
    audit.record(
        session, "declared:attach", actor_id=actor_id, subject=f"declared:{contest.id}", now=now,
        detail=detail,
    )  # fmt: skip


def record_fetch(
    session: Session, contest: DeclaredContest, stored: StoredFile, *, actor_id: int, now: datetime
) -> None:
    """Put on record that somebody takes a document: lists of winners name people."""
    detail = {"union": contest.union_id, "name": contest.name, "sha256": stored.sha256}
    audit.record(
        session, "declared:fetch", actor_id=actor_id, subject=f"declared:{contest.id}", now=now, detail=detail
    )


def _refuse(values: DeclaredValues, figures: Figures, today: date) -> None:
    """Refuse what cannot be; that nothing is said of some figures is no fault here."""
    days = rules.days_faults(values.starts_on, values.ends_on, today)
    found = [Refusal(code, field) for field, code in days]
    found += [
        Refusal("STAT_LOGIC", one.key, {"rule": one.rule, "key": one.key, **one.values})
        for one in check(figures, Around(), PLACES, ADDITIVE)
        if one.rule not in {"empty", "nothing"}
    ]
    if found:
        raise Refused(*found)


def _hold(session: Session, contest: DeclaredContest) -> None:
    session.refresh(contest, with_for_update={"of": DeclaredContest})
    if contest.withdrawn_at is not None:
        raise refuse("DECLARED_WITHDRAWN")


def _record(
    session: Session, contest: DeclaredContest, action: str, actor_id: int | None, now: datetime,
    **detail: object,
) -> None:  # fmt: skip
    digest = canonical.digest({"figures": contest.figures, "winners": contest.winners})
    audit.record(
        session, action, actor_id=actor_id, subject=f"declared:{contest.id}", now=now,
        detail={"union": contest.union_id, "name": contest.name, "sha256": digest, **detail},
    )  # fmt: skip

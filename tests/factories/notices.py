"""Builders of documents and notices."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from competitions.documents import services as documents
from competitions.documents.models import CompetitionDocument
from competitions.documents.rules import DocumentValues
from competitions.events.models import Competition
from competitions.notices import services
from competitions.notices.models import Notice
from competitions.notices.objections import queries
from competitions.notices.objections import services as objections
from competitions.notices.objections.models import Objection
from competitions.notices.objections.rules import Said
from competitions.notices.rules import NoticeValues
from core import clock
from core.files.reading import from_bytes
from tests.factories.accounts import MOMENT
from tests.files.samples import PDF

TODAY = date(2026, 5, 6)


def build_document(
    session: Session, competition: Competition, by: Any, **overrides: Any
) -> CompetitionDocument:
    """Return a new document of the whole competition, which everybody may read."""
    values = {"kind": "rules", "title": "竞赛规程", "event_id": None, "public": True} | overrides
    return documents.add_document(
        session, competition, DocumentValues(**values), from_bytes("规程.pdf", PDF),
        refs=(clock.new_ref(), clock.new_ref(), clock.new_ref()), actor_id=by.id, now=MOMENT,
    )  # fmt: skip


def build_notice(
    session: Session, competition: Competition, by: Any, kind: str = "call", event_id: int | None = None,
    **overrides: Any,
) -> Notice:  # fmt: skip
    """Return a new notice as a draft."""
    said = {"title": "关于举办竞赛的通知", "body": "各有关单位：\n\n现将有关事项通知如下。"} | overrides
    empty = {"starts_on": None, "ends_on": None, "contact": "", "correction": ""}
    return services.create_notice(
        session, competition, kind, event_id, NoticeValues(**{**empty, **said}), ref=clock.new_ref(),
        actor_id=by.id, now=MOMENT,
    )  # fmt: skip


def build_published(session: Session, competition: Competition, by: Any, **overrides: Any) -> Notice:
    """Return a new notice that everybody reads."""
    notice = build_notice(session, competition, by, **overrides)
    publish(session, notice, by)
    return notice


def build_objection(session: Session, notice: Notice, **overrides: Any) -> Objection:
    """Return an objection to a published notice, whether it stands open for one or not."""
    said = {"name": "演示王芳", "unit": "演示甲厂", "contact": "13800138000"}
    said |= {"reason": "第 3 号选手不在本单位工作。"}
    ref = clock.new_ref()
    objection = Objection(
        ref=ref, notice_id=notice.id, number=queries.last_number(session, notice) + 1,
        version=notice.current or 1, said=objections.sealed(Said(**(said | overrides)), ref), user_id=None,
        address_digest="0" * 64, filed_at=MOMENT,
    )  # fmt: skip
    session.add(objection)
    session.flush()
    return objection


def publish(session: Session, notice: Notice, by: Any) -> None:
    """Let everybody read the draft of a notice."""
    services.publish(
        session, notice, version=notice.version, today=TODAY, ref=clock.new_ref(), actor_id=by.id, now=MOMENT
    )

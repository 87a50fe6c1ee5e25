"""The notice board and the documents of the demonstration: a call, a list of entrants, awards of the past."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.documents import services as documents
from competitions.documents.rules import DocumentValues
from competitions.events.models import Competition, Event
from competitions.notices import rules, services, sources
from competitions.notices.models import Notice
from competitions.notices.rules import NoticeValues
from core import clock
from core.files.reading import from_bytes
from demonstration.site import Site
from reports.documents import pdf
from reports.documents.model import Column, Document, Table
from reports.documents.words import document_words

CONTACT = "演示竞赛组委会办公室，电话 010-00000000"
CALL = """各有关单位：

为弘扬劳模精神、劳动精神、工匠精神，提升职工焊接技能水平，决定举办本年度职业技能竞赛（演示）。现将有关事项通知如下。

一、竞赛项目

焊工（职工组），个人赛。理论知识占 30%，实际操作占 70%。

二、参赛条件

- 具有高级工及以上职业技能等级，从事本工种工作满三年；
- 每名选手只能参加一个赛项；
- 由所在单位统一报名，单位盖章确认。

三、日程安排

| 时间 | 内容 | 地点 |
| 第一天上午 | 报到、抽签、理论考试 | 理论考场 |
| 第一天下午 | 实际操作（第一、二批） | 焊接车间 |
| 第二天上午 | 实际操作（第三批）、成绩复核 | 焊接车间 |

四、其他

竞赛规程和技术文件见附件，如有调整以最新版本为准。本通知为演示内容。"""
PLAN = (
    ("理论知识", "闭卷笔试，满分 100 分", "90 分钟"),
    ("实际操作 A 外观", "焊缝成形、焊脚尺寸、咬边", "现场评分"),
    ("实际操作 B 用时", "按分秒记录，用于同分排序", "120 分钟"),
)


def load(session: Session, site: Site, event: Event) -> None:
    """Publish the call and the list of entrants of the welding contest, and the awards of one of the past."""
    now = site.now
    file = from_bytes("焊工赛项技术文件（演示）.pdf", _technical_file(event, now))
    _document(session, site, event, file)
    union = event.competition.union.name
    call = NoticeValues(f"{union}关于举办职业技能竞赛的通知", CALL, None, None, CONTACT, "")
    notice = _draft(session, site, event.competition, "call", None, call, now - timedelta(days=30))
    services.attach(session, notice, file, ref=clock.new_ref(), **_by(site, now - timedelta(days=30)))
    _publish(session, site, notice, now - timedelta(days=30))
    for kind, about, before in (("award", _finished(session, event), 9), ("entrants", event, 2)):
        if about is not None:
            _from_data(session, site, kind, about, now - timedelta(days=before))


def _from_data(session: Session, site: Site, kind: str, event: Event, when: datetime) -> None:
    begun = sources.find_start(session, kind, event)
    if begun is None:
        raise LookupError(f"nothing is known for a notice of {event.name}")
    start = when.astimezone(clock.LOCAL).date()
    values = NoticeValues(begun.title, begun.body, start, rules.usual_end(start), CONTACT, "")
    notice = _draft(session, site, event.competition, kind, event.id, values, when)
    _publish(session, site, notice, when)


def _draft(
    session: Session, site: Site, competition: Competition, kind: str, event_id: int | None,
    values: NoticeValues, when: datetime,
) -> Notice:  # fmt: skip
    return services.create_notice(
        session, competition, kind, event_id, values, ref=clock.new_ref(), **_by(site, when)
    )


def _publish(session: Session, site: Site, notice: Notice, when: datetime) -> None:
    today = when.astimezone(clock.LOCAL).date()
    services.publish(
        session, notice, version=notice.version, today=today, ref=clock.new_ref(), **_by(site, when)
    )


def _by(site: Site, when: datetime) -> dict[str, Any]:
    return {"actor_id": site.organiser.id, "now": when}


def _finished(session: Session, event: Event) -> Event | None:
    """Return the newest finished event of the same union."""
    statement = select(Event).join(Event.competition).where(
        Event.state.in_(("final", "archived")), Competition.union_id == event.competition.union_id
    )  # fmt: skip
    return session.scalar(statement.order_by(Competition.year.desc(), Event.id).limit(1))


def _document(session: Session, site: Site, event: Event, file: Any) -> None:
    refs = (clock.new_ref(), clock.new_ref(), clock.new_ref())
    values = DocumentValues("technical", "焊工赛项技术文件（演示）", event.id, public=True)
    documents.add_document(
        session, event.competition, values, file, refs=refs, **_by(site, site.now - timedelta(days=30))
    )


def _technical_file(event: Event, now: datetime) -> bytes:
    columns = (Column("部分"), Column("内容"), Column("时间与方式"))
    return pdf.render(
        Document(
            title="焊工赛项技术文件（演示）", words=document_words(), subtitle=event.competition.name,
            tables=(Table("竞赛内容", columns, PLAN),), issued="演示内容，仅供了解系统", issued_at=now,
        )
    )  # fmt: skip

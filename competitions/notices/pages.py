"""What the pages of notices show: the board, one notice as everybody reads it, the way to publishing one."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.documents import pages as document_pages
from competitions.documents import queries as documents
from competitions.events import panels
from competitions.events import queries as events
from competitions.events.models import Competition
from competitions.fields import choice_id, page_of, tidy
from competitions.notices import labels, markup, queries, rules, services
from competitions.notices.models import Notice, NoticeVersion
from competitions.notices.objections.queries import count_by_notice
from competitions.notices.queries import BoardFilter, BoardLine
from core.clock import LOCAL
from core.files.kinds import size_words
from core.refusals import words

PAGE, TEXT_MAXIMUM, ON_COMPETITION = 20, 100, 50
BEFORE_PUBLIC = frozenset({"draft", "cancelled"})


def board(session: Session, asked: Mapping[str, str], today: date) -> dict[str, Any]:
    """Return what the board shows for an address; what is not offered there is left out."""
    regions = queries.list_regions(session)
    kind = asked.get("kind", "")
    wanted = BoardFilter(
        kind if kind in labels.KINDS else "",
        choice_id(asked.get("region"), [number for number, _name in regions]),
        tidy(asked.get("q"))[:TEXT_MAXIMUM],
    )  # fmt: skip
    total = queries.count_board(session, wanted)
    page, pages = page_of(asked.get("page"), total, PAGE)
    found = queries.list_board(session, wanted, offset=(page - 1) * PAGE, limit=PAGE)
    return {
        "lines": board_lines(found, today), "wanted": wanted, "narrowed": any(wanted), "regions": regions,
        "kinds": list(labels.KINDS.items()), "total": total, "page": page, "pages": pages,
        "address": address,
    }  # fmt: skip


def address(wanted: BoardFilter, page: int = 1) -> str:
    """Return the address of the board: the same filters always give the same one."""
    return url_for(
        "notices.show_board", kind=wanted.kind or None, region=wanted.region, q=wanted.text or None,
        page=page if page > 1 else None,
    )  # fmt: skip


def board_lines(found: list[BoardLine], today: date) -> list[dict[str, Any]]:
    """Return notices as a list for everybody shows them."""
    return [
        {
            "title": version.title,
            "kind": labels.KINDS[notice.kind],
            "url": url_for("notices.read", ref=notice.ref),
            "day": notice.published_at.astimezone(LOCAL).date() if notice.published_at else None,
            "competition": name_of(notice.competition),
            "union": name_of(notice.competition.union),
            "event": name_of(notice.event) if notice.event is not None else "",
            "withdrawn": notice.state == "withdrawn",
            "reason": notice.withdrawn_reason,
            "standing": labels.standing_chip(version.starts_on, version.ends_on, today),
            "corrected": (notice.current or 1) > 1,
        }
        for notice, version in found
    ]


def paper(notice: Notice, version: NoticeVersion, today: date, *, internal: bool = False) -> dict[str, Any]:
    """Return one version of a notice as it is read; `internal` where a reader of the draft fetches files."""
    published = version.published_at
    return {
        "title": version.title,
        "kind": labels.KINDS[notice.kind],
        "blocks": markup.parse(version.body),
        "union": name_of(notice.competition.union),
        "competition": name_of(notice.competition),
        "event": name_of(notice.event) if notice.event is not None else "",
        "day": published.astimezone(LOCAL).date() if published else None,
        "number": version.number,
        "correction": version.correction,
        "starts": version.starts_on,
        "ends": version.ends_on,
        "standing": labels.standing_chip(version.starts_on, version.ends_on, today),
        "contact": version.contact,
        "files": [_file(notice, held.file, internal) for held in version.files],
    }


def published_versions(notice: Notice) -> list[NoticeVersion]:
    """Return the versions that everybody could read, the newest first."""
    return [version for version in notice.versions if version.published_at is not None]


def current_version(notice: Notice) -> NoticeVersion | None:
    """Return the version that everybody reads."""
    return next((version for version in notice.versions if version.number == notice.current), None)


def takes_objections(notice: Notice, today: date) -> bool:
    """Say whether a notice stands open for objections on a day."""
    version = current_version(notice)
    if version is None or notice.state != "published":
        return False
    standing = rules.standing(version.starts_on, version.ends_on, today)
    return standing is not None and standing.state == "running"


def work_on(notice: Notice, today: date) -> dict[str, Any]:
    """Return what stands between a draft and the board, and the version that comes next."""
    draft = services.find_draft(notice)
    missing = services.missing(notice, draft, today) if draft is not None else []
    shown = draft or current_version(notice) or notice.versions[0]
    return {
        "draft": draft,
        "missing": [words(refusal) for refusal in missing],
        "shown": shown,
        "paper": paper(notice, shown, today, internal=True),
        "state": (labels.STATE_CHIPS[notice.state], labels.STATES[notice.state]),
    }


def own_lines(session: Session, competition_id: int, today: date) -> list[dict[str, Any]]:
    """Return the notices of a competition for those who write them."""
    open_objections = count_by_notice(session, competition_id)
    return [
        {
            "notice": notice,
            "objections": open_objections.get(notice.id, 0),
            "title": notice.versions[0].title,
            "kind": labels.KINDS[notice.kind],
            "about": name_of(notice.event) if notice.event is not None else "",
            "state": (labels.STATE_CHIPS[notice.state], labels.STATES[notice.state]),
            "draft": services.find_draft(notice) is not None and notice.current is not None,
            "standing": labels.standing_chip(notice.versions[0].starts_on, notice.versions[0].ends_on, today),
        }
        for notice in queries.list_notices(session, competition_id)
    ]


def competition_page(session: Session, competition: Competition, today: date) -> dict[str, Any]:
    """Return the public page of a competition: what it is, its events, documents and notices."""
    found = queries.list_board(session, BoardFilter(), limit=ON_COMPETITION, competition_id=competition.id)
    return {
        "competition": competition,
        "events": [
            event
            for event in events.list_events_of(session, competition.id)
            if event.state not in BEFORE_PUBLIC
        ],
        "documents": document_pages.rows(documents.list_public(session, competition.id)),
        "lines": board_lines(found, today),
        "panels": panels.list_panels_of_competition(session, competition, public=True),
    }


def usual_period(kind: str, today: date) -> dict[str, date]:
    """Return the period that the form of a new notice proposes."""
    if kind not in rules.OPEN_KINDS:
        return {}
    return {"starts_on": today, "ends_on": rules.usual_end(today)}


def _file(notice: Notice, stored: Any, internal: bool) -> dict[str, Any]:
    if internal:
        values = {"competition_id": notice.competition_id, "ref": notice.ref, "file_ref": stored.ref}
        url = url_for("notices.download_draft_file", **values)
    else:
        url = url_for("notices.download", ref=notice.ref, file_ref=stored.ref)
    size = size_words(stored.size)
    return {"label": stored.name, "url": url, "kind": stored.kind.upper(), "size": size, "ref": stored.ref}

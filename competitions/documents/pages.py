"""What pages show of documents: rows in words, the same for everybody who may see them."""

from collections.abc import Iterable
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from competitions.catalogue.naming import name_of
from competitions.documents import labels, places, queries
from competitions.documents.models import CompetitionDocument
from competitions.events.models import Competition, Event
from core.clock import LOCAL
from core.files.kinds import size_words
from core.i18n import day


def row(document: CompetitionDocument) -> dict[str, Any]:
    """Return a document as a list shows it."""
    newest = document.versions[0]
    return {
        "document": document,
        "title": document.title,
        "kind": labels.KINDS[document.kind],
        "belongs": name_of(document.event) if document.event is not None else "",
        "file": newest.file,
        "size": size_words(newest.file.size),
        "day": day(newest.at.astimezone(LOCAL).date()),
        "number": newest.number,
        "withdrawn": document.withdrawn_at is not None,
        "reason": document.withdrawn_reason,
        "url": url_for("documents.download", ref=document.ref, number=newest.number),
    }


def rows(documents: Iterable[CompetitionDocument]) -> list[dict[str, Any]]:
    """Return documents as a list shows them."""
    return [row(document) for document in documents]


def competition_panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the documents on the page of a competition."""
    found = places.readable(queries.list_documents(session, competition.id))
    return "documents/_panel.html", {
        "rows": rows(document for document in found if document.withdrawn_at is None),
        "list_url": url_for("documents.list_documents", competition_id=competition.id),
    }


def event_panel(session: Session, event: Event) -> tuple[str, dict[str, Any]] | None:
    """Return the documents on the overview of an event: its own and those of the whole competition."""
    if not places.may_open_event(event):
        return None
    found = [
        document
        for document in queries.list_documents(session, event.competition_id)
        if document.event_id in {None, event.id} and document.withdrawn_at is None
    ]
    return "documents/_panel.html", {
        "rows": rows(found),
        "list_url": url_for("documents.list_documents", competition_id=event.competition_id),
    }

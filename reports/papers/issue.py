"""What all papers of an event share: whose they are, who made them and when."""

from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.events.models import Competition, Event
from core.i18n import moment
from reports.documents.model import Document, Table
from reports.documents.words import document_words

PROVISIONAL = frozenset({"draft", "registration"})  # the field can still change


class Issue(NamedTuple):
    """Who makes a paper, and when."""

    by: str
    now: datetime


def paper(event: Event, issue: Issue, title: str, *tables: Table, **more: Any) -> Document:
    """Return a paper of an event."""
    return Document(
        title=title,
        words=document_words(),
        subtitle=" · ".join((name_of(event.competition), name_of(event))),
        tables=tables,
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(issue.now), who=issue.by),
        issued_at=issue.now,
        **more,
    )


def standing_facts(event: Event) -> list[tuple[str, str]]:
    """Return what a paper of the field must say while the field can still change."""
    if event.state not in PROVISIONAL:
        return []
    return [(_("Provisional"), _("registration is not closed yet; this list can still change"))]


def bodies(competition: Competition, role: str) -> list[str]:
    """Return the bodies of a competition in a role; the owning union organises where none is named."""
    named = [body.name for body in competition.bodies if body.role == role]
    return named or ([name_of(competition.union)] if role == "organiser" else [])

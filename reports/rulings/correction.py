"""A correction on paper (更正单): old value, new value, reason, the two people, the head of the ledger."""

from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events.models import Event
from core.i18n import moment
from reports.documents.model import Column, Document, Table
from reports.papers.issue import Issue, paper
from scoring.sheets import closed_pages, releases
from scoring.sheets.models import Correction, Release


def build(session: Session, event: Event, row: Correction, issue: Issue) -> Document:
    """Return a witnessed correction, to be signed by both; the sheet goes by its codes, without a name."""
    page: Any = closed_pages.sheet_page(session, event, row.sheet.ref)
    shown = next(item for item in page["corrections"] if item["row"].id == row.id)
    operation = row.operation
    if operation is None:
        raise ValueError("only a witnessed correction is printed")
    head = _("operation %(seq)s, head %(digits)s", seq=operation.seq, digits=operation.hash[:8])
    return paper(
        event, issue, _("Correction sheet"), _values(shown),
        meta=(
            (_("Entry code"), page["row"].entry),
            (_("Judge"), page["row"].judge),
            (_("Stage"), page["stage"]),
            (_("On the ground of"), _ground(releases.find_used(session, row))),
            (_("Written down by"), f"{shown['by']} · {moment(row.proposed_at)}"),
            (_("Witnessed by"), f"{shown['decided_by']} · {moment(row.decided_at)}"),
            (_("Ledger"), head),
        ),
        signatures=(_("Chief judge"), _("Supervisor’s signature"), _("Date")),
        seal=_("ledger %(head)s", head=operation.hash[:8]),
    )  # fmt: skip


def _values(shown: dict[str, Any]) -> Table:
    columns = (Column(_("Aspect")), Column(_("Old value")), Column(_("New value")))
    changed = tuple((title, old or "—", new) for title, old, new in shown["changes"])
    return Table("", columns, changed, notes=(_("Reason: %(reason)s", reason=shown["row"].reason),))


def _ground(released: Release | None) -> str:
    """Return what allowed a correction with open names; before that none is needed."""
    if released is None:
        return _("Re-check or check before the names were opened")
    if released.basis == releases.APPEAL:
        return _("Appeal no. %(number)s", number=released.number)
    return _("Error found, approved by an arbitrator: %(reason)s", reason=released.reason)

"""The ruling on an appeal on paper (申诉裁决书): what was asked, what was decided and why, what it opens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events.models import Event
from core.i18n import moment
from reports.documents.model import Column, Document, Table
from reports.papers.issue import Issue, paper
from scoring.appeals import labels, pages, rules
from scoring.appeals.models import Appeal


def build(session: Session, event: Event, appeal: Appeal, issue: Issue) -> Document:
    """Return the ruling on an appeal that is decided or refused, to be signed and handed to the unit.

    Whoever spoke for the unit is not named: the paper is for the unit, and lies open where it is posted.
    """
    facts = pages.appeal_page(session, event, appeal)
    ruled = str(labels.DECISIONS.get(appeal.state) or facts["chip"][1])
    opened = "\n".join(f"{item['label']} ({item['chip'][1]})" for item in facts["opened"])
    rows = [(_("Decision"), ruled), (_("Reasons"), appeal.reasons)]
    rows += [(_("Opened for correction"), opened)] if opened else []
    notes = (_("This decision is final."),) if appeal.state in rules.DECISIONS else ()
    return paper(
        event, issue, _("Ruling on an appeal"), _told(facts), _pairs(_("Ruling"), rows, notes),
        meta=_meta(facts),
        signatures=(_("Arbitrator’s signature"), _("Date"), _("Seal")), seal=_seal(appeal, facts),
    )  # fmt: skip


def _meta(facts: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    appeal, names = facts["appeal"], facts["names"]
    return (
        (_("Number"), facts["receipt"]),
        (_("Unit"), appeal.entry.unit.name),
        (_("Entrant"), f"{facts['code']} {appeal.entry.name}"),
        (_("Against version"), str(appeal.version)),
        (_("Filed at"), moment(appeal.filed_at)),
        (_("Taken up"), _by(appeal.taken_at, names.get(appeal.taken_by_id))),
        (_("Ruling made"), _by(appeal.decided_at, names.get(appeal.decided_by_id))),
    )


def _told(facts: dict[str, Any]) -> Table:
    """Return what the unit has said, and what it has brought."""
    brought = [file["label"] for file in facts["files"]]
    rows = [
        (_("What it is about"), "\n".join(facts["about"])),
        (_("What is wrong, and how one can see it"), facts["said"].grounds),
        (_("Asked for"), facts["said"].wanted or "—"),
        (_("Evidence for the appeal"), "\n".join(brought) or "—"),
    ]
    return _pairs(_("The appeal"), rows)


def _pairs(title: str, rows: Sequence[tuple[str, str]], notes: tuple[str, ...] = ()) -> Table:
    return Table("", (Column(title), Column("")), tuple(rows), notes=notes)


def _by(at: datetime | None, who: str | None) -> str:
    return f"{moment(at)} · {who or '—'}" if at is not None else "—"


def _seal(appeal: Appeal, facts: dict[str, Any]) -> str:
    """Return the digest of the decision and the ledger's head when it was written there."""
    if not appeal.sha256:
        return ""
    written = [item["row"].operation for item in facts["opened"] if item["row"].operation is not None]
    head = _(" · ledger %(digits)s", digits=written[0].hash[:8]) if written else ""
    return f"SHA-256 {appeal.sha256[:16]}{head}"

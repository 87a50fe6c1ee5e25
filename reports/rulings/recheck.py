"""The record of the re-check on paper (复核记录): the seed, each sheet, why it was chosen, what was found."""

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.queries import list_names
from competitions.events.models import Event
from core.i18n import moment
from reports.documents.model import Column, Document, Table
from reports.papers.issue import Issue, paper
from scoring.rechecks import pages, queries
from scoring.rechecks.models import Comparison
from scoring.rechecks.queries import Progress
from scoring.schemes.queries import find_scheme
from scoring.sheets.closed_pages import stage_title


def build(session: Session, event: Event, found: Progress, issue: Issue) -> Document:
    """Return the record of a re-check whose sheets are drawn, to be signed; entries go by their codes."""
    said = queries.comparisons_by_sheet(session, event.id)
    facts = [*pages.facts_of(session, found), *_ledger(said)]
    return paper(
        event, issue, _("Record of the re-check"), _sheets(session, event, found, said), meta=tuple(facts),
        signatures=(_("Tabulator’s signature"), _("Supervisor’s signature"), _("Date")),
    )  # fmt: skip


def _ledger(said: Mapping[str, list[Comparison]]) -> list[tuple[str, str]]:
    """Return where the last comparison stands in the ledger."""
    last = max((row for rows in said.values() for row in rows), key=lambda row: row.id, default=None)
    if last is None:
        return []
    place, head = last.operation.seq, last.operation.hash[:8]
    return [(_("Ledger"), _("operation %(seq)s, head %(digits)s", seq=place, digits=head))]


def _sheets(
    session: Session, event: Event, found: Progress, said: Mapping[str, list[Comparison]]
) -> Table:
    scheme = find_scheme(session, event.id)
    names = list_names(session, {row.by_id for rows in said.values() for row in rows})
    rows = []
    for one in sorted(found.chosen, key=lambda one: (one.row.entry, one.row.judge, one.row.stage)):
        findings = "\n".join(_finding(row, names) for row in said.get(one.row.ref, ()))
        stage, why = stage_title(scheme, one.row.stage), str(pages.REASONS[one.why])
        rows.append((one.row.entry, one.row.judge, stage, why, findings or "—"))
    titles = (_("Entry"), _("Judge"), _("Stage"), _("Chosen as"), _("Comparison"))
    left = (_("Sheets that nobody has found right yet: %(count)s", count=found.left),) if found.left else ()
    return Table("", tuple(map(Column, titles)), tuple(rows), notes=left)


def _finding(row: Comparison, names: Mapping[int, str]) -> str:
    word = _("Agrees") if row.agrees else _("Differs")
    return " · ".join(part for part in (word, row.note, names.get(row.by_id, ""), moment(row.at)) if part)

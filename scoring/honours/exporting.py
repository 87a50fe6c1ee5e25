"""The register as a workbook."""

import io
from collections.abc import Iterable, Iterator, Mapping

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from competitions.lists.workbook import list_workbook
from scoring.honours import labels
from scoring.honours.models import Honour


def register_workbook(rows: Iterable[Honour], revoked: Mapping[int, str]) -> io.BytesIO:
    """Return honours as a workbook whose first columns can be imported again.

    `revoked` says by an honour's number what has become of the certificate behind it.
    """
    headings = [
        _("Honour"), _("Level of the honour"), _("Recipient"), _("Unit"), _("Granted by"),
        _("Document number"), _("Day of the document"), _("State"), _("Competition"), _("Event"), _("Rank"),
        _("Ended on"), _("Document of the end"), _("Reason"), _("Certificate behind it"),
    ]  # fmt: skip
    return io.BytesIO(list_workbook(_("Honours"), headings, _lines(rows, revoked)))


def _lines(rows: Iterable[Honour], revoked: Mapping[int, str]) -> Iterator[list[str | int]]:
    for row in rows:
        yield [
            labels.CHINESE[row.kind], labels.PREFIX[row.level], row.recipient, row.unit_name, row.granted_by,
            row.document, row.granted_on.isoformat() if row.granted_on else "",
            str(labels.STATES[row.state][1]), name_of(row.competition) if row.competition else "",
            name_of(row.event) if row.event else "", row.rank or "",
            row.ended_on.isoformat() if row.ended_on else "", row.ended_document, row.ended_reason,
            revoked.get(row.id, ""),
        ]  # fmt: skip

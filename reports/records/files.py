"""Records of acts as Excel, CSV or JSON lines."""

import io
from collections.abc import Iterator, Mapping, Sequence

from flask_babel import gettext as _

from accounts import audit_words as words
from core import canonical
from core.audit.models import AuditRecord
from core.audit.rules import body
from core.i18n import moment
from reports.documents.csv_rows import write_csv
from reports.documents.model import Cell, Column
from reports.documents.stream import write_xlsx
from reports.documents.words import document_words

MIMES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
    "jsonl": "application/jsonl",
}


def file_of(rows: Sequence[AuditRecord], people: Mapping[int, str], kind: str) -> bytes:
    """Return the records as a file of this kind; `people` are names by the numbers of users."""
    return _lines(rows) if kind == "jsonl" else _table(rows, people, kind)


def _lines(rows: Sequence[AuditRecord]) -> bytes:
    """Return everything that the hash of each record covers, with the hash: somebody else can check it."""
    return "".join(
        canonical.dumps(
            body(row.seq, row.at, row.actor_id, row.action, row.subject, row.detail)
            | {"chain": row.chain, "prev_hash": row.prev_hash, "hash": row.hash}
        )
        + "\n"
        for row in rows
    ).encode()


def _table(rows: Sequence[AuditRecord], people: Mapping[int, str], kind: str) -> bytes:
    about = (_("When"), _("Who"), _("What"), _("About"), _("Details"))
    columns = [Column(title) for title in (*about, _("Chain"), _("No."), _("Fingerprint"))]
    cells, target = _cells(rows, people), io.BytesIO()
    if kind == "csv":
        write_csv(target, columns, cells, document_words())
    else:
        write_xlsx(target, columns, cells, document_words(), name=_("Record of acts"))
    return target.getvalue()


def _cells(rows: Sequence[AuditRecord], people: Mapping[int, str]) -> Iterator[list[Cell]]:
    for row in rows:
        detail = "; ".join(f"{name}: {value}" for name, value in words.details(row.detail))
        yield [
            moment(row.at), words.actor_words(row.actor_id, people), words.action_words(row.action),
            words.subject_words(row.subject, people), detail, row.chain, str(row.seq), row.hash,
        ]  # fmt: skip

"""A published standing as a document: the table, the entries that counted, the results they come from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal, InvalidOperation

from flask_babel import gettext as _

from competitions.catalogue.naming import name_of
from core.i18n import moment
from reports.documents.model import Cell, Column, Document, Kind, Table
from reports.documents.words import document_words
from scoring.standings import rules
from scoring.standings.messages import GROUPS, STATUSES
from scoring.standings.models import StandingVersion


def build(version: StandingVersion, *, issued_by: str, now: datetime) -> Document:
    """Return a published standing as a document."""
    frozen = version.document
    competition = version.standing.competition
    sources = rules.sources_of(frozen)
    return Document(
        title=str(frozen["method"]["title"]),
        words=document_words(),
        subtitle=str(frozen["method"].get("source", "")),
        meta=(
            (_("Competition"), name_of(competition)),
            (_("Version"), str(version.number)),
            (_("Published"), moment(version.published_at)),
            (_("Check digits"), version.sha256[:8]),
        ),
        tables=(_standing(frozen, sources), _counted(frozen, sources), _sources(sources)),
        issued=_("Made %(when)s by %(who)s with Jiangsai", when=moment(now), who=issued_by),
        issued_at=now,
        landscape=True,
    )


def _standing(frozen: Mapping[str, object], sources: Sequence[rules.Source]) -> Table:
    method = frozen["method"]
    of = str(method.get("of", "unit")) if isinstance(method, dict) else "unit"
    return Table(
        title=_("Standing"),
        columns=(
            Column(_("Rank"), Kind.INTEGER),
            Column(str(GROUPS[of])),
            *(Column(source.title, Kind.DECIMAL) for source in sources),
            Column(_("Counted"), Kind.INTEGER),
            Column(_("Total"), Kind.DECIMAL),
            Column(_("Award")),
            Column(_("Note")),
        ),
        rows=tuple(_row(row, sources) for row in _dicts(frozen)),
        empty=_("No group has an entry that counts yet."),
    )


def _dicts(frozen: Mapping[str, object]) -> list[dict[str, str]]:
    header, rows = frozen["header"], frozen["rows"]
    if not isinstance(header, list) or not isinstance(rows, list):
        return []
    return [dict(zip(header, cells, strict=True)) for cells in rows]


def _row(row: Mapping[str, str], sources: Sequence[rules.Source]) -> tuple[Cell, ...]:
    scores = [_number(row[source.event]) for source in sources]
    note = str(STATUSES.get(row["status"], ""))
    rank = int(row["rank"]) if row["rank"] else None
    entries = int(row["entries"])
    return (rank, row["group"], *scores, entries, _number(row["total"]), row["award"], note)


def _counted(frozen: Mapping[str, object], sources: Sequence[rules.Source]) -> Table:
    titles = {source.event: source.title for source in sources}
    rows = [row for row in rules.rows_of(frozen) if row.group]
    return Table(
        title=_("Entries"),
        columns=(
            Column(_("Event")),
            Column(_("Entry code")),
            Column(_("Unit")),
            Column(_("Rank"), Kind.INTEGER),
            Column(_("Total score"), Kind.DECIMAL),
            Column(_("Award")),
        ),
        rows=tuple(
            (titles[row.event], row.entry, row.group, int(row.rank) if row.rank else None,
             _number(row.total), row.award)
            for row in rows
        ),
    )  # fmt: skip


def _sources(sources: Sequence[rules.Source]) -> Table:
    return Table(
        title=_("Results that count"),
        columns=(Column(_("Event")), Column(_("Version"), Kind.INTEGER), Column("SHA-256")),
        rows=tuple((source.title, source.version, source.sha256) for source in sources),
    )


def _number(text: str) -> Cell:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None

"""Whether the results of an event still are those that were tabulated.

Certificates and statistics read the rows of a version, pages its frozen document. Here the rows are held
against the document, the document against its hash, the hash against the chained record of the tabulating.
Source: SECURITY.md T07, I29.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.draw.models import EntryCode
from core import canonical
from core.audit.models import AuditRecord
from core.refusals import Refusal
from scoring.results import outcomes, queries, rules, statements
from scoring.results.models import ResultRow, ResultStatement, ResultVersion
from scoring.results.rules import StandingRow
from scoring.schemes import queries as schemes

NAMED = 6


def refusals(session: Session, event_id: int) -> list[Refusal]:
    """Return what was changed in the results of an event by other means, version by version."""
    versions = queries.list_versions(session, event_id)
    forged = [row for row in statements.list_statements(session, event_id) if not _is_genuine(session, row)]
    found = [Refusal("RESULT_STATEMENT", "", {"number": row.version.number}) for row in forged[:1]]
    return [found for version in versions for found in version_refusals(session, version)] + found


def version_refusals(session: Session, version: ResultVersion) -> list[Refusal]:
    """Return what was changed in one version: its document, or at most NAMED entries with one value each."""
    if {canonical.digest(version.document), _tabulated_hash(session, version)} != {version.sha256}:
        return [Refusal("RESULT_DOCUMENT_CHANGED", "", {"number": version.number})]
    frozen = {row.entry: row for row in rules.standing_rows(version.document)}
    stored = {row.entry: row for row in _stored_rows(session, version)}
    codes = [code for code in sorted(frozen | stored) if frozen.get(code) != stored.get(code)]
    return [
        _changed(version.number, code, frozen.get(code), stored.get(code)) for code in codes[:NAMED]
    ]


def blind_fingerprint(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a frozen result without the units behind its codes.

    The hash of the whole document would tell whoever tries all the ways in which the known units can stand
    behind the codes; before the names are opened only this one leaves the house. Source: SECURITY.md I26.
    """
    entries = [[code, "", status] for code, _unit, status in document["entries"]]
    return canonical.digest({**document, "entries": entries})


def has_moved(session: Session, version: ResultVersion) -> bool:
    """Say whether the ledger gives another result now than this version, or another way to the same.

    What a unit is called is no part of a result.
    """
    live, frozen = outcomes.live(session, version.event_id), outcomes.of_version(version)
    scheme = schemes.find_current(session, version.event_id)
    if frozen is None or scheme is None:
        return True
    if not live.digest:
        live.digest = blind_fingerprint(rules.document(live.inputs, live.outcome, scheme.document))
    if not frozen.digest:
        frozen.digest = blind_fingerprint(version.document)
    return live.digest != frozen.digest


def _is_genuine(session: Session, row: ResultStatement) -> bool:
    """Say whether a statement is genuine and is the one that the record knows."""
    digests = session.scalars(
        select(AuditRecord.detail).where(
            AuditRecord.action == "result:sign", AuditRecord.subject == f"result:{row.version_id}"
        )
    )
    known = {detail["sha256"] for detail in digests}
    return canonical.digest(row.statement) in known and statements.is_genuine(session, row)


def _tabulated_hash(session: Session, version: ResultVersion) -> str | None:
    detail = session.scalar(
        select(AuditRecord.detail).where(
            AuditRecord.action == "result:tabulate", AuditRecord.subject == f"result:{version.id}"
        )
    )
    return detail.get("sha256") if detail else None


def _stored_rows(session: Session, version: ResultVersion) -> list[StandingRow]:
    rows = session.execute(
        select(
            EntryCode.code, ResultRow.rank, ResultRow.status, ResultRow.total, ResultRow.award,
            ResultRow.award_tier, ResultRow.position,
        )
        .join(EntryCode, EntryCode.entry_id == ResultRow.entry_id)
        .where(ResultRow.version_id == version.id)
    )  # fmt: skip
    return [StandingRow(*row) for row in rows]


def _changed(number: int, code: str, frozen: StandingRow | None, stored: StandingRow | None) -> Refusal:
    """Return the first value of an entry that differs; of an entry that one side lacks, its presence."""
    absent = (None,) * len(StandingRow._fields)
    pairs = zip(StandingRow._fields, frozen or absent, stored or absent, strict=True)
    column, before, after = next(pair for pair in pairs if pair[1] != pair[2])
    told = {"number": number, "column": column, "frozen": before, "stored": after}
    return Refusal("RESULT_CHANGED", code, told)

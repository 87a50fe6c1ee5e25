"""What everybody sees of an announced result: the version asked for, all versions, and how to check one."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy.orm import Session

from competitions.documents.queries import find_page_ref
from competitions.events import labels
from competitions.events.models import Competition, Event
from competitions.events.queries import get_event
from competitions.notices.sources import shown_name
from core.signing.models import SigningKey
from reports.announcements import sheet
from scoring.results import pages, reader, rules, statements, versions
from scoring.results.models import ResultStatement, ResultVersion
from scoring.results.reader import Names, Shown
from scoring.sheets import queries as sheets
from scoring.sheets.board import STATUSES


class Published(NamedTuple):
    """One published version: its event, its newest statement, its frozen table."""

    event: Event
    statement: ResultStatement
    shown: Shown

    @property
    def version(self) -> ResultVersion:
        """Return the version that was published."""
        return self.statement.version


def find(session: Session, ref: str) -> Published | None:
    """Return what stands under a public address."""
    statement = statements.find_statement(session, ref)
    shown = reader.frozen(statement.version) if statement is not None else None
    if statement is None or shown is None:
        return None
    return Published(get_event(session, statement.version.event_id), statement, shown)


def masked_names(session: Session, event: Event) -> Mapping[str, Names]:
    """Return names and units by code as everybody may read them: people masked, teams and works not."""
    return {
        row.code: Names(shown_name(event.entry_kind, row.name), row.unit)
        for row in sheets.list_field(session, event.id)
    }


def page(session: Session, found: Published) -> dict[str, Any]:
    """Return the page of one published version."""
    event, version = found.event, found.version
    said = statements.list_statements(session, event.id)
    names = masked_names(session, event)
    rows = [dict(zip(found.shown.table[0], cells, strict=True)) for cells in found.shown.table[1]]
    newest = said[0]
    return {
        "event": event,
        "version": version,
        "state": versions.state_of(version, [one.version for one in said]),
        "statement": found.statement,
        "rows": [_row(row, names) for row in rows],
        "awards": any(row.get("award") for row in rows),
        "changes": pages.published_changes(session, event, version),
        "newest": newest if newest.version_id != version.id else None,
        "periods": sheet.periods(event, version) if newest.version_id == version.id else [],
        "versions": _versions(said),
        "keys": _keys(session, said),
        "page_ref": find_page_ref(session, event.competition_id),
    }


def panel(session: Session, competition: Competition) -> tuple[str, dict[str, Any]] | None:
    """Return the announced results of a competition for its public page."""
    found = [(event, statements.list_statements(session, event.id)) for event in competition.events
             if event.state in rules.PUBLIC_STATES]  # fmt: skip
    rows = [
        {"event": event, "state": labels.STATES[event.state], "number": said[0].version.number,
         "at": said[0].at, "url": url_for("publication.show", ref=said[0].ref)}
        for event, said in found
        if said
    ]  # fmt: skip
    return ("publication/_panel.html", {"rows": rows}) if rows else None


def _row(row: Mapping[str, str], names: Mapping[str, Names]) -> dict[str, Any]:
    who = names.get(row["entry"]) or Names("", "")
    status = "" if row["status"] == "valid" else STATUSES[row["status"]]
    return {**row, "name": who.name, "unit": who.unit, "status": status, "award": row.get("award", "")}


def _versions(said: list[ResultStatement]) -> list[dict[str, Any]]:
    """Return one row a version, the newest first, with everything that was signed about it."""
    found: dict[int, dict[str, Any]] = {}
    known = [one.version for one in said]
    for one in said:
        state = versions.state_of(one.version, known)
        row = found.setdefault(
            one.version_id, {"version": one.version, "state": state, "ref": one.ref, "signed": []}
        )
        row["signed"].append({"kind": labels.STATES[one.kind], "one": one})
        row["replaces"] = one.statement["replaces"]
        row["appeals"] = one.statement["appeals"]
    return list(found.values())


def _keys(session: Session, said: list[ResultStatement]) -> list[SigningKey]:
    used = {one.kid for one in said}
    return [key for key in statements.public_keys(session) if key.kid in used]

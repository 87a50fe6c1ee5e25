"""Which result is exported, and with which names."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.packages import rules, services
from scoring.packages.services import Exported
from scoring.results import reader
from scoring.results.reader import Shown
from scoring.results.rules import PUBLIC_STATES
from scoring.schemes.queries import find_current


def export(
    session: Session, event: Event, number: int | None, *, actor_id: int, now: datetime
) -> Exported | None:
    """Return the package of one version, or of the result that stands; None where there is none.

    A version goes out as it was frozen, whatever today's rules give: its recount would say where they differ.
    Names are in it once the result is announced: a package leaves the house.
    """
    shown = (
        reader.result_of(session, event) if number is None else reader.version_of(session, event, number)
    )
    if shown is None:
        return None
    names = reader.names_for(session, event) if event.state in PUBLIC_STATES else None
    if shown.version is not None:
        document, part = shown.version.document["scheme"], f"v{shown.version.number}"
        codes = [code for code, _where in shown.version.document["findings"]]
    else:
        current = find_current(session, event.id)
        document, part = current.document if current else {}, "live"
        codes = [finding.code for finding in shown.computed.outcome.findings]
    return services.export_package(
        session,
        event,
        shown.computed.inputs,
        rules.published(shown.table, codes),
        document,
        names,
        title=f"recount-{event.id}-{part}",
        actor_id=actor_id,
        now=now,
    )


def public_package(shown: Shown, names: Mapping[str, tuple[str, str]]) -> bytes:
    """Return the package of a published version as everybody may have it: without reasons in writing.

    Shape: `names` gives (name, unit) by code as everybody may read them.
    Raises: ValueError for a result that is not frozen.
    """
    if shown.version is None:
        raise ValueError("only a frozen result is published")
    inputs, document = shown.computed.inputs, shown.version.document
    blank = replace(
        inputs,
        penalties=[row._replace(reason="") for row in inputs.penalties],
        decisions=[row._replace(reason="") for row in inputs.decisions],
        vetoes=(),
    )
    codes = [code for code, _where in document["findings"]]
    return services.package_of(blank, rules.published(shown.table, codes), document["scheme"], names)

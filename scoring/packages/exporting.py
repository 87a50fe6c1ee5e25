"""Which result is exported, and with which names."""

from datetime import datetime

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.packages import rules, services
from scoring.packages.services import Exported
from scoring.results import reader
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

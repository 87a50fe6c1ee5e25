"""What the page of wishes shows: the form, and the wished result beside the real one."""

import json
from typing import Any

from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.results import reader, whatif, whatif_form
from scoring.results.messages import finding_words
from scoring.results.reader import Shown
from scoring.rules.findings import Finding
from scoring.schemes import queries as schemes
from scoring.sheets.board import STATUSES

MOST_FINDINGS = 12
MOST_ROWS = 400  # of more entries only those are shown that would stand otherwise


def page(session: Session, event: Event, *, sent: bool = False) -> dict[str, Any] | None:
    """Return the page for the result that stands; None where there is none yet."""
    shown = reader.result_of(session, event)
    if shown is None:
        return None
    document = _document(session, event, shown)
    inputs = shown.computed.inputs
    form = whatif_form.form_for(inputs, json.dumps(document, ensure_ascii=False, indent=2))
    facts = {
        "event": event,
        "form": form,
        "stages": inputs.scheme.stages,
        "statuses": STATUSES,
        "names": reader.names_for(session, event),
        "pairs": None,
        "entries": 0,
        "changed": 0,
        "moved": 0,
        "findings": [],
    }
    if not sent or not form.validate():
        return facts
    answer = whatif.answer(inputs, document, form.wishes(inputs, document))
    facts["findings"] = _said(answer.findings)
    if answer.table is None:
        return facts
    pairs = whatif.side_by_side(shown.table, answer.table)
    changed = [pair for pair in pairs if pair.changed]
    return facts | {
        "pairs": pairs if len(pairs) <= MOST_ROWS else changed[:MOST_ROWS],
        "entries": len(pairs),
        "changed": len(changed),
        "moved": sum(pair.rank[0] != pair.rank[1] for pair in pairs),
    }


def _document(session: Session, event: Event, shown: Shown) -> Any:
    """Return the scheme that the real result was computed with."""
    if shown.version is not None:
        return shown.version.document["scheme"]
    version = schemes.find_current(session, event.id)
    return version.document if version is not None else {}


def _said(findings: Any) -> list[tuple[str, str]]:
    said: list[Finding] = list(findings)
    return [(finding.where, finding_words(finding)) for finding in said[:MOST_FINDINGS]]

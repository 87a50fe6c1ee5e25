"""What the page of wishes shows: the form, and the wished result beside the real one."""

import json
from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events.models import Event
from scoring.results import reader, whatif, whatif_form
from scoring.results.reader import Shown
from scoring.rules.findings import Finding
from scoring.rules.model import Scheme
from scoring.schemes import queries as schemes
from scoring.schemes.wording import findings
from scoring.sheets.board import STATUSES

MOST_FINDINGS, MOST_CODES = 12, 6
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
    if answer.table is None:
        rest = [finding for finding in answer.findings if not _is_at_weights(form, finding)]
        return facts | {"findings": _said(inputs.scheme, document, rest)}
    facts["findings"] = _said(inputs.scheme, document, answer.findings)
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


def _is_at_weights(form: Any, finding: Finding) -> bool:
    """Say at its fields what is wrong with the weights; everything else is listed."""
    if finding.code != "WEIGHTS_SUM":
        return False
    total = finding.params["total"]
    form.refuse_weights(
        _("They add up to %(total)s, but have to add up to exactly 1 (30%% is 0.3).", total=total)
    )
    return True


def _said(scheme: Scheme, document: Any, found: Sequence[Finding]) -> list[tuple[str, str]]:
    """Return each sentence once, with all the places that it is about."""
    said: dict[tuple[str, str], list[str]] = {}
    for finding in found:
        name, entry = _place(scheme, document, finding)
        said.setdefault((name, findings.sentence(document, finding)), []).append(entry)
    return [(_listed(name, entries), words) for (name, words), entries in said.items()][:MOST_FINDINGS]


def _listed(name: str, entries: list[str]) -> str:
    codes = _(", ").join(filter(None, entries[:MOST_CODES])) + ("…" if len(entries) > MOST_CODES else "")
    return _("%(name)s: %(codes)s", name=name, codes=codes) if codes else name


def _place(scheme: Scheme, document: Any, finding: Finding) -> tuple[str, str]:
    """Return the aspect and the entry that a finding about a mark names (“P.A2/007/1”), or its place."""
    parts = finding.where.split("/")
    stage, _point, code = parts[0].partition(".")  # a code may have a point of its own, as A1.01 has
    aspect = scheme.find_aspect(stage, code) if len(parts) == 3 else None
    if aspect is None or finding.pointer is not None:
        return findings.place(document, finding), ""
    return aspect.title or aspect.code, parts[1]

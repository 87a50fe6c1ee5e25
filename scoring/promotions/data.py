"""Proposals as data (promotion-proposals/1): everything they follow from, named by version and digest."""

from typing import Any

from competitions.events.models import Event
from scoring.promotions.proposals import Line, Proposals, Result
from scoring.promotions.rules import in_order

FORMAT = "promotion-proposals/1"
STATUS = "proposal"  # 需人社部门核准: never a grant


def document(event: Event, found: Proposals) -> dict[str, Any]:
    """Return proposals as a JSON document.

    Shape: `proposals` in the order of the result; `without_level` and `without_step` are those whom a rule
    reaches, but whose level is not known, or from whose level no rule leads on. Totals are exact text.
    """
    return {
        "format": FORMAT,
        "status": STATUS,
        "approval_needed": "人力资源社会保障部门",
        "event": {
            "id": event.id,
            "name": event.name,
            "competition": event.competition.name,
            "year": event.competition.year,
        },
        "result": _result(found.result),
        "rules": {
            "number": found.version.number,
            "sha256": found.version.sha256,
            "document": in_order(found.version.document),
        },
        "field": {"base": found.rules.base, "entries": found.base},
        "proposals": [_line(line) | {"proposed": line.proposed, "rule": line.rule} for line in found.lines],
        "without_level": [_line(line) for line in found.unrecorded],
        "without_step": [_line(line) for line in found.unmoved],
    }


def _result(result: Result) -> dict[str, Any]:
    if result.version is None:
        return {"version": None, "provisional": True}
    version = result.version
    return {
        "version": version.number,
        "provisional": version.announced_at is None,
        "sha256": version.sha256,
        "ledger_head": version.ledger_head,
    }


def _line(line: Line) -> dict[str, Any]:
    return {
        "rank": line.rank,
        "entry": line.entry,
        "team": line.team,
        "name": line.name,
        "unit": line.unit,
        "total": line.total,
        "award": line.award,
        "current": line.current,
    }

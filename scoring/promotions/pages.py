"""What the pages of promotions show, as plain values for their templates."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.guard import may
from competitions.events.models import Event
from competitions.events.queries import event_path
from core.i18n import moment
from scoring.promotions import approvals, forms, offers, proposals, queries, rules, services, wording
from scoring.promotions.messages import finding_words, place_words
from scoring.promotions.models import PromotionRules
from scoring.promotions.proposals import Line, Proposals, Result
from scoring.results import reader
from scoring.results.versions import state_of
from scoring.rules.findings import Finding


def proposals_page(session: Session, event: Event, form: Any = None) -> dict[str, Any]:
    """Return the proposals for the result that stands, with the rules they follow."""
    path = event_path(session, event)
    result = proposals.result_of(session, event)
    found = proposals.proposals_of(session, event, result) if result is not None else None
    may_edit = may("promotion.edit", path) and event.state not in services.CLOSED_STATES
    return {
        "result": result,
        "head": _head(result),
        "found": found,
        "may_edit": may_edit,
        "form": form or (levels_form(found) if found and may_edit else None),
        "offers": offers.LIBRARY,
        **_rules(session, event, found),
    }


def editor_page(
    session: Session, event: Event, form: Any, findings: Sequence[Finding] = ()
) -> dict[str, Any]:
    """Return the editor of promotion rules with what is wrong with them."""
    return {
        "form": form,
        "findings": said(findings),
        "offers": offers.LIBRARY,
        "needs_reason": services.needs_reason(event, queries.find_current(session, event.id)),
        "closed": event.state in services.CLOSED_STATES,
        "ground": proposals.ground_of_event(session, event),
    }


def approvable(session: Session, event: Event) -> list[Line]:
    """Return the proposals of the announced result that nobody has recorded an approval of."""
    if event.state not in approvals.APPROVED_STATES or queries.find_current(session, event.id) is None:
        return []
    result = proposals.result_of(session, event)
    found = proposals.proposals_of(session, event, result) if result is not None else None
    lines = [line for line in found.lines if line.person_id is not None] if found and found.named else []
    known = approvals.approved_people(session, event.id, [line.person_id or 0 for line in lines])
    return [line for line in lines if line.person_id not in known]


def approvals_page(session: Session, event: Event) -> dict[str, Any]:
    """Return what was approved of an event, and what may still be recorded."""
    named = reader.sees_names(session, event)
    return {
        "lines": approvable(session, event),
        "recorded": approvals.list_approvals(session, event.id) if named else [],
        "may_edit": may("promotion.edit", event_path(session, event))
        and event.state in approvals.APPROVED_STATES,
    }


def levels_form(found: Proposals) -> Any:
    """Return the form for the levels that nobody has recorded; None where there are none to record."""
    people = {line.person_id: _named(line) for line in found.unrecorded if line.person_id is not None}
    return forms.levels_form(people.items()) if people else None


def said(findings: Sequence[Finding]) -> list[dict[str, str]]:
    """Return findings as a page says them."""
    return [
        {"code": finding.code, "place": place_words(finding), "message": finding_words(finding)}
        for finding in findings
    ]


def _named(line: Line) -> str:
    return f"{line.entry} {line.name}"


def _head(result: Result | None) -> dict[str, Any] | None:
    if result is None:
        return None
    if result.version is None:
        return {
            "title": _("Provisional ranking"),
            "state": ("warn", _("Provisional")),
            "at": _("It changes with every mark until the result is tabulated."),
        }
    return {
        "title": _("Version %(number)s", number=result.version.number),
        "state": state_of(result.version),
        "at": moment(result.version.tabulated_at),
    }


def _rules(session: Session, event: Event, found: Proposals | None) -> dict[str, Any]:
    versions = queries.list_versions(session, event.id)
    if not versions:
        return {"rules": None, "findings": [], "versions": []}
    current = versions[0][0]
    read = rules.read_document(current.document, proposals.ground_of_event(session, event))
    facts = {"versions": [_version(version, who) for version, who in versions]}
    if read.rules is None:
        return facts | {"rules": None, "findings": said(read.findings)}
    return facts | {
        "findings": [],
        "rules": {
            "title": read.rules.title,
            "source": read.rules.source,
            "note": read.rules.note,
            "base": wording.BASES[read.rules.base],
            "rows": wording.rule_words(read.rules, found.base if found else None),
            "has_fraction": any(rule.last_fraction is not None for rule in read.rules.rules),
        },
    }


def _version(version: PromotionRules, who: str) -> dict[str, Any]:
    return {
        "number": version.number,
        "at": moment(version.created_at),
        "who": who,
        "reason": version.reason,
    }

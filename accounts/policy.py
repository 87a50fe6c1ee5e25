"""The policy table: which role may do what, in which scope and state. Data, asked with plain values.

A scope is a path from the thing itself up to the site, for example
(("event", 5), ("competition", 2), ("union", 7), ("union", 1), ("site", 0)): a grant on any step of it counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

SITE = ("site", 0)
ScopePath = tuple[tuple[str, int], ...]
SITE_PATH: ScopePath = (SITE,)

ROLES = (
    "admin", "organiser", "registrar", "draw_officer", "chief_judge", "judge", "tabulator", "supervisor",
    "arbitrator", "analyst", "participant",
)  # fmt: skip
SCOPE_KINDS = ("site", "union", "unit", "competition", "event")
CARD_ROLES = frozenset({"judge", "chief_judge"})  # what a judge card can open, in its own event
SITE_ONLY = frozenset({"admin"})  # who gives roles could give any role: there is no administrator of a part


class HeldGrant(NamedTuple):
    """One role that a user holds now."""

    role: str
    scope_kind: str
    scope_id: int


@dataclass(frozen=True)
class Rule:
    """Who may do an action; `states` names the event states in which it is possible at all."""

    roles: frozenset[str]
    states: frozenset[str] | None = None


def _rule(roles: str, states: str = "") -> Rule:
    return Rule(frozenset(roles.split()), frozenset(states.split()) if states else None)


MARKED = "scoring tabulated announced final archived"
POLICY: dict[str, Rule] = {
    # accounts and catalogue
    "account.list": _rule("admin"),
    "account.manage": _rule("admin"),
    "grant.manage": _rule("admin"),
    "catalogue.view": _rule("admin organiser registrar analyst"),
    "catalogue.manage": _rule("admin"),
    "organisation.view": _rule("admin organiser registrar analyst"),
    "organisation.manage": _rule("admin organiser"),
    "contact.manage": _rule("admin organiser registrar"),
    "registrar.invite": _rule("admin organiser"),
    "audit.view": _rule("admin supervisor"),
    # competitions and events
    "competition.list": _rule(
        "admin organiser registrar draw_officer chief_judge tabulator supervisor arbitrator analyst"
    ),
    "competition.view": _rule(
        "organiser registrar draw_officer chief_judge tabulator supervisor arbitrator analyst"
    ),
    "competition.create": _rule("organiser"),
    "competition.edit": _rule("organiser"),
    "event.view": _rule(
        "organiser registrar draw_officer chief_judge tabulator supervisor arbitrator analyst"
    ),
    "event.create": _rule("organiser"),
    "event.edit": _rule("organiser"),
    # the steps of an event's life (competitions.events.rules.STEPS)
    "step.open_registration": _rule("organiser"),
    "step.close_registration": _rule("organiser"),
    "step.start_scoring": _rule("organiser"),
    "step.tabulate": _rule("organiser chief_judge tabulator"),
    "step.announce": _rule("organiser"),
    "step.finalise": _rule("organiser"),
    "step.archive": _rule("organiser"),
    "step.reopen_draft": _rule("organiser"),
    "step.reopen_registration": _rule("organiser"),
    "step.reopen_scoring": _rule("organiser"),
    "step.cancel": _rule("organiser"),
    # entries, draw, judges
    "entry.rules": _rule("organiser registrar supervisor"),
    "entry.set_rules": _rule("organiser"),
    "entry.register": _rule("registrar"),
    "entry.list": _rule("organiser registrar supervisor"),
    "entry.edit": _rule("organiser registrar"),
    "entry.import": _rule("organiser registrar"),
    "entry.decide": _rule("organiser"),
    "entry.substitute": _rule("organiser registrar"),
    "entry.check_in": _rule("organiser"),
    "entry.status": _rule("organiser chief_judge"),
    "work.view": _rule("organiser supervisor"),
    "work.terms": _rule("organiser"),
    "person.view": _rule("organiser"),
    "person.change": _rule("organiser"),
    "draw.show": _rule("organiser draw_officer supervisor"),
    "draw.make": _rule("organiser draw_officer"),
    "draw.make_by_hand": _rule("draw_officer"),
    "draw.view": _rule("draw_officer supervisor"),
    "draw.unblind": _rule("draw_officer supervisor", "tabulated"),
    "judge.list": _rule("organiser chief_judge supervisor"),
    "judge.appoint": _rule("organiser"),
    "register.view": _rule("organiser"),
    "register.edit": _rule("organiser"),
    "schedule.view": _rule(
        "organiser registrar draw_officer chief_judge tabulator supervisor arbitrator analyst"
    ),
    "schedule.edit": _rule("organiser"),
    "schedule.hold": _rule("organiser chief_judge"),
    # scoring
    "scheme.view": _rule("organiser chief_judge supervisor tabulator"),
    "scheme.edit": _rule("organiser"),
    "sheet.mark": _rule("judge chief_judge"),
    "sheet.progress": _rule("organiser chief_judge supervisor tabulator"),
    "sheet.reopen": _rule("chief_judge", "scoring"),
    "sheet.confirm": _rule("judge chief_judge", "scoring"),
    "sheet.lock": _rule("chief_judge", "scoring"),
    "device.attend": _rule("organiser chief_judge"),
    "quarantine.decide": _rule("chief_judge"),
    "closing.waive": _rule("chief_judge", "scoring"),
    "sheet.view": _rule("chief_judge tabulator supervisor"),
    "sheet.correct": _rule("chief_judge", "scoring tabulated announced final"),
    "sheet.witness": _rule("supervisor", "scoring tabulated announced final"),
    "release.decide": _rule("arbitrator", "tabulated announced final"),
    "recheck.view": _rule("organiser chief_judge tabulator supervisor"),
    "recheck.check": _rule("tabulator supervisor", "tabulated"),
    "penalty.give": _rule("chief_judge", "scoring announced final"),
    "decision.record": _rule("organiser chief_judge"),
    "desk.view": _rule("organiser chief_judge tabulator supervisor"),
    "desk.write": _rule("organiser tabulator", "scoring"),
    "desk.withdraw": _rule("organiser", "scoring"),
    "result.view": _rule("organiser chief_judge supervisor tabulator arbitrator"),
    "result.correct": _rule("organiser", "announced final"),
    "board.lead": _rule("organiser chief_judge"),
    "ceremony.prepare": _rule("organiser", "tabulated announced final archived"),
    "ceremony.uncover": _rule("organiser supervisor"),
    "package.export": _rule("organiser chief_judge supervisor"),
    "appeal.view": _rule("organiser registrar chief_judge supervisor arbitrator"),
    "appeal.file": _rule("registrar", "announced"),
    "appeal.decide": _rule("arbitrator", "announced"),
    "appeal.open": _rule("organiser arbitrator"),
    "evidence.view": _rule("organiser supervisor arbitrator"),
    "ledger.export": _rule("organiser supervisor"),
    "dispute.view": _rule("organiser registrar supervisor arbitrator"),
    "dispute.raise": _rule("organiser registrar", "registration ready scoring tabulated"),
    "dispute.decide": _rule("organiser arbitrator", "registration ready scoring tabulated"),
    "promotion.view": _rule("organiser supervisor"),
    "promotion.edit": _rule("organiser"),
    "standing.view": _rule(
        "organiser registrar draw_officer chief_judge tabulator supervisor arbitrator analyst"
    ),
    "standing.edit": _rule("organiser"),
    "assessment.view": _rule("organiser registrar tabulator supervisor"),
    "assessment.plan": _rule("organiser"),
    "assessment.report": _rule("organiser registrar"),
    "assessment.check": _rule("organiser tabulator", "scoring"),
    "honour.view": _rule("organiser supervisor"),
    "honour.edit": _rule("organiser"),
    # documents and notices
    "document.view": _rule(
        "organiser registrar draw_officer chief_judge judge tabulator supervisor arbitrator analyst"
    ),
    "document.edit": _rule("organiser"),
    "notice.view": _rule("organiser supervisor"),
    "notice.edit": _rule("organiser"),
    "notice.publish": _rule("organiser"),
    "objection.decide": _rule("organiser"),
    # reports
    "paper.list": _rule("organiser draw_officer chief_judge tabulator supervisor"),
    "paper.field": _rule("organiser supervisor"),
    "paper.ceremony": _rule("organiser supervisor"),
    "paper.cards": _rule("organiser"),
    "paper.sheets": _rule("organiser chief_judge tabulator supervisor"),
    "certificate.view": _rule("organiser"),
    "certificate.issue": _rule("organiser"),
    "certificate.end": _rule("organiser"),
    "certificate.design": _rule("organiser"),
    "statistics.view": _rule("organiser analyst"),
    "declared.edit": _rule("organiser analyst"),
    "return.view": _rule("organiser analyst"),
    "return.open": _rule("organiser"),
    "return.fill": _rule("organiser analyst"),
    "return.decide": _rule("organiser"),
    "token.manage": _rule("organiser"),
}


def allows(grants: Iterable[HeldGrant], action: str, scope: ScopePath, state: str | None = None) -> bool:
    """Say whether somebody with these grants may do `action` on the thing with this scope path and state.

    Raises: KeyError for an action that the table does not name: a programmer's error.
    """
    rule = POLICY[action]
    if rule.states is not None and state is not None and state not in rule.states:
        return False
    steps = set(scope)
    return any(grant.role in rule.roles and (grant.scope_kind, grant.scope_id) in steps for grant in grants)


def allows_somewhere(grants: Iterable[HeldGrant], action: str) -> bool:
    """Say whether somebody may do `action` in at least one scope: enough to show a list, never a thing."""
    return any(grant.role in POLICY[action].roles for grant in grants)


def scopes_of(grants: Iterable[HeldGrant], action: str) -> frozenset[tuple[str, int]]:
    """Return the scopes in which somebody may do `action`, for queries that list things."""
    return frozenset((g.scope_kind, g.scope_id) for g in grants if g.role in POLICY[action].roles)


def of_card(grants: Iterable[HeldGrant], event_id: int) -> list[HeldGrant]:
    """Return what a judge card of an event opens of the roles that its holder has: a judge's, there."""
    here = ("event", event_id)
    return [g for g in grants if g.role in CARD_ROLES and (g.scope_kind, g.scope_id) == here]

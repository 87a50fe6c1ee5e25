"""The tabs that the pages of one event share; each slice's page is one of them."""

from typing import Any, NamedTuple

from flask import current_app, request, url_for
from flask_babel import lazy_gettext as _l

from accounts import guard
from accounts.policy import POLICY, ScopePath
from competitions.events import profiles
from competitions.events.models import Event


class Tab(NamedTuple):
    """One tab: its words, its page, and the action that one must be allowed to do."""

    label: Any
    endpoint: str
    action: str
    also: frozenset[str] = frozenset()  # blueprints of other slices whose pages stand under this tab
    of_units: bool = False  # also for whoever holds the role for a unit, which is no step of the event's path
    assessed: bool = False  # only where units report of themselves (profiles.is_assessed)

    @property
    def blueprints(self) -> frozenset[str]:
        """Return the blueprints whose pages stand under this tab."""
        return self.also | {self.endpoint.split(".")[0]}


TABS = (
    Tab(_l("Overview"), "events.show_event", "event.view"),
    Tab(_l("Scheme"), "schemes.show_scheme", "scheme.view"),
    Tab(
        _l("Entries"),
        "entries.list_entries",
        "entry.list",
        frozenset({"eligibility", "works", "disputes", "qualifying"}),
        of_units=True,
    ),
    Tab(_l("Judges"), "judges.list_judges", "judge.list", frozenset({"judge_cards"})),
    Tab(_l("Draw"), "draw.show_draw", "draw.show"),
    Tab(_l("Schedule"), "schedule.show_schedule", "schedule.view"),
    Tab(_l("Papers"), "papers.list_papers", "paper.list"),
    Tab(
        _l("Progress"),
        "sheets.show_progress",
        "sheet.progress",
        frozenset({"desk", "quarantine", "liveboard"}),
    ),
    Tab(_l("Periods"), "assessments.list_periods", "assessment.view", of_units=True, assessed=True),
    Tab(
        _l("Results"),
        "results.show_results",
        "result.view",
        frozenset({"promotions", "evidence", "rechecks", "ceremonies", "honours", "titles"}),
    ),
    Tab(_l("Appeals"), "appeals.list_appeals", "appeal.view", of_units=True),
    Tab(
        _l("Certificates"),
        "certificates.list_certificates",
        "certificate.view",
        frozenset({"designs", "runs"}),
    ),
)


def list_tabs(event: Event, path: ScopePath) -> list[dict[str, Any]]:
    """Return the tabs that the signed-in user may open, with the one of this request marked."""
    blueprint = (request.endpoint or "").split(".")[0]
    return [
        {
            "label": tab.label,
            "url": url_for(tab.endpoint, event_id=event.id),
            "current": blueprint in tab.blueprints,
        }
        for tab in TABS
        if tab.endpoint in current_app.view_functions
        and (not tab.assessed or profiles.is_assessed(event.competition.kind.key, event.competition.profile))
        and (guard.may(tab.action, path) or blueprint in tab.blueprints or _of_own_unit(tab))
    ]


def _of_own_unit(tab: Tab) -> bool:
    """Say whether the signed-in user holds a role of this tab for a unit."""
    roles = POLICY[tab.action].roles
    return tab.of_units and any(g.scope_kind == "unit" and g.role in roles for g in guard.held_grants())

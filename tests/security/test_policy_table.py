"""The policy table keeps apart what the rules of contests keep apart; the manual shows the same table."""

import re

import pytest

from accounts.policy import (
    POLICY,
    ROLES,
    SCOPE_KINDS,
    SITE_ONLY,
    HeldGrant,
    allows,
    allows_somewhere,
    scopes_of,
)
from competitions.events import rules
from tests.house.sources import ROOT

EVENT = (("event", 5), ("competition", 2), ("union", 7), ("union", 1), ("site", 0))
MANUAL = ROOT / "docs" / "security.md"


def roles_of(action):
    return POLICY[action].roles


def test_the_table_names_known_roles_alone():
    assert {role for rule in POLICY.values() for role in rule.roles} <= set(ROLES)
    assert set(SCOPE_KINDS) >= {"site", "union", "unit", "competition", "event"}


def test_marks_are_given_by_judges_alone():
    assert roles_of("sheet.mark") == {"judge", "chief_judge"}


KEPT = ["sheet.mark", "draw.view", "sheet.progress", "result.view", "entry.list", "person.view"]


@pytest.mark.parametrize("action", KEPT)
def test_an_administrator_sees_neither_marks_nor_codes_nor_entrants(action):
    assert "admin" not in roles_of(action)


NAMED = ["entry.list", "person.view", "draw.view", "event.view", "result.view", "certificate.view"]


@pytest.mark.parametrize("action", NAMED)
def test_a_judge_meets_no_page_that_holds_names(action):
    assert "judge" not in roles_of(action)


def test_the_map_of_codes_and_names_is_for_those_who_keep_and_watch_it():
    assert roles_of("draw.view") == {"draw_officer", "supervisor"}


def test_an_organiser_cannot_touch_a_mark():
    touching = {action for action in POLICY if action.startswith(("sheet.", "penalty."))} - {"sheet.progress"}
    assert [action for action in touching if "organiser" in roles_of(action)] == []


def test_each_step_of_an_event_is_an_action_of_its_own_and_tabulating_alone_is_not_the_organisers_alone():
    """The tabulator adds up and the chief judge answers for the marks; everything else is the organiser's."""
    for step in rules.STEPS:
        others = {"chief_judge", "tabulator"} if step == "tabulate" else set()
        assert roles_of(f"step.{step}") == {"organiser"} | others
    assert {action for action in POLICY if action.startswith("step.")} == {f"step.{s}" for s in rules.STEPS}


def test_only_administrators_give_roles_and_only_for_the_whole_site():
    for action in ("account.list", "account.manage", "grant.manage"):
        assert roles_of(action) == {"admin"}
    assert set(SITE_ONLY) == {"admin"}


@pytest.mark.parametrize(
    ("scope", "allowed"),
    [(("event", 5), True), (("competition", 2), True), (("union", 7), True), (("union", 1), True),
     (("site", 0), True), (("event", 6), False), (("union", 2), False), (("unit", 5), False),
     (("competition", 5), False)],
)  # fmt: skip
def test_a_role_counts_on_any_step_of_the_path_and_nowhere_else(scope, allowed):
    assert allows([HeldGrant("organiser", *scope)], "event.edit", EVENT) is allowed


def test_a_role_more_takes_no_right_away():
    every = [HeldGrant(role, "event", 5) for role in ROLES]
    for action in POLICY:
        if any(allows([grant], action, EVENT) for grant in every):
            assert allows(every, action, EVENT), action


def test_a_state_that_does_not_fit_refuses_everybody():
    grants = [HeldGrant("chief_judge", "site", 0)]
    assert allows(grants, "sheet.reopen", EVENT, "scoring")
    assert not allows(grants, "sheet.reopen", EVENT, "final")


def test_without_grants_nothing_is_allowed():
    assert [action for action in POLICY if allows((), action, EVENT) or allows_somewhere((), action)] == []


def test_lists_narrow_to_the_scopes_in_which_a_fitting_role_is_held():
    grants = [HeldGrant("organiser", "union", 7), HeldGrant("judge", "event", 5)]
    assert scopes_of(grants, "competition.list") == {("union", 7)}
    assert scopes_of(grants, "sheet.mark") == {("event", 5)}


def test_an_action_outside_of_the_table_is_a_programmers_error():
    with pytest.raises(KeyError):
        allows((), "event.explode", EVENT)


def test_the_manual_shows_the_table_as_it_is():
    """A change of the table: paste what this test prints into docs/security.md."""
    shown = dict(re.findall(r"^\| `([a-z]+\.[a-z_]+)` \| (.*) \|$", MANUAL.read_text(encoding="utf-8"), re.M))
    wanted = {}
    for action, rule in POLICY.items():
        states = f" (in {', '.join(sorted(rule.states))})" if rule.states else ""
        wanted[action] = ", ".join(role for role in ROLES if role in rule.roles) + states
    assert shown == wanted, "\n".join(f"| `{action}` | {roles} |" for action, roles in wanted.items())

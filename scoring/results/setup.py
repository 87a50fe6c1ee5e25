"""What results add to the life of an event."""

from collections.abc import Iterable
from datetime import datetime

from flask import Flask
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.eligibility import winners
from competitions.events import lifecycle, mending
from competitions.events.models import Event
from competitions.people import sources
from core.refusals import Refusal
from scoring.results import achieved, integrity, outcomes, queries, rules, services
from scoring.results.winners import earlier_awards
from scoring.rules.findings import Finding

NAMED = 6


def init_app(_app: Flask) -> None:
    """Register what each step needs of the result and what it does to it."""
    lifecycle.register_guard("tabulate", nothing_missing)
    for step in ("unblind", "announce"):  # who decides on a tie must not know between whom
        lifecycle.register_guard(step, ties_resolved)
    lifecycle.register_guard("finalise", awards_decided)
    for step in ("finalise", "archive"):
        lifecycle.register_guard(step, says_what_was_announced)
    lifecycle.register_guard(services.CORRECT, ties_resolved)
    lifecycle.register_guard(services.CORRECT, nothing_missing)
    for step in ("announce", services.CORRECT, "finalise"):
        lifecycle.register_guard(step, nothing_rewritten)
    winners.register("results", earlier_awards)
    lifecycle.register_effect("tabulate", tabulate)
    lifecycle.register_effect("announce", announce)
    lifecycle.register_effect("finalise", finalise)
    sources.register("results", achieved.list_achieved)
    mending.register(
        {
            "RESULT_INCOMPLETE": "sheets.show_progress",
            "RESULT_FINDING": "results.show_results",
            "RESULT_MOVED": "results.show_results",
        }
    )


def nothing_missing(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a total of everybody who competes, and panels in order."""
    outcome = outcomes.live(session, event.id).outcome
    missing = rules.incomplete(outcome)
    found = (
        [Refusal("RESULT_INCOMPLETE", "", {"count": len(missing), "codes": _named(missing)})]
        if missing
        else []
    )
    return found + _refusals(rules.errors(outcome, without=rules.TIES | rules.BOUNDARIES))


def nothing_rewritten(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for result versions that are as they were tabulated."""
    return integrity.refusals(session, event.id)


def ties_resolved(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a decision on every tie where ranks may not be shared."""
    outcome = outcomes.live(session, event.id).outcome
    return _refusals(rules.errors(outcome, without=rules.BOUNDARIES))


def awards_decided(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask for a decision on every tie across an award border."""
    return _refusals(rules.errors(outcomes.live(session, event.id).outcome))


def says_what_was_announced(session: Session, event: Event, now: datetime) -> list[Refusal]:
    """Ask that nothing has changed since the announcement: everybody must have read what is confirmed."""
    version = queries.find_last_announced(session, event.id)
    if version is None or not integrity.has_moved(session, version):
        return []
    return [Refusal("RESULT_MOVED", "", {"number": version.number})]


def tabulate(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Freeze the first result version."""
    services.ensure_version(session, event, actor_id=actor_id, now=now)


def announce(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Announce the result."""
    services.announce(session, event, actor_id=actor_id, now=now)


def finalise(session: Session, event: Event, actor_id: int | None, now: datetime) -> None:
    """Make the result final."""
    services.finalise(session, event, actor_id=actor_id, now=now)


def _refusals(findings: Iterable[Finding]) -> list[Refusal]:
    return [Refusal("RESULT_FINDING", finding.where, {"finding": finding}) for finding in findings]


def _named(codes: list[str]) -> str:
    return _(", ").join(codes[:NAMED]) + ("…" if len(codes) > NAMED else "")

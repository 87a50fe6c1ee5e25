"""What an event's overview says: how far it has come, what comes next, and why that is not yet possible."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.events import labels, lifecycle, mending, queries, rules
from competitions.events.frame import may_step
from competitions.events.models import Event, EventStep
from core import clock
from core.i18n import day
from core.refusals import Refusal, words


class Next(NamedTuple):
    """The step that comes next: its name, what it brings about, what it still misses and where to mend it."""

    step: str
    label: str
    consequence: str
    missing: list[dict[str, Any]]
    short_field: Refusal | None


NOT_FOR_JUDGES = frozenset({"CONFLICT_OF_INTEREST"})


class Step(NamedTuple):
    """One step of the past, as it is shown."""

    before: Any
    after: Any
    at: datetime
    who: str
    reason: str


def next_of(session: Session, event: Event, now: datetime) -> Next | None:
    """Return the step that comes next; None where nothing does."""
    step = rules.next_step(event.state)
    if step is None:
        return None
    refusals = lifecycle.missing(session, event, step.name, now)
    if not may_step(event, step.name):  # a chief judge reads this page, too, and must not learn who is who
        refusals = [refusal for refusal in refusals if refusal.code not in NOT_FOR_JUDGES]
    return Next(
        step=step.name,
        label=str(labels.STEPS[step.name]),
        consequence=str(labels.CONSEQUENCES[step.name]),
        missing=[{"label": words(refusal), "url": mending.page_for(refusal, event)} for refusal in refusals],
        short_field=next((refusal for refusal in refusals if refusal.code == "MIN_FIELD"), None),
    )


def life(event: Event, steps: list[tuple[EventStep, str]], coming: Next | None) -> list[dict[str, Any]]:
    """Return the states from draft to archive, as the steps component shows them."""
    reached_on = {step.to_state: step.at for step, _who in reversed(steps)} | {"draft": event.created_at}
    last = _last_state(event, steps)
    here = rules.STATES.index(last)
    items: list[dict[str, Any]] = []
    for place, state in enumerate(rules.STATES):
        if place == here and event.state == rules.CANCELLED:
            items.append(_item(rules.CANCELLED, "now", _day(reached_on, rules.CANCELLED)))
        elif place == here:
            items.append(_item(state, "now", _now_note(coming)))
        elif place < here:
            items.append(_item(state, "done", _day(reached_on, state)))
        else:
            items.append(_item(state, "next", "" if event.state == rules.CANCELLED else _plan(event, state)))
    return items


def past(steps: list[tuple[EventStep, str]]) -> list[Step]:
    """Return the steps that were taken, the last one first."""
    return [
        Step(labels.STATES[step.from_state], labels.STATES[step.to_state], step.at, who, step.reason)
        for step, who in steps
    ]


def load(session: Session, event: Event, now: datetime) -> dict[str, Any]:
    """Return what the overview needs."""
    steps = queries.list_steps(session, event.id)
    coming = next_of(session, event, now)
    return {
        "coming": coming,
        "life": life(event, steps, coming),
        "past": past(steps),
        "back": rules.step_back(event.state),
        "may_cancel": event.state in rules.STEPS["cancel"].sources,
        "editable": event.state not in rules.CLOSED,
        "waiver": queries.find_field_waiver(session, event),
    }


def _last_state(event: Event, steps: list[tuple[EventStep, str]]) -> str:
    if event.state != rules.CANCELLED:
        return event.state
    return next((step.from_state for step, _who in steps if step.to_state == rules.CANCELLED), "draft")


def _item(state: str, kind: str, note: str) -> dict[str, Any]:
    return {"label": labels.LIFE[state], "state": kind, "note": note}


def _day(reached_on: Mapping[str, datetime], state: str) -> str:
    moment = reached_on.get(state)
    return day(moment.astimezone(clock.LOCAL).date()) if moment else ""


def _now_note(coming: Next | None) -> str:
    if coming is None:
        return ""
    count = len(coming.missing)
    return _("%(count)s still missing", count=count) if count else _("Next: %(step)s", step=coming.label)


def _plan(event: Event, state: str) -> str:
    if state == "announced" and event.appeal_minutes:
        return _("Appeals for %(minutes)s min", minutes=event.appeal_minutes)
    if state == "final" and event.notice_days:
        return _("Notice of %(days)s days", days=event.notice_days)
    return ""

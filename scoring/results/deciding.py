"""Write decisions on ties: the order of equals, the award of those on a border. Each replaces older ones."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events.models import Event
from core.refusals import refuse
from scoring.results import outcomes, ties
from scoring.sheets import decisions, queries, releases
from scoring.sheets.decisions import Act
from scoring.sheets.states import PUBLISHED

STATES = frozenset({"scoring", "tabulated"}) | PUBLISHED


def record_order(session: Session, event: Event, order: Sequence[str], act: Act) -> None:
    """Record in which order the chief judge has put entries that nothing else separates.

    Raises: Refused REASON_NEEDED, DECISION_LATE, UNBLINDING_BEGUN, TIE_GONE where they are no tie any more.
    """
    if event.state not in STATES:
        raise refuse("DECISION_LATE")
    # With names open only a tie that came of a correction is decided: nothing else can bring one about.
    if releases.names_open(session, event) and not releases.any_used(session, event.id):
        raise refuse("DECISION_LATE" if event.state in PUBLISHED else "UNBLINDING_BEGUN")
    if not ties.is_open_tie(outcomes.live(session, event.id).outcome, frozenset(order)):
        raise refuse("TIE_GONE", entries=", ".join(sorted(order)))
    _record(session, event, "order", {code: str(place) for place, code in enumerate(order, start=1)}, act)


def record_awards(session: Session, event: Event, titles: Mapping[str, str], act: Act) -> None:
    """Record which award each of the entries on a border gets; an empty title is none.

    Raises: Refused REASON_NEEDED, DECISION_LATE, TIE_GONE, AWARD_NOT_TOUCHED.
    """
    if event.state not in STATES:
        raise refuse("DECISION_LATE")
    borders = ties.open_borders(outcomes.live(session, event.id).outcome)
    border = next((tie for tie in borders if set(tie.entries) == set(titles)), None)
    if border is None:
        raise refuse("TIE_GONE", entries=", ".join(sorted(titles)))
    if not set(titles.values()) <= set(border.touched):
        raise refuse("AWARD_NOT_TOUCHED")
    _record(session, event, "award", titles, act)


def _record(session: Session, event: Event, kind: str, values: Mapping[str, str], act: Act) -> None:
    standing = [
        row for row in queries.list_decisions(session, event.id) if row.kind == kind and row.entry in values
    ]
    for row in standing:
        old = queries.find_decision(session, event.id, row.id)
        if old is not None:
            decisions.withdraw_decision(session, event, old, _part(act, f"w{row.id}"))
    for number, (code, value) in enumerate(sorted(values.items()), start=1):
        entry: Entry | None = queries.find_marked_entry(session, event.id, code)
        if entry is None:
            raise refuse("TIE_GONE", entries=code)
        decisions.record_decision(session, event, entry, kind, _part(act, str(number)), value=value)


def _part(act: Act, part: str) -> Act:
    return Act(f"{act.operation_id}-{part}", act.actor_id, act.reason, act.now)

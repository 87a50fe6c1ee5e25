"""What waits for whoever registers for a unit: the reports that are due."""

from collections.abc import Iterable
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from accounts.guard import held_grants
from accounts.policy import POLICY
from competitions.events import waiting
from competitions.events.models import Event
from competitions.events.waiting import Waiting
from core.i18n import moment
from scoring.assessments import queries
from scoring.assessments.labels import REPORTS
from scoring.assessments.pages import report_state
from scoring.schemes.queries import find_scheme


def list_waiting(session: Session, now: datetime) -> Iterable[Waiting]:
    """Return the reports of the own units that are not handed in, the next one in front."""
    roles = POLICY["assessment.report"].roles
    units = {g.scope_id for g in held_grants() if g.scope_kind == "unit" and g.role in roles}
    for due in queries.list_due(session, units) if units else ():
        state = report_state(due.row, due.period, now)
        until = _("report by %(until)s", until=moment(due.period.due_at))
        hint = (waiting.where(due.event), due.entry.name, until)
        url = url_for(
            "assessments.show_report",
            event_id=due.event.id, stage=due.period.stage, entry_id=due.entry.id,
        )  # fmt: skip
        label = _("Self-report for %(period)s", period=_title(session, due.event, due.period.stage))
        yield Waiting(label, " · ".join(hint), url, _KINDS.get(state, "warn"), str(REPORTS[state][1]))


_KINDS = {"late": "bad"}


def _title(session: Session, event: Event, code: str) -> str:
    scheme = find_scheme(session, event.id)
    stage = scheme.find_stage(code) if scheme is not None else None
    return stage.title if stage is not None and stage.title else code

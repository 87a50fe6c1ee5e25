"""Carry earlier totals into a stage of the later event: as a list at the desk, seen before it is entered.

So there is no second way to a mark: sheets, ledger and signatures are those of every list.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from competitions.entries.models import Entry
from competitions.events import profiles
from competitions.events.models import Event
from competitions.lists.grid import from_json
from core.refusals import refuse
from scoring.desk.lists import entering
from scoring.desk.lists.entering import Upload
from scoring.desk.models import MarkList
from scoring.qualifying import rules
from scoring.qualifying.models import Qualification
from scoring.schemes.queries import get_scheme

HEADINGS = ["报名编号", "成绩"]  # as the desk reads them (scoring.desk.lists.columns)


def may_carry(event: Event) -> bool:
    """Say whether names stand beside codes here: elsewhere an earlier total would tell who a code is."""
    return not profiles.get(event.competition.profile).unblinding


def bring_totals(
    session: Session, target: Event, row: Qualification, *, actor_id: int, now: datetime
) -> MarkList:
    """Lay the earlier totals of those who have qualified before whoever enters them.

    Raises: Refused QUALIFY_PLACE, QUALIFY_BLIND, QUALIFY_STAGE, DESK_CLOSED.
    """
    if row.done_at is None:
        raise refuse("QUALIFY_PLACE")
    if not may_carry(target):
        raise refuse("QUALIFY_BLIND")
    stage = get_scheme(session, target.id).find_stage(row.stage)
    if stage is None or len(stage.aspects) != 1:
        raise refuse("QUALIFY_STAGE", stage=row.stage or "—")
    totals = {place.entry_id: place.total for place in row.places if place.state in rules.IN}
    own = select(Entry.id, Entry.number).where(Entry.id.in_(totals)).order_by(Entry.number)
    lines = [[str(number), totals[entry_id]] for entry_id, number in session.execute(own)]
    table = [[place, cells] for place, cells in enumerate([HEADINGS, *lines], start=1)]
    grid = from_json({"sheet": stage.title, "header": 1, "rows": table, "notes": []})
    upload = Upload(stage, grid, f"{row.source.name} #{row.version}", row.sha256)
    return entering.keep_list(session, target, upload, signs=True, actor_id=actor_id, now=now)

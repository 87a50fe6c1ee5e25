"""A fitters' contest on the eve of its marking: drawn in two batches, judges at stations, cards issued."""

from collections.abc import Collection
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from accounts import cards
from accounts.cards import Days, Holder
from competitions.draw import services as draw
from competitions.draw.rules import Settings
from competitions.entries import deciding
from competitions.entries import services as entries
from competitions.entries.proposals import Asked
from competitions.events import services as events
from competitions.events.models import Event
from competitions.events.rules import EventValues
from competitions.judges import conflicts, seats
from competitions.judges import services as judges
from competitions.judges.conflicts import OwnWords
from competitions.judges.models import Appointment
from competitions.judges.services import JudgeValues
from competitions.lists.table import Cell, Line, Table
from competitions.schedule import services as schedule
from competitions.schedule.rules import Rhythm, rounds
from core import clock
from demonstration.site import Site, catalogue_id
from scoring.schemes import services as schemes

ENTRANTS, STATIONS = 12, 6
# Two judges at each half of the stations; each marks for a unit of the other union.
JUDGES = {"judge1": "1-3", "judge2": "1-3", "judge3": "4-6", "judge4": "4-6"}
SCHEME: dict[str, Any] = {
    "format": "scheme/1",
    "code": "FIT-2026",
    "title": "钳工 决赛",
    "rule_reference": "演示技术文件 第5.1条",
    "stages": [
        {"code": "P", "title": "实操", "weight": "1", "max": "100", "criteria": [
            {"code": "A", "title": "锉配", "aspects": [
                {"code": "A1", "title": "尺寸", "kind": "score", "max": "60", "step": "0.5",
                 "panel": {"method": "mean", "min_judges": 2}},
                {"code": "A2", "title": "配合间隙", "kind": "score", "max": "40", "step": "0.5",
                 "panel": {"method": "mean", "min_judges": 2}}]}]},
    ],
    "ranking": {"share": False, "ties": [{"by": "aspect", "code": "P.A.A1"}, {"by": "manual"}]},
    "awards": {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 2}]},
}  # fmt: skip


def load(session: Session, site: Site, welding: Event) -> Event:
    """Build the contest beside that of the welders, whose judges are its judges, too."""
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    event = _event(session, site, welding)
    schemes.save_scheme(session, event, SCHEME, reason="", **by)
    draw.save_settings(session, event, Settings(stations=STATIONS, layers=2, apart=True), **by)
    events.take_step(session, event, "open_registration", **by)
    _enter(session, site, event)
    judging = _appoint(session, site, event)
    # A judge says so oneself; the unit sends nobody, so that it stands in nobody's way.
    said = OwnWords("relative", site.units["energy"][-1].name, "亲属在该单位工作（演示）")
    own = judging["judge4"]
    conflicts.declare_own(session, event, own, said, actor_id=own.user_id, now=site.now)
    events.take_step(session, event, "close_registration", **by)
    draw.make_draw(session, event, seed=clock.new_token(), **by)
    draw.confirm_draw(session, event, **by)
    day = event.starts_on or site.now.astimezone(clock.LOCAL).date()
    rhythm = Rhythm(day, time(9), time(17), 120, 20, (time(11, 30), time(13)))
    batches = rounds((1, 2), ["钳工实训室"], shared_out=False)
    schedule.plan_sittings(session, event, "P", batches, rhythm, **by)
    for some, first in ((event, day), (welding, welding.starts_on or day)):
        _issue_cards(session, site, some, judging, first)
    return event


def _event(session: Session, site: Site, welding: Event) -> Event:
    day = (welding.starts_on or site.now.astimezone(clock.LOCAL).date()) + timedelta(days=1)
    values = EventValues(
        name="钳工 · 决赛", name_en="Fitting, final", entry_kind="person",
        trade_id=catalogue_id(session, "trade", "6-20-01-01"), group_name="职工组", minimum_field=8,
        starts_on=day, ends_on=day, venue=site.units["machinery"][5].name,
    )  # fmt: skip
    return events.create_event(
        session, welding.competition, values, actor_id=site.organiser.id, now=site.now
    )


def _enter(session: Session, site: Site, event: Event) -> None:
    units = site.units["machinery"]
    lines = [
        Line(n, {"name": Cell(f"演示钳工{n:02d}"), "unit": Cell(units[n % len(units)].name)})
        for n in range(1, ENTRANTS + 1)
    ]
    asked = Asked(event.id, event.entry_kind, site.now.astimezone(clock.LOCAL).date())
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    entries.add_entries(session, event, Table("", {}, lines), asked, **by)
    deciding.approve_all(session, event, deciding.AS_ORGANISER, **by)


def _appoint(session: Session, site: Site, event: Event) -> dict[str, Appointment]:
    by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
    units = site.units["energy"]
    made = {
        login: judges.appoint(
            session, event, site.users[login], JudgeValues(unit_id=units[place].id), **by
        )
        for place, login in enumerate(JUDGES)
    }
    made["chief"] = judges.appoint(
        session, event, site.users["chief"], JudgeValues(chief=True, unit_id=units[5].id), **by
    )
    chosen: dict[int, Collection[str]] = {made[login].id: () for login in JUDGES}
    stations = {made[login].id: numbers for login, numbers in JUDGES.items()}
    seats.assign_aspects(session, event, "P", chosen, stations=stations, **by)
    return made


def _issue_cards(
    session: Session, site: Site, event: Event, judging: dict[str, Appointment], first: date
) -> None:
    """Issue the cards of some judges; their PINs stand on no sheet: who tries them prints new ones."""
    days = Days(first, event.ends_on or first)
    for login in JUDGES:
        holder = Holder(judging[login].user_id, login, event.id)
        by: dict[str, Any] = {"actor_id": site.organiser.id, "now": site.now}
        cards.issue(session, holder, days, cards.draw_secrets(), **by)

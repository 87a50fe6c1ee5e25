"""Make the event around a package: competition, units, entries with their codes, judges with their seats."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy.orm import Session

from accounts.models import User
from accounts.services import create_user
from competitions.catalogue import queries as catalogue
from competitions.catalogue.rules import ACTIVITY_KIND, INDUSTRY, LEVEL
from competitions.draw.models import Draw, EntryCode
from competitions.entries.models import Entry, EntryMember, Person
from competitions.events.checks import get_trade
from competitions.events.models import Competition, Event
from competitions.events.rules import CompetitionValues, EventValues
from competitions.events.services import create_competition, create_event
from competitions.judges.models import Appointment, Assignment
from competitions.organisations.models import Union
from competitions.organisations.services import UnionValues, UnitValues, create_union, create_unit
from core import clock
from core.audit import services as audit
from core.refusals import refuse
from scoring.packages import queries, rules
from scoring.packages.reading import Incoming
from scoring.sheets.rules import judge_order

DEFAULT_COMPETITION = "导入的复算包"
DEFAULT_UNION = "演示工会"
LONGEST_NAME = 120
PLAIN_CODE = re.compile(r"[A-Z0-9_-]{1,20}")


@dataclass(frozen=True)
class Plan:
    """What a package cannot say of itself: where its event belongs, and how far it has come.

    `state` "" goes as far as the package goes. `year` None is the year of the import. With a trade the kind
    of activity is SKILL_TRADE, without one WORLDSKILLS, unless it is named. `demo` marks people as made up;
    `same_people` takes a name from the same unit for the same person, as entering without ID numbers does.
    """

    competition: str = ""
    name: str = ""
    state: Literal["", "scoring", "final"] = ""
    again: bool = False
    union: str = ""
    kind: str = ""
    level: str = "enterprise"
    industries: tuple[str, ...] = ()
    trade: str = ""
    entry_kind: str = "person"
    year: int | None = None
    demo: bool = False
    same_people: bool = False


@dataclass(frozen=True)
class Maker:
    """Who imports, and when."""

    actor_id: int | None
    now: datetime


def make_event(session: Session, incoming: Incoming, plan: Plan, by: Maker) -> Event:
    """Add the event, in a competition that is made where there is none of that name.

    Raises: Refused CATALOGUE_KEY, TRADE_NOT_LISTED, and what the competition refuses.
    """
    competition = queries.find_competition(session, plan.competition or DEFAULT_COMPETITION, plan.year)
    if competition is None:
        competition = _make_competition(session, plan, by)
    trade = get_trade(session, plan.trade)
    title = plan.name or incoming.scheme.title or incoming.scheme.code
    values = EventValues(
        name=_free_name(title[:LONGEST_NAME], queries.list_event_names(session, competition), plan),
        entry_kind=plan.entry_kind,
        trade_id=trade.id if trade else None,
    )
    return create_event(session, competition, values, actor_id=by.actor_id, now=by.now)


def _make_competition(session: Session, plan: Plan, by: Maker) -> Competition:
    kind = plan.kind or ("SKILL_TRADE" if plan.trade else "WORLDSKILLS")
    values = CompetitionValues(
        name=(plan.competition or DEFAULT_COMPETITION)[:LONGEST_NAME],
        year=plan.year or by.now.astimezone(clock.LOCAL).year,
        kind_id=_catalogue_id(session, ACTIVITY_KIND, kind),
        level_id=_catalogue_id(session, LEVEL, plan.level),
        union_id=_union(session, plan, by).id,
        industry_ids=tuple(_catalogue_id(session, INDUSTRY, key) for key in plan.industries),
    )
    return create_competition(session, values, actor_id=by.actor_id, now=by.now, demo=plan.demo)


def _catalogue_id(session: Session, kind: str, key: str) -> int:
    entry = catalogue.find_by_key(session, kind, key)
    if entry is None:
        raise refuse("CATALOGUE_KEY", kind, key=key)
    return entry.id


def _union(session: Session, plan: Plan, by: Maker) -> Union:
    found = queries.find_union(session, plan.union)
    if found is not None:
        return found
    values = UnionValues(name=plan.union or DEFAULT_UNION, kind="industrial")
    return create_union(session, values, actor_id=by.actor_id, now=by.now)


def _free_name(title: str, taken: set[str], plan: Plan) -> str:
    """Return the title, with a number where the package is loaded again; a name that was asked for stays."""
    if plan.name or not plan.again or title not in taken:
        return title
    numbered = (f"{title[: LONGEST_NAME - 6]}（{number}）" for number in range(2, len(taken) + 3))
    return next(name for name in numbered if name not in taken)


def add_entries(
    session: Session, event: Event, incoming: Incoming, plan: Plan, by: Maker
) -> dict[str, Entry]:
    """Add the entries with the codes of the package; return them by code."""
    wanted = {rules.unit_name(row, incoming.scheme) for row in incoming.entries}
    units = queries.list_units(session, wanted)
    for name in sorted(wanted - set(units)):
        values = UnitValues(name=name, union_id=event.competition.union_id)
        units[name] = create_unit(session, values, actor_id=by.actor_id, now=by.now)
    entries = {
        row.entry: Entry(
            ref=clock.new_ref(),
            event_id=event.id,
            number=number,
            kind=event.entry_kind,
            name=rules.entry_name(row, demo=plan.demo),
            unit=units[rules.unit_name(row, incoming.scheme)],
            review="approved",
            created_at=by.now,
        )
        for number, row in enumerate(incoming.entries, start=1)
    }
    session.add_all(entries.values())
    session.flush()
    session.add(
        Draw(event_id=event.id, seed=f"package:{incoming.sha256[:48]}", drawn_at=by.now,
             drawn_by_id=by.actor_id)
    )  # fmt: skip
    session.add_all(
        EntryCode(entry_id=entry.id, event_id=event.id, code=code) for code, entry in entries.items()
    )
    if event.entry_kind == "person":
        _add_people(session, incoming, entries, plan)
    session.flush()
    return entries


def _add_people(
    session: Session, incoming: Incoming, entries: Mapping[str, Entry], plan: Plan
) -> None:
    """Add one person for each entry; whoever has no name in the package is made up and says so.

    With `plan.same_people` a name that its unit has sent before is the same person, once in an event.
    """
    units = {entry.unit_id for entry in entries.values()} if plan.same_people else set()
    known = queries.list_unnumbered_people(session, units)
    for row in incoming.entries:
        entry = entries[row.entry]
        person = known.pop((entry.name, entry.unit_id), None) or Person(
            ref=clock.new_ref(), name=entry.name[:80], unit_id=entry.unit_id, demo=plan.demo or not row.name
        )
        session.add(EntryMember(entry=entry, person=person, position=1))


def add_judges(
    session: Session, event: Event, incoming: Incoming, plan: Plan, by: Maker
) -> dict[str, Appointment]:
    """Appoint a judge for each code of the package, with seats; return the appointments by code."""
    panels = rules.panels(incoming.scheme, incoming.assignments, incoming.marks)
    heads = rules.heads(incoming.scheme, panels, incoming.marks)
    codes = set().union(*panels.values()) | {mark.judge for mark in incoming.marks}
    appointments: dict[str, Appointment] = {}
    for code in sorted(codes, key=judge_order):
        user = _judge_account(session, event, code, plan, by)
        appointments[code] = Appointment(
            event_id=event.id, user_id=user.id, code=code, head=code in heads, appointed_at=by.now
        )
    session.add_all(appointments.values())
    session.flush()
    session.add_all(
        Assignment(appointment_id=appointments[row.judge].id, stage=row.stage, aspect=row.aspect)
        for row in rules.seats(incoming.scheme, panels)
    )
    session.flush()
    _record_judges(session, event, appointments.values(), by)
    return appointments


def _judge_account(session: Session, event: Event, code: str, plan: Plan, by: Maker) -> User:
    """Return an account that stands for a judge and that nobody can sign in with; one per competition."""
    plain = code.lower() if PLAIN_CODE.fullmatch(code) else hashlib.sha256(code.encode()).hexdigest()[:12]
    login = f"package-{event.competition_id}-{plain}"
    user = queries.find_user(session, login)
    if user is None:
        name = f"演示裁判 {code}" if plan.demo else f"裁判 {code}"
        user = create_user(
            session, login=login, name=name, password=None, actor_id=by.actor_id, now=by.now, demo=True
        )
        user.disabled_at = by.now
    return user


def _record_judges(session: Session, event: Event, appointments: Iterable[Appointment], by: Maker) -> None:
    for appointment in appointments:
        audit.record(
            session,
            "judge:appoint",
            actor_id=by.actor_id,
            subject=f"event:{event.id}",
            now=by.now,
            detail={"user": appointment.user_id, "code": appointment.code},
            event_id=event.id,
        )

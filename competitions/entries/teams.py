"""Who is what in each entry of a table: the order and the roles of a team, authors and their own units."""

from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from competitions.eligibility.queries import rules_of
from competitions.eligibility.rules.checks import Trade
from competitions.entries import roles, rules
from competitions.entries.labels import ROLES
from competitions.entries.roles import TeamSize
from competitions.entries.rows import PersonValues, RowValues
from competitions.entries.work import ProposedPerson, Standing, StandingPerson, Work
from competitions.events.models import Event
from competitions.events.queries import get_event


def team_size(session: Session, event: Event) -> TeamSize:
    """Return how large a team of this event is."""
    settled = rules_of(session, event)
    return TeamSize(settled.team_least, settled.team_most, settled.substitutes)


def people_of(
    work: Work, rows: Sequence[RowValues], known: Mapping[int, int | None]
) -> tuple[ProposedPerson, ...]:
    """Return the people of one entry in the order in which they are kept, each with the role and unit."""
    before = _before(work.standing.get(rows[0].row))
    people = [
        ProposedPerson(
            row.row, _settled(work, row, before.get(known.get(row.row) or 0)), known.get(row.row),
            work.own_units.get(row.row), _trade(work, row, before.get(known.get(row.row) or 0)),
            row.row in work.kept,
        )
        for row in rows
    ]
    if work.asked.kind != "team":
        return tuple(people)
    people.sort(key=lambda person: roles.place_of(person.values.role))
    leader = roles.leader_of([roles.kept(person.values.role) for person in people])
    return tuple(
        person._replace(values=person.values._replace(role=_shown(person.values.role, place == leader)))
        for place, person in enumerate(people)
    )


def check_team(work: Work, rows: Sequence[RowValues], people: Sequence[ProposedPerson]) -> None:
    """Refuse a team of the wrong size, with too many substitutes or with two leaders."""
    said = [person.values.role for person in people]
    size = team_size(work.session, get_event(work.session, work.asked.event_id))
    for fault in roles.team_faults(said, size):
        work.fault(fault.code, rows[0], "group", rows[0].group, **fault.params)
    leaders = [row for row in rows if row.person.role == roles.LEADER]
    for row in leaders[1:]:
        work.fault("TEAM_LEADERS", row, "role", str(ROLES[roles.LEADER]), other=leaders[0].row)


def _before(standing: Standing | None) -> dict[int, StandingPerson]:
    return {person.id: person for person in standing.people} if standing is not None else {}


def _settled(work: Work, row: RowValues, before: StandingPerson | None) -> PersonValues:
    """Return what a row says of a person; where it says nothing, what stands already stays."""
    values, unit = row.person, work.unit_of(row)[1]
    role, own = values.role, values.own_unit
    if before is not None:
        own = own or before.own_unit
        role = role or ("" if before.role == roles.LEADER else before.role)
    if rules.same_text(own) == rules.same_text(unit):
        own = ""
    role = (role or roles.MEMBER) if work.asked.kind == "team" else ""
    return _left(work, row)._replace(role=role, own_unit=own)


def _left(work: Work, row: RowValues) -> PersonValues:
    """Return what a row says of a person but for what the own unit keeps of somebody entered elsewhere."""
    values, kept = row.person, work.kept.get(row.row)
    if kept is None:
        return values
    phone = "" if kept.has_phone else values.phone
    return values._replace(phone=phone, skill_level="" if kept.skill_level else values.skill_level)


def _trade(work: Work, row: RowValues, before: StandingPerson | None) -> Trade | None:
    return work.trades.get(row.row) or (before.trade if before is not None else None)


def _shown(role: str, leads: bool) -> str:
    return roles.shown(roles.kept(role), leads=leads)

"""What is kept of each event equals the records, whatever happens to them, and whoever counts them.

The slow count of tests.statistics.slow reads every participation; the marks of the database itself say what
is to be counted anew.
"""

import pytest
from sqlalchemy import func, select, text

from accounts.policy import SITE
from competitions.entries import identity
from competitions.entries.models import EntryMember, Person, PersonIdentity
from competitions.events.models import CompetitionBody
from competitions.organisations.models import Unit
from competitions.organisations.twins import merging as units
from competitions.people import correcting
from competitions.people import merging as people
from competitions.people.correcting import Correction
from core import clock
from core.refusals import Refused
from reports.statistics import facts, keeping, marks, tallies, trees, warming
from reports.statistics.models import StatisticsEvent, StatisticsMark
from reports.statistics.rules import ATTRIBUTES, Wanted
from scoring.promotions.models import PromotionApproval
from scoring.results.models import ResultRow, ResultVersion
from tests.databases import POSTGRESQL_IN_DEEP
from tests.dice import Dice
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_trade
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_unit
from tests.factories.schedule import build_sitting
from tests.factories.scoring import build_scheme
from tests.people.people import add, enter, id_number

EVERYTHING = Wanted()
SITE_SCOPE = frozenset({SITE})
DIMENSIONS = ("year", "level", "kind", "union", "trade", "group")


def figures_by(session, dimension, wanted=EVERYTHING, scopes=SITE_SCOPE):
    loaded = facts.load(session, scopes, wanted.basis)
    climbed = trees.read(session, scopes, wanted)
    return tallies.count(tallies.Place(session, scopes, loaded), climbed, wanted, dimension).rows


def plain(found):
    return {key: tuple(one) for key, one in found.items()}


def assert_equal_to_the_slow_count(session):
    from tests.statistics import slow

    session.expire_all()
    for dimension in ("", *DIMENSIONS):
        expected = slow.count(session, dimension) or ({None: (0,) * 13} if not dimension else {})
        assert plain(figures_by(session, dimension)) == expected, dimension
    if session.scalar(select(func.count()).select_from(StatisticsMark)) == 0:
        for attribute in ATTRIBUTES:
            found = {
                value: (one.participations, one.people)
                for value, one in figures_by(session, attribute).items()
            }
            assert found == slow.count_attribute(session, attribute), attribute


def kept(session):
    session.expire_all()
    return {row.event_id: row.digest for row in session.scalars(select(StatisticsEvent))}


def award(session, event, entries):
    scheme = build_scheme(session, event) if not event_versions(session, event) else None
    number = event_versions(session, event) + 1
    scheme_id = scheme.id if scheme else session.scalar(
        select(ResultVersion.scheme_version_id).where(ResultVersion.event_id == event.id).limit(1)
    )  # fmt: skip
    version = ResultVersion(
        event_id=event.id, number=number, scheme_version_id=scheme_id, ledger_seq=0, ledger_head="0" * 64,
        document={}, sha256="0" * 64, tabulated_at=MOMENT, announced_at=MOMENT,
    )  # fmt: skip
    for place, entry in enumerate(entries, start=1):
        version.rows.append(
            ResultRow(
                entry_id=entry.id, position=place, rank=place, status="valid", award="奖",
                award_tier=min(place, 2),
            )
        )  # fmt: skip
    session.add(version)
    session.flush()


def event_versions(session, event):
    of_event = select(func.count()).select_from(ResultVersion).where(ResultVersion.event_id == event.id)
    return session.scalar(of_event)


class Life:
    """A few people and units in a few events, to whom things happen."""

    def __init__(self, session, dice):
        self.session, self.dice = session, dice
        self.actor = build_user(session, grants=[("admin", "site", 0)])
        self.units = [
            build_unit(session, ownership=kind).id for kind in ("state", "state", "private", "private", "")
        ]
        self.sequence = 0
        for number in range(9):
            self.person(id_number(number + 1, f"19{60 + 4 * number}0110") if number % 3 else "")
        trades = [build_trade(session), build_trade(session, "6-18-01-01", "车工")]
        self.events = [
            build_event(
                session, dice.pick(["scoring", "announced", "final"]), trade=dice.pick(trades),
                group_name=dice.pick(["职工组", "学生组"]),
                competition=build_competition(session, year=2024 + number % 3),
            )
            for number in range(4)
        ]  # fmt: skip
        self.entries = []
        for _step in range(12):
            self.register()

    def person(self, number):
        unit = self.session.get_one(Unit, self.dice.pick(self.units))
        level = self.dice.pick(["", "高级工", "技师"])
        self.sequence += 1
        return add(self.session, unit, f"演示{self.sequence}", number, skill_level=level)

    def someone(self):
        return self.dice.pick(self.session.scalars(select(Person).order_by(Person.id)).all())

    def register(self):
        event, person = self.dice.pick(self.events), self.someone()
        taken = select(EntryMember).join(EntryMember.entry).where(
            EntryMember.person_id == person.id, EntryMember.entry.has(event_id=event.id)
        )  # fmt: skip
        if self.session.scalar(taken) is None:
            self.entries.append(enter(self.session, person, event))

    def withdraw(self):
        self.dice.pick(self.entries).review = self.dice.pick(["withdrawn", "approved"])

    def disqualify(self):
        entry = self.dice.pick(self.entries)
        entry.status = self.dice.pick(["absent", "disqualified", "valid", "exhibition"])
        entry.attendance = self.dice.pick(["", "present", "absent"])

    def announce(self):
        event = self.dice.pick(self.events)
        of_event = [entry for entry in self.entries if entry.event_id == event.id]
        event.state = self.dice.pick(["scoring", "announced", "announced", "final"])
        award(self.session, event, self.dice.some(of_event, 50))

    def hold(self):
        event = self.dice.pick(self.events)
        self.sequence += 1
        build_sitting(self.session, event, "P", self.sequence, state=self.dice.pick(["held", "planned"]))

    def correct(self):
        self.sequence += 1
        person, number = self.someone(), id_number(100 + self.sequence, "19700110")
        said = Correction(person.name, number, cleared=self.dice.chance(20))
        self.attempt(
            correcting.correct_person, person, said, "核对证件", actor_id=self.actor.id, now=MOMENT,
            today=MOMENT.date(),
        )  # fmt: skip

    def promote(self):
        self.someone().skill_level = self.dice.pick(["高级工", "高级技师"])
        unit = self.session.get_one(Unit, self.dice.pick(self.units))
        unit.ownership = self.dice.pick(["state", "foreign"])

    def approve(self):
        event, person = self.dice.pick(self.events), self.someone()
        self.session.add(
            PromotionApproval(
                event_id=event.id, person_ref=person.ref, name=person.name, current="高级工", target="技师",
                document="演示", approved_on=MOMENT.date(), approved_by="演示", recorded_at=MOMENT,
                recorded_by_id=self.actor.id, revoked_at=self.dice.pick([None, None, MOMENT]),
            )
        )  # fmt: skip

    def move(self):
        competition = self.dice.pick(self.events).competition
        competition.starts_on = self.dice.pick([None, MOMENT.date(), MOMENT.date().replace(year=2023)])
        body = CompetitionBody(role="host", name=self.dice.pick(["演示甲", "演示乙"]), position=1)
        competition.bodies = self.dice.pick([[], [body]])

    def merge_people(self):
        merge = self.attempt(
            people.merge_people, self.someone().id, self.someone().id, "同一人", actor_id=self.actor.id,
            now=MOMENT,
        )  # fmt: skip
        if merge is not None and self.dice.chance(40):
            self.session.commit()
            self.attempt(people.undo_merge, merge.id, actor_id=self.actor.id, now=MOMENT)

    def merge_units(self):
        merge = self.attempt(
            units.merge_units, self.dice.pick(self.units), self.dice.pick(self.units), "同一单位",
            actor_id=self.actor.id, now=MOMENT,
        )  # fmt: skip
        if merge is not None and self.dice.chance(40):
            self.attempt(units.undo_merge, merge.id, actor_id=self.actor.id, now=MOMENT)

    def attempt(self, act, *arguments, **named):
        """Do it, or find that the rules forbid it; a refusal takes back what this step has done."""
        self.session.commit()
        try:
            return act(self.session, *arguments, **named)
        except Refused:
            self.session.rollback()
            return None

    STEPS = (
        register, register, withdraw, disqualify, announce, hold, correct, promote, approve, move,
        merge_people, merge_units,
    )  # fmt: skip


@POSTGRESQL_IN_DEEP
@pytest.mark.parametrize("seed", [1, 2, pytest.param(3, marks=pytest.mark.deep)])
def test_incremental_equals_rebuilt_and_the_slow_count(session, app, seed):
    dice = Dice(seed)
    life = Life(session, dice)
    session.commit()
    for number in range(40):
        dice.pick(Life.STEPS)(life)
        session.commit()
        if dice.chance(30):
            dice.pick([keeping, warming]).refresh(session)
        if number % 4 == 0:
            assert_equal_to_the_slow_count(session)
    keeping.refresh(session)
    assert_equal_to_the_slow_count(session)
    incremental = kept(session)
    assert len(incremental) > 0
    list(keeping.rebuild(session))
    assert kept(session) == incremental


@pytest.fixture
def event(session):
    """One announced event of two people: a woman of 41 and a man of 35 (1 May 2026), both skilled workers."""
    event = build_event(session, "announced")
    unit = build_unit(session, ownership="state")
    for number, born in ((2, "19850110"), (1, "19910110")):
        person = add(session, unit, f"演示{number}", id_number(number, born), skill_level="高级工")
        enter(session, person, event)
    session.commit()
    keeping.refresh(session)
    return event


def test_people_are_counted_as_they_were_then(session, event):
    """Who is promoted after the contest has competed as what they were."""
    assert set(figures_by(session, "sex")) == {"female", "male"}
    assert set(figures_by(session, "age")) == {"36-45", "26-35"}
    person = session.scalars(select(Person).order_by(Person.id)).first()
    person.skill_level = "技师"
    session.commit()
    list(keeping.rebuild(session))
    assert {value: one.people for value, one in figures_by(session, "skill").items()} == {"高级工": 2}


def test_a_corrected_id_number_corrects_sex_and_age(session, event):
    person = session.scalars(select(Person).order_by(Person.id)).first()
    row = session.get_one(PersonIdentity, person.id)
    sealed = identity.sealed_columns(person.ref, identity.Contact(id_number(3, "20030110")))
    row.id_number, row.id_digest = sealed["id_number"], sealed["id_digest"]
    session.commit()
    for _counted in ("live", "kept"):
        assert {value: one.people for value, one in figures_by(session, "sex").items()} == {"male": 2}
        assert set(figures_by(session, "age")) == {"-25", "26-35"}
        keeping.refresh(session)


def test_conditions_on_people_narrow_participations_and_people_alone(session, event):
    """One woman of 36 to 45; no man of that age. What is held is not split by who took part."""
    found = figures_by(session, "", Wanted(sex="female", age="36-45"))[None]
    assert (found.participations, found.people) == (1, 1)
    assert (found.events, found.sittings, found.awards, found.units) == (None,) * 4
    assert figures_by(session, "", Wanted(sex="male", age="36-45"))[None].people == 0
    assert figures_by(session, "", Wanted(ownership="state"))[None].units == 1


def test_a_statement_past_every_service_marks_the_event(session, event):
    assert session.scalar(select(func.count()).select_from(StatisticsMark)) == 0
    session.execute(text("UPDATE entry SET review = 'withdrawn' WHERE number = 1"))
    session.commit()
    assert set(session.scalars(select(StatisticsMark.event_id))) == {event.id}
    assert figures_by(session, "")[None].people == 1  # counted live
    assert keeping.refresh(session) == 1
    assert figures_by(session, "")[None].people == 1
    assert not keeping.is_anything_to_count(session)


def test_entries_of_what_is_not_announced_mark_nothing(session):
    event = build_event(session, "registration")
    session.commit()
    keeping.refresh(session)
    build_entry(session, event)
    session.commit()
    assert session.scalar(select(func.count()).select_from(StatisticsMark)) == 0


def test_the_statistical_year_ends_in_september(session):
    """30 September 2025 is of 2025, 1 October 2025 of 2026; without a date the competition's year counts."""
    union_year = build_competition(session, year=2025, starts_on=None)
    for day in ("2025-09-30", "2025-10-01", None):
        starts = clock.today().fromisoformat(day) if day else None
        build_entry(session, build_event(session, "final", competition=union_year, starts_on=starts))
    session.commit()
    for _counted in ("live", "kept"):
        found = figures_by(session, "year", Wanted(basis="statistical"))
        assert {year: one.events for year, one in found.items()} == {2025: 2, 2026: 1}
        keeping.refresh(session)
    assert {year: one.events for year, one in figures_by(session, "year").items()} == {2025: 3}


def test_the_command_rebuilds(session, event, app):
    before = kept(session)
    session.execute(text("DELETE FROM statistics_split"))
    session.execute(text("DELETE FROM statistics_event"))
    session.commit()
    result = app.test_cli_runner().invoke(args=["statistics", "rebuild"])
    assert result.exit_code == 0, result.output
    assert kept(session) == before


def test_every_trigger_stands(session):
    """On a database made from the models; tests/core/test_migrations.py compares the migrated one."""
    connection = session.connection()
    names = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }[connection.dialect.name]
    assert set(connection.scalars(text(names))) >= {name for name, _watch in marks.named()}

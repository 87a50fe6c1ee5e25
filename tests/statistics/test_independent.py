"""Every computed figure, each total and each row, equals a slow and obvious count by SQL of its own.

C01 to C06, C08, C09 with all that stands beside them, over chance worlds and chance questions: any dimension,
filter, years of either kind, and the part of the tree that somebody may see. C12 to C15 of innovation awards
are worked by hand in tests/works; C07, C10, C11, C16 to C18 are declared, never computed.
"""

from datetime import date

import pytest
from sqlalchemy import update

from accounts.policy import SITE
from competitions.entries.models import Entry, EntryMember
from competitions.events.models import CompetitionBody
from reports.statistics import facts, keeping, tallies, trees
from reports.statistics.rules import Wanted
from scoring.promotions.models import PromotionApproval
from tests.dice import Dice
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import (
    build_activity_kind,
    build_industry,
    build_level,
    build_region,
    build_trade,
)
from tests.factories.events import build_competition, build_event
from tests.factories.organisations import build_union, build_unit
from tests.factories.schedule import build_sitting
from tests.people.people import add, enter
from tests.statistics import slow
from tests.statistics.test_keeping import award

DIMENSIONS = ("", "year", "level", "kind", "region", "union", "industry", "trade", "group")
STATES = ("draft", "scoring", "cancelled", "announced", "final", "final", "archived")
DAYS = (None, date(2023, 9, 30), date(2023, 10, 1), date(2024, 3, 5), date(2024, 12, 31), date(2025, 1, 1))
PLAIN = ("level", "kind", "trade", "group")


class World:
    """Unions in three levels, regions in three, and contests of all sorts with people who come again."""

    def __init__(self, session, dice):
        self.session, self.dice = session, dice
        self.tops = [build_union(session) for _number in range(2)]
        self.middle = [build_union(session, parent_id=dice.pick(self.tops).id) for _number in range(3)]
        below = [build_union(session, parent_id=dice.pick(self.middle).id) for _number in range(3)]
        self.unions = [*self.tops, *self.middle, *below]
        self.regions = [
            build_region(session, code, name, **above)
            for code, name, above in (
                ("370000", "山东省", {}), ("370100", "济南市", {"parent_key": "370000"}),
                ("370102", "历下区", {"parent_key": "370100"}), ("210000", "辽宁省", {}),
            )
        ]  # fmt: skip
        named = ((), ("metallurgy", "冶金"), ("gold", "黄金"))
        self.industries = [build_industry(session, *said) for said in named]
        self.trades = [build_trade(session), build_trade(session, "6-18-01-01", "车工")]
        self.levels = [build_level(session), build_level(session, "city", "市级")]
        self.kinds = [build_activity_kind(session), build_activity_kind(session, "SKILL_ROLE")]
        units = [build_unit(session, ownership=kind) for kind in ("state", "private", "")]
        self.people = [add(session, dice.pick(units), f"演示{number}") for number in range(9)]
        self.actor = build_user(session)
        for number in range(16):
            self.contest(number)
        session.commit()

    def contest(self, number):
        dice = self.dice
        competition = build_competition(
            self.session, union=dice.pick(self.unions), year=dice.between(2023, 2025),
            starts_on=dice.pick(DAYS), region=dice.pick([None, *self.regions]),
            industries=dice.some(self.industries, 50), level=dice.pick(self.levels),
            kind=dice.pick(self.kinds),
            bodies=[CompetitionBody(role=role, name=dice.pick(["演示甲", "演示乙"]), position=place)
                    for place, role in enumerate(dice.some(["host", "organiser", "host"], 50), start=1)],
        )  # fmt: skip
        for place in range(dice.between(1, 2)):
            event = build_event(
                self.session, dice.pick(STATES), competition=competition, starts_on=dice.pick(DAYS),
                trade=dice.pick([None, *self.trades]), group_name=dice.pick(["", "职工组", "学生组"]),
                name=f"演示{number}-{place}",
            )  # fmt: skip
            self.field(event)

    def field(self, event):
        dice, session = self.dice, self.session
        entries = [enter(session, person, event) for person in dice.some(self.people, 45)]
        for entry in entries:
            entry.review = dice.pick(["approved", "approved", "approved", "withdrawn"])
            entry.status = dice.pick(["valid", "valid", "absent", "exhibition", "disqualified"])
            entry.attendance = dice.pick(["", "", "present", "absent"])
            if dice.chance(25):  # somebody more in a team, who may stand in another entry, too
                role = dice.pick(["member", "coach", "substitute"])
                more = dice.pick([one for one in self.people if one.id != entry.members[0].person_id])
                session.add(EntryMember(entry_id=entry.id, person_id=more.id, position=2, role=role))
        for number in range(dice.between(0, 3)):
            state = dice.pick(["held", "held", "planned", "cancelled"])
            build_sitting(session, event, "P", number, state=state)
        if entries and dice.chance(70):
            award(session, event, dice.some(entries, 60))
        for entry in dice.some(entries, 30):
            self.promote(event, entry)
        session.flush()

    def promote(self, event, entry):
        self.session.add(
            PromotionApproval(
                event_id=event.id, person_ref=entry.ref, name=entry.name, current="高级工", target="技师",
                document="演示", approved_on=MOMENT.date(), approved_by="演示", recorded_at=MOMENT,
                recorded_by_id=self.actor.id, revoked_at=self.dice.pick([None, None, MOMENT]),
            )
        )  # fmt: skip

    def question(self):
        """Return a chance question, with the scopes of whoever asks."""
        dice = self.dice
        of_ids = {
            "level": self.levels, "kind": self.kinds, "region": self.regions, "union": self.unions,
            "industry": self.industries, "trade": self.trades,
        }  # fmt: skip
        chosen = {}
        for name, things in of_ids.items():
            chosen |= dice.maybe(10, name, [thing.id for thing in things])
        chosen |= dice.maybe(10, "group", ["职工组"]) | dice.maybe(20, "ownership", ["state", "private"])
        chosen |= dice.maybe(20, "first_year", [2023, 2024]) | dice.maybe(20, "last_year", [2024, 2025])
        scopes = dice.pick([SITE, SITE, *(("union", union.id) for union in self.unions)])
        return Wanted(dice.pick(["calendar", "statistical"]), **chosen), frozenset({scopes})


def asks_for(session, world, wanted, scopes):
    """Return what tells whether an event fits, word by word."""
    codes = {region.id: region.key for region in world.regions}
    seen = None if SITE in scopes else next(iter(scopes))[1]
    inside = codes.get(wanted.region, "").rstrip("0") if wanted.region else ""
    inside += "0" * (len(inside) % 2)

    def fits(event):
        unions = slow.above(session, event["union"])
        return (
            (seen is None or seen in unions)
            and (wanted.union is None or wanted.union in unions)
            and (wanted.region is None or (event["region"] or "").startswith(inside))
            and (wanted.industry is None or wanted.industry in event["industries"])
            and all(getattr(wanted, name) in (None, event[name]) for name in PLAIN)
            and (wanted.first_year or 0) <= event["year"] <= (wanted.last_year or 9999)
        )

    return fits, None if SITE in scopes and wanted.union is None else wanted.union or seen


def expected(session, world, wanted, scopes, dimension):
    fits, top = asks_for(session, world, wanted, scopes)
    code = next((region.key for region in world.regions if region.id == wanted.region), "")
    people = None if wanted.ownership is None else lambda row: row["ownership"] == wanted.ownership
    found = slow.count(
        session, dimension, keep=fits, people=people, statistical=wanted.basis == "statistical", top=top,
        inside=code,
    )  # fmt: skip
    if dimension == "industry" and wanted.industry is not None:
        found = {key: row for key, row in found.items() if key == wanted.industry}
    if wanted.ownership is not None:  # then nothing is told but who took part
        found = {key: (None,) * 3 + row[3:6] + (None,) * 7 for key, row in found.items()}
    return found


def told(session, wanted, scopes, dimension):
    loaded = facts.load(session, scopes, wanted.basis)
    place, climbed = tallies.Place(session, scopes, loaded), trees.read(session, scopes, wanted)
    rows = tallies.count(place, climbed, wanted, dimension).rows
    return {key: tuple(row) for key, row in rows.items() if any(row) or dimension}


@pytest.mark.parametrize(("seed", "questions"), [(11, 10), pytest.param(12, 60, marks=pytest.mark.deep)])
def test_every_figure_equals_the_slow_count(session, seed, questions):
    world = World(session, Dice(seed))
    keeping.refresh(session)
    session.commit()
    some = (Entry.number == 1, Entry.status == "valid")  # these are counted live, the others as they are kept
    session.execute(update(Entry).where(*some).values(status="absent"))
    session.commit()
    nothing = 0
    for _question in range(questions):
        wanted, scopes = world.question()
        for dimension in DIMENSIONS:
            should = expected(session, world, wanted, scopes, dimension)
            if dimension == "" and not any(map(any, should.values())):
                nothing += 1
                should = {}
            assert told(session, wanted, scopes, dimension) == should, (wanted, scopes, dimension)
    assert nothing < questions // 2  # questions that something answers

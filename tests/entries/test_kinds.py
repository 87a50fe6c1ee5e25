"""Teams with roles, units and works: entered by hand and by list, written, exported, brought again."""

import io

import openpyxl
import pytest
from sqlalchemy import select

from competitions.eligibility.models import EntryRulesRow
from competitions.eligibility.rules import FORMAT
from competitions.entries import batches, services
from competitions.entries.columns import PASSED_OVER, meaning, plain_heading
from competitions.entries.labels import ROLES
from competitions.entries.models import Entry, EntryMember, Person
from competitions.entries.proposals import propose
from competitions.entries.services import NotEnterable, Source
from tests.entries.tables import asked, read_table, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

TEAM = ("group", "unit", "role", "name")
WORK = ("group", "category", "unit", "name", "own_unit", "summary")
SOURCE = Source("名单.xlsx", "0" * 64)


def rules_for(session, event, **said):
    session.add(EntryRulesRow(event_id=event.id, document={"format": FORMAT, **said}))
    session.flush()


@pytest.fixture
def team_event(session):
    """A contest of teams of two or three members with one substitute."""
    build_unit(session, name="演示甲厂")
    event = build_event(session, "registration", entry_kind="team")
    rules_for(session, event, team_least=2, team_most=3, substitutes=1)
    return event


@pytest.fixture
def work_event(session):
    """A contest of works."""
    for name in ("演示甲厂", "演示研究院"):
        build_unit(session, name=name)
    return build_event(session, "registration", entry_kind="work")


def enter(session, event, *rows, fields, **settings):
    return services.add_entries(
        session, event, table(*rows, fields=fields), asked(event, **settings), actor_id=None, now=MOMENT
    )


def bring(session, event, *rows, fields):
    return services.import_entries(
        session, event, table(*rows, fields=fields), asked(event, updating=True), SOURCE, actor_id=None,
        now=MOMENT,
    )  # fmt: skip


def codes(session, event, *rows, fields=TEAM):
    found = propose(session, asked(event), table(*rows, fields=fields))
    return [(finding.row, finding.field, finding.code) for finding in found.errors]


def people(session, event):
    session.expire_all()
    rows = session.execute(
        select(EntryMember.position, Person.name, EntryMember.role, EntryMember.unit_name)
        .join(Person, Person.id == EntryMember.person_id)
        .join(Entry, Entry.id == EntryMember.entry_id)
        .where(Entry.event_id == event.id)
        .order_by(Entry.number, EntryMember.position)
    )
    return [tuple(row) for row in rows]


def test_the_leader_comes_first_then_members_substitutes_and_coaches(session, team_event):
    rows = [("一队", "演示甲厂", role, name) for role, name in (
        ("替补", "钱二"), ("领队", "孙三"), ("", "李四"), ("队长", "周五"), ("队员", "吴六"),
    )]  # fmt: skip
    enter(session, team_event, *rows, fields=TEAM)
    assert people(session, team_event) == [
        (1, "周五", "member", ""), (2, "李四", "member", ""), (3, "吴六", "member", ""),
        (4, "钱二", "substitute", ""), (5, "孙三", "coach", ""),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (("队员",), "TEAM_SIZE"),  # two are the least
        (("队员", "替补"), "TEAM_SIZE"),  # a substitute does not make a member
        (("队员",) * 4, "TEAM_SIZE"),  # three are the most
        (("队员", "队员", "替补", "替补"), "TEAM_SUBSTITUTES"),
        (("队长", "队长", "队员"), "TEAM_LEADERS"),
        (("队员", "队员", "裁判"), "ROLE_UNKNOWN"),
    ],
)
def test_a_team_of_the_wrong_make_is_refused(session, team_event, said, fault):
    rows = [("一队", "演示甲厂", role, f"张{number}") for number, role in enumerate(said)]
    assert fault in {code for _row, _field, code in codes(session, team_event, *rows)}


def test_an_event_without_substitutes_says_so(session):
    build_unit(session, name="演示甲厂")
    event = build_event(session, "registration", entry_kind="team")
    rows = [("一队", "演示甲厂", role, f"张{role}") for role in ("队长", "队员", "替补")]
    assert codes(session, event, *rows) == [(2, "group", "TEAM_NO_SUBSTITUTES")]


def test_a_list_without_roles_leaves_them_as_they_stand(session, team_event):
    rows = [("一队", "演示甲厂", role, name) for role, name in (("", "甲"), ("", "乙"), ("替补", "丙"))]
    enter(session, team_event, *rows, fields=TEAM)
    fields = ("number", "group", "unit", "name")
    same = propose(
        session, asked(team_event, updating=True),
        table(*(("1", "一队", "演示甲厂", name) for name in "甲乙丙"), fields=fields),
    )  # fmt: skip
    assert set(same.groups.values()) == {"same"}


def test_a_changed_role_is_shown_applied_and_undone(session, team_event):
    rows = [("一队", "演示甲厂", role, name) for role, name in (("", "甲"), ("", "乙"), ("替补", "丙"))]
    enter(session, team_event, *rows, fields=TEAM)
    fields = ("number", *TEAM)
    said = (("", "甲"), ("替补", "乙"), ("队员", "丙"))
    new = [("1", "一队", "演示甲厂", role, name) for role, name in said]
    proposal = propose(session, asked(team_event, updating=True), table(*new, fields=fields))
    told = sorted((c.field, c.old, c.new) for entry in proposal.entries for c in entry.changes)
    words = [str(ROLES[role]) for role in ("member", "substitute")]
    assert told == sorted([("role", *words), ("role", *reversed(words))])
    batch = bring(session, team_event, *new, fields=fields)
    assert [row[1:3] for row in people(session, team_event)] == [
        ("甲", "member"), ("丙", "member"), ("乙", "substitute"),
    ]  # fmt: skip
    organiser = build_user(session).id
    batches.undo_batch(session, team_event, batch.id, decides=True, actor_id=organiser, now=MOMENT)
    assert [row[1:3] for row in people(session, team_event)] == [
        ("甲", "member"), ("乙", "member"), ("丙", "substitute"),
    ]  # fmt: skip


def test_a_work_has_a_category_a_summary_and_authors_with_units_of_their_own(session, work_event):
    rows = [
        ("演示夹具", "技术革新", "演示甲厂", "张三", "", "第一行\n第二行"),
        ("演示夹具", "", "演示甲厂", "李四", "演示研究院", ""),
        ("演示夹具", "", "演示甲厂", "王五", "演示甲厂", ""),
    ]
    enter(session, work_event, *rows, fields=WORK)
    entry = session.scalars(select(Entry)).one()
    assert (entry.name, entry.category, entry.summary) == ("演示夹具", "技术革新", "第一行\n第二行")
    assert people(session, work_event) == [
        (1, "张三", "member", ""), (2, "李四", "member", "演示研究院"), (3, "王五", "member", ""),
    ]  # fmt: skip


def test_rows_of_one_work_that_contradict_each_other_are_refused(session, work_event):
    rows = [("作品", "发明", "演示甲厂", "张三", "", ""), ("作品", "革新", "演示甲厂", "李四", "", "")]
    assert codes(session, work_event, *rows, fields=WORK) == [(3, "category", "TEAM_NAMED_TWICE")]


def test_an_author_of_another_unit_is_not_taken_for_a_namesake_of_the_unit_of_the_work(session, work_event):
    enter(session, work_event, ("甲作品", "", "演示甲厂", "张三", "", ""), fields=WORK)
    enter(session, work_event, ("乙作品", "", "演示甲厂", "张三", "演示研究院", ""), fields=WORK)
    assert len(session.scalars(select(Person)).all()) == 2


def test_units_are_entered_once(session):
    for name in ("演示甲厂", "演示乙厂"):
        build_unit(session, name=name)
    event = build_event(session, "registration", entry_kind="unit")
    bring(session, event, ("演示甲厂",), ("演示乙厂",), fields=("unit",))
    assert [entry.name for entry in session.scalars(select(Entry).order_by(Entry.number))] == [
        "演示甲厂", "演示乙厂",
    ]  # fmt: skip
    with pytest.raises(NotEnterable):
        bring(session, event, ("演示甲厂",), fields=("unit",))


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("kind", ["team", "work", "unit"])
def test_an_own_export_comes_back_unchanged_and_the_template_is_understood(session, browser, kind, locale):
    unit = build_unit(session, name="演示甲厂")
    event = build_event(session, "registration", entry_kind=kind)
    rules_for(session, event, substitutes=2)
    organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    rows = {
        "team": [("一队", "演示甲厂", role, f"张{role}") for role in ("队长", "队员", "替补", "教练")],
        "work": [
            ("作品", "发明", unit.name, name, own, "一\n二") for name, own in (("甲", ""), ("乙", "演示院"))
        ],
        "unit": [("演示甲厂",)],
    }[kind]
    enter(session, event, *rows, fields={"team": TEAM, "work": WORK, "unit": ("unit",)}[kind])
    session.commit()
    page = browser(organiser, locale)
    for name in ("list.xlsx", "template.xlsx"):
        data = page.get(f"/events/{event.id}/entries/{name}").data
        headings = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0][1]]
        unread = [heading for heading in headings if meaning(heading) is None]
        assert [heading for heading in unread if plain_heading(heading) not in PASSED_OVER] == []
    exported = page.get(f"/events/{event.id}/entries/list.xlsx").data
    read = read_table("list.xlsx", exported, kind)
    proposal = propose(session, asked(event, updating=True), read)
    assert proposal.errors == []
    assert set(proposal.groups.values()) == {"same"}

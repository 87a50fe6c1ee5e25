"""Entries of every kind on their whole way: a list, vetting, draw, mark sheets, papers, statistics."""



import pytest
from sqlalchemy import func, select

from accounts.policy import SITE
from competitions.draw.models import EntryCode
from competitions.eligibility.models import EntryRulesRow
from competitions.eligibility.rules import EntryRules, to_document
from competitions.entries import deciding, services
from competitions.entries.models import Entry
from competitions.entries.services import Source
from competitions.events.services import take_step
from reports.certificates.making import _members
from reports.papers import field
from reports.statistics import facts
from scoring.promotions.queries import list_holders
from scoring.sheets.models import Sheet
from tests.entries.tables import asked, table
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.factories.scoring import build_scheme

LISTS = {
    "team": (
        ("group", "unit", "role", "name"),
        [("一队", "演示甲厂", role, f"甲{role}") for role in ("队长", "队员", "替补", "教练")]
        + [("二队", "演示乙厂", role, f"乙{role}") for role in ("队员", "队长")],
    ),
    "work": (
        ("group", "category", "unit", "name", "own_unit"),
        [("夹具", "革新", "演示甲厂", "张三", ""), ("夹具", "", "演示甲厂", "李四", "演示研究院"),
         ("吊具", "发明", "演示乙厂", "王五", "")],
    ),
    "unit": (("unit",), [("演示甲厂",), ("演示乙厂",)]),
}  # fmt: skip


def until_scoring(session, kind):
    """Return an event of this kind whose two entries came by a list and are being marked."""
    for name in ("演示甲厂", "演示乙厂"):
        build_unit(session, name=name)
    event = build_event(session, "registration", entry_kind=kind)
    session.add(EntryRulesRow(event_id=event.id, document=to_document(EntryRules(substitutes=1))))
    build_scheme(session, event)
    build_appointment(session, event, ["T", "P"])
    actor = build_user(session).id
    fields, rows = LISTS[kind]
    services.import_entries(
        session, event, table(*rows, fields=fields), asked(event), Source("名单.xlsx", "0" * 64),
        actor_id=actor, now=MOMENT,
    )  # fmt: skip
    deciding.approve_all(session, event, deciding.AS_ORGANISER, actor_id=actor, now=MOMENT)
    for step in ("close_registration", "start_scoring"):
        take_step(session, event, step, actor_id=actor, now=MOMENT)
    return event


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_leads_to_mark_sheets_and_papers(session, kind):
    event = until_scoring(session, kind)
    codes = session.scalars(select(EntryCode.code).where(EntryCode.event_id == event.id)).all()
    assert sorted(codes) == ["A01", "A02"]
    assert session.scalar(select(func.count()).select_from(Sheet)) == 4  # two entries in two stages
    lines = field.list_lines(session, event)
    rows, headings = field.rows(event, lines), field.columns(event, lines)
    assert all(len(row) == len(headings) for row in rows)
    named = [(line.group, line.name, line.beside) for line in lines]
    wanted = {
        "team": ("一队", "甲替补", "Substitute"), "work": ("夹具", "李四", "演示研究院"),
        "unit": ("", "演示甲厂", ""),
    }[kind]  # fmt: skip
    assert wanted[:2] in [line[:2] for line in named]
    assert len({line[2] for line in named}) == {"team": 4, "work": 2, "unit": 1}[kind]


def test_only_who_competed_is_named_on_certificates_and_counted(session):
    event = until_scoring(session, "team")
    first, second = session.scalars(select(Entry).order_by(Entry.number)).all()
    assert _members(first) == ["甲队长", "甲队员"]
    assert _members(second) == ["乙队长", "乙队员"]
    holders = {holder.name for holder in list_holders(session, event.id)}
    assert holders == {"甲队长", "甲队员", "乙队长", "乙队员"}
    event.state = "announced"
    session.flush()

    def participations():
        return sum(fact.participations for fact in facts.load(session, [SITE]).events)

    assert participations() == 4
    second.attendance = "absent"
    session.flush()
    assert participations() == 2
    second.attendance, second.status = "present", "absent"  # came, and gave up
    session.flush()
    assert participations() == 4
    second.attendance = ""
    session.flush()
    assert participations() == 2  # no check-in: as its status says



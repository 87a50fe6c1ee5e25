"""From a preliminary to a final: seen first, carried out once, the next one moves up, totals come along."""

from datetime import date

import pytest
from sqlalchemy import select

from competitions.entries.models import Entry, EntryFile, EntryMember
from competitions.entries.work_files import list_files
from competitions.works.models import WorkParticulars
from core import clock
from core.files.queries import content_of
from core.files.reading import from_bytes
from core.files.services import keep
from core.refusals import Refused
from scoring.qualifying import carrying, queries, services
from scoring.qualifying.rules import Rule
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT
from tests.factories.entries import build_person
from tests.factories.events import build_competition, build_event
from tests.factories.marking import (
    AGREED,
    build_organiser,
    build_theory_and_practice,
    scheme,
    score,
    stage,
    take,
)
from tests.factories.organisations import build_union
from tests.factories.scoring import build_judge, build_scheme

pytestmark = POSTGRESQL_IN_DEEP
SCORES = {"演示甲": ("90", "95"), "演示乙": ("80", "90"), "演示丙": ("70", "85"), "演示丁": ("60", "60")}
FINAL = scheme(
    [
        stage("E", "初赛成绩", [score("E1", "总分", step="0.01", panel=AGREED)], weight="0.3"),
        stage("P", "实操", [score("P1", "作品", panel=AGREED)], weight="0.7"),
    ]
)


@pytest.fixture
def levels(session):
    """A preliminary with an announced result, and the final of the union above, open for registration."""

    class Levels:
        above = build_union(session)
        below = build_union(session, parent_id=above.id)
        source = build_theory_and_practice(
            session, SCORES, event={"competition": build_competition(session, union=below)}
        )
        final = build_event(session, "registration", competition=build_competition(session, union=above))

    for entry in session.scalars(select(Entry).where(Entry.event_id == Levels.source.id)):
        person = build_person(session, entry.name, unit_id=entry.unit_id)
        session.add(EntryMember(entry_id=entry.id, person_id=person.id, position=1))
    take(session, Levels.source, "tabulate", "announce")
    build_scheme(session, Levels.final, FINAL)
    Levels.organiser = build_organiser(session, Levels.final)
    session.commit()
    return Levels


def carried(session, levels):
    by = {"actor_id": levels.organiser.id, "now": MOMENT}
    row = services.add(session, levels.final, levels.source, Rule(2), "E", **by)
    version, _choice = services.preview(session, row)
    services.carry_out(session, levels.final, row, version.sha256, **by)
    return row


def entered(session, levels):
    rows = session.scalars(select(Entry).where(Entry.event_id == levels.final.id).order_by(Entry.number))
    return [(row.name, row.review) for row in rows]


def test_the_first_two_are_entered_from_the_frozen_result_and_once(session, levels):
    row = carried(session, levels)
    assert entered(session, levels) == [("演示甲", "approved"), ("演示乙", "approved")]
    assert (row.version, len(row.sha256)) == (1, 64)
    with pytest.raises(Refused, match="QUALIFY_DONE"):
        services.carry_out(session, levels.final, row, row.sha256, actor_id=None, now=MOMENT)


def test_a_work_takes_its_particulars_and_copies_of_its_files_along(session, levels):
    earlier = session.scalars(select(Entry).filter_by(event_id=levels.source.id, name="演示甲")).one()
    since = date(2026, 1, 10)
    session.add(
        WorkParticulars(
            entry_id=earlier.id, nature="innovation", implemented=True, implemented_on=since, benefit=865_000,
            evidence=True, basis="同比节约", changed_at=MOMENT,
        )  # fmt: skip
    )
    upload = from_bytes("说明.txt", "说明".encode())
    kept = keep(session, upload, ref=clock.new_ref(), now=MOMENT, actor_id=None)
    session.add(EntryFile(entry_id=earlier.id, file_id=kept.id, title="技术说明", position=1))
    session.flush()
    carried(session, levels)
    first, second = session.scalars(select(Entry).filter_by(event_id=levels.final.id).order_by(Entry.number))
    said = session.get_one(WorkParticulars, first.id)
    assert (said.nature, said.implemented_on, said.benefit, said.evidence, said.basis) == (
        "innovation", since, 865_000, True, "同比节约",
    )  # fmt: skip
    [copy] = list_files(session, first.id)
    assert (copy.title, content_of(copy.file).decode()) == ("技术说明", "说明")
    assert copy.file_id != kept.id  # removed there, it stays here
    assert (session.get(WorkParticulars, second.id), list_files(session, second.id)) == (None, [])


def test_who_withdraws_makes_room_for_the_next_one(session, levels):
    row = carried(session, levels)
    by = {"actor_id": levels.organiser.id, "now": MOMENT}
    up = services.withdraw(session, levels.final, row, row.places[0], "出差", **by)
    assert up.source_entry.name == "演示丙"
    assert entered(session, levels) == [
        ("演示甲", "withdrawn"), ("演示乙", "approved"), ("演示丙", "approved")
    ]  # fmt: skip
    with pytest.raises(Refused, match="QUALIFY_PLACE"):
        services.withdraw(session, levels.final, row, row.places[0], "再次", **by)


def test_what_is_not_what_was_seen_or_stands_already_is_refused(session, levels):
    by = {"actor_id": None, "now": MOMENT}
    row = services.add(session, levels.final, levels.source, Rule(2), "E", **by)
    with pytest.raises(Refused, match="QUALIFY_OUTDATED"):
        services.carry_out(session, levels.final, row, "0" * 64, **by)
    with pytest.raises(Refused, match="QUALIFY_CIRCLE|QUALIFY_LATE|QUALIFY_SOURCE"):
        services.add(session, levels.source, levels.final, Rule(2), "", **by)
    first = session.scalars(select(Entry).where(Entry.event_id == levels.source.id)).first()
    again = Entry(ref="f" * 32, event_id=levels.final.id, number=1, kind="person", name=first.name,
                  unit_id=first.unit_id, created_at=MOMENT)  # fmt: skip
    session.add(again)
    session.flush()
    session.add(EntryMember(entry_id=again.id, person_id=first.members[0].person_id))
    session.flush()
    version, _choice = services.preview(session, row)
    with pytest.raises(Refused, match="QUALIFY_ENTERED"):
        services.carry_out(session, levels.final, row, version.sha256, **by)


def test_earlier_totals_lie_at_the_desk_before_they_are_entered(session, levels):
    row = carried(session, levels)
    build_judge(session, levels.final, 1, "E P")
    take(session, levels.final, "close_registration", "start_scoring")
    made = carrying.bring_totals(session, levels.final, row, actor_id=levels.organiser.id, now=MOMENT)
    lines = [cells for _row, cells in made.grid["rows"][1:]]
    assert lines == [["1", "93.50"], ["2", "87.00"]]  # 0.3 × 90 + 0.7 × 95, 0.3 × 80 + 0.7 × 90


def test_the_page_shows_who_would_qualify_and_carries_it_out(session, browser, levels):
    page, path = browser(levels.organiser), f"/events/{levels.final.id}/qualifying/"
    said = {"source_id": levels.source.id, "top": "2", "each": "", "least": "", "stage": "E"}
    wrong = {"top": "0", "least": "sechzig", "source_id": "999999", "each": "planet", "stage": "Z"}
    for name, value in wrong.items():
        page.post(path, said | {name: value}, status=422)
    page.post(path, said)
    page.get(path)
    assert "拟晋级名单" in visible(page.page)
    row = queries.list_qualifications(session, levels.final.id)[0]
    page.post(f"{path}{row.id}/carry-out", {"seen": "x"}, status=422)
    version, _choice = services.preview(session, row)
    page.post(f"{path}{row.id}/carry-out", {"seen": version.sha256})
    page.get(path)
    assert "晋级名单" in visible(page.page)
    session.rollback()
    place = queries.list_qualifications(session, levels.final.id)[0].places[0]
    page.post(f"{path}{row.id}/{place.id}/withdraw", {f"place{place.id}-reason": ""}, status=422)
    page.post(f"{path}{row.id}/{place.id}/withdraw", {f"place{place.id}-reason": "出差"})

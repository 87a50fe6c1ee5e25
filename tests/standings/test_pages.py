"""Standings on their pages: chosen, previewed, published in versions, recounted, shown to everybody."""

import io
import json
import zipfile

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from competitions.documents.queries import find_page_ref
from competitions.entries.models import Entry
from core import canonical
from core.audit.models import AuditRecord
from scoring.recount import main
from scoring.standings import offers
from scoring.standings.models import CompetitionStanding, StandingVersion
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.marking import (
    build_organiser,
    build_stranger,
    build_theory_and_practice,
    take,
)
from tests.factories.notices import build_notice, publish
from tests.factories.organisations import build_unit

# 30/70. First event, 演示甲厂: 90.00, 80.00; 演示乙厂: 88.00, 88.00, 70.00. Second: 甲 60.00, 乙 95.00.
FIRST = {"一": ("90", "90"), "二": ("80", "80"), "三": ("88", "88"), "四": ("88", "88"), "五": ("70", "70")}
SECOND = {"六": ("60", "60"), "七": ("95", "95")}


@pytest.fixture
def world(session, browser):
    competition = build_competition(session)
    units = [build_unit(session, name=name) for name in ("演示甲厂", "演示乙厂")]
    first = build(session, competition, FIRST, "焊工", units[:1] * 2 + units[1:] * 3)
    second = build(session, competition, SECOND, "电工", units)
    take(session, first, "tabulate", "announce")
    user = build_organiser(session, first)
    session.commit()
    return competition, second, browser(user)


def build(session, competition, scores, name, units):
    event = build_theory_and_practice(session, scores, event={"competition": competition, "name": name})
    entries = session.scalars(select(Entry).where(Entry.event_id == event.id).order_by(Entry.number))
    for entry, unit in zip(entries, units, strict=True):
        entry.unit_id = unit.id
    session.flush()
    return event


def path(competition, rest=""):
    return f"/competitions/{competition.id}/standings/{rest}"


def save(opened, competition, key="best-three", status=302, **changes):
    document = {**offers.LIBRARY.find_document(key), **changes.pop("method", {})}
    data = {"title": "单位总分", "of": "unit", "version": "0", "document": json.dumps(document),
            "event_ids": changes.pop("event_ids", [])} | changes  # fmt: skip
    return opened.post(path(competition, "new"), data, status)


def shown(opened, competition, number=1):
    opened.get(path(competition, f"{number}/"))
    return visible(opened.page)


def audited(session, action):
    return session.scalar(select(func.count()).where(AuditRecord.action == action))


def test_a_method_is_previewed_before_anything_is_saved(session, world):
    competition, _second, opened = world
    opened.get(path(competition, "new"))
    assert "三名队员总分" in visible(opened.page)
    opened.get(path(competition, "new?method=best-three"))
    text_of = visible(opened.page)
    # 88 + 88 + 70 = 246 against 90 + 80 = 170; the second event is still being marked.
    assert "1 演示乙厂 3 246.00" in text_of
    assert "2 演示甲厂 2 170.00" in text_of
    assert "尚未公布成绩，未计入：电工" in text_of
    assert audited(session, "standing:add") == 0


def test_a_version_is_published_and_later_results_make_the_next(session, world):
    competition, second, opened = world
    save(opened, competition)
    assert "尚未发布" in shown(opened, competition)
    opened.post(path(competition, "1/publish"), {})
    assert "已公布：第 1 版" in shown(opened, competition)
    opened.post(path(competition, "1/publish"), {"reason": "再次"}, 422)
    assert "此后没有变动" in visible(opened.page)
    take(session, second, "tabulate", "announce")
    # 甲 170 + 60 = 230, 乙 246 + 95 = 341
    assert "1 演示乙厂 246.00 95.00 4 341.00" in shown(opened, competition)
    assert "公布之后，成绩或排名办法有变动" in visible(opened.page)
    opened.post(path(competition, "1/publish"), {}, 422)
    opened.post(path(competition, "1/publish"), {"reason": "电工成绩公布"})
    rows = session.scalars(select(StandingVersion).order_by(StandingVersion.number)).all()
    assert [(row.number, row.reason, len(row.document["events"])) for row in rows] == [
        (1, "", 1), (2, "电工成绩公布", 2),
    ]  # fmt: skip
    assert [row.sha256 for row in rows] == [canonical.digest(row.document) for row in rows]
    assert audited(session, "standing:publish") == 2
    with pytest.raises(DBAPIError):
        session.execute(text("UPDATE standing_version SET reason = 'x'"))
    session.rollback()


def test_the_package_counts_it_again_and_the_workbook_says_the_same(session, world, tmp_path, capfd):
    competition, _second, opened = world
    save(opened, competition)
    opened.post(path(competition, "1/publish"), {})
    found = opened.get(path(competition, "1/versions/1.zip"))
    target = tmp_path / "standing.zip"
    target.write_bytes(found.data)
    assert main([str(target)]) == 0
    assert "1,演示乙厂,valid,246.00,3,246.00" in capfd.readouterr().out
    assert zipfile.ZipFile(target).namelist() == sorted(zipfile.ZipFile(target).namelist())
    book = load_workbook(io.BytesIO(opened.get(path(competition, "1/versions/1.xlsx")).data))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {"演示乙厂", "246", "A03"} <= set(cells)
    opened.get(path(competition, "1/versions/2.zip"), 404)


def test_everybody_reads_what_is_published_and_nothing_else(session, world, browser):
    competition, _second, opened = world
    by = build_user(session)
    publish(session, build_notice(session, competition, by), by)
    session.commit()
    save(opened, competition)
    page = f"/notices/competitions/{find_page_ref(session, competition.id)}"
    assert "单位总分" not in visible(browser(None).get(page).text)
    opened.post(path(competition, "1/publish"), {})
    assert "单位总分 " in visible(browser(None).get(page).text)
    opened.get(f"/competitions/{competition.id}/")
    assert "单位总分 已公布" in visible(opened.page)
    stranger = build_stranger(session)
    session.commit()
    browser(stranger).get(path(competition, "1/"), 403)


def test_what_is_wrong_is_said_and_nothing_is_saved(session, world):
    competition, _second, opened = world
    save(opened, competition, status=422, method={"points": {"by": "luck"}})
    assert "/points/by" in visible(opened.page)
    save(opened, competition, status=422, document="{")
    save(opened, competition, status=422, title="")
    save(opened, competition, status=422, event_ids=["999999"])
    opened.get(path(competition, "1/"), 404)
    assert audited(session, "standing:add") == 0


def test_a_tie_that_may_not_be_shared_is_not_published(session, world):
    competition, _second, opened = world
    one = {"best": 1, "points": {"by": "award", "awards": {"金牌": "4"}}}
    save(opened, competition, method=one | {"ranking": {"share": False, "ties": []}})
    opened.post(path(competition, "1/publish"), {}, 422)
    assert "不允许并列" in visible(opened.page)
    assert audited(session, "standing:publish") == 0


def test_a_standing_is_changed_once_and_removed_only_before_it_is_published(session, world):
    competition, _second, opened = world
    save(opened, competition)
    document = json.dumps(offers.LIBRARY.find_document("rank-points"))
    change = {"title": "名次积分", "of": "unit", "document": document, "version": "1"}
    opened.get(path(competition, "1/edit"))
    opened.post(path(competition, "1/edit"), change)
    opened.post(path(competition, "1/edit"), change, 409)
    # ranks 甲: 1, 4; 乙: 2, 2, 5 → 10 + 7 = 17 against 9 + 9 + 6 = 24
    assert "1 演示乙厂 3 24 团体奖" in shown(opened, competition)
    opened.post(path(competition, "1/remove"), {})
    opened.get(path(competition, "1/"), 404)
    kept = save(opened, competition).location
    opened.post(f"{kept}publish", {})
    opened.post(f"{kept}remove", {}, 422)


def test_a_tie_is_decided_in_writing_and_goes_into_the_package(world, session, tmp_path):
    """甲 85.00 and 乙 88.00 by best one each: with equal points for all awards both stand at 0."""
    competition, _second, organiser = world
    method = {
        "format": "standing/1", "title": "并列裁定", "points": {"by": "award", "awards": {"无": "1"}},
        "ranking": {"share": False, "ties": [{"by": "manual"}]},
    }  # fmt: skip
    added = {"title": "并列裁定", "of": "unit", "document": json.dumps(method, ensure_ascii=False)}
    organiser.post(path(competition, "new"), added)
    standing = session.scalars(select(CompetitionStanding)).one()
    here, number = path(competition, f"{standing.id}/"), standing.id
    organiser.get(here)
    assert "裁定并列" in visible(organiser.page)
    organiser.post(f"{here}publish", {}, 422)
    told = {"numbers-0": "1", "numbers-1": "2", "version": "1"}
    organiser.post(f"{here}order", told | {"reason": ""}, 422)
    organiser.post(f"{here}order", told | {"numbers-0": "x", "reason": "抽签"}, 422)
    organiser.post(f"{here}order", told | {"reason": "组委会抽签"})
    organiser.post(f"{here}order", told | {"reason": "又一次"}, 422)  # opened before the last saving
    organiser.post(f"{here}publish", {})
    assert audited(session, "standing:decide") == 1
    package = tmp_path / "standing.zip"
    package.write_bytes(organiser.get(path(competition, f"{number}/versions/1.zip")).data)
    with zipfile.ZipFile(package) as files:
        assert "组委会抽签" in files.read("orders.csv").decode()
    assert main([str(package)]) == 0

"""A period of a labour contest: targets, self-report with evidence, spot check, checked values, the banner.

The table is scoring/schemes/library/project-contest.json: A1 has 20 points, C1 loses 2 for each fault.
"""

import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from core.audit.models import AuditRecord
from scoring.assessments import queries
from scoring.schemes import offers
from scoring.schemes.periods import with_periods
from scoring.sheets import queries as sheets
from scoring.sheets.models import LedgerOperation
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.catalogue import build_activity_kind
from tests.factories.events import build_competition
from tests.factories.marking import build_event_with, build_organiser, entry_of

SAID = {"A1": "90", "A2": "4", "B1": "100", "B2": "0", "C1": "0", "C2": "10", "D1": "5", "D2": "5"}
TARGETS = {"A1": "100", "A2": "4"}
VERSION = re.compile(r'name="version"[^>]*value="([^"]*)"')
CHANGED = "已有他人保存过"


@pytest.fixture
def world(app, session, browser):
    kind = build_activity_kind(session, "LABOUR_PROJECT")
    competition = build_competition(session, kind=kind)
    document = with_periods(offers.LIBRARY.find_document("project-contest"), ["一季度", "二季度"], "sum")
    event = build_event_with(
        session, document, ["甲", "乙"], competition=competition, entry_kind="unit", trade=None
    )
    unit = entry_of(session, event, "A01").unit_id
    registrar = build_user(session, grants=[("registrar", "unit", unit)])
    office = build_organiser(session, event)
    session.commit()
    return World(session, event, browser(office), browser(registrar))


class World:
    """An event with two sections, its office, and whoever registers for the first of them."""

    def __init__(self, session, event, office, unit):
        self.session, self.event, self.office, self.unit = session, event, office, unit
        self.path = f"/events/{event.id}/periods"
        self.entries = {code: entry_of(session, event, code).id for code in ("A01", "A02")}

    def ask(self, due="2099-01-01T18:00"):
        self.office.post(f"{self.path}/P1/due", {"due_at": due})

    def targets(self, sent, status=302, version=None):
        """Send targets; without a version, from the grid as it is now."""
        place = f"{self.path}/P1/targets"
        data = {f"{self.entries[code]}-{aspect}": text for (code, aspect), text in sent.items()}
        self.office.post(place, {**data, "version": self.grid() if version is None else version}, status)
        return self.office.page

    def grid(self):
        self.office.get(f"{self.path}/P1/targets")
        return VERSION.search(self.office.page)[1]

    def report(self, values, status=302, act="submit", version="0"):
        data = {f"value-{code}": value for code, value in values.items()}
        place = f"{self.path}/P1/entries/{self.entries['A01']}"
        self.unit.post(place, {**data, "act": act, "version": version}, status)
        return self.unit.page

    def check(self, code, values, status=302, act="confirm", **more):
        place = f"{self.path}/P1/entries/{self.entries[code]}/check"
        row = self.row(code)
        data = {f"checked-{aspect}": value for aspect, value in values.items()}
        version = str(row.version if row else 0)
        answer = self.office.post(place, {"version": version, **data, "act": act, **more}, status)
        self.after = answer.headers.get("Location")
        return self.office.page

    def row(self, code="A01"):
        self.session.expire_all()
        return queries.find_assessment(self.session, self.entries[code], "P1")

    def marks(self, code="A01"):
        self.session.expire_all()
        found = sheets.list_marks(self.session, self.event.id)
        return {row.aspect: row.value for row in found if (row.stage, row.entry) == ("P1", code)}


def evidence(name):
    return {"file-file": (io.BytesIO("验收单".encode()), name), "file-aspect": "A1", "file-title": ""}


def test_a_period_from_targets_to_the_banner(world):
    """甲: A1 90/100 × 20 = 18, all else full: 98; one fault in C1 on the spot (2 off): 96. 乙: 100."""
    world.ask()
    world.targets({(code, aspect): text for code in world.entries for aspect, text in TARGETS.items()})
    assert dict(world.row().targets) == TARGETS
    world.report(SAID, version=str(world.row().version))
    world.office.get(f"{world.path}/P1")
    assert "甲 已上报 98.00" in visible(world.office.page)
    place = f"{world.path}/P1/entries/{world.entries['A01']}/check"
    world.office.get(place)
    assert 'name="checked-A1" value="90"' in world.office.page
    spot = {"spot-C1": "1", "note-C1": "脚手架一处无挡脚板"}
    world.check("A01", SAID | {"C1": "1"}, **spot)
    assert (world.marks()["A1"], world.marks()["C1"]) == ("90/100", "1")
    assert dict(world.row().spot) == {"C1": ["1", "脚手架一处无挡脚板"]}
    saved = select(LedgerOperation).where(LedgerOperation.kind == "save")
    operation = world.session.scalars(saved).one()
    assert operation.body["desk"]["kind"] == "assessment"
    world.check("A02", SAID | {"A1": "100"})
    world.office.get(f"{world.path}/")
    text = visible(world.office.page)
    assert all(said in text for said in ("1 乙", "100.00 流动红旗", "2 甲", "96.00"))
    world.unit.get(f"{world.path}/P1/entries/{world.entries['A01']}")
    assert "脚手架" not in world.unit.page  # what was found stays with the office
    assert "乙" not in visible(world.unit.page)


def test_confirming_asks_first_and_opens_no_unit_that_has_not_reported(world):
    place = f"{world.path}/P1/entries/{{}}/check"
    full = SAID | {"A1": "90/100", "A2": "4/4"}
    world.ask()
    world.report(full)
    world.office.get(place.format(world.entries["A01"]))
    assert 'data-confirm="确认“甲”的核定值吗？' in world.office.page
    world.check("A01", full)
    assert world.after == f"{world.path}/P1"
    world.office.get(place.format(world.entries["A02"]))
    assert "该单位尚未上报自评" in visible(world.office.page)
    assert 'data-confirm="“乙”尚未上报自评' in world.office.page


def test_where_no_unit_is_asked_the_next_one_follows(world):
    world.check("A01", SAID | {"A1": "90/100", "A2": "4/4"})
    assert world.after == f"{world.path}/P1/entries/{world.entries['A02']}/check"
    world.office.get(world.after)
    assert "尚未上报" not in visible(world.office.page)


def test_where_a_registrar_starts_it_says_which_report_is_due(world):
    world.unit.get("/registration/")
    assert "待办事项" not in visible(world.unit.page)
    world.ask()
    world.unit.get("/registration/")
    told = visible(world.unit.page).partition("待办事项")[2]
    assert "一季度自评上报" in told
    assert "2099年1月1日 18:00前上报" in told
    world.report(SAID | {"A1": "90/100", "A2": "4/4"})
    world.unit.get("/registration/")
    assert "待办事项" not in visible(world.unit.page)


def test_what_comes_next_is_said_from_the_draft_to_the_first_deadline(world, session, browser):
    event = build_event_with(
        session, offers.LIBRARY.find_document("project-contest"), [], entry_kind="unit", trade=None,
        competition=build_competition(session, kind=world.event.competition.kind),
    )  # fmt: skip
    event.state, event.starts_on = "draft", None
    office = browser(build_office(session, event))
    office.get(f"/events/{event.id}/")
    assert f'href="/events/{event.id}/edit">填写竞赛起止日期' in office.page
    office.get(f"/events/{event.id}/periods/")
    assert "下一步" in visible(office.page)
    event.state = "registration"
    session.commit()
    office.get(f"/events/{event.id}/periods/")
    assert "还没有审核通过的参赛单位" in visible(office.page)
    world.office.get(f"{world.path}/")
    told = world.office.page.partition("下一步")[2][:800]
    assert f'href="{world.path}/P1/targets"' in told
    assert f'href="{world.path}/P1"' in told
    world.ask()
    world.targets({("A01", aspect): text for aspect, text in TARGETS.items()})
    world.office.get(f"{world.path}/")
    assert "下一步" not in visible(world.office.page)


def build_office(session, event):
    office = build_organiser(session, event)
    session.commit()
    return office


def test_the_target_of_the_office_stands_above_one_that_was_typed_or_that_was_set_before(world):
    """甲 reports 90 of 45; its target is 100: 90/100 × 20 = 18 and 98 in all. Then its target becomes 120."""
    world.ask()
    world.targets({("A01", aspect): text for aspect, text in TARGETS.items()})
    world.report(SAID | {"A1": "90/45"}, version=str(world.row().version))
    world.office.get(f"{world.path}/P1")
    assert "甲 已上报 98.00" in visible(world.office.page)
    world.check("A01", SAID | {"A1": "90/45"}, act="save")
    assert world.marks()["A1"] == "90/100"
    world.targets({("A01", "A1"): "120"})
    world.office.get(f"{world.path}/P1/entries/{world.entries['A01']}/check")
    assert 'name="checked-A1" value="90"' in world.office.page
    world.check("A01", SAID | {"A1": "90/1/2"}, 422)
    world.check("A01", SAID | {"A1": "90"})
    assert world.marks()["A1"] == "90/120"


@POSTGRESQL_IN_DEEP
def test_a_self_report_alone_counts_nowhere(world):
    world.ask()
    world.report(SAID | {"A1": "90/100", "A2": "4/4"})
    assert world.marks() == {}
    world.office.get(f"/events/{world.event.id}/results")
    assert "98.00" not in visible(world.office.page)


@POSTGRESQL_IN_DEEP
def test_what_is_wrong_in_a_report_is_said_at_its_value_and_nothing_is_saved(world):
    world.ask()
    page = world.report({"A1": "九十", "C2": "11"}, 422)
    text = visible(page)
    assert "这里还是空的" in text
    assert all(said in page for said in ('id="value-A1-error"', 'value="九十"'))
    assert world.row() is None
    assert visible(world.report({"A1": "1/0"}, 422, act="save"))
    world.report({"A1": "3/4"}, act="save")
    assert (world.row().state, dict(world.row().reported)) == ("open", {"A1": "3/4"})
    world.report({"A1": "4/4"}, 422, act="save")  # opened before the last saving
    assert dict(world.row().reported) == {"A1": "3/4"}


@POSTGRESQL_IN_DEEP
def test_a_report_is_late_after_its_moment_until_the_office_extends_it(world):
    world.report(SAID, 422)  # nobody has asked
    world.office.post(f"{world.path}/P1/due", {"due_at": "2020-01-01T08:00"}, 422)
    assert "该时间已过" in visible(world.office.page)
    world.ask()
    period = queries.find_period(world.session, world.event.id, "P1")
    period.due_at = MOMENT - timedelta(days=900)
    world.session.commit()
    assert "自评时间已过" in visible(world.report(SAID | {"A1": "9/9", "A2": "4/4"}, 422))
    world.ask("2099-02-01T18:00")
    world.report(SAID | {"A1": "9/9", "A2": "4/4"})


@POSTGRESQL_IN_DEEP
def test_what_is_handed_in_stays_until_it_is_returned(world):
    world.ask()
    world.report(SAID | {"A1": "9/9", "A2": "4/4"})
    version = str(world.row().version)
    assert "已上报" in visible(world.report({"A1": "1/9"}, 422, act="save", version=version))
    place = f"{world.path}/P1/entries/{world.entries['A01']}"
    world.office.post(f"{place}/return", {"return-reason": ""}, 422)
    world.office.post(f"{place}/return", {"return-reason": "缺少监理签字"})
    world.unit.get(place)
    assert "缺少监理签字" in visible(world.unit.page)
    world.report({"A1": "8/9"}, act="save", version=str(world.row().version))
    assert dict(world.row().reported) == SAID | {"A1": "8/9", "A2": "4/4"}


def test_evidence_is_kept_and_seen_by_the_own_unit_and_the_office(world):
    world.ask()
    place = f"{world.path}/P1/entries/{world.entries['A01']}/files"
    world.unit.post(place, evidence("验收单.txt"))
    (row,) = world.row().files
    assert (row.title, row.aspect) == ("验收单", "A1")
    assert world.office.post(f"{place}/{row.id}", status=200).data.decode() == "验收单"
    taken = select(AuditRecord).where(AuditRecord.action == "assessment:file_fetch")
    assert world.session.scalars(taken).one().detail["sha256"] == row.file.sha256
    world.unit.post(place, evidence("b.txt"), 422)
    assert "该文件已在" in visible(world.unit.page)
    other = f"{world.path}/P1/entries/{world.entries['A02']}"
    world.unit.get(other, 403)
    world.unit.post(f"{other}/files", evidence("c.txt"), 403)
    world.unit.get(f"{world.path}/P1", 403)
    world.unit.post(f"{place}/{row.id}/remove", {})
    assert world.row().files == []


@POSTGRESQL_IN_DEEP
def test_confirming_asks_for_every_value_and_happens_once(world):
    page = world.check("A01", {"A1": "1/2"}, 422)
    assert 'id="checked-A2-error"' in page
    assert world.marks() == {}
    world.check("A01", {"A1": "1/2"}, act="save")
    assert world.marks() == {"A1": "1/2"}
    full = SAID | {"A1": "1/2", "A2": "4/4"}
    world.check("A01", full)
    assert "已核定" in visible(world.check("A01", full | {"A1": "2/2"}, 422))
    assert world.marks()["A1"] == "1/2"
    count = select(func.count()).select_from(AuditRecord).where(AuditRecord.action == "assessment:check")
    assert world.session.scalar(count) == 2


@POSTGRESQL_IN_DEEP
@pytest.mark.parametrize("text", ["0", "-1", "abc", "1/2", "９９９９９９９９９９９９９９９"])
def test_a_target_is_a_number_above_nought(world, text):
    assert "不是目标值" in visible(world.targets({("A01", "A1"): text}, 422))
    assert world.row() is None


@POSTGRESQL_IN_DEEP
def test_other_kinds_of_contests_have_no_periods(session, browser):
    event = build_event_with(session, offers.LIBRARY.find_document("project-contest"), ["甲"])
    user = build_organiser(session, event)
    session.commit()
    office = browser(user)
    office.get(f"/events/{event.id}/periods/", 404)
    office.get(f"/events/{event.id}/")
    assert "各期考核" not in visible(office.page)


@POSTGRESQL_IN_DEEP
def test_of_two_who_check_from_the_same_page_the_second_is_told(world):
    """Nothing was found on the spot: the checked values alone make the page an old one, the first too."""
    world.check("A01", {"A1": "1/2"}, act="save", version="0")
    assert CHANGED in visible(world.check("A01", {"A1": "2/2"}, 422, act="save", version="0"))
    old = str(world.row().version)
    world.check("A01", {"A1": "1/4"}, act="save", version=old)
    page = world.check("A01", {"A1": "3/4"}, 422, act="save", version=old)
    assert CHANGED in visible(page)
    assert VERSION.search(page)[1] == old  # pressed once more it is refused once more
    assert world.marks() == {"A1": "1/4"}


@POSTGRESQL_IN_DEEP
def test_a_grid_without_fields_changes_no_target_and_an_empty_field_clears_its_own(world):
    world.targets({("A01", "A1"): "100", ("A01", "A2"): "4", ("A02", "A1"): "50"})
    world.office.post(f"{world.path}/P1/targets", {}, 422)
    world.targets({})
    assert (dict(world.row().targets), dict(world.row("A02").targets)) == (TARGETS, {"A1": "50"})
    world.targets({("A01", "A1"): ""})
    assert (dict(world.row().targets), dict(world.row("A02").targets)) == ({"A2": "4"}, {"A1": "50"})


@POSTGRESQL_IN_DEEP
def test_of_two_who_set_targets_from_the_same_grid_the_second_is_told(world):
    old = world.grid()
    world.targets({("A01", "A1"): "100"}, version=old)
    page = world.targets({("A01", "A1"): "120", ("A02", "A1"): "60"}, 422, version=old)
    assert CHANGED in visible(page)
    assert VERSION.search(page)[1] == old
    assert all(said in page for said in ('value="120"', 'value="60"'))
    assert (dict(world.row().targets), world.row("A02")) == ({"A1": "100"}, None)


@POSTGRESQL_IN_DEEP
def test_a_report_that_comes_in_between_makes_no_grid_of_targets_old(world):
    world.ask()
    old = world.grid()
    world.report({"C1": "0"}, act="save")
    world.targets({("A01", "A1"): "100"}, version=old)
    assert (dict(world.row().targets), dict(world.row().reported)) == ({"A1": "100"}, {"C1": "0"})


@POSTGRESQL_IN_DEEP
def test_the_targets_of_confirmed_values_stay(world):
    world.targets({("A01", "A1"): "100", ("A01", "A2"): "4"})
    world.check("A01", SAID)
    world.grid()
    assert f'name="{world.entries["A01"]}-A1"' not in world.office.page
    assert f'name="{world.entries["A02"]}-A1"' in world.office.page
    for text in ("200", ""):
        assert "数值已核定，目标值不再更改" in visible(world.targets({("A01", "A1"): text}, 422))
    world.targets({("A01", "A1"): "100", ("A02", "A1"): "60"})  # as it was, it stands in nobody's way
    assert (dict(world.row().targets), dict(world.row("A02").targets)) == (TARGETS, {"A1": "60"})


@POSTGRESQL_IN_DEEP
def test_a_field_that_a_report_does_not_name_stays_and_an_empty_one_clears(world):
    world.ask()
    place = f"{world.path}/P1/entries/{world.entries['A01']}"
    first = {"value-A1": "3/4", "value-C1": "0", "note-C1": "无"}
    world.unit.post(place, {**first, "act": "save", "version": "0"})
    version = str(world.row().version)
    page = world.report({"A1": "九"}, 422, act="save", version=version)
    assert 'name="note-C1" value="无"' in page
    world.report({"A1": ""}, act="save", version=version)
    assert (dict(world.row().reported), dict(world.row().notes)) == ({"C1": "0"}, {"C1": "无"})


@POSTGRESQL_IN_DEEP
def test_a_field_that_a_check_does_not_name_stays_and_an_empty_one_clears(world):
    """The last request names no value at all: what was checked before is what it confirms."""
    spot = {"spot-C1": "1", "note-C1": "无挡脚板", "spot-B1": "90"}
    world.check("A01", {"A1": "1/2", "C1": "1"}, act="save", **spot)
    page = world.check("A01", {"A1": "一"}, 422, act="save")
    assert all(said in page for said in ('name="checked-C1" value="1"', 'name="note-C1" value="无挡脚板"'))
    world.check("A01", {"C1": ""}, act="save", **{"spot-B1": ""})
    assert world.marks().get("C1", "") == ""
    assert (world.marks()["A1"], dict(world.row().spot)) == ("1/2", {"C1": ["1", "无挡脚板"]})
    rest = {code: text for code, text in SAID.items() if code != "A1"} | {"A2": "4/4"}
    world.check("A01", rest, act="save")
    world.check("A01", {})
    assert world.marks() == rest | {"A1": "1/2"}

"""The pages between marks and announcement: who sees what, what is asked of whom, nobody's name too early."""

import pytest

from scoring.rechecks import queries
from scoring.sheets.models import Correction
from tests.client import visible
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated


@pytest.fixture
def found(session):
    return build_tabulated(session, "standard")


@pytest.fixture
def opened(browser, found):
    """Return the browser of somebody by role, with the address of the event."""
    return lambda role: (browser(found.users[role]), f"/events/{found.event.id}")


def compare_all(session, found, page, where):
    session.expire_all()
    rows = [sheet.row for sheet in queries.find_progress(session, found.event).chosen if not sheet.done]
    session.commit()
    for row in rows:
        page.post(f"{where}/recheck/sheets/{row.ref}", {"version": row.version, "found": "agrees"})


def test_from_the_recheck_to_the_announcement_in_the_browser(session, opened, found):
    tabulator, where = opened("tabulator")
    organiser, _where = opened("organiser")
    organiser.get(f"{where}/")
    assert "从评分到确认" in visible(organiser.page)
    assert "尚未复核" in visible(organiser.page)
    organiser.post(f"{where}/steps/announce", {}, 409)
    tabulator.get(f"{where}/recheck")
    assert "排名前 30%" in visible(tabulator.page)
    tabulator.post(f"{where}/recheck/sample", {})
    tabulator.get(f"{where}/recheck")
    assert "还剩 9 份" in visible(tabulator.page)
    compare_all(session, found, tabulator, where)
    organiser.get(f"{where}/results")
    assert "演示选手1" not in visible(organiser.page)
    for role in ("draw_officer", "supervisor"):
        page, _where = opened(role)
        page.get(f"{where}/draw/")
        assert "同意解密" in visible(page.page)
        page.post(f"{where}/draw/unblind", {"layer": "1"})
    organiser.get(f"{where}/results")
    assert "演示选手1" in visible(organiser.page)
    organiser.post(f"{where}/steps/announce")
    organiser.get(f"{where}/")
    assert "尚未开始" not in visible(organiser.page)


def test_where_a_supervisor_starts_it_says_what_waits(session, opened, found):
    supervisor, where = opened("supervisor")
    tabulator, _where = opened("tabulator")
    told = []
    for act in (
        lambda: None, lambda: tabulator.post(f"{where}/recheck/sample", {}),
        lambda: compare_all(session, found, tabulator, where),
        lambda: supervisor.post(f"{where}/draw/unblind", {"layer": "1"}),
    ):  # fmt: skip
        act()
        supervisor.get("/competitions/")
        told.append(visible(supervisor.page).partition("待办事项")[2][:40])
    assert ["抽取复核样本" in told[0], "9 张评分表待复核" in told[1], "解密" in told[2], told[3]] == [
        True, True, True, "",
    ]  # fmt: skip


def test_a_correction_goes_from_the_chief_judge_to_a_supervisor(session, opened, found):
    ref = sheet_of(session, found.event, "J2", "A01", "P").ref
    chief, where = opened("chief_judge")
    address = f"{where}/progress/sheets/{ref}"
    chief.get(f"{address}/corrections")
    version = {"version": "3"}
    chief.post(f"{address}/corrections", {**version, "mark-A1/1": "50", "reason": ""}, 422)
    chief.post(f"{address}/corrections", {**version, "mark-A1/1": "999", "reason": "x"}, 422)
    assert "此处不能填“999”" in visible(chief.page)
    chief.post(f"{address}/corrections", {**version, "mark-A1/1": "５０", "reason": "抄写错误"})
    session.expire_all()
    (correction,) = session.query(Correction)
    session.commit()
    chief.post(f"{where}/progress/corrections/{correction.id}/witness", {}, 403)
    supervisor, _where = opened("supervisor")
    supervisor.get(f"{where}/recheck")
    assert "待见证的更正" in visible(supervisor.page)
    supervisor.post(f"{where}/progress/corrections/{correction.id}/decline", {"decline-reason": ""}, 422)
    supervisor.post(f"{where}/progress/corrections/{correction.id}/witness")
    supervisor.get(f"{address}/corrections")
    assert "已见证" in visible(supervisor.page)
    chief.get(f"{where}/results")
    assert "评分表已更正" in visible(chief.page)


def test_what_differs_is_said_and_a_wrong_form_changes_nothing(session, opened, found):
    tabulator, where = opened("tabulator")
    tabulator.post(f"{where}/recheck/sample", {})
    row = queries.find_progress(session, found.event).chosen[0].row
    session.commit()
    address = f"{where}/recheck/sheets/{row.ref}"
    tabulator.post(address, {"version": row.version, "found": "differs"}, 422)
    assert "请写明不同之处" in visible(tabulator.page)
    tabulator.post(address, {"version": row.version, "found": "perhaps"}, 422)
    tabulator.post(address, {"version": row.version, "found": "differs", "note": "原件 58"})
    tabulator.get(f"{where}/recheck")
    assert "原件 58" in visible(tabulator.page)
    assert "全部评分表均须复核" in visible(tabulator.page)


def test_an_organiser_has_no_part_in_it(opened, found):
    organiser, where = opened("organiser")
    organiser.get(f"{where}/recheck")
    assert "抽取评分表" not in visible(organiser.page)
    organiser.post(f"{where}/recheck/sample", {}, 403)
    organiser.post(f"{where}/draw/unblind", {"layer": "1"}, 403)

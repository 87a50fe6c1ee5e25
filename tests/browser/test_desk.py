"""The desk in front of a real browser: paper keyed without a mouse, a backup from tablet to desk."""

import json
import re

import pytest
from playwright.sync_api import expect

from core import clock
from core.boxes import services as boxes
from core.database import db
from scoring.tablet.bundle import BACKUP
from tests.browser.conftest import DESK
from tests.browser.marking import Marking, fill, kept, open_sheet, ready, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def marking(app):
    with app.app_context():
        event = build_scoring_event(db.session, name="焊工决赛")
        boxes.ensure_key(db.session, BACKUP, seed=clock.new_bytes(48), now=clock.now())
        found = Marking(app, event.id)
        db.session.commit()
    return found


@pytest.fixture
def tabulator(app, marking):
    with app.app_context():
        user = build_user(db.session, grants=[("tabulator", "event", marking.event_id)])
        db.session.commit()
        db.session.refresh(user)
        db.session.expunge(user)
    return user


@pytest.fixture
def desk(marking, tabulator, open_page):
    page = open_page(tabulator)
    page.set_viewport_size(DESK)
    page.goto(f"/events/{marking.event_id}/desk/")
    return page


def test_a_pile_of_paper_is_keyed_without_a_mouse(marking, desk):
    desk.get_by_label("编号", exact=True).fill("a01")
    desk.get_by_label("裁判编号").fill("j1")
    desk.locator("form[method=get] select").select_option("P")
    desk.get_by_role("button", name="录入该表").click()
    boxes = desk.locator("[data-key]")
    expect(boxes.first).to_be_focused()
    desk.keyboard.type("60.3")
    desk.keyboard.press("Enter")
    expect(desk.locator(".field__error").first).to_be_visible()
    expect(boxes.first).to_be_focused()  # nothing goes on over a wrong value
    boxes.first.fill("")
    desk.keyboard.type("48.5")
    desk.keyboard.press("Enter")
    desk.keyboard.type("2")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="写入本表")).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name=re.compile("A02 · J1"))).to_be_visible()  # on with the pile
    marking.has("A01", {"A1/1": "48.5", "A2/1": "2"})
    assert marking.state("A01") == "locked"


def test_a_backup_goes_from_a_tablet_without_a_network_to_the_desk_and_counts_once(
    marking, desk, open_page, tmp_path
):
    marking.page = tablet = open_page(marking.judge("J1"), tablet=True)
    without_a_network(tablet, marking)
    fill(tablet, {"A1-1-a": "48.5", "A2-1-a": "1"})
    kept(tablet, 2)
    file, digits = export(tablet, tmp_path)
    assert "48.5" not in file.read_text()
    assert set(json.loads(file.read_text())) == {"format", "kid", "box"}
    desk.locator("#backup").set_input_files(file)
    desk.get_by_role("button", name="导入备份").click()
    expect(desk.get_by_text(digits)).to_be_visible()
    expect(desk.get_by_text("已处理", exact=True)).to_be_visible()
    marking.has("A01", {"A1/1": "48.5", "A2/1": "1"})
    brought = len(saves(marking))
    # The judge goes on, and the network comes back: what the file held counts once, what came later, too.
    tablet.evaluate("location.hash = 'A01'")
    expect(tablet.locator("#view form")).to_be_visible()
    fill(tablet, {"A2-1-a": "2"})
    tablet.context.set_offline(False)
    synced(tablet)
    marking.has("A01", {"A1/1": "48.5", "A2/1": "2"})
    assert len(saves(marking)) == brought + 1


def without_a_network(tablet, marking):
    open_sheet(tablet, marking, "A01")
    synced(tablet)
    ready(tablet)
    tablet.context.set_offline(True)


def export(tablet, folder):
    """Save the backup file of a tablet; return it with the fingerprint that the tablet shows."""
    tablet.locator("#sync").click()
    with tablet.expect_download() as download:
        tablet.get_by_role("button", name="导出备份").click()
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    told = tablet.locator("[data-backup-told]")
    expect(told).to_contain_text("指纹")
    return file, re.search(r"指纹 ([0-9A-F]{12})", told.inner_text())[1]


def saves(marking):
    return [row for row in marking.operations() if row.kind == "save"]


def test_what_waits_long_is_told_on_every_page_of_the_app(marking, open_page):
    marking.page = tablet = open_page(marking.judge("J1"), tablet=True)
    without_a_network(tablet, marking)
    fill(tablet, {"A1-1-a": "48.5"})
    kept(tablet, 1)
    expect(tablet.locator("#band-late")).to_be_hidden()
    tablet.clock.install()
    tablet.clock.fast_forward("11:00")
    tablet.reload()
    expect(tablet.locator("#band-late")).to_contain_text("11 分钟没有上传")
    tablet.locator("#band-late a").click()
    expect(tablet.get_by_role("button", name="导出备份")).to_be_visible()

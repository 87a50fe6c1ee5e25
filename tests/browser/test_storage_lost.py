"""The browser takes the device's database away while a page is open: what the page knows is saved again."""

import pytest
from playwright.sync_api import Page, expect

from core import clock
from core.boxes import services as boxes
from core.database import db
from scoring.tablet.bundle import BACKUP
from tests.browser.marking import Marking, fill, kept, open_sheet, ready, shows, synced
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.scoring import build_scoring_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]

# Another page deletes the database and begins one of its own before the judge's page has it open again.
BEGUN_ANEW = """async () => {
  const judge = document.cookie.match(/who=([0-9a-f]+)/)[1];
  const form = { name: "AES-GCM", length: 256 };
  const key = await crypto.subtle.generateKey(form, false, ["encrypt", "decrypt"]);
  indexedDB.deleteDatabase("marking");
  await new Promise((resolve) => {
    const open = indexedDB.open("marking", 1);
    open.onupgradeneeded = () => {
      const made = open.result;
      for (const [name, keyPath] of [["sheet", "key"], ["op", "seq"], ["step", "seq"]]) {
        const store = made.createObjectStore(name, { keyPath, autoIncrement: keyPath === "seq" });
        store.createIndex("judge", "judge");
      }
      made.createObjectStore("meta").put("another", "born");
      open.transaction.objectStore("meta").put(key, `key/${judge}`);
    };
    open.onsuccess = () => { open.result.close(); resolve(); };
  }); }"""


@pytest.fixture
def marking(app):
    with app.app_context():
        found = Marking(app, build_scoring_event(db.session, name="焊工决赛").id)
        boxes.ensure_key(db.session, BACKUP, seed=clock.new_bytes(48), now=clock.now())
        db.session.commit()
    return found


def cleared_by_the_browser(page: Page) -> None:
    page.context.new_cdp_session(page).send(
        "Storage.clearDataForOrigin", {"origin": page.evaluate("origin"), "storageTypes": "indexeddb"}
    )


def deleted_by_another_page(page: Page) -> None:
    page.evaluate(BEGUN_ANEW)


@pytest.mark.parametrize("taken_away", [cleared_by_the_browser, deleted_by_another_page])
def test_a_value_outlives_the_devices_database(marking, open_page, taken_away):
    marking.page = page = open_page(marking.judge("J1"), tablet=True)
    open_sheet(page, marking, "A02")
    fill(page, {"A1-1-a": "33"})
    synced(page)
    open_sheet(page, marking, "A01")
    ready(page)
    page.context.set_offline(True)
    fill(page, {"A1-1-a": "48.5"})
    kept(page, 1)
    taken_away(page)
    expect(page.locator("#band-restored")).to_contain_text("还没有上传：1 项")
    kept(page, 1)
    fill(page, {"A2-1-a": "2"})  # and it goes on
    kept(page, 2)
    page.reload()
    shows(page, "A01")
    expect(page.locator("#A1-1-a")).to_have_value("48.5")
    page.context.set_offline(False)
    synced(page)
    marking.has("A01", {"A1/1": "48.5", "A2/1": "2"})
    marking.has("A02", {"A1/1": "33"})
    expect(page.locator("#band-broken")).to_be_hidden()


def test_a_device_that_could_not_save_goes_on_when_it_can_again(marking, open_page):
    page = open_page(marking.judge("J1"), tablet=True)
    open_sheet(page, marking, "A01")
    ready(page)
    page.context.set_offline(True)
    fill(page, {"A1-1-a": "48.5"})
    kept(page, 1)
    page.evaluate("""() => { const { transaction } = IDBDatabase.prototype;
      IDBDatabase.prototype.transaction = () => { throw new DOMException("", "InvalidStateError"); };
      globalThis.again = () => { IDBDatabase.prototype.transaction = transaction; }; }""")
    page.locator("#A2-1-a").fill("2")
    page.locator("#A2-1-a").press("Enter")
    expect(page.locator("#band-broken")).to_contain_text("改用纸质评分表")
    page.goto(f"{page.url.partition('#')[0]}#uploads")
    with page.expect_download() as saved:  # what is known here can still be carried away
        page.get_by_role("button", name="导出备份").click()
    assert saved.value.suggested_filename.endswith(".jsbackup")
    page.evaluate("again()")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("#band-broken")).to_be_hidden()
    page.context.set_offline(False)
    marking.has("A01", {"A1/1": "48.5"})

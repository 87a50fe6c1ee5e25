"""The editor of certificate templates in a real browser: by mouse, by numbers and from the keyboard."""

import json

import pytest
from playwright.sync_api import expect

from core import clock
from core.database import db
from reports.certificates.designs import services
from reports.certificates.models import CertificateTemplate
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]


@pytest.fixture
def editor(app, open_page):
    """Return the open editor of a copy of the plain template, and what is stored of it."""
    with app.app_context():
        event = build_event(db.session, "final")
        user = build_user(db.session, grants=[("organiser", "competition", event.competition_id)])
        db.session.flush()
        row = services.add_template(
            db.session, event.competition, "plain", "自有", ref=clock.new_ref(), actor_id=user.id, now=MOMENT
        )
        number, address = row.id, f"/competitions/{event.competition_id}/certificate-templates/{row.ref}/"
        db.session.commit()
        db.session.expunge(user)
    page = open_page(user)
    page.goto(address)
    expect(page.locator("#design-picture svg")).to_be_visible()

    def stored():
        with app.app_context():
            return db.session.get(CertificateTemplate, number).document

    return page, stored


def save(page):
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.get_by_text("模板已保存")).to_be_visible()


def drag(page, start, right, down):
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + right, start[1] + down, steps=4)
    page.mouse.up()


def test_a_box_is_moved_by_mouse_by_numbers_and_from_the_keyboard(editor):
    page, stored = editor
    before = stored()["boxes"][0]
    rect = page.locator("#design-boxes rect").first
    place = rect.bounding_box()
    millimetre = place["width"] / before["width"]
    middle = (place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    drag(page, middle, 10 * millimetre, -5 * millimetre)
    left = page.locator("#design-box [data-key=x]")
    assert float(left.input_value()) == pytest.approx(before["x"] + 10, abs=0.2)
    left.fill("６０.5")
    rect.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Alt+ArrowRight")
    save(page)
    after = stored()["boxes"][0]
    assert (after["x"], after["width"]) == ("60.6", before["width"] + 1)
    assert float(after["y"]) == pytest.approx(before["y"] - 4, abs=0.2)


def test_words_and_places_are_changed_and_the_picture_follows(editor):
    page, stored = editor
    page.locator("#design-list button").first.click()
    words = page.locator("#design-lines [data-key=text]").first
    words.fill("表扬：")
    page.locator("#design-lines [data-place]").first.select_option("recipient")
    expect(words).to_have_value("表扬：{recipient}")
    expect(page.locator("#design-picture")).to_contain_text("表扬：张演示")
    page.locator("#design-sample").select_option("team")
    expect(page.locator("#design-picture")).to_contain_text("表扬：演示一班")
    page.get_by_role("button", name="＋ 图片").click()
    page.locator("#design-box [data-act=remove]").click()
    page.locator("[data-node=template] [data-key=frame]").select_option("fret")
    save(page)
    document = stored()
    assert document["frame"] == "fret"
    assert document["boxes"][0]["lines"][0]["text"] == "表扬：{recipient}"
    assert len(document["boxes"]) == 5


def test_what_is_wrong_is_said_and_nothing_is_kept(editor):
    page, stored = editor
    before = stored()
    page.locator("#design-list button").first.click()
    page.locator("#design-lines [data-key=text]").first.fill("{password}")
    expect(page.locator("#design-state")).to_contain_text("/boxes/0/lines/0/text")
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator(".errors")).to_contain_text("/boxes/0/lines/0/text")
    assert stored() == before
    typed = json.loads(page.locator("textarea[name=document]").input_value())
    assert typed["boxes"][0]["lines"][0]["text"] == "{password}"

"""The editor of schemes in a real browser: filled from the keyboard, checked at once, true to its file."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from competitions.events.models import Event
from core.database import db
from scoring.schemes import offers
from scoring.schemes.models import SchemeVersion
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.scoring import build_scheme

pytestmark = [pytest.mark.browser, POSTGRESQL_IN_DEEP]
GOLDEN = Path(__file__).parents[1] / "golden"
REAL = [GOLDEN / "halfpipe" / "scheme.json", sorted((GOLDEN / "isu").glob("**/scheme.json"))[0]]

FULL = {
    "format": "scheme/1",
    "code": "FULL",
    "title": "什么都有",
    "weights": "share",
    "stages": [
        {
            "code": "T", "title": "理论", "weight": "0.30", "max": "100", "min": "0", "attempts": 2,
            "take": "best", "places": 1,
            "criteria": [{"code": "Q", "title": "笔试", "places": None, "aspects": [
                {"code": "Q1", "title": "卷面", "kind": "score", "min": "-5", "max": "100", "step": "0.5",
                 "places": 3, "required": False, "factor": "1.5",
                 "panel": {"method": "trimmed_mean", "drop": 1, "min_judges": 5, "missing": "exclude",
                           "max_spread": "10", "places": 4,
                           "fallback": {"method": "mean", "min_judges": 3}}}]}],
        },
        {
            "code": "P", "title": "实操", "weight": "0.70", "criteria": [{"code": "A", "aspects": [
                {"code": "A1.01", "title": "间隙", "kind": "measurement", "entry": "value", "nominal": "10",
                 "bands": [{"upto": "0.1", "points": "5"}, {"upto": "0.5", "points": "2"}], "unit": "mm",
                 "sub": "A1 尺寸", "section": 3, "day": "1", "description": "第一行\n第二行"},
                {"code": "A2", "title": "咬边", "kind": "deduction", "max": "40", "per": "5", "zero_at": 8},
                {"code": "A3", "title": "用时", "kind": "time", "limit": "3600", "late": "0.5"},
                {"code": "A4", "title": "外观", "kind": "judgement", "max": "6",
                 "levels": ["一", "二", "", "四"], "panel": {"max_spread": 1}}]}],
        },
    ],
    "total": {"places": None, "min": "-10", "max": "200"},
    "ranking": {"share": True, "ties": [
        {"by": "aspect", "code": "P.A.A3", "order": "asc"}, {"by": "kind", "kind": "measurement"},
        {"by": "manual"}]},
    "awards": {"base": "entered", "boundary": "shrink", "tiers": [
        {"title": "金牌", "place": 1, "band": "2", "on": "scale"},
        {"title": "前几名", "ranks": [2, 5], "per_unit": 1},
        {"title": "优胜", "top_fraction": "0.5", "at_least": 1}]},
    "scale": "median700",
}  # fmt: skip


@pytest.fixture
def place(app):
    """An event and its organiser; returns a maker that may give it a scheme."""

    def make(document=None):
        with app.app_context():
            event = build_event(db.session, name="编辑赛项")
            if document is not None:
                build_scheme(db.session, event, document)
            user = build_user(db.session, grants=[("organiser", "event", event.id)])
            number = event.id
            db.session.commit()
            db.session.expunge(user)
        return number, user

    return make


def stored(app, event_id):
    with app.app_context():
        rows = db.session.scalars(
            select(SchemeVersion).where(SchemeVersion.event_id == event_id).order_by(SchemeVersion.number)
        )
        return [version.document for version in rows]


def open_editor(open_page, place, document=None):
    event_id, user = place(document)
    page = open_page(user)
    page.goto(f"/events/{event_id}/scheme/edit")
    expect(page.locator("#scheme-editor")).to_be_visible()
    return page, event_id


def cell(page, pointer):
    return page.locator(f'[data-pointer="{pointer}"]')


def save(page):
    page.get_by_role("button", name="保存为新版本").click()
    expect(page.get_by_role("heading", name="版本", exact=True)).to_be_visible()


def strike(page, *strokes):
    """Type texts, and press the keys that stand in angle brackets."""
    for stroke in strokes:
        if stroke.startswith("<"):
            page.keyboard.press(stroke[1:-1])
        else:
            page.keyboard.type(stroke)


def test_a_scheme_is_built_from_the_keyboard_alone(app, place, open_page):
    page, event_id = open_editor(open_page, place)
    cell(page, "/title").focus()
    strike(page, "焊工 决赛")
    cell(page, "/stages/0/title").focus()
    strike(page, "实操")
    cell(page, "/stages/0/criteria/0/title").focus()
    # Enter leads down the column, from the criterion to its first aspect; full-width digits are digits.
    strike(page, "外观", "<Enter>", "焊缝成形", "<ArrowRight>", "<Tab>", "<Control+a>", "６０", "<Enter>")
    # In the last row Enter has begun the next one.
    expect(cell(page, "/stages/0/criteria/0/aspects/1/code")).to_be_focused()
    expect(cell(page, "/stages/0/criteria/0/aspects/1/code")).to_have_value("A2")
    strike(page, "<ArrowRight>", "咬边", "<Tab>")
    page.locator(":focus").select_option("deduction")
    strike(page, "<Tab>", "<Control+a>", "40", "<Tab>", "5", "<Alt+ArrowUp>")
    expect(cell(page, "/stages/0/criteria/0/aspects/0/title")).to_have_value("咬边")
    strike(page, "<Alt+ArrowDown>")
    expect(page.locator("#scheme-state")).to_have_text("方案无误")
    save(page)
    (document,) = stored(app, event_id)
    assert document["title"] == "焊工 决赛"
    assert document["stages"] == [
        {"code": "P", "title": "实操", "max": "100", "criteria": [{"code": "A", "title": "外观", "aspects": [
            {"code": "A1", "title": "焊缝成形", "kind": "score", "max": "60", "step": "0.5"},
            {"code": "A2", "title": "咬边", "kind": "deduction", "max": "40", "per": "5"}]}]}
    ]  # fmt: skip


def test_every_finding_stands_at_its_field_and_sums_say_what_is_missing(place, open_page):
    page, _event = open_editor(open_page, place, offers.LIBRARY.find_document("theory-practical"))
    cell(page, "/stages/0/weight").fill("0.25")
    expect(page.locator('[data-sum="/stages"]')).to_have_text("权重合计 0.95，差 0.05")
    expect(page.locator("#scheme-state")).to_have_text("1 处错误")
    cell(page, "/stages/0/weight").fill("0.3")
    mark = cell(page, "/stages/1/criteria/0/aspects/0/max")
    mark.fill("二十")
    expect(mark).to_have_attribute("aria-invalid", "true")
    below = mark.locator("xpath=ancestor::tr/following-sibling::tr[1]")
    expect(below).to_contain_text("“二十”不能用作数字")
    page.locator("#scheme-findings button").first.click()
    expect(mark).to_be_focused()
    mark.fill("15")
    expect(page.locator('[data-sum="/stages/1"]')).to_have_text("各项合计 95，满分 100，差 5")
    expect(mark).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#scheme-state")).to_have_text("没有错误，1 处请核对")
    mark.fill("20")
    expect(page.locator("#scheme-state")).to_have_text("方案无误")


def test_the_whole_format_goes_through_the_table(app, place, open_page):
    page, event_id = open_editor(open_page, place, FULL)
    cell(page, "/title").fill("没有碰过的都保持原样")
    save(page)
    assert stored(app, event_id)[-1] == FULL | {"title": "没有碰过的都保持原样"}

    page.goto(f"/events/{event_id}/scheme/edit")
    rewrite_every_field(page)
    cell(page, "/title").fill("每格重新填写也一样")
    save(page)
    assert stored(app, event_id)[-1] == FULL | {"title": "每格重新填写也一样"}

    page.goto(f"/events/{event_id}/scheme/edit")
    row = FULL["stages"][1]["criteria"][0]["aspects"][0] | {"bands": [{"upto": "0.2", "points": "5"}]}
    page.locator('tr[data-pointer="/stages/1/criteria/0/aspects/0"] [data-act=more]').click()
    area = page.locator("[data-json]")
    cell(page, "/stages/1/criteria/0/aspects/0/title").fill("坡口间隙")
    assert json.loads(area.input_value())["title"] == "坡口间隙"
    area.fill("{")
    area.blur()
    expect(page.locator("[data-json-error]")).to_be_visible()
    area.fill(json.dumps(row, ensure_ascii=False))
    area.blur()
    expect(page.locator("#scheme-state")).to_contain_text("没有错误")
    save(page)
    assert stored(app, event_id)[-1]["stages"][1]["criteria"][0]["aspects"][0] == row


def rewrite_every_field(page):
    """Let every field say once more what stands in it, the details of every aspect included."""
    for index in range(5):
        page.locator('tr[data-row="aspect"] [data-act=more]').nth(index).click()
    page.evaluate(
        """() => document.querySelectorAll('#scheme-editor [data-key]').forEach((input) => {
            const { type, key } = input.dataset;
            const said = input.value !== '' || type === 'lines';
            const free = !input.disabled && !input.hidden && !input.closest('[hidden]');
            const chosen = ['rule', 'flag'].includes(type) || type.startsWith('default');
            const turning = ['kind', 'by'].includes(key) || input.type === 'checkbox';
            if (said && free && !chosen && !turning)
              input.dispatchEvent(new Event('input', { bubbles: true }));
        })"""
    )


def turn_to_and_fro(page):
    """Change a deduction into a judgement and back: its own fields come back with it."""
    kind = cell(page, "/stages/1/criteria/1/aspects/0/kind")
    kind.select_option("judgement")
    expect(cell(page, "/stages/1/criteria/1/aspects/0/per")).to_be_disabled()
    kind.select_option("deduction")  # and its own fields come back
    expect(cell(page, "/stages/1/criteria/1/aspects/0/per")).to_have_value("2")


def test_rows_are_added_moved_removed_brought_back_and_named_anew(app, place, open_page):
    page, event_id = open_editor(open_page, place, offers.LIBRARY.find_document("theory-practical"))
    practice = page.locator('section[data-pointer="/stages/1"]')
    practice.get_by_role("button", name="添加大项").click()
    expect(cell(page, "/stages/1/criteria/3/code")).to_have_value("D")
    page.locator('tr[data-pointer="/stages/1/criteria/0/aspects/1"] [data-act=down]').click()
    expect(cell(page, "/stages/1/criteria/1/aspects/0/title")).to_have_value("安全文明生产")
    page.locator('tr[data-pointer="/stages/1/criteria/2"] [data-act=remove]').click()
    expect(page.locator("#scheme-state")).to_have_text("1 处错误")  # a tie-break named its time
    page.get_by_role("button", name="撤销").click()
    expect(page.locator("#scheme-state")).to_have_text("没有错误，1 处请核对")
    turn_to_and_fro(page)
    page.get_by_role("button", name="添加奖项").click()
    cell(page, "/awards/tiers/3/title").fill("优胜奖")
    page.locator('[data-pointer="/awards/tiers/3/rule"]').select_option("top_fraction")
    page.locator('[data-pointer="/awards/tiers/3/top_fraction"]').fill("0.5")
    cell(page, "/stages/1/code").fill("S")
    cell(page, "/stages/1/criteria/2/aspects/0/code").fill("TIME")
    expect(page.locator("#scheme-state")).to_have_text("没有错误，1 处请核对")
    save(page)
    document = stored(app, event_id)[-1]
    assert [criterion["code"] for criterion in document["stages"][1]["criteria"]] == ["A", "B", "C", "D"]
    assert document["awards"]["tiers"][3] == {"title": "优胜奖", "top_fraction": "0.5"}
    assert [tie.get("code") for tie in document["ranking"]["ties"]] == ["S", "S.C.TIME", "T", None]


def test_json_is_taken_as_text_and_the_sheet_looked_at_before_saving(app, place, open_page):
    page, event_id = open_editor(open_page, place, offers.LIBRARY.find_document("five-judges"))
    cell(page, "/stages/0/criteria/0/aspects/0/title").fill("工位整洁")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="裁判评分表").click()
    expect(opened.value.get_by_text("工位整洁")).to_be_visible()
    opened.value.close()
    page.locator("#scheme-raw summary").click()
    area = page.locator("textarea[name=document]")
    area.fill('{"format": ')
    area.blur()
    expect(page.locator("#scheme-editor")).to_be_hidden()
    expect(page.locator("#scheme-findings")).to_contain_text("不是有效的 JSON")
    for file in REAL:
        document = json.loads(file.read_text(encoding="utf-8"))
        area.fill(json.dumps(document))
        area.blur()
        expect(page.locator("#scheme-editor")).to_be_visible()
        page.locator('tr[data-row="aspect"] [data-act=more]').first.click()  # draws and writes it anew
        assert json.loads(area.input_value()) == document
    save(page)
    assert stored(app, event_id)[1:] == [document]


def test_undo_takes_back_one_field_or_row_at_a_time(place, open_page):
    page, _event = open_editor(open_page, place, offers.LIBRARY.find_document("theory-practical"))
    undo = page.get_by_role("button", name="撤销")
    expect(undo).to_be_disabled()
    page.get_by_role("button", name="添加比较项").click()
    cell(page, "/title").fill("第一次")
    page.locator('tr[data-pointer="/stages/0/criteria/0/aspects/0"] [data-act=more]').click()
    note = cell(page, "/stages/0/criteria/0/aspects/0/description")
    note.press_sequentially("闭卷")
    undo.click()
    expect(note).to_have_value("")  # still open, and nothing else is gone
    expect(cell(page, "/title")).to_have_value("第一次")
    undo.click()
    expect(cell(page, "/title")).to_have_value("理论 30% + 实操 70%")
    expect(cell(page, "/ranking/ties/4/by")).to_be_visible()
    undo.click()
    expect(cell(page, "/ranking/ties/4/by")).to_have_count(0)
    expect(undo).to_be_disabled()


def test_what_was_refused_is_not_left_without_a_question(app, place, open_page):
    page, event_id = open_editor(open_page, place, offers.LIBRARY.find_document("five-judges"))
    with app.app_context():
        db.session.get(Event, event_id).state = "registration"
        db.session.commit()
    cell(page, "/title").fill("还没有理由")
    page.get_by_role("button", name="保存为新版本").click()
    expect(page.get_by_text("请填写修改理由").first).to_be_visible()
    page.locator("#scheme-state").click()  # a browser asks only somebody who has touched the page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto(f"/events/{event_id}/scheme/")
    assert asked == ["beforeunload"]


def test_a_new_row_can_be_named_at_once_and_details_opened_from_the_keyboard(place, open_page):
    page, _event = open_editor(open_page, place, offers.LIBRARY.find_document("worldskills"))
    page.get_by_role("button", name="添加大项").first.press("Enter")
    strike(page, "X")
    expect(page.locator(":focus")).to_have_value("X")
    more = page.locator('tr[data-pointer="/stages/0/criteria/0/aspects/0"] [data-act=more]')
    more.press("Enter")
    spread = cell(page, "/stages/0/criteria/0/aspects/0/panel/max_spread")
    expect(spread).to_be_focused()
    expect(spread).to_have_attribute("placeholder", "1")  # what counts for a judgement that says nothing
    more.press("Enter")
    expect(more).to_be_focused()


def test_full_width_digits_turn_plain_when_the_field_is_left(place, open_page):
    page, _event = open_editor(open_page, place, offers.LIBRARY.find_document("theory-practical"))
    cell(page, "/stages/0/weight").fill("０．３")
    cell(page, "/stages/0/weight").blur()
    expect(cell(page, "/stages/0/weight")).to_have_value("0.3")

"""Judge cards: eight to a page, for judges who work, whatever their names are made of; their secrets open."""

import io
import re
import subprocess
from datetime import timedelta

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from accounts.models import JudgeCard
from core import clock
from core.audit.models import AuditRecord
from reports.papers import cards
from reports.papers.cards import Card
from reports.papers.issue import Issue
from tests.client import visible
from tests.documents import poppler
from tests.documents.names import NAMES
from tests.factories.accounts import MOMENT

CARD = Card(
    "演示竞赛", "焊工", "J1", "演示裁判", "裁判", False, "理论、实操", "2026年11月23日",
    "https://jiangsai.example.org/card#aB_d-EfGhIjKlMnOpQrStU", "K7QM3 F9DXW", "482 913",
)  # fmt: skip


def drawn(app, made):
    with app.test_request_context("/"):
        return cards.draw(made, Issue("演示组织者", MOMENT))


def scan(pdf, tmp_path):
    """Return what the QR codes of a PDF's first page say, read from its picture as a camera would."""
    source = tmp_path / "scan.pdf"
    source.write_bytes(pdf)
    command = ["pdftoppm", "-r", "200", "-gray", "-png", "-l", "1", str(source)]
    picture = subprocess.run(command, capture_output=True, check=True).stdout
    return sorted(code.text for code in zxingcpp.read_barcodes(Image.open(io.BytesIO(picture))))


@pytest.fixture
def issue(browser, place):
    """Return what prints the cards of some judges for today, and the page of the organiser."""
    page, today = browser(place.users["organiser"]), clock.today().isoformat()

    def sent(*judges, status=200, **more):
        data = {"first": today, "last": today, "judge": [judge.user_id for judge in judges], **more}
        return page.post(f"/events/{place.event.id}/judges/cards/print.pdf", data, status)

    sent.page = page
    return sent


def test_each_ticked_judge_gets_a_card_that_opens_the_own_marking(
    session, browser, place, issue, text_of, tmp_path
):
    answer = issue(place.judges[0])
    (page,) = text_of(answer)
    words = ("J1", place.judges[0].user.name, place.event.name, "理论、实操", "有效日期")
    assert [word for word in words if word not in page] == []
    assert "J2" not in page
    (address,) = scan(answer.data, tmp_path)
    token = address.partition("/card#")[2]
    pin = re.search(r"PIN 码\s*([0-9]{3} [0-9]{3})", page)[1]
    typed = re.search(r"\b([0-9A-Z]{5} [0-9A-Z]{5})\b", page)[1]
    for code in (token, typed):
        judge = browser()
        assert judge.post("/card", {"code": code, "pin": pin}).location == "/marking/"
        judge.get("/marking/")


def test_the_page_says_who_has_a_card_and_how_it_stands(session, browser, place, issue):
    path = f"/events/{place.event.id}/judges/cards/"
    issue.page.get(path)
    assert visible(issue.page.page).count("尚无裁判证") == 2
    issue(place.judges[0])
    issue.page.get(path)
    shown = visible(issue.page.page)
    assert shown.count("尚无裁判证") == 1
    assert "已签发，未使用" in shown
    assert issue.page.page.count("checked") == 1  # the one without a card is ticked already


def test_printing_again_kills_the_old_card_and_both_acts_are_recorded(session, place, issue):
    issue(place.judges[0])
    issue(place.judges[0])
    old, new = session.scalars(select(JudgeCard).order_by(JudgeCard.id)).all()
    assert (old.revoked_at is None, new.revoked_at is None) == (False, True)
    acted = select(AuditRecord.action).where(AuditRecord.action.startswith("card:"))
    acts = session.scalars(acted.order_by(AuditRecord.id)).all()
    assert acts == ["card:issue", "card:revoke", "card:issue"]


def test_a_revoked_card_is_gone_from_the_page(session, place, issue):
    issue(place.judges[0])
    card = session.scalar(select(JudgeCard))
    path = f"/events/{place.event.id}/judges/cards"
    issue.page.post(f"{path}/{card.id}/revoke")
    issue.page.get(f"{path}/")
    assert visible(issue.page.page).count("尚无裁判证") == 2
    issue.page.post(f"{path}/{card.id}/revoke", status=404)


@pytest.mark.parametrize(
    ("first", "last"), [(0, -1), (1, 0), (0, 14), (None, 0), (0, None)],
    ids=["over", "reversed", "too long", "no first", "no last"],
)  # fmt: skip
def test_days_that_cannot_be_are_refused_at_their_field(session, place, issue, first, last):
    days = {
        name: "" if shift is None else (clock.today() + timedelta(shift)).isoformat()
        for name, shift in (("first", first), ("last", last))
    }
    issue(place.judges[0], status=422, **days)
    assert 'aria-invalid="true"' in issue.page.page
    assert session.scalar(select(JudgeCard)) is None


def test_nobody_ticked_and_strangers_are_refused(session, place, issue):
    issue(status=422)
    issue(status=422, judge=[place.users["organiser"].id])
    assert session.scalar(select(JudgeCard)) is None


def test_who_was_stopped_has_no_card_to_print(session, browser, place, issue):
    issue(place.judges[1])
    judge = place.judges[1]
    page = browser(place.users["organiser"])
    page.post(f"/events/{place.event.id}/judges/{judge.id}/stop", {"stop-reason": "生病"})
    session.rollback()
    assert session.scalar(select(JudgeCard)).revoked_at is not None
    issue(judge, status=422)


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (8, 1), (9, 2)])
def test_eight_cards_fill_a_page(app, tmp_path, count, pages):
    made = drawn(app, [CARD._replace(code=f"J{number}") for number in range(1, count + 1)])
    text = poppler.text_of(made, tmp_path).split("\f")[:-1]
    assert len(text) == pages
    assert sum(page.count("演示裁判") for page in text) == count * 2  # on the card and on the strip


def test_rare_and_long_names_are_printed_whole(app, tmp_path):
    long = "演示" + "阿卜杜热合曼·买买提艾力·" * 2
    made = drawn(app, [CARD._replace(name=name) for name in (*NAMES, long)])
    text = "".join(poppler.text_of(made, tmp_path).split())
    assert [name for name in (*NAMES, long) if name.replace(" ", "") not in text] == []


def test_long_competitions_and_stages_stay_on_their_card(app, tmp_path):
    """Nothing that is printed on one card stands outside of its 90 × 54 mm and its strip."""
    long = "二〇二六年演示省机械冶金建材系统职工职业技能竞赛" * 3
    card = CARD._replace(competition=long, event=long, stages="、".join(["理论知识考试", "实际操作"] * 6))
    made = drawn(app, [card])
    words = poppler.text_of(made, tmp_path, "-bbox")
    side, top = cards._margins()
    boxes = [line.split('"')[1::2] for line in words.splitlines() if "<word " in line]
    assert boxes
    for left, upper, right, lower in boxes:
        assert side <= float(left) < float(right) <= side + cards.WIDTH
        assert top <= float(upper) < float(lower) <= top + cards.HEIGHT + cards.STRIP + 1


def test_every_qr_code_of_a_full_page_is_read_back(app, tmp_path):
    made = [CARD._replace(address=f"{CARD.address[:-1]}{number}") for number in range(8)]
    assert scan(drawn(app, made), tmp_path) == [card.address for card in made]


def test_a_judge_without_a_password_is_ready_with_a_card(session, place, issue):
    path = f"/events/{place.event.id}/judges/"
    issue.page.get(path)
    assert "凭裁判证登录" not in visible(issue.page.page)
    issue(place.judges[0])
    issue.page.get(path)
    assert visible(issue.page.page).count("凭裁判证登录") == 1

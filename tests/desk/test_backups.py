"""Backup files of tablets: opened here alone, taken by the one door, the same verdicts for ever."""

import base64
import io
import json

import pytest

from accounts import identity
from core.boxes import closing
from core.boxes import services as boxes
from scoring.desk.models import BackupFile
from scoring.tablet.bundle import BACKUP
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.desk.conftest import ledger_of, marks, state
from tests.factories.accounts import MOMENT
from tests.factories.scoring import sheet_of
from tests.tablet.sending import DEVICE, owner, save, send, sign


class Tablet:
    """A judge's tablet that cannot upload: what it was given while it could, and what it closes with it."""

    def __init__(self, session, browser, event, judge="J1"):
        boxes.ensure_key(session, BACKUP, seed=b"s" * 48, now=MOMENT)
        session.commit()
        self.sheets = [sheet_of(session, event, judge, code, "P") for code in ("A01", "A02")]
        self.user = owner(session, self.sheets[0])
        self.browser = browser(self.user)
        self.key = self.browser.get("/marking/bundle").get_json()["backup"]

    def inner(self, *operations):
        return {
            "judge": identity.who(self.user.id), "password": self.key["password"], "device": DEVICE,
            "made_at": "2026-05-20T10:00:00Z", "operations": list(operations),
        }  # fmt: skip

    def file(self, *operations, **changed):
        inner = json.dumps(self.inner(*operations) | changed).encode()
        kid, point = self.key["kid"], bytes.fromhex(self.key["point"])
        box = closing.close(point, kid, BACKUP, inner, seed=b"e" * 48, nonce=b"n" * 12)
        return json.dumps({"format": BACKUP, "kid": kid, "box": base64.b64encode(box).decode()}).encode()


@pytest.fixture
def event(make_event):
    return make_event()


@pytest.fixture
def tablet(session, browser, event):
    return Tablet(session, browser, event)


def bring(page, event, data, status=302):
    form = {"backup": (io.BytesIO(data), "J1.jsbackup")}
    answer = page.post(f"/events/{event.id}/desk/backups", form, status, content_type="multipart/form-data")
    return answer.location if status == 302 else visible(answer.text)


def outcomes(session):
    session.rollback()
    session.expire_all()
    found = [[record.outcome for record in one.records] for one in session.query(BackupFile)]
    session.rollback()
    return found


def test_a_backup_is_what_the_tablet_would_have_sent(session, browser, event, tablet):
    first, second = tablet.sheets
    done = [
        save("op-000001", first.ref, 0, ["A1", 1, "40"], ["A2", 1, "1"]),
        sign("op-000002", first.ref, 1, ["A1", 1, "40"], ["A2", 1, "1"]),
        save("op-000003", second.ref, 0, ["A1", 1, "41.5"]),
    ]
    page = browser(event.first)
    address = bring(page, event, tablet.file(*done))
    assert outcomes(session) == [["applied"] * 3]
    assert marks(session, event, "A01", "J1", "P") == {"A1": "40", "A2": "1"}
    assert state(session, event, "A01", "J1", "P") == "locked"
    written = ledger_of(session, event)
    assert {row.actor_id for row in written} == {tablet.user.id}  # whoever carried them
    # The tablet finds its network after all, and the same file comes again: nothing counts twice.
    assert [verdict["outcome"] for verdict in send(tablet.browser, tablet.user.id, *done)] == ["applied"] * 3
    assert bring(page, event, tablet.file(*done)) == address
    assert outcomes(session) == [["applied"] * 3]
    assert len(ledger_of(session, event)) == len(written)


def test_each_record_has_its_own_verdict_and_a_bad_one_is_put_away_with_a_reason(
    session, browser, event, tablet
):
    first, second = tablet.sheets
    send(tablet.browser, tablet.user.id, save("other-001", first.ref, 0, ["A1", 1, "10"]))
    mixed = [
        save("op-000001", first.ref, 0, ["A1", 1, "40"]),
        save("op-000002", second.ref, 0, ["A1", 1, "41"]),
        {"rubbish": True},
        save("op-000004", second.ref, 1, ["A1", 1, "999"]),
    ]
    page = browser(event.organiser)
    address = bring(page, event, tablet.file(*mixed))
    assert outcomes(session) == [["conflict", "applied", "unreadable", "rejected"]]
    assert marks(session, event, "A01", "J1", "P") == {"A1": "10"}
    page.get(address)
    shown = visible(page.page)
    assert "A1 综合评分：40" in shown
    assert "A1 综合评分：10" in shown  # both stand side by side
    page.get(f"/events/{event.id}/progress")
    assert "录分台还有 3 份" in visible(page.page)
    page.post(f"{address}/records/1/withdraw", {"reason": ""}, 422)
    page.post(f"{address}/records/1/withdraw", {"reason": "裁判以平板为准"})
    page.post(f"{address}/records/2/withdraw", {"reason": "已写入的不能撤"}, 422)
    page.get(address)
    assert all(word in visible(page.page) for word in ("已撤下", "裁判以平板为准", "2 条待处理"))
    browser(event.first).post(f"{address}/records/3/withdraw", {"reason": "统分员不能撤"}, 403)


def spoilt(data, **changed):
    return json.dumps(json.loads(data) | changed).encode()


def flipped(data):
    outer = json.loads(data)
    box = bytearray(base64.b64decode(outer["box"]))
    box[-1] ^= 1
    return spoilt(data, box=base64.b64encode(bytes(box)).decode())


BROKEN = {
    "cut short": lambda tablet, good: good[:-9],
    "one bit": lambda tablet, good: flipped(good),
    "another key's name": lambda tablet, good: spoilt(good, kid="00000000"),
    "another format": lambda tablet, good: spoilt(good, format="marks/2"),
    "one field more": lambda tablet, good: spoilt(good, more="x"),
    "no text": lambda tablet, good: b"\xff\xfe\x00",
    "nested deep": lambda tablet, good: b"[" * 100_000,
    "a number for a box": lambda tablet, good: spoilt(good, box=7),
    "a short box": lambda tablet, good: spoilt(good, box="AAAA"),
    "made without the judge's tablet": lambda tablet, good: tablet.file(GOOD, password="0" * 64),
    "nothing in it": lambda tablet, good: tablet.file(),
    "no list": lambda tablet, good: tablet.file(operations={"a": 1}),
}
GOOD = save("op-000001", "0" * 32, 0, ["A1", 1, "40"])


@POSTGRESQL_IN_DEEP
def test_a_broken_or_foreign_file_is_refused_with_words(session, browser, event, tablet):
    page, good = browser(event.first), tablet.file(GOOD)
    for name, spoil in BROKEN.items():
        assert "无法打开此文件" in bring(page, event, spoil(tablet, good), 422), name
    stranger = tablet.file(GOOD, judge=identity.who(999_999))
    assert "不含本赛项的评分" in bring(page, event, stranger, 422)
    assert session.query(BackupFile).count() == 0
    assert ledger_of(session, event) == []


@POSTGRESQL_IN_DEEP
def test_the_password_of_one_judge_opens_no_other_judges_sheets(session, browser, event, tablet):
    other = Tablet(session, browser, event, "J2")
    stolen = save("op-000001", other.sheets[0].ref, 0, ["A1", 1, "40"])
    forged = tablet.file(stolen, judge=identity.who(other.user.id))
    assert "无法打开此文件" in bring(browser(event.first), event, forged, 422)
    theirs = tablet.file(save("op-000002", other.sheets[0].ref, 0, ["A1", 1, "40"]))
    bring(browser(event.first), event, theirs)
    assert outcomes(session) == [["not_yours"]]


@POSTGRESQL_IN_DEEP
def test_a_key_that_was_followed_by_another_still_opens(app, session, browser, event, tablet):
    before = tablet.file(save("op-000001", tablet.sheets[0].ref, 0, ["A1", 1, "40"]))
    assert app.test_cli_runner().invoke(args=["backup-key", "rotate"]).exit_code == 0
    after = tablet.browser.get("/marking/bundle").get_json()["backup"]
    assert after["kid"] != tablet.key["kid"]
    assert after["password"] != tablet.key["password"]
    bring(browser(event.first), event, before)
    assert outcomes(session) == [["applied"]]


def test_a_box_says_nothing_of_what_is_in_it_and_no_two_are_alike():
    own = closing.private_of(b"k" * 48)
    point = closing.point_of(own)
    text = "分数 91.5".encode()
    one, two = (
        closing.close(point, "kid", BACKUP, text, seed=letter * 48, nonce=letter * 12)
        for letter in (b"a", b"b")
    )
    assert b"91.5" not in one
    assert one != two
    assert closing.open_box(own, "kid", BACKUP, one).decode() == "分数 91.5"
    for kid, domain in (("dik", BACKUP), ("kid", "another/1")):
        with pytest.raises(closing.Unopened):
            closing.open_box(own, kid, domain, one)

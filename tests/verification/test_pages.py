"""From the QR code on the paper to the verdict: by the page, and by the program that needs no network."""

import json
import re
import subprocess
import sys

import pytest
import zxingcpp
from PIL import Image
from sqlalchemy import select

from core.signing import services as signing
from reports.certificates import offline, queries, services
from reports.certificates.models import Certificate
from reports.certificates.statement import PURPOSE
from scoring.sheets.queries import list_marked_entries
from tests.certificates.test_issue import NAMES, finish
from tests.documents import poppler
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import build_scoring_event


@pytest.fixture
def organiser(session):
    event = build_scoring_event(session, name="焊工决赛")
    for entry, code in list_marked_entries(session, event.id):
        entry.name = NAMES[code]
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    finish(session, event, user)
    user.event = event
    return user


@pytest.fixture
def certificates(session, organiser):
    made = services.issue(session, organiser.event, actor_id=organiser.id, now=MOMENT)
    session.commit()
    return made


def qr_of(pdf, folder):
    """Return the text of the QR code on the first page, as a phone reads it."""
    (found,) = zxingcpp.read_barcodes(Image.open(poppler.picture_of(pdf, folder)))
    return found.text


def test_the_code_on_the_paper_leads_to_a_page_that_says_what_the_paper_says(
    organiser, certificates, browser, tmp_path
):
    pdf = browser(organiser).get(f"/events/{organiser.event.id}/certificates/all.pdf").data
    text = qr_of(pdf, tmp_path)
    assert text.startswith(f"http://localhost/v/{certificates[0].public_id}#")
    page = browser()
    page.get(text.removeprefix("http://localhost").partition("#")[0])
    for word in ("证书属实", "王*", "一等奖", certificates[0].number, "焊工决赛"):
        assert word in page.page
    assert "王𬭎" not in page.page  # the address is logged by every server on the way, and the page is public


def test_the_program_checks_the_same_code_without_this_system(organiser, certificates, browser, tmp_path):
    text = qr_of(browser(organiser).get(f"/events/{organiser.event.id}/certificates/all.pdf").data, tmp_path)
    stranger = browser()
    for name in ("verify.py", "keys.json", "revoked.json"):
        (tmp_path / name).write_bytes(stranger.get(f"/v/{name}").data)

    def check(code):
        command = [sys.executable, "-S", "-I", "verify.py", "keys.json", code, "--revoked", "revoked.json"]
        return subprocess.run(command, capture_output=True, cwd=tmp_path, text=True, check=False)

    done = check(text)
    assert done.returncode == 0, done.stdout
    assert "genuine" in done.stdout
    assert "recipient: 王𬭎" in done.stdout
    other = check(text[:-1] + ("A" if text[-1] != "A" else "B"))
    assert other.returncode == 1
    assert "王𬭎" not in other.stdout


def test_a_revoked_certificate_says_so_everywhere(session, organiser, certificates, browser, tmp_path):
    first, event = certificates[0], organiser.event
    page = browser(organiser)
    page.get(f"/events/{event.id}/certificates/{first.id}/")
    page.post(f"/events/{event.id}/certificates/{first.id}/revoke", {"reason": ""}, status=422)
    page.post(f"/events/{event.id}/certificates/{first.id}/revoke", {"reason": "成绩更正"})
    told = browser().get(f"/v/{first.public_id}").text
    assert "证书已撤销" in told
    assert "成绩更正" in told
    document = json.loads(browser().get("/v/revoked.json").data)
    keys = json.loads(browser().get("/v/keys.json").data)
    assert offline.verdict(f"#{first.statement}", keys, document)[0] == "revoked"
    assert offline.verdict(f"#{certificates[1].statement}", keys, document)[0] == "genuine"
    document["certificates"] = []  # whoever shortens the list breaks its signature
    assert offline.verdict(f"#{first.statement}", keys, document)[0] == "unknown_key"
    pdf = browser(organiser).get(f"/events/{event.id}/certificates/all.pdf").data
    assert first.number not in poppler.text_of(pdf, tmp_path)
    page.post(f"/events/{event.id}/certificates/{first.id}/revoke", {"reason": "再次"}, status=409)
    # Issuing what is missing must not bring a revoked certificate back.
    page.post(f"/events/{event.id}/certificates/")
    assert session.query(Certificate).count() == len(certificates)


def test_issued_anew_has_the_corrected_name_and_the_next_number(session, organiser, certificates, browser):
    first, event = certificates[0], organiser.event
    for entry, code in list_marked_entries(session, event.id):
        entry.name = "王钬" if code == "A02" else entry.name
    session.commit()
    page = browser(organiser)
    page.post(f"/events/{event.id}/certificates/{first.id}/replace", {"reason": "姓名用字有误"})
    session.expire_all()
    newer = session.get(Certificate, first.id).replaced_by
    assert (newer.words["recipient"], newer.words["prize"], newer.number[-4:]) == ("王钬", "一等奖", "0003")
    told = browser().get(f"/v/{first.public_id}").text
    for word in ("证书已换发", newer.number, "姓名用字有误"):
        assert word in told
    assert "证书属实" in browser().get(f"/v/{newer.public_id}").text
    page.post(f"/events/{event.id}/certificates/{first.id}/replace", {"reason": "再次"}, status=409)
    assert [c.id for c in queries.each_certificate(session, event.id)] == [certificates[1].id, newer.id]


def test_whatever_is_no_certificate_gets_the_same_answer(certificates, browser):
    wanted = certificates[0].public_id
    near = wanted[:-1] + ("A" if wanted[-1] != "A" else "Q")
    asked = [
        browser().get(f"/v/{name}", status=404).text for name in (near, "x", "1", "<script>", "中文" * 50)
    ]
    answers = {re.search("<main.*</main>", text, re.DOTALL)[0] for text in asked}
    assert len(answers) == 1
    assert "未查到该证书" in answers.pop()


def test_guessing_is_slowed_down_and_what_there_is_goes_on(certificates, browser):
    page = browser()
    for number in range(10):
        page.get(f"/v/{number:022d}", status=404)
    page.get("/v/0000000000000000000010", status=429)
    assert "请稍等一分钟" in page.page
    # A whole office stands behind one address: what somebody there tried keeps nobody else waiting.
    page.get(f"/v/{certificates[0].public_id}")


def test_the_explanation_and_an_installation_without_certificates(browser):
    page = browser()
    page.get("/v/")
    assert "证书如何核验" in page.page
    assert json.loads(page.get("/v/keys.json").data)["keys"] == []
    page.get("/v/revoked.json", status=404)


def test_a_new_key_signs_and_the_old_one_s_certificates_stay_genuine(app, session, organiser, certificates):
    run = app.test_cli_runner().invoke
    old = signing.find_signing_key(session, PURPOSE).kid
    session.rollback()
    assert run(args=["signing", "rotate"]).exit_code == 0
    session.expire_all()
    keys = signing.list_keys(session, PURPOSE)
    assert [key.kid == old for key in keys] == [True, False]
    assert signing.find_signing_key(session, PURPOSE).kid != old
    published = {"keys": [{"kid": key.kid, "public": key.public, "revoked_from": None} for key in keys]}
    assert offline.verdict(f"#{certificates[0].statement}", published)[0] == "genuine"
    assert old in run(args=["signing", "list"]).output


def test_a_stolen_key_is_revoked_from_a_day_on(app, session, certificates, browser):
    kid = signing.find_signing_key(session, PURPOSE).kid
    session.rollback()
    run = app.test_cli_runner().invoke
    assert run(args=["signing", "revoke", "ffffffff", "--since", "2026-01-01"]).exit_code == 1
    assert run(args=["signing", "revoke", kid, "--since", "2026-01-01"]).exit_code == 0
    keys = json.loads(browser().get("/v/keys.json").data)
    assert keys["keys"][0]["revoked_from"] == "2026-01-01"
    assert offline.verdict(f"#{certificates[0].statement}", keys)[0] == "forged"
    # What counts no longer stays readable, signed by a key that nobody has stolen.
    document = json.loads(browser().get("/v/revoked.json").data)
    assert [key["kid"] == document["kid"] for key in keys["keys"]] == [False, True]


def test_the_private_key_is_sealed_in_the_database(session, certificates):
    key = signing.find_signing_key(session, PURPOSE)
    public = signing.Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    assert len(bytes.fromhex(key.public)) == 32
    assert key.private.startswith(b"AES-256-GCM:")
    assert public.public_bytes_raw().hex() != key.public


def test_another_unions_organiser_can_neither_see_nor_end_one(session, organiser, certificates, browser):
    other = build_user(session, grants=[("organiser", "union", organiser.event.competition.union_id + 1000)])
    session.commit()
    base = f"/events/{organiser.event.id}/certificates/{certificates[0].id}"
    browser(other).get(f"{base}/", status=403)
    browser(other).post(f"{base}/revoke", {"reason": "x"}, status=403)
    assert session.scalar(select(Certificate.state).where(Certificate.id == certificates[0].id)) == "issued"

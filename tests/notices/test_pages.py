"""Notices and documents over HTTP: what everybody reads, what nobody else may, hostile words and files."""

import io
import re

import pytest

from competitions.documents.queries import find_page_ref
from competitions.notices import services
from core import clock
from core.files.reading import from_bytes
from tests.client import apart
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.notices import build_document, build_notice, build_published, publish
from tests.factories.organisations import build_unit
from tests.files import samples

XSS = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
SHOWN_XSS = "&lt;script&gt;"


@pytest.fixture
def world(session):
    competition = build_competition(session)
    organiser = build_user(session, grants=[("organiser", "competition", competition.id)])
    return competition, organiser


def said(**changed):
    return {
        "kind": "call", "event_id": "", "title": "通知", "body": "正文。", "starts_on": "", "ends_on": "",
        "contact": "", "version": "0",
    } | changed  # fmt: skip


def file_of(data, name):
    return {"file": (io.BytesIO(data), name)}


def version_on(page, path):
    """Return the version that the page of a notice, or its form, was opened with."""
    page.get(path)
    return re.search(r'name="version"[^>]* value="([0-9]+)"', page.page)[1]


def test_an_organiser_writes_reads_through_attaches_and_publishes(session, browser, world):
    competition, organiser = world
    session.commit()
    page, stranger = browser(organiser), browser()
    path = page.post(f"/competitions/{competition.id}/notices/new", said(title="竞赛通知甲")).location
    ref = path.rsplit("/", 1)[1]
    stranger.get(f"/notices/{ref}", 404)
    page.post(f"{path}/files", file_of(samples.PDF, "规程.pdf"))
    page.post(f"{path}/publish", {"version": version_on(page, path)})
    assert "规程.pdf" in page.page
    stranger.get("/notices/")
    assert "竞赛通知甲" in stranger.page
    stranger.get(f"/notices/{ref}")
    assert "规程.pdf" in stranger.page


def test_a_form_that_does_not_say_its_version_is_an_old_one(session, browser, world):
    competition, organiser = world
    session.commit()
    page = browser(organiser)
    path = page.post(f"/competitions/{competition.id}/notices/new", said()).location
    page.post(f"{path}/edit", {}, status=409)


def test_a_correction_is_read_once_it_is_published_and_the_old_version_says_so(session, browser, world):
    competition, organiser = world
    notice = build_published(session, competition, organiser, title="竞赛通知甲")
    session.commit()
    page, stranger = browser(organiser), browser()
    path = f"/competitions/{competition.id}/notices/{notice.ref}"
    version = version_on(page, f"{path}/edit")
    page.post(f"{path}/edit", said(title="竞赛通知乙", correction="标题更正", version=version))
    stranger.get(f"/notices/{notice.ref}")
    assert "竞赛通知甲" in stranger.page
    page.post(f"{path}/publish", {"version": version_on(page, path)})
    stranger.get(f"/notices/{notice.ref}")
    assert "竞赛通知乙" in stranger.page
    assert "标题更正" in stranger.page
    stranger.get(f"/notices/{notice.ref}/versions/1")
    assert "竞赛通知甲" in stranger.page
    assert "本版已被" in stranger.page


def test_a_withdrawn_notice_says_why_and_no_version_of_it_says_more(session, browser, world):
    competition, organiser = world
    notice = build_published(session, competition, organiser, body="不应再显示的正文。")
    session.commit()
    path = f"/competitions/{competition.id}/notices/{notice.ref}"
    browser(organiser).post(f"{path}/withdraw", {"reason": "内容重复"})
    stranger = browser()
    for address in (f"/notices/{notice.ref}", f"/notices/{notice.ref}/versions/1"):
        stranger.get(address)
        assert "已撤回（内容重复）" in stranger.page
        assert "不应再显示的正文。" not in stranger.page


def test_what_stands_against_publishing_is_told_and_nothing_is_published(session, browser, world):
    competition, organiser = world
    notice = build_notice(session, competition, organiser, body="联系人电话 13800138000")
    session.commit()
    page = browser(organiser)
    path = f"/competitions/{competition.id}/notices/{notice.ref}"
    page.get(path)
    assert "138***00" in page.page
    assert "13800138000" in page.page  # the draft itself, to its author
    page.post(f"{path}/publish", {"version": str(notice.version)}, 409)
    browser().get(f"/notices/{notice.ref}", 404)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": "  "}, "此项必填"),
        ({"title": "长" * 121}, "120"),
        ({"kind": "law"}, "列表"),
        ({"event_id": "999999"}, "列表"),
        ({"starts_on": "2026-05-08", "ends_on": "2026-05-01"}, "截止日期早于开始日期"),
        ({"starts_on": "2026-02-30"}, "2026-05-20"),
        ({"body": "字" * 100_001}, "100000"),
    ],
)
def test_a_draft_that_cannot_be_kept_is_shown_again_as_typed(session, browser, world, changed, words):
    competition, organiser = world
    session.commit()
    page = browser(organiser)
    page.post(f"/competitions/{competition.id}/notices/new", said(contact="组委会甲", **changed), 422)
    assert words in page.page
    assert "组委会甲" in page.page


def test_somebody_else_has_saved_meanwhile_both_texts_are_shown(session, browser, world):
    competition, organiser = world
    notice = build_notice(session, competition, organiser)
    session.commit()
    path = f"/competitions/{competition.id}/notices/{notice.ref}/edit"
    first, second = browser(organiser), browser(organiser)
    first.post(path, said(title="先存", version=str(notice.version)))
    second.post(path, said(title="后存", version=str(notice.version)), 409)
    assert "先存" in second.page
    assert "后存" in second.page


def test_hostile_words_stay_words(session, browser, world):
    competition, organiser = world
    body = f"# {XSS}\n- {XSS}\n| {XSS} | b |\n| {XSS} | c |\n\n{XSS}"
    notice = build_notice(session, competition, organiser, title=XSS, body=body, contact=XSS)
    upload = from_bytes(f"{XSS}.pdf", samples.PDF)
    services.attach(session, notice, upload, ref=clock.new_ref(), actor_id=organiser.id, now=MOMENT)
    publish(session, notice, organiser)
    build_document(session, competition, organiser, title=XSS)
    page_ref = find_page_ref(session, competition.id)
    session.commit()
    for page, path in (
        (browser(), "/notices/"), (browser(), f"/notices/{notice.ref}"),
        (browser(), f"/notices/competitions/{page_ref}"),
        (browser(organiser), f"/competitions/{competition.id}/notices/{notice.ref}"),
        (browser(organiser), f"/competitions/{competition.id}/notices/"),
        (browser(organiser), f"/competitions/{competition.id}/documents/"),
    ):  # fmt: skip
        page.get(path)
        assert SHOWN_XSS in page.page
        assert "<script>alert" not in page.page
        assert "<img src=x" not in page.page


@pytest.mark.parametrize(
    "query",
    ["q=", "q=" + "长" * 500, "q=<script>", "page=9999", "page=-1", "page=x", "kind=law", "region=abc",
     "region=99", "q=%00", "q=%25", "kind=call&kind=award", "page=99999999999999999999"],
)  # fmt: skip
def test_the_board_answers_whatever_it_is_asked(session, browser, world, query):
    competition, organiser = world
    build_published(session, competition, organiser)
    session.commit()
    page = browser()
    page.get(f"/notices/?{query}")
    assert "<script>" not in page.page.replace("<script src", "")


def test_a_page_beyond_the_last_is_the_last(session, browser, world):
    competition, organiser = world
    for number in range(21):
        build_published(session, competition, organiser, title=f"第{number}号公告")
    session.commit()
    page = browser()
    page.get("/notices/?page=9999")
    assert "第0号公告" in page.page
    assert "第20号公告" not in page.page


def test_strangers_begin_at_the_board_once_it_says_something(session, browser, world):
    competition, organiser = world
    session.commit()
    assert browser().get("/", 302).location == "/accounts/sign-in"
    build_published(session, competition, organiser)
    session.commit()
    assert browser().get("/", 302).location == "/notices/"


def test_drafts_files_of_drafts_and_internal_documents_are_not_there_for_others(session, browser, world):
    competition, organiser = world
    notice = build_notice(session, competition, organiser)
    upload = from_bytes("a.pdf", samples.PDF)
    services.attach(session, notice, upload, ref=clock.new_ref(), actor_id=organiser.id, now=MOMENT)
    file_ref = notice.versions[0].files[0].file.ref
    document = build_document(session, competition, organiser, public=False)
    elsewhere = build_competition(session)
    other = build_user(session, grants=[("organiser", "competition", elsewhere.id)])
    session.commit()
    for page in (browser(), browser(other)):
        page.get(f"/notices/{notice.ref}", 404)
        page.get(f"/notices/{notice.ref}/files/{file_ref}", 404)
        page.get(f"/documents/{document.ref}/1", 404)
    page = browser(other)
    for path in ("", "/edit", f"/files/{file_ref}"):
        page.get(f"/competitions/{competition.id}/notices/{notice.ref}{path}", 403)
        page.get(f"/competitions/{elsewhere.id}/notices/{notice.ref}{path}", 404)
    page.post(f"/competitions/{elsewhere.id}/notices/{notice.ref}/publish", {"version": "1"}, 404)
    page.post(f"/competitions/{elsewhere.id}/documents/{document.ref}/withdraw", {"reason": "x"}, 404)
    page.get(f"/competitions/{elsewhere.id}/documents/{document.ref}", 404)
    assert browser(organiser).get(f"/documents/{document.ref}/1").data == samples.PDF


def test_a_judge_of_one_event_and_a_unit_read_what_concerns_them(session, browser, world):
    competition, organiser = world
    first = build_event(session, "registration", competition=competition)
    second = build_event(session, "registration", competition=competition)
    internal = {"competition": competition, "by": organiser, "public": False}
    own = build_document(session, event_id=first.id, title="甲项文件", **internal)
    other = build_document(session, event_id=second.id, title="乙项文件", **internal)
    judge = build_user(session, grants=[("judge", "event", first.id)])
    registrar = build_user(session, grants=[("registrar", "unit", build_unit(session).id)])
    nobody = build_user(session)
    session.commit()
    page = browser(judge)
    page.get(f"/competitions/{competition.id}/documents/")
    assert "甲项文件" in page.page
    assert "乙项文件" not in page.page
    page.get(f"/documents/{own.ref}/1")
    page.get(f"/documents/{other.ref}/1", 404)
    browser(registrar).get(f"/documents/{own.ref}/1")
    browser(nobody).get(f"/competitions/{competition.id}/documents/", 403)


def test_a_file_leaves_as_an_attachment_that_no_page_of_ours_runs(session, browser, world):
    competition, organiser = world
    document = build_document(session, competition, organiser)
    session.commit()
    response = browser().get(f"/documents/{document.ref}/1")
    headers = response.headers
    assert response.data == samples.PDF
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert "filename*=UTF-8''%E8%A7%84%E7%A8%8B.pdf" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "public, no-cache"
    assert "Set-Cookie" not in headers
    again = {"If-None-Match": headers["ETag"]}
    assert browser().get(f"/documents/{document.ref}/1", 304, headers=again).data == b""
    signed_in = browser(organiser).get(f"/documents/{document.ref}/1")
    assert signed_in.headers["Cache-Control"] == "no-store"


def test_pages_for_everybody_may_be_kept_by_a_stranger_alone(session, browser, world):
    competition, organiser = world
    build_published(session, competition, organiser)
    session.commit()
    assert browser().get("/notices/").headers["Cache-Control"] == "private, no-cache"
    assert browser(organiser).get("/notices/").headers["Cache-Control"] == "no-store"


def test_the_file_of_a_withdrawn_notice_or_document_is_not_given_out_any_more(session, browser, world):
    competition, organiser = world
    notice = build_notice(session, competition, organiser)
    upload = from_bytes("a.pdf", samples.PDF)
    services.attach(session, notice, upload, ref=clock.new_ref(), actor_id=organiser.id, now=MOMENT)
    publish(session, notice, organiser)
    file_ref = notice.versions[0].files[0].file.ref
    document = build_document(session, competition, organiser)
    session.commit()
    stranger, page = browser(), browser(organiser)
    stranger.get(f"/notices/{notice.ref}/files/{file_ref}")
    stranger.get(f"/documents/{document.ref}/1")
    page.post(f"/competitions/{competition.id}/notices/{notice.ref}/withdraw", {"reason": "重发"})
    page.post(f"/competitions/{competition.id}/documents/{document.ref}/withdraw", {"reason": "重发"})
    stranger.get(f"/notices/{notice.ref}/files/{file_ref}", 404)
    stranger.get(f"/documents/{document.ref}/1", 404)


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("name", "data", "code"), samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_a_hostile_file_is_refused_at_its_field(session, browser, world, name, data, code):
    competition, organiser = world
    session.commit()
    page = browser(organiser)
    values = {"kind": "rules", "title": "规程甲", "event_id": "", **file_of(data, name)}
    page.post(f"/competitions/{competition.id}/documents/new", values, 422)
    assert "规程甲" in page.page
    assert 'id="file-error"' in page.page


def sent(page, path, megabytes):
    """Return the answer to a form with nothing but a file of this size."""
    head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    body = io.BytesIO(head + bytes(megabytes * 1024 * 1024) + b"\r\n--x--\r\n")
    return apart(page.client.post, path, input_stream=body, content_type="multipart/form-data; boundary=x")


def test_twenty_megabytes_may_be_sent_to_a_form_for_files_and_nowhere_else(session, browser, world):
    competition, organiser = world
    notice = build_notice(session, competition, organiser)
    session.commit()
    page, base = browser(organiser), f"/competitions/{competition.id}"
    for path in ("/documents/new", f"/notices/{notice.ref}/files"):
        assert sent(page, base + path, 20).status_code != 413
        refused = sent(page, base + path, 22)
        assert refused.status_code == 413
        assert "20 MB" in refused.text
    refused = sent(page, f"{base}/notices/new", 15)
    assert refused.status_code == 413
    assert "12 MB" in refused.text


def test_a_list_of_entrants_is_written_from_the_entries_with_masked_names(session, browser, world):
    competition, organiser = world
    event = build_event(session, "ready", competition=competition)
    build_entry(session, event, name="张三丰", unit=build_unit(session, name="演示甲厂"), review="approved")
    session.commit()
    page = browser(organiser)
    page.get(f"/competitions/{competition.id}/notices/new?kind=entrants&event={event.id}")
    assert "| 1 | 张* | 演示甲厂 |" in page.page
    assert "张三丰" not in page.page


def test_results_are_not_written_from_an_event_that_has_not_announced_them(session, browser, world):
    competition, organiser = world
    event = build_event(session, "scoring", competition=competition)
    session.commit()
    page = browser(organiser)
    for kind in ("result", "award", "no kind"):
        page.get(f"/competitions/{competition.id}/notices/new?kind={kind}&event={event.id}")
        assert "<textarea" in page.page


def test_somebody_who_only_watches_sees_drafts_and_changes_nothing(session, browser, world):
    competition, organiser = world
    notice = build_notice(session, competition, organiser)
    supervisor = build_user(session, grants=[("supervisor", "competition", competition.id)])
    session.commit()
    page, path = browser(supervisor), f"/competitions/{competition.id}/notices/{notice.ref}"
    page.get(path)
    page.post(f"{path}/publish", {"version": str(notice.version)}, 403)
    page.post(f"{path}/edit", said(), 403)


def test_an_address_is_not_counted_through(session, browser, world):
    competition, organiser = world
    notice = build_published(session, competition, organiser)
    session.commit()
    for path in (f"/notices/{notice.id}", "/notices/1", "/notices/competitions/1", "/documents/1/1"):
        assert apart(browser().client.get, path).status_code == 404

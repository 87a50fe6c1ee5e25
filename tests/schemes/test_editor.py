"""The editor's requests: live check, saving with or without a script, two people at once."""

import json

import pytest
from sqlalchemy import select

from core.audit.models import AuditRecord
from scoring.schemes import offers
from scoring.schemes.models import SchemeVersion
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.events import build_event
from tests.factories.scoring import WELDING, build_scheme


@pytest.fixture
def event(session):
    event = build_event(session)
    session.commit()
    return event


@pytest.fixture
def organiser(session, event):
    user = build_user(session, "zhang", name="演示张三", grants=[("organiser", "event", event.id)])
    session.commit()
    return user


def versions(session, event):
    session.expire_all()
    rows = select(SchemeVersion).where(SchemeVersion.event_id == event.id).order_by(SchemeVersion.number)
    return session.scalars(rows).all()


def changed(**parts):
    return json.loads(json.dumps(WELDING)) | parts


def test_without_a_script_the_json_itself_is_edited(session, event, organiser, browser):
    page = browser(organiser)
    page.get(f"/events/{event.id}/scheme/edit")
    assert "scheme/1" in page.page
    data = {"document": json.dumps(WELDING), "base": "0"}
    page.post(f"/events/{event.id}/scheme/edit", data)
    assert [version.document for version in versions(session, event)] == [WELDING]


def test_a_draft_with_findings_can_be_saved_and_keeps_the_registration_closed(
    session, event, organiser, browser
):
    faulty = changed(ranking={"ties": []})
    page = browser(organiser)
    page.post(f"/events/{event.id}/scheme/edit", {"document": json.dumps(faulty), "base": "0"})
    assert versions(session, event)[0].document == faulty
    assert "方案有误" in visible(page.get(f"/events/{event.id}/scheme/").text)


def test_after_the_draft_a_faulty_scheme_is_refused_and_the_form_keeps_it(session, event, organiser, browser):
    event.state = "registration"
    build_scheme(session, event)
    session.commit()
    faulty = changed(ranking={"ties": []}, title="保留的标题")
    page = browser(organiser)
    data = {"document": json.dumps(faulty, ensure_ascii=False), "base": "1", "reason": "更正"}
    page.post(f"/events/{event.id}/scheme/edit", data, status=422)
    assert "保留的标题" in page.page
    assert "缺少“名次可并列（share）”" in visible(page.page)
    assert len(versions(session, event)) == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "1.5", '{"a": 1, "a": 2}', '{"format": 0.5}', '{"title": "\\ud800"}', "null"]
)
def test_what_cannot_be_kept_as_it_stands_is_refused(session, event, organiser, browser, text):
    page = browser(organiser)
    page.post(f"/events/{event.id}/scheme/edit", {"document": text, "base": "0"}, status=422)
    assert "内容无法按原样保存" in visible(page.page)
    assert versions(session, event) == []


def test_two_organisers_at_once_see_each_other_and_lose_nothing(session, event, organiser, browser):
    build_scheme(session, event)
    second = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    first, later = browser(organiser), browser(second)
    path = f"/events/{event.id}/scheme/edit"
    first.post(path, {"document": json.dumps(changed(title="第一个人")), "base": "1"})
    mine = {"document": json.dumps(changed(title="第二个人"), ensure_ascii=False), "base": "1"}
    later.post(path, mine, status=409)
    assert "演示张三" in visible(later.page)
    assert "第二个人" in later.page
    assert f"/events/{event.id}/scheme/versions/2" in later.page
    assert len(versions(session, event)) == 2
    later.post(path, mine | {"base": "2"})
    titles = [version.document["title"] for version in versions(session, event)]
    assert titles == ["焊工", "第一个人", "第二个人"]


def test_the_check_names_every_finding_with_its_place_and_adds_up(session, event, organiser, browser):
    document = changed()
    document["stages"][0]["weight"] = "0.25"
    document["stages"][1]["criteria"][0]["aspects"][1]["max"] = "35"
    document["ranking"]["ties"].append({"by": "manual"})
    answer = browser(organiser).post_json(f"/events/{event.id}/scheme/check", document)
    weights, note = answer["findings"]
    assert (weights["code"], weights["pointer"], answer["errors"]) == ("WEIGHTS_SUM", "/stages", 1)
    assert weights["message"].startswith("各阶段权重合计为 0.95，按比例计分时必须恰好为 1（30% 写作 0.3）")
    assert (note["code"], note["level"], note["pointer"]) == ("SCHEME_TOTAL", "warning", "/stages/1/max")
    assert answer["sums"][0] == {
        "pointer": "/stages", "kind": "weights", "found": "0.95", "said": "1", "difference": "0.05",
        "state": "missing",
    }  # fmt: skip
    assert [s["difference"] for s in answer["sums"] if s["kind"] == "stage"] == ["0", "5"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("三十", "“三十”不能用作数字，请填写数字，最多 6 位小数，例如 0.5。"),
        (30.5, "但必须是带引号的十进制数"),
    ],
)
def test_what_was_typed_and_what_stands_in_a_file_are_told_each_in_its_way(
    event, organiser, browser, value, said
):
    document = changed()
    document["stages"][1]["criteria"][0]["aspects"][0]["max"] = value
    answer = browser(organiser).post_json(f"/events/{event.id}/scheme/check", document)
    assert said in answer["findings"][0]["message"]


def test_the_check_stores_nothing(session, event, organiser, browser):
    browser(organiser).post_json(f"/events/{event.id}/scheme/check", WELDING)
    assert versions(session, event) == []
    assert session.scalars(select(AuditRecord).where(AuditRecord.subject == f"event:{event.id}")).all() == []


def test_a_sheet_can_be_looked_at_before_it_is_saved(session, event, organiser, browser):
    page = browser(organiser)
    text = json.dumps(offers.LIBRARY.find_document("worldskills"))
    page.post(f"/events/{event.id}/scheme/sheet", {"document": text}, status=200)
    assert "达到行业标准" in visible(page.page)
    page.post(f"/events/{event.id}/scheme/sheet", {"document": "{}"}, status=422)
    assert versions(session, event) == []

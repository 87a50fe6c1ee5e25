"""The tab Scheme: in words, with its findings and versions; upload, library, copy."""

import io
import json
from pathlib import Path

import pytest
from sqlalchemy import select

from competitions.judges import places
from core import canonical
from core.audit.models import AuditRecord
from scoring.schemes import documents, offers, queries
from scoring.schemes.convert import convert
from scoring.schemes.models import SchemeVersion
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.events import build_competition, build_event
from tests.factories.scoring import WELDING, build_scheme
from tests.schemes.sheets import aspect, plain, saved

EUROSKILLS = Path(__file__).parents[1] / "golden" / "cis" / "euroskills-2023-web-development.xlsx"


@pytest.fixture
def event(session):
    event = build_event(session)
    session.commit()
    return event


@pytest.fixture
def organiser(session, event):
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    return user


def versions(session, event):
    session.expire_all()
    return session.scalars(
        select(SchemeVersion).where(SchemeVersion.event_id == event.id).order_by(SchemeVersion.number)
    ).all()


def file_of(document, name="scheme.json"):
    text = document if isinstance(document, bytes) else json.dumps(document, ensure_ascii=False).encode()
    return (io.BytesIO(text), name)


def test_an_event_without_a_scheme_offers_the_ways_to_start(event, organiser, browser):
    page = visible(browser(organiser).get(f"/events/{event.id}/scheme/").text)
    assert "本赛项还没有评分方案" in page
    assert "从方案库开始" in page


def test_the_scheme_is_shown_in_words(session, event, organiser, browser):
    build_scheme(session, event)
    session.commit()
    page = visible(browser(organiser).get(f"/events/{event.id}/scheme/").text)
    assert "权重 30%" in page
    assert "每处扣 5 分，满分 40 分，扣完为止" in page
    assert "裁判组商定一个值" in page
    assert "“实操”得分高者在前" in page
    assert "名次不并列" in page
    assert "1 个名额" in page


def test_the_full_score_and_the_judges_are_told_on_top(session, event, organiser, browser):
    """Five judges mark four aspects of 100 points altogether."""
    build_scheme(session, event, offers.LIBRARY.find_document("five-judges"))
    session.commit()
    page = visible(browser(organiser).get(f"/events/{event.id}/scheme/").text)
    assert "最高总分 100" in page
    assert "至少需要裁判 5" in page


def test_an_older_version_shows_its_own_sheet_and_can_be_gone_on_from(session, event, organiser, browser):
    build_scheme(session, event)
    session.commit()
    page, path = browser(organiser), f"/events/{event.id}/scheme"
    other = json.loads(json.dumps(WELDING).replace("\\u7126\\u7f1d", "x")) | {"title": "改过的"}
    other["stages"][1]["criteria"][0]["aspects"][0]["title"] = "新的评分点"
    page.post(f"{path}/edit", {"document": json.dumps(other, ensure_ascii=False), "base": "1"})
    older = page.get(f"{path}/versions/1").text
    assert f"{path}/sheet?version=1" in older
    assert f"{path}/edit?version=1" in older
    assert "新的评分点" not in page.get(f"{path}/sheet?version=1").text
    assert "新的评分点" in page.get(f"{path}/sheet").text
    editor = page.get(f"{path}/edit?version=1").text
    assert "新的评分点" not in editor
    assert 'name="base" type="hidden" value="2"' in editor
    for address in ("edit", "sheet"):
        page.get(f"{path}/{address}?version=9", status=404)


def test_the_same_in_english(session, event, organiser, browser):
    build_scheme(session, event)
    session.commit()
    page = visible(browser(organiser, locale="en").get(f"/events/{event.id}/scheme/").text)
    assert "5 points off for each fault, from 40 down to 0" in page
    assert "higher score of “实操”" in page


def test_findings_stand_with_their_place_in_the_reader_s_language(session, event, organiser, browser):
    document = json.loads(json.dumps(WELDING))
    document["stages"][1]["criteria"][0]["aspects"][0]["max"] = "六十"
    document["stages"][0]["weight"] = "0.25"
    build_scheme(session, event, document)
    session.commit()
    page = visible(browser(organiser).get(f"/events/{event.id}/scheme/").text)
    assert "阶段 P › 大项 A › 评分点 A1 › 满分" in page
    assert "“六十”不能用作数字" in page
    english = visible(browser(organiser, locale="en").get(f"/events/{event.id}/scheme/").text)
    assert "Stage P › Criterion A › Aspect A1 › Maximum" in english


def test_sums_that_disagree_are_worth_a_second_look_and_refuse_nothing(session, event, organiser, browser):
    document = json.loads(json.dumps(WELDING))
    document["stages"][1]["criteria"][0]["aspects"][1]["max"] = "30"
    build_scheme(session, event, document)
    session.commit()
    page = visible(browser(organiser).get(f"/events/{event.id}/scheme/").text)
    assert "各部分合计 90 分，而满分写的是 100 分" in page
    assert "请核对" in page
    assert "方案无误" not in page


def test_upload_makes_version_1_and_download_gives_it_back(session, event, organiser, browser):
    page = browser(organiser)
    page.get(f"/events/{event.id}/scheme/upload")
    page.post(f"/events/{event.id}/scheme/upload", {"file": file_of(WELDING), "base": "0"})
    (version,) = versions(session, event)
    assert (version.number, version.document, version.reason) == (1, WELDING, "")
    given = page.get(f"/events/{event.id}/scheme/versions/1/scheme.json")
    assert canonical.loads(given.text) == WELDING
    assert session.scalar(select(AuditRecord).where(AuditRecord.action == "scheme:save")) is not None


def test_a_faulty_upload_shows_every_finding_and_keeps_nothing(session, event, organiser, browser):
    document = json.loads(json.dumps(WELDING))
    document["stages"][0]["code"] = "理论"
    document["stages"][1]["criteria"][0]["aspects"][1]["kind"] = "fault"
    document["ranking"].pop("share")
    page = browser(organiser)
    page.post(f"/events/{event.id}/scheme/upload", {"file": file_of(document), "base": "0"}, status=422)
    text = visible(page.page)
    assert "不能用作代码" in text
    assert "“fault”" in text
    assert "缺少“名次可并列（share）”" in text
    assert versions(session, event) == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "文件是空的"),
        (b"{\"format\": ", "不是有效的 JSON"),
        ("{}".encode("utf-16"), "不是 UTF-8"),
        (b"[" * 3_000, "嵌套过深"),
        (b" " * 3_001, "超过任何评分方案的长度"),
        (b'{"format": "scheme/1", "format": "scheme/1"}', "重复出现"),
        (b'{"format": "scheme/1", "stages": 0.5}', "必须是列表"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_scheme_is_refused_in_words(
    session, event, organiser, browser, data, said, monkeypatch
):
    monkeypatch.setattr(documents, "LONGEST", 3000)
    page = browser(organiser)
    page.post(f"/events/{event.id}/scheme/upload", {"file": file_of(data), "base": "0"}, status=422)
    assert said in visible(page.page)
    assert versions(session, event) == []


def test_the_same_file_again_is_no_new_version_but_leaves_a_trace(session, event, organiser, browser):
    page = browser(organiser)
    for _again in range(2):
        page.post(f"/events/{event.id}/scheme/upload", {"file": file_of(WELDING)})
    assert [version.number for version in versions(session, event)] == [1]
    assert session.scalar(select(AuditRecord).where(AuditRecord.action == "scheme:repeat")) is not None


def test_once_registration_is_open_a_change_needs_a_reason(session, organiser, browser, event):
    event.state = "registration"
    build_scheme(session, event)
    session.commit()
    changed = WELDING | {"title": "焊工 决赛"}
    page = browser(organiser)
    page.post(f"/events/{event.id}/scheme/upload", {"file": file_of(changed), "base": "1"}, status=422)
    assert "理由" in visible(page.page)
    assert len(versions(session, event)) == 1
    page.post(
        f"/events/{event.id}/scheme/upload", {"file": file_of(changed), "base": "1", "reason": "技术文件更正"}
    )
    first, second = versions(session, event)
    assert (second.reason, second.frozen_at) == ("技术文件更正", None)
    assert first.document == WELDING
    shown = visible(page.get(f"/events/{event.id}/scheme/").text)
    assert "技术文件更正" in shown
    assert "这是旧版本" in visible(page.get(f"/events/{event.id}/scheme/versions/1").text)


def test_a_change_after_the_field_is_closed_is_frozen_at_once(session, organiser, browser, event):
    event.state = "ready"
    build_scheme(session, event)
    session.commit()
    data = {"file": file_of(WELDING | {"title": "焊工 决赛"}), "base": "1", "reason": "裁判会议决定"}
    browser(organiser).post(f"/events/{event.id}/scheme/upload", data)
    assert versions(session, event)[1].frozen_at is not None


def test_when_scoring_has_begun_nothing_changes_any_more(session, organiser, browser, event):
    event.state = "scoring"
    build_scheme(session, event)
    session.commit()
    page = browser(organiser)
    data = {"file": file_of(WELDING | {"title": "改"}), "base": "1", "reason": "x"}
    page.post(f"/events/{event.id}/scheme/upload", data, status=422)
    assert "评分已经开始" in visible(page.page)
    assert len(versions(session, event)) == 1


@pytest.mark.parametrize("offer", list(offers.LIBRARY), ids=lambda offer: offer.key)
def test_each_scheme_of_the_library_starts_an_event(session, event, organiser, browser, offer):
    page = browser(organiser)
    page.get(f"/events/{event.id}/scheme/start")
    page.post(f"/events/{event.id}/scheme/start", {"source": f"library:{offer.key}", "base": "0"})
    (version,) = versions(session, event)
    assert version.document == offers.LIBRARY.find_document(offer.key)
    assert "方案无误" in visible(page.get(f"/events/{event.id}/scheme/").text)
    page.get(f"/events/{event.id}/scheme/sheet")


def test_the_year_stands_once_beside_the_competition_of_a_scheme_to_copy(session, event, browser):
    union = event.competition.union
    for name in ("钢铁竞赛（2025）", "煤炭竞赛"):
        contest = build_competition(session, name=name, year=2025, union=union)
        build_scheme(session, build_event(session, competition=contest, name=f"{name}的赛项"))
    owner = build_user(session, grants=[("organiser", "union", union.id)])
    session.commit()
    text = visible(browser(owner).get(f"/events/{event.id}/scheme/start").text)
    assert "钢铁竞赛（2025） 2025" not in text
    assert "煤炭竞赛 2025" in text


def test_a_scheme_can_be_copied_from_another_event_of_mine_only(session, event, organiser, browser):
    mine = build_event(session, competition=event.competition, name="我的另一个赛项")
    other = build_event(session, name="别人的赛项")
    build_scheme(session, mine, WELDING | {"title": "我的方案"})
    build_scheme(session, other)
    owner = build_user(session, grants=[("organiser", "competition", event.competition_id)])
    session.commit()
    page = browser(owner)
    text = visible(page.get(f"/events/{event.id}/scheme/start").text)
    assert "我的另一个赛项" in text
    assert "别人的赛项" not in text
    page.post(f"/events/{event.id}/scheme/start", {"source": f"event:{other.id}", "base": "0"}, status=422)
    page.post(f"/events/{event.id}/scheme/start", {"source": f"event:{mine.id}", "base": "0"})
    assert versions(session, event)[0].document["title"] == "我的方案"


@pytest.mark.parametrize("source", ["", "library:none", "library:../models", "event:x", "event:999999999"])
def test_what_is_not_offered_is_not_taken_over(session, event, organiser, browser, source):
    browser(organiser).post(f"/events/{event.id}/scheme/start", {"source": source, "base": "0"}, status=422)
    assert versions(session, event) == []


def test_who_only_looks_on_sees_no_buttons_and_may_not_change(session, event, browser):
    build_scheme(session, event)
    chief = build_user(session, grants=[("chief_judge", "event", event.id)])
    session.commit()
    page = browser(chief)
    assert "编辑" not in visible(page.get(f"/events/{event.id}/scheme/").text)
    page.get(f"/events/{event.id}/scheme/edit", status=403)
    page.post(f"/events/{event.id}/scheme/upload", {"file": file_of(WELDING)}, status=403)


def test_judges_are_placed_where_the_scheme_has_stages(session, event):
    assert places.list_places(session, event) == []
    document = json.loads(json.dumps(WELDING))
    document["stages"][1]["criteria"][0]["aspects"][0]["panel"] = {"method": "trimmed_mean"}
    build_scheme(session, event, document)
    theory, practice = places.list_places(session, event)
    assert (theory.stage, theory.title, theory.needed_judges) == ("T", "理论", 1)
    assert (practice.stage, practice.needed_judges) == ("P", 3)
    assert practice.aspects == (("A1", "综合评分"), ("A2", "咬边"))
    assert queries.find_scheme(session, event.id) is not None


def test_a_worldskills_workbook_becomes_a_version_and_comes_back_as_one(session, event, organiser, browser):
    data = EUROSKILLS.read_bytes()
    page = browser(organiser)
    path = f"/events/{event.id}/scheme"
    page.post(f"{path}/upload", {"file": (io.BytesIO(data), "scheme.xlsx"), "base": "0"})
    (version,) = versions(session, event)
    assert version.document["title"] == "17 Web Development"
    text = visible(page.get(f"{path}/").text)
    assert "marking-scheme.xlsx" in text
    given = page.get(f"{path}/versions/1/marking-scheme.xlsx")
    assert convert("again.xlsx", given.data).document == version.document


def test_the_sums_of_a_workbook_are_told_and_its_faults_refuse_it(session, event, organiser, browser):
    page = browser(organiser)
    path = f"/events/{event.id}/scheme/upload"
    wrong = saved(plain(["A1", "x", 1], aspect("M", "Bevel", None), aspect("X", "Gap", 40)))
    page.post(path, {"file": (io.BytesIO(wrong), "a.xlsx"), "base": "0"}, status=422)
    text = visible(page.page)
    assert "第 13 行 评分点没有满分" in text
    assert "“X”不是评分点类型" in text
    assert versions(session, event) == []
    less = saved(plain(["A1", "x", 1], aspect("M", "Bevel", 90)))
    page.post(path, {"file": (io.BytesIO(less), "a.xlsx"), "base": "0"})
    text = visible(page.get(f"/events/{event.id}/scheme/").text)
    assert "第 9 行：大项 A 写明 100 分，而各项合计 90 分" in text


def test_a_file_that_is_no_workbook_is_refused_in_words(session, event, organiser, browser):
    page = browser(organiser)
    for name, data in (("a.xlsx", b"PK\x03\x04nothing"), ("a.xls", bytes.fromhex("D0CF11E0A1B11AE1"))):
        data = {"file": (io.BytesIO(data), name), "base": "0"}
        page.post(f"/events/{event.id}/scheme/upload", data, status=422)
        assert "未保存" in visible(page.page)


def test_the_template_is_offered_and_read(session, event, organiser, browser):
    page = browser(organiser)
    given = page.get(f"/events/{event.id}/scheme/template.xlsx").data
    page.post(f"/events/{event.id}/scheme/upload", {"file": (io.BytesIO(given), "t.xlsx"), "base": "0"})
    assert [stage["code"] for stage in versions(session, event)[0].document["stages"]] == ["T", "P"]


def test_a_scheme_that_fits_no_workbook_has_none(session, event, organiser, browser):
    build_scheme(session, event)
    session.commit()
    browser(organiser).get(f"/events/{event.id}/scheme/versions/1/marking-scheme.xlsx", status=404)

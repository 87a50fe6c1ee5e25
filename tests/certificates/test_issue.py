"""Certificates come from a final result alone, once each, with the words as they were then."""

import io
import subprocess

import pytest
from sqlalchemy import select

from competitions.events import services as events
from core.audit.models import AuditRecord
from core.refusals import Refused
from reports.certificates import queries, rules, services
from scoring.sheets.queries import list_marked_entries
from tests.factories.accounts import MOMENT, build_user
from tests.factories.scoring import build_scoring_event
from tests.results.test_versions import mark_all

NAMES = {"A01": "李䶮", "A02": "王𬭎", "A03": "阿卜杜拉·买买提"}


@pytest.fixture
def event(session):
    event = build_scoring_event(session, name="焊工决赛")
    for entry, code in list_marked_entries(session, event.id):
        entry.name = NAMES[code]
    session.commit()
    return event


@pytest.fixture
def organiser(session, event):
    user = build_user(session, grants=[("organiser", "event", event.id)])
    session.commit()
    return user


def finish(session, event, user):
    mark_all(session, event)
    for step in ("tabulate", "announce", "finalise"):
        events.take_step(session, event, step, actor_id=user.id, now=MOMENT)
    session.commit()


def test_a_number_names_year_level_competition_event_tier_and_serial():
    number = rules.certificate_number(year=2026, level="province", competition=12, event=3, tier=1, serial=1)
    assert number == "2026P012-03-10001"


def test_nothing_is_issued_before_the_result_is_final(session, event, organiser):
    mark_all(session, event)
    with pytest.raises(Refused) as caught:
        services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    assert caught.value.refusals[0].code == "CERTIFICATE_NOT_FINAL"


def test_each_winner_gets_one_certificate_and_issuing_again_makes_none(session, event, organiser):
    finish(session, event, organiser)
    made = services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    assert [(c.words["recipient"], c.words["prize"]) for c in made] == [
        ("王𬭎", "一等奖"),
        ("李䶮", "二等奖"),
    ]
    assert [c.number[-5:] for c in made] == ["10001", "20002"]
    assert services.issue(session, event, actor_id=organiser.id, now=MOMENT) == []
    counts = session.scalars(
        select(AuditRecord.detail)
        .where(AuditRecord.action == "certificate:issue")
        .order_by(AuditRecord.id)
    ).all()
    assert counts == [{"count": 2, "number": 1}, {"count": 0, "number": 1}]


def test_the_words_stay_when_names_change_later(session, event, organiser):
    finish(session, event, organiser)
    services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    event.competition.name = "改名以后的竞赛"
    session.commit()
    first, *_others = queries.each_certificate(session, event.id)
    assert services.text_of(first).competition != "改名以后的竞赛"


def test_a_name_that_no_font_prints_issues_nothing(session, event, organiser):
    for entry, code in list_marked_entries(session, event.id):
        entry.name = "张\U0003134a" if code == "A02" else entry.name
    finish(session, event, organiser)
    with pytest.raises(Refused) as caught:
        services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    assert [refusal.code for refusal in caught.value.refusals] == ["GLYPH_MISSING"]
    session.rollback()
    assert queries.count_issued(session, event.id) == 0


def test_the_pdf_holds_every_winners_name(session, event, organiser, browser):
    finish(session, event, organiser)
    page = browser(organiser)
    page.post(f"/events/{event.id}/certificates/")
    page.get(f"/events/{event.id}/certificates/")
    assert "2026P" in page.page
    pdf = page.get(f"/events/{event.id}/certificates/all.pdf").data
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    assert all(name in text for name in ("王𬭎", "李䶮"))
    assert "阿卜杜拉" not in text
    assert io.BytesIO(pdf).read(5) == b"%PDF-"


def test_another_unions_organiser_may_not_see_them(session, event, organiser, browser):
    other = build_user(session, grants=[("organiser", "union", event.competition.union_id + 1000)])
    session.commit()
    browser(other).get(f"/events/{event.id}/certificates/", status=403)
    browser(other).post(f"/events/{event.id}/certificates/", status=403)


def test_before_the_end_the_page_says_what_is_missing(session, event, organiser, browser):
    page = browser(organiser)
    page.get(f"/events/{event.id}/certificates/")
    assert "成绩确认后才能颁发证书" in page.page
    refused = page.post(f"/events/{event.id}/certificates/", status=409)
    assert "请先确认成绩" in refused.text

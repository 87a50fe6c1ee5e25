"""Making a document public does not publish what was written before for those who work on it."""

import pytest

from competitions.documents import services as documents
from core import clock
from core.files.reading import from_bytes
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.notices import build_document
from tests.files.samples import PDF


@pytest.fixture
def document(session):
    competition = build_competition(session)
    by = build_user(session, grants=[("organiser", "competition", competition.id)])
    made = build_document(session, competition, by, public=False)
    cleaned = from_bytes("规程.pdf", PDF + b"\n% cleaned\n")
    documents.replace_document(
        session, made, cleaned, change="删去内部说明", ref=clock.new_ref(), actor_id=by.id, now=MOMENT
    )
    session.expire_all()
    documents.show_document(session, made, True, ref=clock.new_ref(), actor_id=by.id, now=MOMENT)
    session.commit()
    made.by = by
    return made


def test_everybody_reads_the_version_that_was_made_public_and_none_before(document, browser):
    stranger = browser()
    assert stranger.get(f"/documents/{document.ref}/2").data.endswith(b"% cleaned\n")
    stranger.get(f"/documents/{document.ref}/1", status=404)


def test_who_works_on_the_competition_reads_both(document, browser):
    for number in (1, 2):
        browser(document.by).get(f"/documents/{document.ref}/{number}")


def test_versions_that_were_public_stay_so_when_it_is_shown_again(session, document, browser):
    for public in (False, True, True):
        documents.show_document(
            session, document, public, ref=clock.new_ref(), actor_id=document.by.id, now=MOMENT
        )
    session.commit()
    browser().get(f"/documents/{document.ref}/2")
    browser().get(f"/documents/{document.ref}/1", status=404)

"""Notices and documents as they are kept: versions, files, corrections, two people at once."""

import dataclasses

import pytest
from sqlalchemy import func, select

from competitions.documents import queries as document_queries
from competitions.documents import services as documents
from competitions.notices import queries, services
from competitions.notices.queries import BoardFilter
from core import clock
from core.audit.models import AuditRecord
from core.files.models import StoredFile
from core.files.queries import content_of
from core.files.reading import from_bytes
from core.refusals import Refused
from tests.factories.accounts import MOMENT, build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_competition, build_event
from tests.factories.notices import TODAY, build_document, build_notice, build_published
from tests.files.samples import PDF

OTHER_PDF = PDF.replace(b"1.7", b"1.6")


@pytest.fixture
def world(session):
    competition = build_competition(session)
    organiser = build_user(session, grants=[("organiser", "competition", competition.id)])
    return competition, organiser


def publish(session, notice, by, version=None):
    return services.publish(
        session, notice, version=version or notice.version, today=TODAY, ref=clock.new_ref(), actor_id=by.id,
        now=MOMENT,
    )  # fmt: skip


def refused_codes(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return [refusal.code for refusal in caught.value.refusals]


def actions(session):
    return list(session.scalars(select(AuditRecord.action).order_by(AuditRecord.id)))


def test_a_draft_is_nobodys_to_read_before_it_is_published(session, world):
    competition, by = world
    notice = build_notice(session, competition, by)
    assert queries.find_public(session, notice.ref) is None
    assert queries.count_board(session, BoardFilter()) == 0
    published = publish(session, notice, by)
    assert queries.find_public(session, notice.ref) is notice
    assert [line.version.id for line in queries.list_board(session, BoardFilter())] == [published.id]
    assert document_queries.find_page_ref(session, competition.id)
    assert actions(session)[-2:] == ["notice:save", "notice:publish"]


def test_a_correction_is_a_new_version_and_the_old_one_stays(session, world):
    competition, by = world
    notice = build_published(session, competition, by)
    first = notice.versions[0]
    values = services.values_of(first)._replace(body="更正后的正文。", correction="更正时间")
    services.save_draft(
        session, notice, "other", None, values, version=notice.version, actor_id=by.id, now=MOMENT
    )
    assert notice.current == 1
    assert notice.kind == "call"
    assert queries.find_public(session, notice.ref).current == 1
    publish(session, notice, by)
    session.expire_all()
    assert notice.current == 2
    assert [(v.number, v.body.splitlines()[0]) for v in notice.versions] == [
        (2, "更正后的正文。"), (1, "各有关单位："),
    ]  # fmt: skip


def test_a_published_version_has_the_fingerprint_of_all_it_says(session, world):
    competition, by = world
    notice = build_published(session, competition, by)
    version = notice.versions[0]
    assert version.sha256 == services.fingerprint(version)
    version.body += "!"
    assert version.sha256 != services.fingerprint(version)


def test_of_two_who_edit_at_once_the_second_is_told(session, world):
    competition, by = world
    notice = build_notice(session, competition, by)
    seen, values = notice.version, services.values_of(notice.versions[0])
    arguments = {"version": seen, "actor_id": by.id, "now": MOMENT}
    services.save_draft(session, notice, "call", None, values._replace(title="甲"), **arguments)
    assert refused_codes(
        services.save_draft, session, notice, "call", None, values._replace(title="乙"), **arguments
    ) == ["VERSION_CONFLICT"]
    assert notice.versions[0].title == "甲"


def test_nobody_publishes_what_somebody_else_has_changed_meanwhile(session, world):
    competition, by = world
    notice = build_notice(session, competition, by)
    seen = notice.version
    upload = from_bytes("a.pdf", PDF)
    services.attach(session, notice, upload, ref=clock.new_ref(), actor_id=by.id, now=MOMENT)
    assert refused_codes(publish, session, notice, by, seen) == ["VERSION_CONFLICT"]


def test_files_come_along_into_a_correction_and_old_versions_keep_theirs(session, world):
    competition, by = world
    notice = build_notice(session, competition, by)
    acts = {"actor_id": by.id, "now": MOMENT}
    services.attach(session, notice, from_bytes("a.pdf", PDF), ref=clock.new_ref(), **acts)
    publish(session, notice, by)
    services.attach(session, notice, from_bytes("b.pdf", OTHER_PDF), ref=clock.new_ref(), **acts)
    draft = notice.versions[0]
    assert [held.file.name for held in draft.files] == ["a.pdf", "b.pdf"]
    services.detach(session, notice, draft.files[0].file.ref, **acts)
    session.expire_all()
    kept = [[held.file.name for held in version.files] for version in notice.versions]
    assert kept == [["b.pdf"], ["a.pdf"]]
    services.detach(session, notice, notice.versions[0].files[0].file.ref, **acts)
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 1


def test_a_file_is_attached_once_and_twenty_at_most(session, world, monkeypatch):
    competition, by = world
    notice = build_notice(session, competition, by)
    acts = {"actor_id": by.id, "now": MOMENT}
    upload = from_bytes("a.pdf", PDF)
    services.attach(session, notice, upload, ref=clock.new_ref(), **acts)
    again = dataclasses.replace(upload, name="b.pdf")
    assert refused_codes(services.attach, session, notice, again, ref="x", **acts) == ["NOTICE_FILE_TWICE"]
    monkeypatch.setattr("competitions.notices.rules.FILES_MAXIMUM", 1)
    other = from_bytes("b.pdf", OTHER_PDF)
    assert refused_codes(services.attach, session, notice, other, ref="x", **acts) == ["NOTICE_FILES"]


def test_a_withdrawn_notice_says_why_and_nothing_else_and_stays_as_it_is(session, world):
    competition, by = world
    notice = build_published(session, competition, by, body="含有差错的秘密正文")
    acts = {"actor_id": by.id, "now": MOMENT}
    services.withdraw(session, notice, reason=" 名单有误 ", **acts)
    assert (notice.state, notice.withdrawn_reason) == ("withdrawn", "名单有误")
    assert queries.count_board(session, BoardFilter()) == 1
    assert queries.count_board(session, BoardFilter(text="秘密")) == 0
    assert refused_codes(services.withdraw, session, notice, reason="x", **acts) == ["NOTICE_WITHDRAWN"]
    values = services.values_of(notice.versions[0])
    assert refused_codes(
        services.save_draft, session, notice, "call", None, values, version=notice.version, **acts
    ) == ["NOTICE_WITHDRAWN"]


@pytest.mark.parametrize(
    ("reason", "code"),
    [("  ", "REASON_MISSING"), ("长" * 301, "REASON_TOO_LONG"), ("张三 13800138000", "NOTICE_PERSONAL")],
)
def test_a_reason_is_given_and_is_fit_for_everybody(session, world, reason, code):
    competition, by = world
    notice = build_published(session, competition, by)
    acts = {"actor_id": by.id, "now": MOMENT}
    assert refused_codes(services.withdraw, session, notice, reason=reason, **acts) == [code]


def test_a_draft_nobody_has_read_is_discarded_with_its_files(session, world):
    competition, by = world
    notice = build_notice(session, competition, by)
    acts = {"actor_id": by.id, "now": MOMENT}
    services.attach(session, notice, from_bytes("a.pdf", PDF), ref=clock.new_ref(), **acts)
    assert services.discard_draft(session, notice, version=notice.version, **acts) is True
    assert session.scalar(select(func.count()).select_from(StoredFile)) == 0
    assert queries.list_notices(session, competition.id) == []


def test_discarding_a_correction_leaves_what_everybody_reads(session, world):
    competition, by = world
    notice = build_published(session, competition, by)
    values = services.values_of(notice.versions[0])._replace(body="别的")
    acts = {"actor_id": by.id, "now": MOMENT}
    services.save_draft(session, notice, "call", None, values, version=notice.version, **acts)
    assert services.discard_draft(session, notice, version=notice.version, **acts) is False
    session.expire_all()
    assert [version.number for version in notice.versions] == [1]
    assert refused_codes(services.discard_draft, session, notice, version=notice.version, **acts) == [
        "NOTICE_NO_DRAFT"
    ]


def test_an_event_of_another_competition_is_refused(session, world):
    competition, by = world
    foreign = build_event(session)
    with pytest.raises(Refused) as caught:
        build_notice(session, competition, by, event_id=foreign.id)
    assert caught.value.refusals[0].code == "NOTICE_EVENT"
    with pytest.raises(Refused) as caught:
        build_document(session, competition, by, event_id=foreign.id)
    assert caught.value.refusals[0].code == "DOCUMENT_EVENT"


def test_the_board_is_narrowed_by_kind_and_words(session, world):
    competition, by = world
    build_published(session, competition, by, title="甲 100%")
    build_published(session, competition, by, kind="other", title="乙_下划线")

    def titles(**wanted):
        return [line.version.title for line in queries.list_board(session, BoardFilter(**wanted))]

    assert titles() == ["乙_下划线", "甲 100%"]
    assert titles(kind="other") == ["乙_下划线"]
    assert titles(text="100%") == ["甲 100%"]
    assert titles(text="%") == ["甲 100%"]
    assert titles(text="_") == ["乙_下划线"]
    assert titles(text="甲 乙") == []


def test_the_approved_entries_stand_masked_with_their_units(session, world):
    competition, _by = world
    event = build_event(session, "ready", competition=competition)
    build_entry(session, event, name="张三丰", review="approved")
    build_entry(session, event, name="李未批", review="submitted")
    assert queries.list_approved(session, event.id)[0][1] == "张三丰"
    assert len(queries.list_approved(session, event.id)) == 1


def test_a_newer_version_of_a_document_replaces_the_older_which_stays(session, world):
    competition, by = world
    document = build_document(session, competition, by)
    acts = {"actor_id": by.id, "now": MOMENT}
    same = from_bytes("again.pdf", PDF)
    assert refused_codes(documents.replace_document, session, document, same, change="", ref="x", **acts) == [
        "DOCUMENT_SAME"
    ]
    newer = from_bytes("b.pdf", OTHER_PDF)
    documents.replace_document(session, document, newer, change="时间", ref=clock.new_ref(), **acts)
    session.expire_all()
    assert [version.number for version in document.versions] == [2, 1]
    documents.withdraw_document(session, document, reason="作废", **acts)
    acts |= {"change": "", "ref": "x"}
    assert refused_codes(documents.replace_document, session, document, newer, **acts) == [
        "DOCUMENT_WITHDRAWN"
    ]
    assert actions(session)[-3:] == ["document:add", "document:replace", "document:withdraw"]


def test_a_file_is_kept_byte_for_byte_and_read_only_when_it_is_asked_for(session, world):
    competition, by = world
    document = build_document(session, competition, by)
    session.commit()
    session.expunge_all()
    found = document_queries.find_file(session, document.ref, 1)
    assert "content" not in found[1].__dict__
    assert content_of(found[1]) == PDF

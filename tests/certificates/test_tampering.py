"""No certificate is issued or printed from a result that is not the one that was frozen."""

import pytest

from core import canonical
from core.audit.models import AuditRecord
from core.refusals import Refused
from reports.certificates import queries, services
from scoring.results.models import ResultRow
from scoring.sheets.queries import list_marked_entries
from tests.client import visible
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_organiser, build_theory_and_practice, take
from tests.tampering import tamper, unguarded

AWARDS = {"tiers": [{"title": "一等奖", "count": 1}, {"title": "二等奖", "count": 1}]}


@pytest.fixture
def event(session):
    """Two winners, 90.00 and 80.00, and a third entrant with 70.00, all final."""
    scores = {"甲": ("90", "90"), "乙": ("80", "80"), "丙": ("70", "70")}
    event = build_theory_and_practice(session, scores, awards=AWARDS)
    take(session, event, "tabulate", "announce", "finalise")
    return event


@pytest.fixture
def organiser(session, event):
    user = build_organiser(session, event)
    session.commit()
    return user


def issue(session, event, organiser):
    return services.issue(session, event, actor_id=organiser.id, now=MOMENT)


def entry_id(session, event, code):
    return next(entry.id for entry, found in list_marked_entries(session, event.id) if found == code)


def verify(app, event):
    done = app.test_cli_runner().invoke(args=["verify", "--event", str(event.id)])
    return done.exit_code, done.output


def test_a_changed_row_issues_nothing_and_names_entry_and_difference(session, event, organiser):
    entry = entry_id(session, event, "A02")
    for column, value, frozen in (
        ("award", "一等奖", "二等奖"), ("total", "99.00", "80.00"), ("rank", 1, 2), ("award_tier", 1, 2),
    ):  # fmt: skip
        row = session.query(ResultRow).filter_by(entry_id=entry).one()
        with unguarded(session):
            setattr(row, column, value)
        with pytest.raises(Refused) as caught:
            issue(session, event, organiser)
        (refusal,) = caught.value.refusals
        assert (refusal.code, refusal.where) == ("RESULT_CHANGED", "A02")
        told = {"number": 1, "column": column, "frozen": frozen, "stored": value}
        assert refusal.params == told
        session.rollback()
    assert queries.count_issued(session, event.id) == 0


def test_a_winner_added_by_other_means_gets_no_certificate(
    app, session, event, organiser, browser
):
    third = entry_id(session, event, "A03")
    tamper(session, "UPDATE result_row SET award = '二等奖', award_tier = 2 WHERE entry_id = :e", e=third)
    page = browser(organiser)
    refused = page.post(f"/events/{event.id}/certificates/", status=409)
    assert "A03" in visible(refused.text)
    assert "成绩被本系统以外的手段改动" in visible(refused.text)
    assert "A03 的奖项，定版为“—”，现存为“二等奖”" in visible(refused.text)
    assert queries.count_issued(session, event.id) == 0
    code, printed = verify(app, event)
    assert code == 1
    assert "RESULT_CHANGED" in printed
    assert "A03" in printed
    page.get(f"/events/{event.id}/certificates/")
    assert "成绩被本系统以外的手段改动" in visible(page.page)


def test_a_row_that_was_taken_away_is_missed(session, event, organiser):
    gone = entry_id(session, event, "A01")
    tamper(session, "DELETE FROM result_row WHERE entry_id = :e", e=gone)
    with pytest.raises(Refused, match="RESULT_CHANGED A01"):
        issue(session, event, organiser)


def test_a_document_that_is_not_the_tabulated_one_issues_nothing(app, session, event, organiser):
    """Even where the hash beside it was changed as well: the record of tabulating keeps it, too."""
    tamper(session, "UPDATE result_version SET document = replace(document, '二等奖', '特等奖')")
    with pytest.raises(Refused, match="RESULT_DOCUMENT_CHANGED"):
        issue(session, event, organiser)
    session.rollback()
    version = queries.find_final_version(session, event.id)
    tamper(session, "UPDATE result_version SET sha256 = :h", h=canonical.digest(version.document))
    tamper(session, "UPDATE result_row SET award = '特等奖' WHERE award = '二等奖'")
    with pytest.raises(Refused, match="RESULT_DOCUMENT_CHANGED"):
        issue(session, event, organiser)
    session.rollback()
    assert verify(app, event)[0] == 1


def test_an_untouched_result_is_issued_and_verified(app, session, event, organiser):
    assert len(issue(session, event, organiser)) == 2
    session.commit()
    assert verify(app, event)[0] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE result_row SET award = '一等奖' WHERE award = '二等奖'",
        "UPDATE certificate SET words = replace(words, '二等奖', '一等奖')",
    ],
)
def test_nothing_is_printed_from_what_was_changed_after_issuing(
    session, event, organiser, browser, statement
):
    made = issue(session, event, organiser)
    tamper(session, statement)
    page = browser(organiser)
    for name in ("all", made[1].id):
        answer = page.get(f"/events/{event.id}/certificates/{name}.pdf", 409)
        assert "一等奖" in visible(answer.text)
    records = session.query(AuditRecord).filter_by(action="certificate:issue").count()
    assert records == 1


def test_a_certificate_that_nobody_issued_is_not_printed(session, event, organiser, browser):
    made = issue(session, event, organiser)
    third = entry_id(session, event, "A03")
    tamper(session, "UPDATE certificate SET entry_id = :e WHERE id = :c", e=third, c=made[0].id)
    browser(organiser).get(f"/events/{event.id}/certificates/all.pdf", 409)

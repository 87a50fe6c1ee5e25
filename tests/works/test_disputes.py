"""Disputes about works: raised and decided on record; nothing is ranked or announced before that."""

import io

import pytest
from sqlalchemy import select

from core.audit.models import AuditRecord
from core.refusals import Refused
from scoring.disputes import queries, services
from scoring.disputes.rules import Said
from scoring.results.queries import find_newest
from scoring.sheets import decisions
from scoring.sheets.decisions import Act
from tests.client import visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_organiser, build_stranger, entry_of, mark, take
from tests.factories.works import build_marked_works
from tests.files.samples import PDF

pytestmark = POSTGRESQL_IN_DEEP
SAID = Said("演示异议人", "13800000000", "该成果系我单位职工完成，见 2024 年立项书。")


@pytest.fixture
def event(session):
    event = build_marked_works(session)
    for code, points in (("A01", "90"), ("A02", "80")):
        mark(session, event, "J1", code, "R", {"A1": points})
    return event


def raised(session, event, work="1", ref="1" * 32, **more):
    by = {"actor_id": build_user(session).id, "now": MOMENT} | more
    return services.raise_dispute(session, event, work, "ownership", SAID, ref=ref, **by)


def decided(session, event, dispute, decision):
    by = {"actor_id": build_user(session).id, "now": MOMENT}
    services.decide(session, event, dispute, decision, "已核对立项书。", **by)


def ranks(session, event):
    found = {row.entry_id: row.rank for row in find_newest(session, event.id).rows}
    return {code: found[entry_of(session, event, code).id] for code in ("A01", "A02")}


def test_a_disputed_work_holds_the_result_back_and_wins_after_its_dismissal(session, event):
    dispute = raised(session, event)
    assert entry_of(session, event, "A01").status == "ineligible"
    with pytest.raises(Refused, match="DISPUTES_OPEN"):
        take(session, event, "tabulate")
    decided(session, event, dispute, "dismissed")
    take(session, event, "tabulate", "announce")
    assert ranks(session, event) == {"A01": 1, "A02": 2}


@pytest.mark.parametrize("decision", ["upheld", "set_aside"])
def test_a_work_that_is_out_has_no_rank(session, event, decision):
    decided(session, event, raised(session, event), decision)
    take(session, event, "tabulate")
    assert ranks(session, event) == {"A01": None, "A02": 1}


def test_of_two_disputes_both_must_end_and_the_stricter_one_holds(session, event):
    first, second = raised(session, event), raised(session, event, ref="2" * 32)
    decided(session, event, first, "upheld")
    assert "第 1 号争议尚未裁定" in entry_of(session, event, "A01").status_reason
    decided(session, event, second, "dismissed")
    entry = entry_of(session, event, "A01")
    assert (entry.status, entry.status_reason) == ("ineligible", "第 1 号争议已裁定")


def test_a_work_that_is_out_for_another_reason_stays_out(session, event):
    entry = entry_of(session, event, "A01")
    decisions.set_status(session, event, entry, "ineligible", Act("veto", None, "重大事故", MOMENT))
    decided(session, event, raised(session, event), "dismissed")
    assert (entry.status, entry.status_reason) == ("ineligible", "重大事故")


def test_it_is_raised_once_in_writing_about_a_work_that_there_is(session, event):
    first = raised(session, event)
    assert raised(session, event, actor_id=first.raised_by_id).id == first.id  # sent again
    for work, said, codes in (
        ("99", SAID, ["DISPUTE_ENTRY"]),
        ("甲成果", Said("", "", "短"), ["DISPUTE_GROUNDS", "DISPUTE_NAME", "DISPUTE_CONTACT"]),
    ):
        with pytest.raises(Refused) as refused:
            services.raise_dispute(
                session, event, work, "ownership", said, ref="3" * 32, actor_id=first.raised_by_id, now=MOMENT
            )
        assert [one.code for one in refused.value.refusals] == codes
    event.state = "announced"
    session.flush()
    with pytest.raises(Refused, match="DISPUTE_STATE"):
        raised(session, event, ref="4" * 32)


def test_whoever_has_raised_it_decides_it_in_a_simple_contest_alone(session, event):
    dispute = raised(session, event)
    event.competition = build_competition(session, profile="standard")
    session.flush()
    by = {"actor_id": dispute.raised_by_id, "now": MOMENT}
    with pytest.raises(Refused, match="DISPUTE_OWN"):
        services.decide(session, event, dispute, "dismissed", "已核对。", **by)


FORM = {
    "work": "甲成果", "kind": "ownership", "grounds": SAID.grounds, "name": SAID.name,
    "contact": SAID.contact, "operation": "5" * 32,
}  # fmt: skip


def test_a_form_that_was_sent_for_another_event_makes_no_second_dispute(session, browser, event):
    other, organiser = build_marked_works(session), build_organiser(session, event)
    raised(session, other, ref=FORM["operation"])
    session.commit()
    page, path = browser(organiser), f"/events/{event.id}/disputes/new"
    page.post(path, FORM, status=422)
    mine = FORM | {"operation": "a" * 32}
    page.post(path, mine)
    page.post(path, mine)  # a double press is the same dispute, and on record
    rival = build_user(session, grants=[("registrar", "unit", entry_of(session, event, "A02").unit_id)])
    session.commit()
    browser(rival).post(path, mine, status=422)  # somebody else's form
    page.post(path, FORM | {"operation": "\x00" * 40})  # no reference at all: a new one is made


def test_two_units_and_the_organiser_each_see_their_part(session, browser, event):
    organiser, path = build_organiser(session, event), f"/events/{event.id}/disputes/"
    rival = build_user(session, grants=[("registrar", "unit", entry_of(session, event, "A02").unit_id)])
    accused = build_user(session, grants=[("registrar", "unit", entry_of(session, event, "A01").unit_id)])
    stranger = build_stranger(session)
    session.commit()
    page = browser(rival)
    page.post(path + "new", FORM | {"kind": "money"}, status=422)
    page.post(path + "new", FORM | {"grounds": ""}, status=422)
    page.post(path + "new", FORM)
    page.get(path + "1")
    assert SAID.grounds in visible(page.page)
    assert SAID.contact not in page.page
    browser(accused).get(path + "1")
    browser(accused).post(path + "1/withdraw", status=403)
    browser(stranger).get(path + "1", status=403)
    page = browser(organiser)
    page.post(path + "1/open", status=200)
    assert SAID.contact in visible(page.page)
    page.post(path + "1/decision", {"decision": "maybe", "reasons": "x"}, status=422)
    page.post(path + "1/decision", {"decision": "dismissed", "reasons": "已核对立项书。"})
    page.post(path + "1/decision", {"decision": "upheld", "reasons": "又改。"}, status=422)
    session.rollback()
    assert queries.find_dispute(session, event.id, 1).decision == "dismissed"


def test_evidence_comes_from_whoever_disputes_and_its_downloads_are_on_record(session, browser, event):
    rival = build_user(session, grants=[("registrar", "unit", entry_of(session, event, "A02").unit_id)])
    accused = build_user(session, grants=[("registrar", "unit", entry_of(session, event, "A01").unit_id)])
    raised(session, event, actor_id=rival.id)
    session.commit()
    path = f"/events/{event.id}/disputes/1"
    page, other = browser(rival), browser(accused)
    page.post(f"{path}/files", {}, status=422)
    for number in range(5):
        page.post(f"{path}/files", {"file": (io.BytesIO(PDF + bytes([number])), f"立项书{number}.pdf")})
    page.post(f"{path}/files", {"file": (io.BytesIO(PDF), "又一份.pdf")}, status=422)
    assert "最多" in visible(page.page)
    other.post(f"{path}/files", {"file": (io.BytesIO(PDF), "x.pdf")}, status=403)
    session.rollback()
    stored = queries.find_dispute(session, event.id, 1).files[0].file
    other.get(path)
    assert "立项书0.pdf" in visible(other.page)
    assert other.post(f"{path}/files/{stored.ref}", status=200).get_data() == PDF + bytes([0])
    other.post(f"{path}/files/{'e' * 32}", status=404)
    browser(build_and_keep(session)).post(f"{path}/files/{stored.ref}", status=403)
    taken = session.scalars(select(AuditRecord).where(AuditRecord.action == "dispute:fetch")).one()
    assert (taken.actor_id, taken.detail["sha256"]) == (accused.id, stored.sha256)
    page.post(f"{path}/withdraw")
    page.post(f"{path}/files", {"file": (io.BytesIO(PDF), "晚了.pdf")}, status=422)


def build_and_keep(session):
    stranger = build_stranger(session)
    session.commit()
    return stranger


def test_whoever_has_raised_it_can_take_it_back(session, browser, event):
    rival = build_user(session, grants=[("registrar", "unit", entry_of(session, event, "A02").unit_id)])
    raised(session, event, actor_id=rival.id)
    session.commit()
    browser(rival).post(f"/events/{event.id}/disputes/1/withdraw")
    session.rollback()
    assert entry_of(session, event, "A01").status == "valid"

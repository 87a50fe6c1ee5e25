"""The papers of a dispute: the ruling for the unit, the correction sheet for the archive."""

from datetime import timedelta

import pytest

from competitions.organisations.models import Unit
from core.files.reading import from_bytes
from scoring.appeals import services
from scoring.rechecks import services as rechecks
from scoring.rechecks.queries import find_progress
from scoring.sheets import corrections
from scoring.sheets.rules import MarkKey
from tests.documents import poppler
from tests.factories.accounts import MOMENT, build_user
from tests.factories.appeals import SAID
from tests.factories.marking import entry_of, take
from tests.factories.organisations import build_unit
from tests.factories.scoring import sheet_of
from tests.factories.trust import build_tabulated

HOUR = timedelta(hours=1)
A1 = MarkKey("A1", 1)


@pytest.fixture
def found(session):
    """An announced result of four; A02's unit has filed an appeal about what the second judge gave."""
    found = build_tabulated(session, "simple")
    found.event.appeal_minutes = 120
    entry = entry_of(session, found.event, "A02")
    found.users["arbitrator"] = build_user(session, grants=[("arbitrator", "event", found.event.id)])
    found.users["registrar"] = build_user(session, grants=[("registrar", "unit", entry.unit_id)])
    other = build_unit(session)
    found.users["stranger"] = build_user(session, grants=[("registrar", "unit", other.id)])
    session.commit()
    take(session, found.event, "announce")
    about, ref = [("marks", "P/A1")], "0123456789abcdef"
    appeal = services.file_appeal(session, found.event, entry, SAID, about, ref=ref, **by(found, "registrar"))
    brought = from_bytes("现场记录.txt", "第二名裁判漏看".encode())
    services.attach(session, found.event, appeal, brought, ref="f" * 32, **by(found, "registrar"))
    session.commit()
    return found


def by(found, role, now=MOMENT):
    return {"actor_id": found.users[role].id, "now": now}


def uphold(session, found):
    """Uphold the appeal about one sheet, and let it be corrected; return the correction."""
    event, sheet = found.event, sheet_of(session, found.event, "J2", "A02", "P")
    appeal = services.queries.find_appeal(session, event.id, 1)
    services.accept(session, event, appeal, **by(found, "arbitrator"))
    why = "查看录像，第二名裁判少计八分"
    later = MOMENT + HOUR
    services.decide(
        session, event, appeal, "upheld", why, ([sheet], []), **by(found, "arbitrator", later)
    )
    wanted = {A1: "58"}, "按裁决更正"
    row = corrections.propose(
        session, event, sheet, sheet.version, *wanted, **by(found, "chief_judge", later)
    )
    session.commit()
    return appeal, row


def words(paper, folder):
    return "".join(poppler.text_of(paper, folder).split())


def test_a_ruling_says_what_was_asked_decided_and_opened_and_is_for_those_who_read_the_appeal(
    session, found, browser, tmp_path
):
    path = f"/events/{found.event.id}/appeals/1/ruling.pdf"
    browser(found.users["registrar"]).get(path, status=404)  # nothing is decided
    appeal, _row = uphold(session, found)
    text = words(browser(found.users["registrar"]).get(path).data, tmp_path)
    unit = session.get_one(Unit, appeal.entry.unit_id).name
    reasons = "查看录像，第二名裁判少计八分"
    told = ("申诉裁决书", unit, "A02", SAID.grounds, "现场记录.txt", reasons, "J2", "本裁决为最终裁决")
    assert [one for one in (*told, appeal.sha256[:16]) if one not in text] == []
    assert SAID.name not in text  # the paper is for the unit
    browser(found.users["stranger"]).get(path, status=403)
    browser(found.users["registrar"]).get(path.replace("/1/", "/2/"), status=404)


def test_a_correction_sheet_names_both_values_both_people_and_the_ledger(session, found, browser, tmp_path):
    _appeal, row = uphold(session, found)
    path = f"/events/{found.event.id}/progress/corrections/{row.id}.pdf"
    chief = browser(found.users["chief_judge"])
    chief.get(path, status=404)  # it does not count yet
    corrections.witness(session, found.event, row, **by(found, "supervisor", MOMENT + HOUR))
    session.commit()
    text = words(chief.get(path).data, tmp_path)
    people = [found.users[role].name for role in ("chief_judge", "supervisor")]
    head = row.operation.hash[:8]
    told = ("更正单", "A02", "J2", "50", "58", "按裁决更正", *people, "第1号申诉", head)
    assert [one for one in told if one not in text] == []
    assert entry_of(session, found.event, "A02").name not in text
    browser(found.users["registrar"]).get(path, status=403)


def test_a_record_of_the_recheck_says_what_was_chosen_and_found_by_whom(session, browser, tmp_path):
    found = build_tabulated(session, "standard")
    path, reader = f"/events/{found.event.id}/recheck/record.pdf", browser(found.users["tabulator"])
    reader.get(path, status=404)  # nothing is drawn
    who = by(found, "tabulator")
    rechecks.draw_sample(session, found.event, seed="种子演示", operation_id="draw-000", **who)
    one, other = [item.row for item in find_progress(session, found.event).chosen][:2]
    for place, (row, agrees, note) in enumerate(((one, True, ""), (other, False, "纸上为 85"))):
        told = {"agrees": agrees, "note": note, "operation_id": f"compare-{place}", **who}
        rechecks.compare(session, found.event, row.ref, row.version, **told)
    session.commit()
    text = words(reader.get(path).data, tmp_path)
    name, judged = found.users["tabulator"].name, f"{other.entry}{other.judge}"
    told = ("复核记录", "种子演示", judged, f"相符·{name}", f"不符·纸上为85·{name}", "尚未复核无误的评分表")
    assert [one for one in told if one not in text] == []
    assert entry_of(session, found.event, other.entry).name not in text
    stranger = build_user(session, grants=[("registrar", "unit", build_unit(session).id)])
    session.commit()
    browser(stranger).get(path, status=403)

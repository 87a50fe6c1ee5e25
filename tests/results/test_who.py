"""Who sees a result, and who sees names in it: judges see neither names nor units before the announcement."""

import io
import zipfile

import pytest

from tests.client import apart, visible
from tests.factories.accounts import build_user
from tests.factories.events import build_competition
from tests.factories.marking import build_organiser, build_stranger, build_theory_and_practice, take
from tests.factories.scoring import build_judge

CANARY, UNIT = "金丝雀", "演示金丝雀厂"
PAGES = (
    "results", "results?open=A01", "results/entries/A01", "results/working/A01", "progress", "progress/board",
    "progress/entries/A01", "progress/judges/J1",
)  # fmt: skip


def build(session, profile="simple"):
    competition = build_competition(session, profile=profile)
    event = build_theory_and_practice(
        session, {CANARY: ("90", "90"), "乙": ("80", "80")}, event={"competition": competition}
    )
    from scoring.sheets.queries import list_marked_entries

    for entry, _code in list_marked_entries(session, event.id):
        entry.unit.name = f"{UNIT}{entry.id}"
    session.commit()
    return event


def everything(opened, event, status=200):
    number = event.id
    pages = [apart(lambda path=path: opened.client.get(f"/events/{number}/{path}")) for path in PAGES]
    assert {page.status_code for page in pages} == {status}
    return "".join(page.text for page in pages)


def test_a_judge_opens_no_result_and_no_progress(session, browser):
    event = build(session)
    judge = build_judge(session, event, 9, user=build_user(session, grants=[("judge", "event", event.id)]))
    session.commit()
    text = everything(browser(judge.user), event, 403)
    assert CANARY not in text
    browser(judge.user).post(f"/events/{event.id}/results/package.zip", {}, 403)


def test_an_organiser_of_another_union_opens_nothing(session, browser):
    event = build(session)
    stranger = build_stranger(session)
    session.commit()
    assert CANARY not in everything(browser(stranger), event, 403)


def test_nobody_signed_in_is_sent_to_sign_in(session, browser):
    event = build(session)
    browser().get(f"/events/{event.id}/results", 302)


@pytest.mark.parametrize("role", ["chief_judge", "supervisor", "tabulator"])
def test_before_the_announcement_only_codes_are_shown(session, browser, role):
    event = build(session)
    user = build_user(session, grants=[(role, "event", event.id)])
    session.commit()
    text = everything(browser(user), event)
    assert CANARY not in text
    assert UNIT not in text
    assert "A01" in text


def test_the_organiser_sees_names_in_the_simple_profile_alone(session, browser):
    simple, standard = build(session), build(session, "standard")
    organisers = [build_organiser(session, event) for event in (simple, standard)]
    session.commit()
    assert CANARY in everything(browser(organisers[0]), simple)
    assert CANARY not in everything(browser(organisers[1]), standard)


def test_an_organiser_who_also_marks_sees_codes_alone(session, browser):
    event = build(session)
    union = event.competition.union_id
    both = build_user(session, grants=[("organiser", "union", union), ("judge", "event", event.id)])
    session.commit()
    text = everything(browser(both), event)
    assert CANARY not in text
    assert UNIT not in text


def test_after_the_announcement_the_result_has_names_for_all_who_see_it(session, browser):
    event = build(session)
    watcher = build_user(session, grants=[("supervisor", "event", event.id)])
    take(session, event, "tabulate", "announce")
    opened = browser(watcher)
    opened.get(f"/events/{event.id}/results")
    assert CANARY in visible(opened.page)
    assert UNIT in visible(opened.page)


def package_text(opened, event):
    response = opened.post(f"/events/{event.id}/results/package.zip", {}, 200)
    with zipfile.ZipFile(io.BytesIO(response.data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_a_package_is_blind_until_the_result_is_announced(session, browser):
    event = build(session)
    organiser = build_organiser(session, event)
    session.commit()
    assert CANARY not in package_text(browser(organiser), event)
    take(session, event, "tabulate", "announce")
    text = package_text(browser(organiser), event)
    assert CANARY in text
    assert UNIT in text


@pytest.mark.parametrize("role", ["chief_judge", "tabulator"])
def test_who_tabulates_finds_the_button_and_takes_no_other_step(session, browser, role):
    event = build(session)
    opened = browser(build_committed(session, role, event))
    for page in ("", "progress", "results"):
        opened.get(f"/events/{event.id}/{page}")
        assert f'action="/events/{event.id}/steps/tabulate"' in opened.page
    opened.post(f"/events/{event.id}/steps/tabulate")
    for page in ("", "progress", "results"):
        opened.get(f"/events/{event.id}/{page}")
        assert "/steps/" not in opened.page
    for step in ("announce", "reopen_scoring"):
        opened.post(f"/events/{event.id}/steps/{step}", {"reason": "x"}, 403)


@pytest.mark.parametrize("role", ["supervisor", "arbitrator", "draw_officer", "registrar", "analyst"])
def test_nobody_else_tabulates(session, browser, role):
    event = build(session)
    opened = browser(build_committed(session, role, event))
    opened.get(f"/events/{event.id}/")
    assert "/steps/" not in opened.page
    opened.post(f"/events/{event.id}/steps/tabulate", status=403)


def build_committed(session, role, event):
    user = build_user(session, grants=[(role, "event", event.id)])
    session.commit()
    return user

"""Every page of the path, in both languages, for those who may open it: what `gates` demands of each."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import String, cast, func, update

import wsgi
from competitions.declared.models import DeclaredContest
from competitions.documents.models import CompetitionDocument
from competitions.eligibility.rules import SKILL_LEVELS
from competitions.entries.models import Entry, Person
from competitions.events.models import Competition, Event
from competitions.notices.models import NoticeVersion
from competitions.organisations.models import Union, Unit
from competitions.returns.models import ReturnPeriod
from core.database import db
from demonstration.appealing import SAID
from reports.published.models import PublishedReport
from tests import axe, databases
from tests.browser import gates
from tests.browser.answers import ANSWERS, TYPED
from tests.browser.conftest import cookie_of, serve
from tests.browser.world import World, build_world, entered

pytestmark = pytest.mark.browser

# Who opens which pages, each followed by the events with which the page has something else to show.
PAGES = {
    "stranger": """
        accounts.sign_in
        accounts.open_link
        cards.open_card
        notices.show_board
        notices.read
        publication.show
        notices.read_version
        notices.show_competition
        objections.new_objection
        objections.show_receipt
        verification.explain
        verification.show final
        liveboard.show_board
    """,
    "admin": """
        accounts.list_users
        accounts.new_user
        accounts.show_user
        accounts.new_grant
        accounts.list_audit
        accounts.show_profile
        accounts.edit_password
        catalogue.list_entries
        catalogue.new_entry
        catalogue.edit_entry
    """,
    "organiser": """
        events.list_competitions
        events.show_competition
        events.new_competition
        events.edit_competition
        events.new_event
        events.edit_event draft
        events.show_event draft registration scoring tied final two_people
        events.ask_step registration
        schemes.show_scheme draft scoring
        schemes.start draft
        schemes.upload draft
        schemes.edit registration
        schemes.ask_periods registration
        schemes.preview registration
        schemes.show_version final
        eligibility.show_rules registration scoring
        eligibility.edit_rules registration
        entries.list_waiting
        entries.list_entries draft registration scoring teams
        entries.import_file registration
        entries.new_entry registration
        entries.show_entry registration teams works
        entries.edit_entry registration teams works
        entries.ask_substitute teams works
        entries.show_check_in draft scoring
        qualifying.show draft registration final
        works.list_works works judged
        works.edit_particulars works
        works.ask_implementation judged
        disputes.list_disputes works judged
        disputes.new_dispute works
        disputes.show_dispute judged
        judges.list_judges draft registration scoring
        judges.new_judge registration
        judges.edit_judge registration
        judges.show_aspects registration
        judges.show_suggestion registration
        judges.list_register registration scoring
        judge_cards.list_cards registration scoring
        draw.show_draw registration scoring
        draw.edit_settings registration
        schedule.show_schedule draft registration scoring final
        schedule.new_sitting registration
        schedule.new_plan registration
        schedule.edit_sitting scoring final
        papers.list_papers draft registration scoring final
        sheets.show_progress scoring
        desk.show_desk scoring final
        desk.show_list
        desk.key_sheet
        desk.compare_sheet
        desk.ask_discard
        desk.show_backup
        desk.ask_withdraw
        results.show_results scoring tied final
        evidence.show_evidence scoring final
        results.ask_what_if scoring final
        results.show_entry final
        results.show_version final
        ceremonies.list_ceremonies scoring final
        liveboard.show_lead scoring
        ceremonies.show_screen final
        appeals.list_appeals appealed
        appeals.show_appeal appealed
        promotions.show_proposals scoring tied final
        promotions.edit_rules scoring final
        promotions.list_approvals scoring final
        starting.choose
        starting.ask
        assessments.list_periods labour cup
        assessments.show_period labour cup
        assessments.edit_targets labour
        assessments.show_check labour cup
        titles.show_titles cup
        standings.choose_method final
        standings.edit_standing final
        standings.show_standing final
        honours.list_honours
        honours.new_honour
        honours.show_honour
        honours.new_list
        honours.list_candidates scoring final
        honours.list_recommended final
        certificates.list_certificates scoring final
        certificates.show final
        designs.show_choice final
        designs.list_templates
        designs.edit_template
        runs.list_runs final
        documents.list_documents
        documents.new_document
        documents.show_document
        documents.ask_withdraw
        notices.list_notices
        notices.new_notice
        notices.show_notice
        notices.edit_notice
        notices.ask_withdraw
        objections.list_objections
        objections.show_objection
        organisations.list_unions
        organisations.list_units
        organisations.new_union
        organisations.edit_union
        organisations.new_unit
        organisations.edit_unit
        organisations.new_units
        organisations.show_union
        organisations.show_unit
        unit_lists.new_list
        twins.list_twins
        twins.compare_units
        organisations.new_union_contact
        organisations.new_unit_contact
        organisations.edit_contact
        people.list_people
        people.list_twins
        people.show_person
        people.edit_person
        people.compare_people
        register.list_judges
        register.new_judge
        register.show_judge
        register.edit_judge
        register.new_qualification
        register.edit_qualification
        statistics.show
        statistics.list_contests
        result_lists.list_lists
        work_figures.show
        declared.list_contests
        declared.new_contest
        declared.show_contest
        declared.edit_contest
        declared_years.show
        indicators.show_dictionary
        returns.list_periods
        returns.new_period
        returns.show_period
        returns.edit_period
        returns.show_return
        returns.edit_return
        returns.show_step
        published.list_reports
        published.show_report
        tokens.list_tokens
    """,
    "chief": """
        sheets.show_progress
        sheets.show_entry
        sheets.show_judge
        sheets.show_lock
        sheets.show_sheet
        sheets.show_looks
        sheets.ask_look_end
        sheets.ask_reopen
        sheets.ask_penalty
        sheets.ask_decision
        quarantine.show_held
        sheets.show_round
        sheets.show_screen
        sheets.ask_device
        results.show_results
    """,
    "judge": """
        own_judging.list_own
        tablet.list_tasks
        tablet.show_stage
        judged_works.show_work judged
        sheets.show_confirm
    """,
    "analyst": """
        statistics.show
        statistics.list_contests
        result_lists.list_lists
        events.list_competitions
    """,
    "supervisor": """
        rechecks.show_recheck two_people scoring
        sheets.show_corrections two_people
        draw.show_draw two_people
    """,
    "tabulator": """
        rechecks.show_recheck two_people
    """,
    "arbitrator": """
        appeals.list_appeals appealed
        appeals.show_appeal appealed
    """,
    "draw_officer": """
        draw.show_draw
        papers.list_papers
    """,
    "registrar": """
        entries.list_open
        organisations.show_unit
        entries.list_entries registration
        appeals.list_appeals appealed
        appeals.new_appeal appealed
        appeals.show_appeal appealed
        eligibility.show_rules registration
        assessments.list_periods labour
        assessments.show_report labour
    """,
    "nobody": """
        events.start
        statistics.show
    """,
}
ROLES = (
    "admin", "organiser", "chief", "judge", "draw_officer", "tabulator", "supervisor", "arbitrator",
    "registrar", "analyst", "nobody",
)  # fmt: skip
# Downloads, and parts that a script puts into a page.
NO_PAGES = {
    "evidence.download_checkpoints", "evidence.download_newest", "evidence.download_program",
    "unit_lists.download_errors", "unit_lists.download_template",
    "documents.download", "notices.download", "notices.download_draft_file",
    "announcements.download_pdf", "announcements.download_workbook",
    "publication.download_document", "publication.download_package", "publication.download_paper",
    "publication.download_program", "publication.download_statement",
    "static", "certificates.open_all", "certificates.open_one", "certificates.open_proof",
    "designs.open_sample", "designs.open_own_sample", "designs.open_alignment", "designs.open_picture",
    "runs.ask_state", "runs.download_part", "entries.download_template",
    "entries.download_errors", "entries.export_list", "entries.show_progress",
    "work_figures.download",
    "declared_years.download", "declared_years.download_contests", "declared_years.download_rows",
    "packages.download_recount", "promotion_sheets.download_workbook",
    "standing_sheets.download_workbook", "standings.download_package",
    "papers.download_draw_record", "papers.download_field", "papers.download_mark_sheets",
    "honours.download_register", "honours.download_template", "honour_lists.download_list",
    "papers.download_ceremony", "papers.download_place_cards",
    "papers.download_timetable", "timetables.download",
    "promotions.download_data", "results.show_working", "schemes.download", "schemes.download_template",
    "schemes.export_marking_scheme", "sheets.show_board", "desk.download_template", "desk.find_sheet",
    "rulings.download_correction", "rulings.download_ruling", "rulings.download_recheck",
    "returns.lead_to_form", "returns.download_form", "return_sheets.download", "published.download",
    "published.download_rows",
    "liveboard.show_rows",
    "statistics.download_csv", "statistics.download_json", "statistics.download_pdf",
    "statistics.download_workbook", "result_lists.ask_state", "result_lists.download_part",
    "api.show_start", "api.list_indicators", "api.list_statistics",
    "api.list_declared", "api.list_returns", "api.list_published",
    "verification.keys", "verification.revoked", "verification.script",
    # The judge's app: its own states are looked at in test_marking_pages; earlier addresses lead into it.
    "contact.open_door", "tablet.get_bundle", "tablet.list_entries", "tablet.show_review",
    "tablet.show_sheet", "tablet.show_worker",
}  # fmt: skip
ANSWERED = {"entries.choose_columns", "entries.preview_import", "unit_lists.show_list"}  # looked at below
REFUSED = {("nobody", "statistics.show")}  # the page of an error is a page, too


@dataclass
class House:
    """A served application with its world, and what its words are."""

    app: Flask
    address: str
    world: World
    tongues: dict[str, gates.Tongue]

    def address_of(self, endpoint: str, event: str = "scoring") -> str:
        """Return the address of a page."""
        return self.world.address(self.app, endpoint, event)


@pytest.fixture(scope="module")
def house(database_template, tmp_path_factory) -> Iterator[House]:
    with built(database_template, tmp_path_factory) as own:
        yield own


@contextmanager
def built(database_template, tmp_path_factory) -> Iterator[House]:
    """Build a house and serve it."""
    folder = tmp_path_factory.mktemp("house")
    with database_template("sqlite").database(folder) as url:
        app = wsgi.create_app(databases.settings_for(url, folder))
        with app.app_context():
            db.session().expire_on_commit = False
            world = build_world(db.session)
            tongues = gates.tongues([*entered(db.session), *TYPED, *SKILL_LEVELS, *SAID])
        with serve(app) as address:
            yield House(app, address, world, tongues)
        with app.app_context():
            for engine in db.engines.values():
                engine.dispose()


@pytest.fixture
def open_window(house: House, chromium: Browser):
    """Return a maker of windows in which somebody is signed in; what the console says is collected."""
    with windows_into(house, chromium) as make:
        yield make


@contextmanager
def windows_into(house: House, chromium: Browser):
    """Yield a maker of windows into a house; all are closed in the end."""
    windows = []

    def make(who: str, locale: str, *, with_axe: bool = True) -> tuple[Page, list[str]]:
        # At rest: what is still fading in has no contrast yet.
        window = chromium.new_context(base_url=house.address, reduced_motion="reduce")
        windows.append(window)
        if with_axe:
            axe.bring(window)
        cookie = cookie_of(house.app, house.world.users.get(who), locale)
        window.add_cookies([{**cookie, "url": house.address}])
        page, complaints = window.new_page(), []
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return page, complaints

    yield make
    for window in windows:
        window.close()


def listed(who: str) -> list[tuple[str, str]]:
    """Return the pages of somebody as endpoint and event."""
    lines = (line.split() for line in PAGES[who].splitlines())
    return [(line[0], event) for line in lines if line for event in line[1:] or ["scoring"]]


def look(house: House, page: Page, locale: str, *, axe: bool = True) -> list[str]:
    """Return what is wrong with the page that is open."""
    return gates.faults(page, locale, house.tongues[locale], axe=axe)


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("who", PAGES)
def test_everybody_can_use_the_pages(house, open_window, who, locale):
    # What axe-core looks for hangs on the language only where a word is missing, which `make deep` looks for.
    with_axe = locale == "zh"
    page, complaints = open_window(who, locale, with_axe=with_axe)
    found = []
    for endpoint, event in listed(who):
        path = house.address_of(endpoint, event)
        answer = page.goto(path)
        found += [f"{endpoint} {path}: {fault}" for fault in look(house, page, locale, axe=with_axe)]
        if answer.status != 200 and (who, endpoint) not in REFUSED:
            found.append(f"{endpoint} {path}: status {answer.status}")
    assert not found, "\n".join(found)
    assert unexpected(complaints) == []


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize(("who", "go", "arrived"), ANSWERS, ids=[go.__name__ for _who, go, _part in ANSWERS])
def test_everybody_can_use_what_answers_a_form(house, open_window, who, go, arrived, locale):
    with_axe = locale == "zh"
    page, complaints = open_window(who, locale, with_axe=with_axe)
    go(page, house.address_of, locale)
    expect(page.locator(arrived).first).to_be_visible()
    found = look(house, page, locale, axe=with_axe)
    assert not found, "\n".join(found)
    assert unexpected(complaints) == []


def unexpected(complaints: list[str]) -> list[str]:
    """Leave out that a page was refused or a form was wrong, which is what some pages are about."""
    return [line for line in complaints if "status of 4" not in line]


def test_no_page_is_forgotten(house):
    looked_at = {endpoint for who in PAGES for endpoint, _event in listed(who)}
    reading = {rule.endpoint for rule in house.app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert reading - looked_at - NO_PAGES - ANSWERED == set()


def test_a_button_that_asks_first_waits_for_its_question_however_slow_the_line(house, open_window):
    page, _complaints = open_window("organiser", "zh")
    held = []
    page.route("**/js/page.js", lambda route: held.append(route))
    path = house.address_of("entries.list_entries", "registration")
    page.goto(path, wait_until="commit")
    page.locator("button[data-confirm]").first.click(no_wait_after=True)
    held[0].continue_()
    expect(page.locator("#confirm-question")).to_be_visible()
    assert page.url.endswith(path)


@pytest.mark.deep
@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("who", ROLES)
def test_whoever_may_open_a_page_can_use_it(house, open_window, who, locale):
    page, complaints = open_window(who, locale)
    found = []
    for endpoint, event in sorted({line for other in PAGES for line in listed(other)}):
        path = house.address_of(endpoint, event)
        answer = page.goto(path)
        if answer.status == 200:
            found += [f"{endpoint} {path}: {fault}" for fault in look(house, page, locale)]
    assert not found, "\n".join(found)
    assert unexpected(complaints) == []


NAMES = (
    (Union, "name"), (Unit, "name"), (Competition, "name"), (Event, "name"), (Entry, "name"),
    (Person, "name"), (ReturnPeriod, "title"), (PublishedReport, "title"), (DeclaredContest, "name"),
    (NoticeVersion, "title"), (CompetitionDocument, "title"),
)  # fmt: skip


@pytest.mark.deep
@pytest.mark.parametrize("who", PAGES)
def test_no_name_widens_a_page(database_template, tmp_path_factory, chromium, who):
    """Names of a hundred letters without a gap, as an address or a code that was typed in by mistake."""
    with built(database_template, tmp_path_factory) as own, windows_into(own, chromium) as make:
        with own.app.app_context():
            for model, name in NAMES:
                long = func.substr(getattr(model, name), 1, 1) + "W" * 100 + cast(model.id, String)
                db.session.execute(update(model).values({name: long}))
            db.session.commit()
        page, _complaints = make(who, "zh", with_axe=False)
        found = []
        for endpoint, event in listed(who):
            page.goto(own.address_of(endpoint, event))
            found += [f"{endpoint}: {fault}" for fault in gates.too_wide(page)]
        assert not found, "\n".join(found)


WRONG = """<!doctype html><html lang="en"><title>Wrong</title><main><h1>Results 成绩单</h1>
<p>焊工 stands in the database.</p><img src="data:,"><a href="/" role="button">x</a>
<div class="scroll"><div class="long">within itself</div></div><p class="long">too wide</p></main>"""


def test_the_gates_see_what_is_wrong(chromium):
    window = chromium.new_context()
    axe.bring(window)
    page = window.new_page()
    page.set_content(WRONG)
    page.add_style_tag(content=".long { width: 1100px } .scroll { overflow-x: auto }")
    tongue = gates.Tongue(["焊工"], ["Results stands in the database"])
    assert gates.in_one_language(page.content(), "en", tongue) == ["成绩单 in 'Results 成绩单'"]
    assert "lang is 'en'" in gates.in_one_language(page.content(), "zh", tongue)
    assert [fault.split(" ")[0] for fault in gates.too_wide(page)] == ["320", "1024"]
    assert len(gates.small_controls(page)) == 1
    assert [fault for fault in axe.violations(page) if "image-alt" in fault]
    window.close()

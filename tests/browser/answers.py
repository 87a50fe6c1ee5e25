"""Ways to the pages that answer a form: what was wrong with it, a preview, a link that is shown once."""

from collections.abc import Callable, Iterable, Sequence

from playwright.sync_api import FilePayload, Page

from competitions.lists.workbook import TYPE
from tests.entries.tables import workbook

Address = Callable[..., str]
JUDGE, PERSON, HEADINGS, TITLE = "演示裁判周", "演示组织者吴", ("姓名", "单位"), "名单"
ROWS = (("李䶮", "演示新单位"),)
TYPED = (JUDGE, PERSON, TITLE, *HEADINGS, *ROWS[0], "zhou-zh zhou-en wu-zh wu-en easy-zh easy-en")


def send(page: Page) -> None:
    """Press the main button of the page's form."""
    page.locator("main form button[type=submit]").first.click()


def a_wrong_password(page: Page, address: Address, locale: str) -> None:
    page.goto(address("accounts.sign_in"))
    page.locator("#login").fill(f"nobody.at.all.{locale}")
    page.locator("#password").fill("four quiet lamps burning")
    send(page)


def an_empty_competition(page: Page, address: Address, locale: str) -> None:
    page.goto(address("events.new_competition"))
    send(page)


def a_link_for_a_judge(page: Page, address: Address, locale: str) -> None:
    page.goto(address("judges.new_judge", "registration"))
    page.locator("#new-name").fill(JUDGE)
    page.locator("#new-login").fill(f"zhou-{locale}")
    page.locator("form:has(#new-login) button[type=submit]").click()


def a_link_for_somebody(page: Page, address: Address, locale: str) -> None:
    invite(page, address, f"wu-{locale}")


def an_easy_password(page: Page, address: Address, locale: str) -> None:
    invite(page, address, f"easy-{locale}")
    page.goto(page.locator("#address").input_value())
    page.locator("#password").fill("password")
    page.locator("#repeat").fill("password")
    send(page)


def invite(page: Page, address: Address, login: str) -> None:
    """Make an account for somebody."""
    page.goto(address("accounts.new_user"))
    page.locator("#name").fill(PERSON)
    page.locator("#login").fill(login)
    send(page)


def a_list_to_confirm(page: Page, address: Address, locale: str) -> None:
    upload(page, address("entries.import_file", "registration"), ROWS)


def a_list_with_faults(page: Page, address: Address, locale: str) -> None:
    upload(page, address("entries.import_file", "registration"), [("", ROWS[0][1]), (ROWS[0][0], "")])


def a_list_with_odd_headings(page: Page, address: Address, locale: str) -> None:
    upload(page, address("entries.import_file", "registration"), ROWS, (HEADINGS[0], TITLE))


def upload(
    page: Page, path: str, rows: Iterable[Sequence[str]], headings: Sequence[str] = HEADINGS
) -> None:
    """Upload a list of people and their units."""
    book = workbook(rows, headings, TITLE)
    page.goto(path)
    page.locator("#file").set_input_files(FilePayload(name="名单.xlsx", mimeType=TYPE, buffer=book))
    send(page)


def a_list_of_units(page: Page, address: Address, locale: str) -> None:
    upload(page, address("unit_lists.new_list"), [(ROWS[0][1],)], HEADINGS[1:])


def a_list_of_units_with_faults(page: Page, address: Address, locale: str) -> None:
    upload(page, address("unit_lists.new_list"), [(ROWS[0][1],), (ROWS[0][1],)], HEADINGS[1:])


def a_scheme_with_mistakes(page: Page, address: Address, locale: str) -> None:
    content = b'{"format": "scheme/1", "title": "", "stages": []}'
    page.goto(address("schemes.upload", "draft"))
    page.locator("#file").set_input_files(
        FilePayload(name="scheme.json", mimeType="application/json", buffer=content)
    )
    send(page)


def the_map_of_codes(page: Page, address: Address, locale: str) -> None:
    page.goto(address("draw.show_draw"))
    page.locator("form[action$='/map'] button[data-confirm]").first.click()
    page.locator("#confirm button[value=yes]").click()


# Each with who goes there and a part of the page that shows that one has arrived.
ANSWERS = (
    ("stranger", a_wrong_password, ".errors"),
    ("organiser", an_empty_competition, ".errors"),
    ("organiser", a_link_for_a_judge, "#address"),
    ("admin", a_link_for_somebody, "#address"),
    ("admin", an_easy_password, "#password-error"),
    ("organiser", a_list_to_confirm, "#units"),
    ("organiser", a_list_with_faults, "[href$='errors.xlsx']"),
    ("organiser", a_list_with_odd_headings, "#columns-1"),
    ("organiser", a_list_of_units, "form[action*='/import/']"),
    ("organiser", a_list_of_units_with_faults, "[href*='errors.xlsx']"),
    ("organiser", a_scheme_with_mistakes, ".notice--bad, .errors"),
    ("draw_officer", the_map_of_codes, ".sheet__title"),
)

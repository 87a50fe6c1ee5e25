"""What anybody does on any page: sign in, answer yes, download, open a tab, read a printed paper."""

import subprocess
from pathlib import Path

from playwright.sync_api import Page, expect


def sign_in(page: Page, login: str, password: str) -> None:
    """Sign in by hand."""
    page.goto("/")
    page.get_by_label("登录名").fill(login)
    page.get_by_label("密码", exact=True).fill(password)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("button", name="退出登录")).to_be_visible()


def confirm(page: Page) -> None:
    """Answer yes where a page asks before something that cannot be undone."""
    page.locator("#confirm button[value=yes]").click()


def downloaded(page: Page, link: str, folder: Path) -> Path:
    """Return the file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link).click()
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def open_tab(page: Page, name: str) -> None:
    """Open one of the pages of an event."""
    page.get_by_role("navigation", name="赛项页面").get_by_role("link", name=name).click()


def take_step(page: Page, name: str) -> None:
    """Take an event one step on."""
    open_tab(page, "概况")
    page.get_by_role("button", name=name, exact=True).click()
    confirm(page)
    expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()


def pdf_text(page: Page, link: str, folder: Path) -> str:
    """Return the text of the PDF behind a link, without the spaces that setting it has made."""
    target = page.get_by_role("link", name=link).get_attribute("href")
    answer = page.request.get(target or "")
    assert answer.headers["content-type"] == "application/pdf"
    return text_of(answer.body(), folder)


def text_of(paper: bytes, folder: Path) -> str:
    """Return the text of a PDF, without the spaces that setting it has made."""
    file = folder / "paper.pdf"
    file.write_bytes(paper)
    told = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True)
    return "".join(told.stdout.split())

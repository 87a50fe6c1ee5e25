"""Both languages are complete: the check is run as a test, and is known to bite."""

import pytest

from core import i18n


def test_every_message_has_its_chinese_and_every_chinese_is_asked_for():
    assert i18n.problems() == []


def test_a_message_without_chinese_is_found(monkeypatch, tmp_path):
    (tmp_path / "one.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Save"\nmsgstr ""\n', encoding="utf-8")
    (tmp_path / "two.po").write_text('msgid ""\nmsgstr ""\n\nmsgid "Save"\nmsgstr "保存"\n', encoding="utf-8")
    monkeypatch.setattr(i18n, "FOLDER", tmp_path)
    monkeypatch.setattr(i18n, "wanted_messages", lambda: {"Save": {"a.html"}, "Send": {"b.html"}})
    assert i18n.problems() == [
        "one.po: no Chinese for 'Save'",
        "two.po: 'Save' is said differently in one.po",
        "b.html: no Chinese for 'Send'",
    ]


@pytest.mark.parametrize(("locale", "words"), [("zh", "请核对网址"), ("en", "Check the address")])
def test_a_page_speaks_the_chosen_language(browser, locale, words):
    stranger = browser(locale=locale)
    stranger.get("/there-is-no-such-page", status=404)
    assert words in stranger.page


def test_the_language_stays_until_it_is_changed(browser):
    stranger = browser()
    stranger.post("/language/", {"locale": "en", "next": "/accounts/sign-in"})
    stranger.get("/accounts/sign-in")
    assert '<html lang="en"' in stranger.page
    stranger.post("/language/", {"locale": "xx", "next": "/accounts/sign-in"})
    stranger.get("/accounts/sign-in")
    assert '<html lang="en"' in stranger.page

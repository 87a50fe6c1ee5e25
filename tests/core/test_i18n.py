"""Both languages are complete: the check is run as a test, and is known to bite."""

import pytest
from flask import render_template_string
from flask_babel import gettext

from core import i18n
from core.texts import nested


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


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("未获“全国“安康杯”竞赛优胜单位”", "未获“全国‘安康杯’竞赛优胜单位”"),
        ("“甲”和“乙”", "“甲”和“乙”"),
        ("“安康杯”", "“安康杯”"),
        ("“甲“乙“丙”丁”戊”", "“甲‘乙‘丙’丁’戊”"),
        ("甲”乙“丙", "甲”乙“丙"),
    ],
)
def test_quotation_marks_within_quotation_marks_are_single(text, read):
    assert nested(text) == read


def test_a_name_with_quotation_marks_stands_in_a_message_and_in_a_page(app):
    name = "2026年“安康杯”竞赛"
    with app.test_request_context("/"):
        told = gettext("“%(name)s” is declared.", name=name)
        page = render_template_string('{{ _("“%(name)s” is declared.", name=name) }}', name=name + "<")
    assert "“2026年‘安康杯’竞赛”" in told
    assert "“2026年‘安康杯’竞赛&lt;”" in page

"""The renderers speak the language of the request and know none themselves."""

import dataclasses
import io
import re
from pathlib import Path

import pytest
from flask import Flask, session
from openpyxl import load_workbook

from core import i18n
from reports.documents import pdf, xlsx
from reports.documents.words import document_words, seal
from tests.documents import poppler
from tests.documents.samples import report

PACKAGE = Path(pdf.__file__).parent


@pytest.fixture
def small_app():
    app = Flask("words")
    app.secret_key = "words"
    i18n.init_app(app)
    return app


def words_in(app, locale):
    with app.test_request_context():
        session["locale"] = locale
        return document_words()


def test_a_document_gets_the_words_of_the_request(small_app, tmp_path):
    chinese, english = words_in(small_app, "zh"), words_in(small_app, "en")
    assert (chinese.page, english.page) == ("第 %(page)s 页，共 %(pages)s 页", "Page %(page)s of %(pages)s")
    assert chinese.scales[0] == (10_000, "万")
    text = poppler.text_of(pdf.render(dataclasses.replace(report(), words=chinese)), tmp_path)
    assert "第 1 页，共 2 页" in text
    book = load_workbook(io.BytesIO(xlsx.render(dataclasses.replace(report(), words=english))))
    assert book.sheetnames[0] == "Key figures"


def test_the_seal_is_the_same_on_paper_and_in_the_workbook(small_app):
    with small_app.test_request_context():
        first, second = seal(report()), seal(dataclasses.replace(report(), issued="later", landscape=True))
    assert first == second
    assert re.fullmatch(r"内容指纹 [0-9a-f]{16}", first)


def test_no_renderer_holds_chinese_words_of_its_own():
    allowed = {"words.py", "wrapping.py", "sheet_text.py"}
    for path in sorted(PACKAGE.glob("*.py")):
        code = re.sub(r'""".*?"""|#[^\n]*', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        found = set(re.findall("[\u4e00-\u9fff]", code))
        assert path.name in allowed or not found, (path.name, found)

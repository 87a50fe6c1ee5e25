"""What these tests share: what pages say, in both languages, and that nothing was half-saved."""

import html
import re
from collections.abc import Callable

import pytest
from flask_babel import force_locale
from sqlalchemy import func, select

from core.database import metadata
from core.refusals import Refusal, words
from tests.client import apart, visible

# What a refused act may leave behind: its trace, and who was signed in meanwhile.
TRACES = ("audit_record", "audit_head", "user_session")


def text_of(page) -> str:
    """Return what can be read on a page."""
    return re.sub(r"\s+", " ", html.unescape(visible(page.page)))


@pytest.fixture
def sentence(app) -> Callable[..., str]:
    """Return a maker of the sentence of a refusal; it must be one in each language."""

    def make(refusal: str, /, **params: object) -> str:
        def read(locale: str) -> str:
            with app.test_request_context("/"), force_locale(locale):
                return str(words(Refusal(refusal, "", params)))

        found = {locale: apart(read, locale) for locale in ("zh", "en")}
        for locale, text in found.items():
            assert refusal not in text, "a code is no sentence"
            for value in params.values():
                text = text.replace(str(value), "")
            assert (re.search("[\u4e00-\u9fff]", text) is not None) == (locale == "zh"), found
        return re.sub(r"\s+", " ", found["zh"])

    return make


@pytest.fixture
def stored(session) -> Callable[[], dict[str, int]]:
    """Return a counter of all that is kept, but for the traces that a refused act leaves."""

    def count() -> dict[str, int]:
        session.rollback()
        tables = [table for table in metadata.sorted_tables if table.name not in TRACES]
        found = {t.name: session.scalar(select(func.count()).select_from(t)) for t in tables}
        session.rollback()
        return found

    return count

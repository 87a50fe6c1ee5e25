"""One event whose papers are printed, with somebody in each role."""

import io
from types import SimpleNamespace

import pytest
from openpyxl import load_workbook

from tests.documents import poppler
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry, draw_codes
from tests.factories.events import build_event
from tests.factories.judges import build_appointment
from tests.factories.organisations import build_unit
from tests.factories.scoring import build_scheme

ROLES = ("organiser", "draw_officer", "supervisor", "tabulator", "chief_judge", "judge", "registrar")
NAMES = ("演示李䶮", "演示阿卜杜拉·买买提", "演示王𬭎")


@pytest.fixture
def place(session):
    """An event that is ready and drawn: three entrants of two units, two judges, the welding scheme."""
    event = build_event(session, "ready", venue="演示大厅")
    build_scheme(session, event)
    units = [build_unit(session, name="演示甲厂"), build_unit(session, name="演示乙厂")]
    entries = [build_entry(session, event, n, unit=u) for n, u in zip(NAMES, (*units, units[0]), strict=True)]
    judges = [build_appointment(session, event, ["T", "P"]) for _number in range(2)]
    codes = draw_codes(session, event)
    users = {role: build_user(session, grants=[(role, "event", event.id)]) for role in ROLES}
    session.commit()
    return SimpleNamespace(
        event=event, entries=entries, judges=judges, codes=codes, users=users, units=units,
        path=f"/events/{event.id}/papers",
    )  # fmt: skip


@pytest.fixture
def text_of(tmp_path):
    """Return what reads the text out of a PDF that was answered, page by page."""

    def read(response, *arguments):
        assert response.mimetype == "application/pdf"
        return poppler.text_of(response.data, tmp_path, "-layout", *arguments).split("\f")[:-1]

    return read


def rows_of(response):
    """Return the rows of every sheet of a workbook that was answered."""
    book = load_workbook(io.BytesIO(response.data))
    return {sheet.title: [row for row in sheet.values if any(row)] for sheet in book}

"""No ID number and no phone stands anywhere in plain: database, its log, uploads, audit trail."""

import io
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from competitions.entries import identity
from competitions.entries.models import Person
from competitions.lists import uploads
from core import own_keys
from core.database import metadata
from core.secrets import keys_from
from tests.entries.tables import id_number, workbook
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event
from tests.factories.organisations import build_unit

CANARIES = (id_number(901), id_number(902), "13987654321")


@pytest.fixture
def imported(session, browser):
    """A confirmed import of two people, and a check that still waits."""
    event = build_event(session, "registration")
    build_unit(session, name="演示甲厂")
    user = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
    session.commit()
    page, path = browser(user), f"/events/{event.id}/entries/import"
    for name, number in (("张三", CANARIES[0]), ("李四", CANARIES[1])):
        file = (io.BytesIO(workbook([(name, "演示甲厂", number, CANARIES[2])])), "名单.xlsx")
        answer = page.post(path, {"file": file}, 302, content_type="multipart/form-data")
        if name == "张三":
            page.post(answer.location)
    return event, page


def test_no_file_of_the_installation_holds_a_number_in_plain(session, imported, app):
    files = [path for path in Path(app.instance_path).parent.rglob("*") if path.is_file()]
    assert any("uploads" in path.parts for path in files)
    for path in files:
        held = path.read_bytes()
        assert not [canary for canary in CANARIES if canary.encode() in held], path


def test_no_column_of_the_database_holds_a_number_in_plain(session, imported):
    names = ("person", "person_identity", "entry", "audit_record", "import_batch")
    found = [row for name in names for row in session.execute(select(metadata.tables[name]))]
    rows = [str([bytes(v) if isinstance(v, memoryview) else v for v in row]) for row in found]
    assert len(rows) > 5
    assert not [row for row in rows for canary in CANARIES if canary in row]


def test_another_key_shows_no_number_and_breaks_no_page(session, imported, app, monkeypatch):
    event, page = imported
    person = session.scalar(select(Person).where(Person.name == "张三"))
    session.rollback()
    assert identity.whole_contact(person).id_number == CANARIES[0]
    other = keys_from("the key of quite another installation, 0123456789")
    monkeypatch.setitem(app.extensions, own_keys.EXTENSION, other)
    page.get(f"/events/{event.id}/entries/")
    assert "张三" in page.page


def test_a_waiting_check_is_forgotten_after_two_hours(session, imported, app):
    folder = Path(app.instance_path) / "uploads"
    assert {old.stat().st_mode & 0o777 for old in folder.iterdir()} == {0o600}
    sheet = uploads.Upload(uploads.Grid("", 1, []), "b.xlsx", "0" * 64)
    now, place = MOMENT.replace(year=2036), uploads.Place("0" * 32, owner=1, about="1")
    uploads.keep_upload(sheet, uploads.Choices({0: "name"}), place, now=now)
    assert {path.stem for path in folder.iterdir()} == {"0" * 32}
    assert uploads.find_upload(place, now=now) is not None
    assert uploads.find_choices(place, now=now).fields == {0: "name"}
    assert uploads.find_upload(place, now=now + 2 * uploads.LIFE) is None
    assert uploads.find_upload(replace(place, owner=2), now=now) is None
    assert uploads.find_upload(replace(place, about="2"), now=now) is None
    assert uploads.find_upload(replace(place, token="../secret-key"), now=now) is None

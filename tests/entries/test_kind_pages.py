"""Pages of teams, works and the check-in: who may open them, what they refuse, what they give out."""

import io

import pytest
from sqlalchemy import func, select

from competitions.entries.models import Entry, EntryFile
from core.audit.models import AuditRecord
from core.files.models import StoredFile
from tests.client import visible
from tests.factories.accounts import build_user
from tests.factories.entries import build_entry
from tests.factories.events import build_event
from tests.factories.organisations import build_unit


@pytest.fixture
def place(session):
    """An open contest of works with one work, an organiser, a judge, and registrars of two units."""

    class Place:
        event = build_event(session, "registration", entry_kind="work")
        units = [build_unit(session, name=name) for name in ("演示甲厂", "演示乙厂")]
        entry = build_entry(session, event, "演示夹具", unit=units[0], members=2)
        organiser = build_user(session, grants=[("organiser", "union", event.competition.union_id)])
        registrar = build_user(session, grants=[("registrar", "unit", units[0].id)])
        stranger = build_user(session, grants=[("registrar", "unit", units[1].id)])
        judge = build_user(session, grants=[("judge", "event", event.id), ("chief_judge", "event", event.id)])

    session.commit()
    Place.list = f"/events/{Place.event.id}/entries"
    Place.path = f"{Place.list}/{Place.entry.id}"
    return Place


def test_a_role_that_there_is_not_is_refused_at_its_field(session, browser, place):
    event = build_event(session, "registration", entry_kind="team", competition=place.event.competition)
    session.commit()
    page = browser(place.organiser)
    for role in ("x", "x" * 10_000, "\u202e领队"):
        people = {"people-0-name": "演示一", "people-0-role": role, "people-1-name": "演示二"}
        said = {"group": "演示一队", "unit": "演示甲厂"} | people
        page.post(f"/events/{event.id}/entries/new", said, status=422)
        assert "请从列表中选择" in visible(page.page)


SAID = "演示说明".encode()


def sent(name="说明.txt", data=SAID, **more):
    return {"file-file": (io.BytesIO(data), name), **more}


def count(session, model, *conditions):
    session.rollback()
    return session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_files_are_added_named_ordered_fetched_and_removed(session, browser, place):
    page = browser(place.registrar)
    page.post(f"{place.path}/files", sent())
    page.post(f"{place.path}/files", sent("照片.txt", b"2", **{"file-title": "现场照片"}))
    files = session.scalars(select(EntryFile).order_by(EntryFile.position)).all()
    first, second = files[0].id, files[1].id
    assert [row.title for row in files] == ["说明", "现场照片"]
    session.rollback()
    page.post(f"{place.path}/files/{second}/up")
    page.post(f"{place.path}/files/{second}/name", {f"name{second}-title": "照片"})
    page.get(place.path)
    shown = visible(page.page)
    assert shown.index("照片.txt") < shown.index("说明.txt")
    answer = page.post(f"{place.path}/files/{first}", status=200)
    assert answer.data.decode() == "演示说明"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page.post(f"{place.path}/files/{first}/remove")
    page.post(f"{place.path}/files/{first}", status=404)
    assert count(session, AuditRecord, AuditRecord.action == "entry:file_fetch") == 1
    assert count(session, StoredFile) == 1


def test_a_file_that_is_not_taken_says_why(session, browser, place):
    page = browser(place.registrar)
    for data, why in (
        ({}, "请选择文件"), (sent("程序.exe", b"MZ"), "不接受这种类型的文件"), (sent("空.txt", b""), "空的"),
    ):  # fmt: skip
        page.post(f"{place.path}/files", data, 422)
        assert why in visible(page.page), visible(page.page)[:900]
    page.post(f"{place.path}/files", sent())
    page.post(f"{place.path}/files", sent("又一份.txt"), 422)
    assert "同一文件" in page.page
    assert count(session, EntryFile) == 1


def test_files_are_for_who_may_see_the_entry_and_change_while_it_is_open(session, browser, place):
    browser(place.registrar).post(f"{place.path}/files", sent())
    file_id = session.scalars(select(EntryFile.id)).one()
    session.rollback()
    for user in (place.stranger, place.judge):
        page = browser(user)
        page.post(f"{place.path}/files/{file_id}", status=403)
        page.post(f"{place.path}/files", sent(), 403)
        page.post(f"{place.path}/files/{file_id}/remove", status=403)
    place.event.state = "ready"
    session.commit()
    page = browser(place.organiser)
    page.post(f"{place.path}/files/{file_id}", status=200)
    page.post(f"{place.path}/files/{file_id}/remove", status=409)
    assert count(session, EntryFile) == 1


def test_who_removes_an_entry_removes_its_files(session, browser, place):
    page = browser(place.organiser)
    page.post(f"{place.path}/files", sent())
    session.get(Entry, place.entry.id).review = "submitted"
    session.commit()
    page.post(f"{place.path}/remove", {"remove-reason": "重复"})
    assert count(session, StoredFile) == 0


def test_an_author_is_replaced_on_the_page(session, browser, place):
    page = browser(place.organiser)
    ref = place.entry.members[1].person.ref
    page.get(f"{place.path}/substitute/{ref}")
    form = {"who": "new", "name": "演示新人"}
    page.post(f"{place.path}/substitute/{ref}", form, 422)  # without a reason
    assert "演示新人" in page.page
    page.post(f"{place.path}/substitute/{ref}", {**form, "name": "123", "reason": "调离"}, 422)
    page.post(f"{place.path}/substitute/{ref}", {**form, "reason": "调离"})
    page.get(place.path)
    assert "调离" in page.page
    page.get(f"{place.path}/substitute/{ref}", 404)
    page.get(f"{place.path}/substitute/{'0' * 32}", 404)
    browser(place.judge).get(f"{place.path}/substitute/{ref}", 403)


def test_the_desk_marks_without_and_with_a_script(session, browser, place):
    place.event.state = "ready"
    session.commit()
    page = browser(place.organiser)
    page.get(f"{place.list}/check-in")
    assert "检录 0 / 1" in visible(page.page)
    page.post(f"{place.path}/attendance", {"attendance": "present", "seen": ""})
    page.get(f"{place.list}/check-in?show=present")
    assert "检录 1 / 1" in visible(page.page)
    page.post(f"{place.path}/attendance", {"attendance": "absent", "seen": ""}, 409)  # an old page
    page.post(f"{place.path}/attendance", {"attendance": "late", "seen": ""}, 409)
    headers = {"X-Requested-With": "check-in"}
    told = page.post(
        f"{place.path}/attendance", {"attendance": "", "seen": "present"}, 200, headers=headers
    ).get_json()
    assert (told["present"], told["open"], told["refused"]) == (0, 1, "")
    assert 'data-attendance="open"' in told["row"]
    told = page.post(
        f"{place.path}/attendance", {"attendance": "present", "seen": "absent"}, 422, headers=headers
    ).get_json()
    assert "未检录" in told["refused"]  # it saw somebody absent whom nobody has marked


def test_the_desk_is_the_organisers_alone(session, browser, place):
    place.event.state = "ready"
    session.commit()
    for user in (place.registrar, place.judge):
        page = browser(user)
        page.get(f"{place.list}/check-in", 403)
        page.post(f"{place.path}/attendance", {"attendance": "present", "seen": ""}, 403)

"""Templates of a competition's own: kept when they are sound, printed with their own pictures alone."""

import io

import pytest
from PIL import Image

from core import clock
from core.files.reading import from_bytes
from core.refusals import Refused
from reports.certificates import layout
from reports.certificates import template as templates
from reports.certificates.designs import queries, services
from reports.certificates.designs.printing import printing_of
from tests.client import apart, visible
from tests.databases import POSTGRESQL_IN_DEEP
from tests.documents import poppler
from tests.documents.certificates import welder
from tests.factories.accounts import MOMENT, build_user
from tests.factories.events import build_event

pytestmark = POSTGRESQL_IN_DEEP


def picture(size=(60, 40), form="PNG", mode="RGBA"):
    target = io.BytesIO()
    Image.new(mode, size, (180, 20, 20, 120)[: len(mode)]).save(target, form)
    return from_bytes(f"章.{'png' if form == 'PNG' else 'jpg'}", target.getvalue())


@pytest.fixture
def event(session):
    return build_event(session, "final")


@pytest.fixture
def organiser(session, event):
    user = build_user(session, grants=[("organiser", "competition", event.competition_id)])
    session.commit()
    return user


@pytest.fixture
def row(session, event, organiser):
    row = services.add_template(
        session, event.competition, "award", "自有", ref=clock.new_ref(), actor_id=organiser.id, now=MOMENT
    )
    session.commit()
    return row


def save(session, row, organiser, **changes):
    services.save_template(
        session, row, {**row.document, **changes}, row.version, actor_id=organiser.id, now=MOMENT
    )


def test_a_template_begins_as_a_copy_and_keeps_what_was_saved(session, row, organiser):
    assert row.document == {**templates.to_document(templates.included("award")), "name": "自有"}
    save(session, row, organiser, frame="plain")
    session.commit()
    session.expire_all()
    assert row.document["frame"] == "plain"


def test_a_picture_of_another_template_is_not_printed(session, event, organiser, row, tmp_path):
    acts = {"actor_id": organiser.id, "now": MOMENT}
    other = services.add_template(session, event.competition, "plain", "别人的", ref=clock.new_ref(), **acts)
    ref = services.add_picture(session, other, picture(), ref=clock.new_ref(), **acts)
    with pytest.raises(Refused, match="TEMPLATE_FAULT /background"):
        save(session, row, organiser, background=ref)
    row.document = {**row.document, "background": ref}  # as if it had got there by other means
    session.flush()
    assert queries.read_pictures(session, row) == {}


def test_own_pictures_lie_under_and_over_the_words(session, event, organiser, row, tmp_path):
    acts = {"actor_id": organiser.id, "now": MOMENT}
    ground = services.add_picture(session, row, picture(form="JPEG", mode="RGB"), ref=clock.new_ref(), **acts)
    stamp = services.add_picture(session, row, picture(), ref=clock.new_ref(), **acts)
    seal = {"kind": "image", "x": 150, "y": 200, "width": 40, "height": 40, "file": stamp}
    save(session, row, organiser, background=ground, boxes=[*row.document["boxes"], seal])
    services.choose(
        session, event, {"template": row.ref, "seals": False, "stock": False, "right": 0, "down": 0}, **acts
    )
    session.commit()
    found = printing_of(session, event)
    assert found.key == row.ref
    assert set(found.pictures) == {ground, stamp}
    made = layout.draw([welder()], found.template, pictures=found.pictures)
    assert poppler.images_of(made, tmp_path) == 4  # ground, stamp, the stamp's clear ground, the code
    with pytest.raises(Refused, match="TEMPLATE_USED"):
        services.remove_template(session, row, **acts)


def test_a_picture_too_large_is_refused(session, row, organiser):
    with pytest.raises(Refused, match="TEMPLATE_PICTURE file"):
        services.add_picture(
            session, row, picture((5000, 4000)), ref=clock.new_ref(), actor_id=organiser.id, now=MOMENT
        )


def test_a_large_picture_is_kept_in_the_form_that_is_printed_without_unpacking_it(session, row, organiser):
    acts = {"actor_id": organiser.id, "now": MOMENT}
    target = io.BytesIO()
    Image.new("RGBA", (2600, 1800), (180, 20, 20, 255)).save(target, "PNG")
    ref = services.add_picture(
        session, row, from_bytes("底图.png", target.getvalue()), ref=clock.new_ref(), **acts
    )
    (kept,) = [own.file for own in row.pictures]
    content = queries.read_pictures(session, row)[ref]
    assert (kept.name, kept.kind, kept.size) == ("底图.jpg", "jpg", len(content))
    with Image.open(io.BytesIO(content)) as shown:
        shades = [abs(a - b) for a, b in zip(shown.getpixel((1300, 900)), (180, 20, 20), strict=True)]
        assert (shown.size, max(shades) <= 2) == ((2600, 1800), True)
    with pytest.raises(Refused, match="TEMPLATE_CLEAR file"):  # what shines through it is not ours to guess
        services.add_picture(session, row, picture((2600, 1800)), ref=clock.new_ref(), **acts)


def test_of_two_who_save_the_same_template_the_second_is_told(session, row, organiser):
    stale = row.version
    save(session, row, organiser, frame="fret")
    with pytest.raises(Refused, match="TEMPLATE_CHANGED"):
        services.save_template(session, row, row.document, stale, actor_id=organiser.id, now=MOMENT)


def test_what_no_editor_sends_is_told_and_breaks_nothing(session, event, row, organiser, browser):
    page = browser(organiser)
    one = f"/competitions/{event.competition_id}/certificate-templates/{row.ref}/"
    head = '{"format": "certificate/1", "name": '
    sent = [
        "[" * 100_000, '{"a":' * 3000, "[" * 900 + "]" * 900, "nonsense", "{}", '"\\ud800"',
        head + '"\\ud800"}', head + '"\\u202e坏"}', head + '"a\\u0000"}',
        head + '"a", "boxes": [{"lines": [{"text": "\\ud800"}]}]}',
        head + '"a", "\\ud800": 1}', head + '"a", "boxes": [{"x": NaN}]}',
        head + '"a", "boxes": [{"x": 1e400}]}',
    ]  # fmt: skip
    headers = {"X-CSRFToken": page.token(), "Content-Type": "application/json"}
    for document in sent:
        page.post(one, {"document": document, "version": str(row.version)}, status=422)
        body = '{"document": ' + document + "}"
        answer = apart(page.client.post, one + "preview", data=body, headers=headers)
        assert answer.status_code in {200, 400}, document[:60]
        assert answer.status_code == 400 or answer.get_json()["faults"]


def test_a_template_is_chosen_moved_and_tried_out(session, event, organiser, browser, tmp_path):
    page, address = browser(organiser), f"/events/{event.id}/certificates/design/"
    wrong = page.post(address, {"template": "plain", "seals": "room", "right": "99"}, status=422)
    assert "−20 到 20" in visible(wrong.text)
    wishes = {"template": "plain", "seals": "drawn", "stock": "y", "right": "1.5", "down": "－０.3"}
    page.post(address, wishes)
    choice = queries.find_choice(session, event.id)
    assert (choice.template, choice.seals, choice.stock) == ("plain", True, True)
    assert (choice.right, choice.down) == (15, -3)
    sample = poppler.text_of(page.get(address + "sample.pdf").data, tmp_path)
    assert "张演示" in "".join(sample.split())
    assert "荣誉证书" not in "".join(sample.split())  # the pre-printed paper has it
    told = poppler.text_of(page.get(address + "alignment.pdf").data, tmp_path)
    assert "获奖者 / 单位" in told
    assert "{" not in told  # the places by their names, not as the template writes them
    assert b"<svg" in page.get(address + "bilingual.svg").data
    page.get(address + "nothing.svg", status=404)


def test_another_unions_organiser_reaches_none_of_it(session, event, row, browser):
    other = build_user(session, grants=[("organiser", "union", event.competition.union_id + 1000)])
    session.commit()
    one = f"/competitions/{event.competition_id}/certificate-templates/{row.ref}/"
    browser(other).get(one, status=403)
    browser(other).post(one + "remove", status=403)
    browser(other).get(f"/events/{event.id}/certificates/design/honour.svg", status=403)

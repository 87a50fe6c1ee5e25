"""Certificates in bulk: one file, one sorted by unit, an archive; every name as the register has it."""

import io
import re
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from PIL import Image

from core.database import reading_session
from core.files.kinds import clean_name
from core.jobs import runner
from reports.certificates import bulk, layout, services
from reports.certificates.drawing import draw_run, draw_singles
from reports.certificates.template import included
from tests.client import visible
from tests.documents import poppler
from tests.documents.certificates import welder
from tests.documents.names import NAMES, STANDARD_BEYOND_BMP
from tests.factories.accounts import MOMENT
from tests.factories.marking import build_organiser, build_theory_and_practice, take
from tests.jobs.test_jobs import AtOnce
from tests.tampering import unguarded

HONOUR = included("honour")
MINORITY = ("阿卜杜热合曼·买买提明", "诺布·次仁", "巴特尔·额尔敦", "古丽米热·吐尔逊江·阿不来提")
LATIN = ("Müller-Ångström", "O'Neill, Seán", "Émile Brûlé-Ça", "Łukasz Żółć", "José María Núñez")


def many(count, first=0):
    """Yield names, from the `first` on: rare, astral, minority and Latin ones, each with an ordinary one."""
    rare = [*"䶮㛃喆堃淼彧翀犇龘〇", *STANDARD_BEYOND_BMP]
    every = NAMES + MINORITY + LATIN
    for number in range(first, first + count):
        special = every[number % len(every)]
        family, given = "张王李赵刘陈杨黄周吴"[number % 10], chr(0x4E00 + number * 7 % 20_000)
        yield special if number % 3 == 0 else f"{family}{given}{rare[number % len(rare)]}"


def assert_register(count, tmp_path, first=0):
    """Read numbers and names out of the PDF, page for page, and hold them against what was to be printed."""
    texts = [welder(name, f"2026N003-01-1{n:04d}") for n, name in enumerate(many(count, first), start=1)]
    pages = poppler.text_of(draw_run("", HONOUR, False, {}, texts, False), tmp_path).split("\f")[:-1]
    assert len(pages) == count
    for text, page in zip(texts, pages, strict=True):
        lines = [re.sub(r"\s", "", line) for line in page.splitlines()]
        assert re.sub(r"\s", "", text.recipient) in lines, (text.recipient, lines)
        assert any(text.serial in line for line in lines)


def test_what_is_copied_out_of_a_run_is_the_register(tmp_path):
    assert_register(300, tmp_path)


@pytest.mark.deep
def test_what_is_copied_out_of_ten_thousand_is_the_register(tmp_path):
    for first in (0, 5000):
        assert_register(5000, tmp_path, first)


def test_an_archive_holds_a_file_for_each(tmp_path):
    texts = [welder("李䶮", "2026N003-01-10001"), welder("../王:五", "2026N003-01-10002")]
    names = [clean_name(f"{text.serial} {text.recipient}.pdf", "pdf") for text in texts]
    with zipfile.ZipFile(io.BytesIO(draw_singles("", HONOUR, False, {}, texts, names))) as archive:
        assert archive.namelist() == ["2026N003-01-10001 李䶮.pdf", "王_五.pdf"]
        assert "李䶮" in poppler.text_of(archive.read(archive.namelist()[0]), tmp_path)


def test_a_jpeg_is_printed_without_unpacking_it():
    target = io.BytesIO()
    Image.effect_noise((3000, 2000), 40).convert("RGB").save(target, "JPEG")
    ground = replace(included("plain"), background="x")
    tracemalloc.start()
    try:
        made = layout.draw([welder()] * 2, ground, pictures={"x": target.getvalue()})
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert made.count(b"/DCTDecode") == 1
    assert most < 3000 * 2000 * 3  # so much its pixels take alone


@pytest.fixture
def event(session):
    scores = {name: ("90", str(90 - n)) for n, name in enumerate(("甲", "乙", "丙"))}
    event = build_theory_and_practice(session, scores, awards={"tiers": [{"title": "一等奖", "count": 3}]})
    take(session, event, "tabulate", "announce", "finalise")
    return event


@pytest.fixture
def organiser(session, event):
    user = build_organiser(session, event)
    session.commit()
    return user


def test_a_run_is_begun_followed_and_fetched(session, event, organiser, browser, tmp_path):
    page, runs = browser(organiser), f"/events/{event.id}/certificates/runs/"
    refused = page.post(runs, {"form": "one"}, status=409)
    assert "还没有生效的证书" in visible(refused.text)
    services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    session.commit()
    page.post(runs, {"form": "unit"})
    page.post(runs, {"form": "one"}, status=409)
    assert runner.work(session, pool=lambda _count: AtOnce()) == 1
    page.get(runs)
    assert "已完成" in page.page
    (link,) = re.findall(rf'href="({runs}[0-9a-f]{{32}}/1)"', page.page)
    answer = page.get(link)
    assert "attachment" in answer.headers["Content-Disposition"]
    text = poppler.text_of(answer.data, tmp_path)
    assert all(name in text for name in "甲乙丙")
    state = page.get(link.removesuffix("1") + "state").json
    assert state == {"state": "done", "done": 3, "total": 3, "files": 1}
    assert page.get(runs.replace(str(event.id), str(event.id + 1000), 1) + link.split("/")[-2] + "/1", 404)


def test_a_run_by_unit_is_sorted_and_each_unit_has_its_place_in_the_outline(session, event, organiser):
    made = services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    with unguarded(session):
        for certificate, unit in zip(made, ("乙厂", "甲厂", "乙厂"), strict=True):
            certificate.words = {**certificate.words, "unit": unit}
    session.commit()
    with reading_session() as reader:
        (task,) = bulk.plan(reader, {"event": event.id, "form": "unit", "address": "https://example.org"})
    texts = task.arguments[4]
    assert [text.unit for text in texts] == sorted(["乙厂", "甲厂", "乙厂"])
    assert task.make(*task.arguments).count(b"/Title") >= 3  # the document's own and one for each unit


def test_the_runs_of_another_event_are_not_there(session, event, organiser, browser):
    services.issue(session, event, actor_id=organiser.id, now=MOMENT)
    session.commit()
    page = browser(organiser)
    page.get(f"/events/{event.id}/certificates/runs/{'0' * 32}/state", 404)
    page.post(f"/events/{event.id}/certificates/runs/{'0' * 32}/cancel", status=404)

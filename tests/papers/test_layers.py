"""A draw in several layers: each layer has a sealed paper of its own, and none opens all of them."""

import pytest
from sqlalchemy import select

from competitions.draw.models import EntryCode
from competitions.entries.models import Entry
from core.audit.models import AuditRecord
from tests.client import visible
from tests.papers.conftest import rows_of
from tests.papers.test_batches import drawn

TITLES = {
    1: "抽签记录第一层：选手 → 参赛编号（密封）",
    2: "抽签记录第二层：参赛编号 → 赛位号（密封）",
    3: "抽签记录第三层：赛位号 → 作品编号（密封）",
}


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_the_papers_offer_what_this_draw_has_and_nothing_that_ends_in_a_refusal(session, browser, layers):
    place = drawn(session, layers=layers)
    page = browser(place.users["draw_officer"])
    shown = visible(page.get(f"{place.path}/").text)
    assert ("检录表（按工位，密封）" in shown) == (layers == 1)
    offered = [layer for layer, title in TITLES.items() if title in shown]
    assert offered == {1: [], 2: [1, 2], 3: [1, 2, 3]}[layers]


@pytest.mark.parametrize("layer", [1, 2, 3])
def test_a_layer_is_printed_alone_and_its_opening_is_recorded(session, browser, text_of, layer):
    place = drawn(session, layers=3)
    page = browser(place.users["supervisor"])
    text = "".join("".join(text_of(page.post(f"{place.path}/sealed/layer-{layer}.pdf", status=200))).split())
    ((_name, rows),) = rows_of(page.post(f"{place.path}/sealed/layer-{layer}.xlsx", status=200)).items()
    session.rollback()
    for code in session.scalars(select(EntryCode).where(EntryCode.event_id == place.event.id)):
        stands = {1: code.entrant_code, 2: code.seat, 3: code.code}
        assert stands[layer] in text
        assert any(row[0] == stands[layer] for row in rows)
        assert (session.get(Entry, code.entry_id).name in text) == (layer == 1)
        assert (code.code in text) == (layer == 3)
    opened = session.scalars(select(AuditRecord.detail).where(AuditRecord.action == "draw:open_layer")).all()
    assert opened == [{"entries": 4, "layer": layer}] * 2


def test_a_layer_that_this_draw_has_not_is_refused_and_so_is_a_judge(session, browser):
    place = drawn(session, layers=2)
    page = browser(place.users["draw_officer"])
    for layer in (0, 3):
        page.post(f"{place.path}/sealed/layer-{layer}.pdf", status=409)
        assert "没有这一层" in page.page
    browser(place.users["judge"]).post(f"{place.path}/sealed/layer-1.pdf", status=403)
    one = drawn(session)
    browser(one.users["draw_officer"]).post(f"{one.path}/sealed/layer-1.pdf", status=409)


def test_the_draw_record_of_three_layers_has_no_column_of_stations(session, browser):
    place = drawn(session, stations=2, layers=3)
    answer = browser(place.users["organiser"]).get(f"{place.path}/draw-record.xlsx")
    ((_name, rows),) = rows_of(answer).items()
    assert all("工位号" not in row for row in rows)
    assert ("加密编号",) in {tuple(cell for cell in row if cell) for row in rows}

"""Sums, notes, places and words of a scheme, worked by hand."""

import json

import pytest

from scoring.schemes import offers
from scoring.schemes.documents import is_storable, read_document, read_text
from scoring.schemes.notes import notes_of
from scoring.schemes.sums import Sum, sums_of
from scoring.schemes.wording import places

HUNDRED = 100_000_000


def stage(*aspects, **fields):
    return {"code": "P", "criteria": [{"code": "A", "aspects": list(aspects)}]} | fields


def aspect(code="A1", kind="score", **fields):
    return {"code": code, "title": code, "kind": kind} | fields


def scheme(*stages, **fields):
    return {"format": "scheme/1", "stages": list(stages), "ranking": {"share": True}} | fields


def test_a_stage_adds_up_its_aspects_with_their_factors():
    found = sums_of(scheme(stage(aspect(max="20", factor="2"), aspect("A2", max="60"), max="100")))
    assert found == [
        Sum("/stages/0", "stage", HUNDRED, HUNDRED),
        Sum("/stages/0/criteria/0", "criterion", HUNDRED, None),
    ]


def test_a_criterion_gives_no_more_than_its_maximum():
    document = scheme(stage(aspect(max="70"), max="50"))
    document["stages"][0]["criteria"][0]["max"] = "50"
    assert [item.difference for item in sums_of(document)] == [0, -20_000_000]


def test_attempts_that_are_added_up_count_as_often_as_there_are_attempts():
    document = scheme(stage(aspect(max="25"), max="100", attempts=4, take="sum"))
    assert sums_of(document)[0].difference == 0


def test_bands_give_their_best_points_and_a_time_its_bonus():
    bands = [{"upto": "1", "points": "8"}, {"upto": "2", "points": "5"}]
    time = aspect("A2", "time", limit="60", cap="2")
    document = scheme(stage(aspect(kind="measurement", entry="value", bands=bands), time))
    assert sums_of(document)[0].found == 10_000_000


@pytest.mark.parametrize(
    "document", [None, [], 7, {}, {"stages": 3}, {"stages": [None, {"criteria": {}}, {"criteria": [[]]}]}]
)
def test_whatever_is_typed_the_sums_do_not_break(document):
    assert all(item.found == 0 for item in sums_of(document) if item.kind != "weights")
    assert notes_of(document, None) == []


def test_two_stages_share_a_whole_unless_any_weights_are_allowed():
    halves = [stage(aspect(max="1"), weight="0.5"), stage(aspect(max="1"), weight="0.45", code="T")]
    assert sums_of(scheme(*halves))[0] == Sum("/stages", "weights", 950_000, 1_000_000)
    assert sums_of(scheme(*halves, weights="plain"))[0].kind == "stage"


def notes(document):
    return [(note.code, note.pointer) for note in notes_of(document, read_document(document).scheme)]


def test_what_is_probably_a_slip_is_noted():
    at = "/stages/0/criteria/0/aspects"
    document = scheme(
        stage(
            aspect(max="10", step="3"),
            aspect("A2", max="0"),
            aspect("A3", "judgement", max="3", levels=["a", "b", "c"]),
            aspect("A4", "judgement", max="3", levels=["a", "b", "c", " "]),
            max="20",
        )
    )
    assert notes(document) == [
        ("SCHEME_TOTAL", "/stages/0/max"),
        ("SCHEME_STEP", f"{at}/0/step"),
        ("SCHEME_NO_POINTS", f"{at}/1/max"),
        ("SCHEME_LEVELS", f"{at}/2/levels"),
        ("SCHEME_LEVEL_WORDS", f"{at}/3/levels"),
    ]


def test_rules_that_can_end_in_a_tie_that_nobody_may_decide_are_noted_before_the_freeze():
    """Once scoring has begun the rules stay as they are: such a tie would leave an event without a result."""
    parts = stage(aspect(max="10"))
    by_marks = {"by": "aspect", "code": "P.A.A1"}
    ending = {"share": False, "ties": [by_marks]}
    assert notes(scheme(parts, ranking=ending)) == [("SCHEME_LAST_TIE", "/ranking/ties")]
    assert notes(scheme(parts, ranking={"share": False, "ties": [by_marks, {"by": "manual"}]})) == []
    assert notes(scheme(parts, ranking={"share": True, "ties": [by_marks]})) == []


@pytest.mark.parametrize("offer", list(offers.LIBRARY), ids=lambda offer: offer.key)
def test_the_library_has_neither_findings_nor_notes(offer):
    document = offers.LIBRARY.find_document(offer.key)
    assert read_document(document).findings == ()
    assert notes(document) == []


def test_what_the_table_starts_with_is_in_order():
    read = read_document(offers.empty_document())
    assert read.findings == ()
    assert notes(read.document) == []


def test_a_pointer_becomes_the_way_to_the_place(app):
    document = scheme(stage(aspect(max="x")), ranking={"share": 1, "ties": [{"by": "stage", "code": "Q"}]})
    with app.test_request_context():
        assert places.crumbs(document, "/stages/0/criteria/0/aspects/0/max") == [
            "阶段 P", "大项 A", "评分点 A1", "满分"
        ]  # fmt: skip
        assert places.crumbs(document, "/ranking/ties/0/code") == ["排名", "同分比较 1", "编码"]
        assert places.crumbs(document, "/stages") == ["阶段"]
        assert places.crumbs(document, "/stages/9/odd~1key") == ["阶段 10", "odd/key"]
        assert places.crumbs(document, "") == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('{"format": "scheme/1"}', True),
        ('{"format": 1}', True),
        ('{"format": 1.0}', False),
        ('{"places": 12345678901234567890}', False),
        ('{"title": "\\ud83d"}', False),
        ("[]", False),
        ("{", False),
    ],
)
def test_only_what_comes_back_as_it_was_can_be_kept(text, kept):
    assert is_storable(read_text(text)) is kept


def test_words_survive_every_language(app):
    from scoring.schemes import pages

    document = json.loads(json.dumps(offers.LIBRARY.find_document("theory-practical")))
    with app.test_request_context():
        told = pages.readable(read_document(document).scheme)
    assert told["ties"][1] == "“实际用时”用时短者在前"
    assert told["last_resort"].startswith("仍相同：须由裁判长裁定")

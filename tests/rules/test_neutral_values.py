"""Section 2: what is not given reads as nothing, and what is wrong is named without stopping the reading."""

import pytest

from scoring.rules.document import REQUIRED, Node, load_document
from scoring.rules.findings import Finding, error
from scoring.rules.scheme import parse_scheme
from tests.rules.build import (
    Document,
    aspect,
    check_words,
    codes,
    criterion,
    of_aspects,
    one_aspect,
    parsed,
    scheme,
    stage,
)

A1 = "scheme.json:/stages/0/criteria/0/aspects/0"


def found_in(document: object) -> list[tuple[str, str]]:
    """Return the variant and the place of each finding about a scheme."""
    findings = parse_scheme(document)[1]
    check_words(findings)
    return [(finding.variant, finding.where) for finding in findings]


def test_texts_that_are_not_given_are_empty() -> None:
    document = scheme()
    del document["stages"][0]["title"]
    found = parsed(document)
    assert (found.code, found.title, found.rule_reference, found.stages[0].title) == ("", "", "", "")
    item = one_aspect()
    assert (item.sub, item.section, item.day, item.description, item.unit) == ("", "", "", "", "")


@pytest.mark.parametrize("key", ["drop", "min_judges"])
def test_a_count_that_is_no_whole_number_does_not_stop_the_reading(key: str) -> None:
    document = of_aspects(aspect(panel={"method": "trimmed_mean", key: "3"}))
    assert ("whole_number", f"{A1}/panel/{key}") in found_in(document)


def test_all_places_from_0_to_6_may_be_rounded_to() -> None:
    assert [one_aspect(places=places).places for places in range(7)] == list(range(7))
    assert found_in(of_aspects(aspect(places=7))) == [("places", f"{A1}/places")]
    assert found_in(of_aspects(aspect(places=-1))) == [("places", f"{A1}/places")]


@pytest.mark.parametrize("half", [0xD800, 0xDC00, 0xDFFF])
def test_a_text_that_no_file_could_hold_is_refused(half: int) -> None:
    assert found_in(scheme(title=f"焊工{chr(half)}")) == [("text", "scheme.json:/title")]


def test_the_letters_beside_those_are_letters() -> None:
    assert parsed(scheme(title="\ud7ff\ue000😀")).title == "\ud7ff\ue000😀"


def test_only_the_repeated_key_is_named() -> None:
    text = '{"format": "scheme/1", "title": "甲", "title": "乙", "title": "丙", "code": "W"}'
    document, findings = load_document(text)
    assert findings == []
    repeated = [where for variant, where in found_in(document) if variant == "repeated_key"]
    assert repeated == ["scheme.json:/title"]


def test_a_number_of_up_to_18_digits_is_a_whole_number() -> None:
    def attempts(digits: int) -> list[tuple[str, str]]:
        text = str(scheme(stage("P", attempts=0)))
        for old, new in (("'", '"'), ("True", "true"), (': 0', f': {"9" * digits}')):
            text = text.replace(old, new)
        return found_in(load_document(text)[0])

    assert attempts(18) == []
    assert attempts(19) == [("whole_number", "scheme.json:/stages/0/attempts")]


def test_a_wrong_word_is_answered_with_all_that_may_stand_there() -> None:
    def options(document: Document) -> object:
        [finding] = parse_scheme(document)[1]
        return finding.params["options"]

    assert options(scheme(stage("P", take="first"))) == "best, mean, sum, last"
    assert options(scheme(awards={"tiers": [{"title": "奖"}]})) == (
        "count, percent, ranks, top_fraction, threshold, place"
    )


def test_json_that_ends_too_deep_or_too_early_is_said_in_words() -> None:
    for text in ("[" * 200_000, "{"):
        document, findings = load_document(text)
        assert document is None
        check_words(findings)
        assert codes(findings)[0][0] == "FILE_FORMAT"


def test_a_node_reads_what_is_not_there_as_nothing() -> None:
    findings: list[Finding] = []
    node = Node({"one": [1], "none": []}, "", findings)
    assert (node.text("title", REQUIRED), node.items("one")) == ("", [1])
    assert node.items("none") == []
    assert node.choice("order", ("asc", "desc"), "desc") == "desc"
    assert [(finding.variant, finding.where) for finding in findings] == [
        ("missing_key", "scheme.json:/title"),
        ("too_few", "scheme.json:/none"),
    ]


def test_only_a_finding_about_the_scheme_has_a_pointer() -> None:
    def pointer(where: str) -> str | None:
        return error("FILE_FORMAT", "json_depth", where).pointer

    assert pointer("scheme.json:/stages/0") == "/stages/0"
    assert pointer("scheme.json:") == ""
    assert [pointer(where) for where in ("scheme.json", "marks.csv:12", "P.A1/01/1")] == [None, None, None]


def test_the_fields_of_other_kinds_are_neutral() -> None:
    item = one_aspect(kind="time")
    assert (item.minimum, item.maximum, item.step, item.levels) == (0, None, 10_000, ())
    assert (item.entry, item.nominal, item.bands) == ("points", None, ())
    assert (item.per, item.per_false, item.zero_at) == (None, 0, None)
    assert (item.target, item.better) == (None, "higher")
    late = one_aspect(kind="score")
    assert (late.limit, late.early, late.cap, late.late) == (None, 0, 0, 0)


def test_the_fields_of_other_rules_of_a_tier_are_neutral() -> None:
    tiers = [{"title": "一", "ranks": [1, 2]}, {"title": "二", "count": 3}]
    awards = parsed(scheme(awards={"tiers": tiers})).awards
    assert awards is not None
    ranks, count = awards.tiers
    assert (ranks.count, ranks.percent, ranks.top_fraction, ranks.threshold) == (0, 0, 0, 0)
    assert (ranks.place, ranks.band, ranks.on, ranks.at_least, ranks.per_unit) == (0, 0, "total", 0, None)
    assert count.ranks == (0, 0)


def test_a_wrong_or_missing_word_reads_as_the_default_or_else_as_the_first() -> None:
    findings: list[Finding] = []
    node = Node({"order": "up", "kind": "up"}, "", findings)
    assert node.choice("order", ("asc", "desc"), "desc") == "desc"
    assert node.choice("kind", ("score", "time")) == "score"
    assert node.choice("by", ("stage", "kind")) == "stage"
    assert [finding.variant for finding in findings] == ["choice", "choice", "missing_key"]


def test_a_key_without_its_partner_is_named_with_it() -> None:
    def partner(document: Document) -> object:
        [finding] = parse_scheme(document)[1]
        return finding.variant, finding.params["other"]

    assert partner(of_aspects(aspect(kind="deduction", zero_at="3"))) == ("needs", "per")
    tier = {"title": "奖", "threshold": "700", "on": "scale"}
    assert partner(scheme(awards={"tiers": [tier]})) == ("needs", "scale")


def test_bands_of_a_measurement_in_points_have_no_effect() -> None:
    item = one_aspect(kind="measurement", bands=[{"upto": "1", "points": "5"}])
    assert (item.entry, len(item.bands)) == ("points", 1)


def test_awards_have_their_defaults() -> None:
    awards = parsed(scheme(awards={"tiers": [{"title": "奖", "threshold": "60"}]})).awards
    assert awards is not None
    assert (awards.base, awards.boundary) == ("checked_in", "decide")
    assert (awards.tiers[0].on, awards.tiers[0].threshold, awards.tiers[0].per_unit) == (
        "total",
        60_000_000,
        None,
    )


@pytest.mark.parametrize(("written", "expected"), [(1, 1), (2, 2), ("1", 1), ("2", 2), ("2.0", 2)])
def test_the_cap_of_a_unit_may_be_a_whole_number_or_a_decimal(written: object, expected: int) -> None:
    awards = parsed(scheme(awards={"tiers": [{"title": "奖", "count": 1, "per_unit": written}]})).awards
    assert awards is not None
    assert awards.tiers[0].per_unit == expected


@pytest.mark.parametrize("written", ["0", "1.5", 0])
def test_the_cap_of_a_unit_is_at_least_one_and_whole(written: object) -> None:
    document = scheme(awards={"tiers": [{"title": "奖", "count": 1, "per_unit": written}]})
    assert [where for _, where in found_in(document)] == ["scheme.json:/awards/tiers/0/per_unit"]


def test_an_unknown_comparator_is_one_mistake_whatever_else_it_says() -> None:
    document = scheme(ties=[{"by": "sort", "kind": "time", "colour": 1}])
    assert found_in(document) == [("choice", "scheme.json:/ranking/ties/0/by")]


def test_a_path_below_a_code_that_cannot_be_read_is_not_missed_a_second_time() -> None:
    document = of_aspects(aspect("A 1"), ties=[{"by": "aspect", "code": "P.A.A1"}])
    assert found_in(document) == [("code", f"{A1}/code")]


def test_a_kind_that_one_aspect_of_a_blended_stage_has_cannot_be_compared() -> None:
    blended = stage("P", criterion("A", aspect("A1"), aspect("A2", "time")), attempts=2, take="sum")
    document = scheme(blended, ties=[{"by": "kind", "kind": "time"}])
    assert found_in(document) == [("blended", "scheme.json:/ranking/ties/0/kind")]


def test_an_aspect_is_found_by_its_stage_and_its_own_code() -> None:
    first = stage("T", criterion("Q", aspect("A1")), weight="0.5")
    second = stage("P", criterion("A", aspect("A1")), criterion("B", aspect("B1")), weight="0.5")
    found = parsed(scheme(first, second))

    def path(stage_code: str, code: str) -> str | None:
        item = found.find_aspect(stage_code, code)
        return item.path if item else None

    assert [path("T", "A1"), path("P", "A1"), path("P", "B1")] == ["T.Q.A1", "P.A.A1", "P.B.B1"]
    assert [path("T", "B1"), path("X", "A1"), path("P", "A")] == [None, None, None]

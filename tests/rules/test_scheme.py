"""Section 2: a scheme is read strictly; every mistake is named by its JSON pointer, all at once."""

import copy
import json
from typing import Any

import pytest

from scoring.rules.document import load_document
from scoring.rules.findings import Finding
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

REMOVED = ...

A1 = "/stages/0/criteria/0/aspects/0"


def changed(document: Document, pointer: str, value: object) -> Document:
    """Return a copy of a document in which one value is another, or gone."""
    copied = copy.deepcopy(document)
    *path, last = [int(part) if part.isdigit() else part for part in pointer.split("/")[1:]]
    place: Any = copied
    for part in path:
        place = place[part]
    if value is REMOVED:
        del place[last]
    else:
        place[last] = value
    return copied


def mistakes(document: object) -> list[Finding]:
    found, findings = parse_scheme(document)
    assert (found is None) == any(finding.code == "SCHEME_INVALID" for finding in findings)
    check_words(findings)
    return findings


def only_mistake(document: object) -> tuple[str, str | None]:
    """Return variant and pointer of the one mistake of a document."""
    [finding] = mistakes(document)
    assert finding.code == "SCHEME_INVALID"
    return finding.variant, finding.pointer


FULL = scheme(
    stage("T", criterion("Q", aspect("Q1")), weight="0.3", max="100", attempts=2, take="best"),
    stage("P", criterion("A", aspect("A1"), min="0"), weight="0.7"),
    code="WELD-2026",
    title="焊工 决赛",
    rule_reference="技术文件 第4.2条",
    weights="share",
    total={"places": 2, "min": "0", "max": "100"},
    ties=[{"by": "stage", "code": "P"}, {"by": "manual"}],
    awards={
        "base": "checked_in",
        "boundary": "decide",
        "tiers": [{"title": "一等奖", "percent": "10", "at_least": 1, "per_unit": 2}],
    },
    scale="median700",
)


def test_a_whole_scheme_is_read_without_a_finding() -> None:
    found = parsed(FULL)
    assert (found.code, found.title, found.rule_reference) == ("WELD-2026", "焊工 决赛", "技术文件 第4.2条")
    assert [one.weight for one in found.stages] == [300_000, 700_000]
    first = found.stages[0]
    assert (first.attempts, first.take, first.maximum) == (2, "best", 100_000_000)
    assert (found.total.places, found.total.minimum, found.total.maximum) == (2, 0, 100_000_000)
    assert found.scale == "median700"
    assert found.awards is not None
    assert (found.awards.tiers[0].percent, found.awards.tiers[0].per_unit) == (10_000_000, 2)


def test_what_is_not_given_has_its_default() -> None:
    found = parsed(scheme())
    first = found.stages[0]
    assert (found.weights, found.awards, found.scale) == ("plain", None, None)
    assert (found.total.places, found.total.minimum, found.total.maximum) == (2, 0, None)
    assert (found.ranking.order, found.ranking.ties) == ("desc", ())
    assert (first.weight, first.attempts, first.take, first.places) == (1_000_000, 1, "best", 2)
    assert (first.minimum, first.maximum) == (None, None)
    assert (first.criteria[0].minimum, first.criteria[0].maximum, first.criteria[0].places) == (None, None, 2)
    item = first.aspects[0]
    assert (item.factor, item.places, item.required) == (1_000_000, 2, True)
    assert (item.minimum, item.step) == (0, 10_000)


def test_null_stands_for_no_rounding_no_awards_and_no_scale() -> None:
    found = parsed(scheme(total={"places": None}, awards=None, scale=None))
    assert (found.total.places, found.awards, found.scale) == (None, None, None)


def test_several_stages_share_one_whole_by_default() -> None:
    findings = mistakes(scheme(stage("T", weight="0.3"), stage("P", weight="0.69")))
    assert codes(findings) == [("WEIGHTS_SUM", "scheme.json:/stages")]
    assert findings[0].params == {"total": "0.99"}
    assert codes(mistakes(scheme(stage("T"), stage("P")))) == [("WEIGHTS_SUM", "scheme.json:/stages")]


def test_plain_weights_may_have_any_sum() -> None:
    assert mistakes(scheme(stage("T", weight="0.3"), stage("P", weight="2"), weights="plain")) == []
    assert mistakes(scheme(stage("T", weight="2"))) == []
    assert codes(mistakes(scheme(stage("T", weight="2"), weights="share"))) == [
        ("WEIGHTS_SUM", "scheme.json:/stages")
    ]


def test_a_scheme_with_wrong_shares_can_still_be_read() -> None:
    found, findings = parse_scheme(scheme(stage("T"), stage("P")))
    assert found is not None
    assert len(findings) == 1


@pytest.mark.parametrize(
    ("pointer", "value", "variant"),
    [
        ("/format", "scheme/2", "choice"),
        ("/format", REMOVED, "missing_key"),
        ("/code", "焊工", "code"),
        ("/title", 7, "text"),
        ("/title", "\ud800", "text"),
        ("/rule_reference", None, "text"),
        ("/weights", "shares", "choice"),
        ("/colour", "red", "unknown_key"),
        ("/stages", {}, "list"),
        ("/stages", REMOVED, "missing_key"),
        ("/stages/0", "T", "object"),
        ("/stages/0/code", REMOVED, "missing_key"),
        ("/stages/0/code", "T 1", "code"),
        ("/stages/0/code", "", "code"),
        ("/stages/0/code", 7, "code"),
        ("/stages/0/weight", 0.3, "decimal"),
        ("/stages/0/weight", "-0.3", "least"),
        ("/stages/0/weight", ".3", "decimal"),
        ("/stages/0/max", 100, "decimal"),
        ("/stages/0/max", None, "decimal"),
        ("/stages/0/places", 7, "places"),
        ("/stages/0/places", -1, "places"),
        ("/stages/0/places", True, "places"),
        ("/stages/0/places", "2", "places"),
        ("/stages/0/attempts", 0, "least"),
        ("/stages/0/attempts", "3", "whole_number"),
        ("/stages/0/attempts", 2.0, "whole_number"),
        ("/stages/0/attempts", True, "whole_number"),
        ("/stages/0/take", "worst", "choice"),
        ("/stages/0/criteria", [], "too_few"),
        ("/stages/0/colour", 1, "unknown_key"),
        ("/stages/0/criteria/0/code", None, "code"),
        ("/stages/0/criteria/0/colour", 1, "unknown_key"),
        ("/stages/0/criteria/0/max", "x", "decimal"),
        ("/stages/0/criteria/0/aspects", [], "too_few"),
        ("/stages/1/criteria/0/max", "-1", "limits"),
        (f"{A1}/kind", "points", "choice"),
        (f"{A1}/kind", REMOVED, "missing_key"),
        (f"{A1}/code", "A/1", "code"),
        (f"{A1}/code", "A.1", "code"),
        (f"{A1}/factor", 1, "decimal"),
        (f"{A1}/required", "yes", "flag"),
        (f"{A1}/required", 1, "flag"),
        (f"{A1}/levels", [], "unknown_key"),
        (f"{A1}/max", REMOVED, "missing_key"),
        (f"{A1}/step", "0", "least"),
        (f"{A1}/step", "-1", "least"),
        (f"{A1}/title", [], "text"),
        (f"{A1}/day", 1.5, "text"),
        (f"{A1}/panel", None, "object"),
        ("/total/places", "2", "places"),
        ("/total/min", 0, "decimal"),
        ("/total/colour", 1, "unknown_key"),
        ("/total", [], "object"),
        ("/ranking/share", REMOVED, "missing_key"),
        ("/ranking/share", "no", "flag"),
        ("/ranking/order", "up", "choice"),
        ("/ranking/colour", 1, "unknown_key"),
        ("/ranking/ties", {}, "list"),
        ("/ranking/ties/0/by", "name", "choice"),
        ("/ranking/ties/0/by", REMOVED, "missing_key"),
        ("/ranking/ties/0/order", "up", "choice"),
        ("/ranking/ties/0/code", REMOVED, "missing_key"),
        ("/ranking/ties/0/code", "X", "unknown_path"),
        ("/ranking/ties/0/code", 7, "unknown_path"),
        ("/ranking/ties/0/kind", "time", "unknown_key"),
        ("/ranking/ties/1/order", "asc", "unknown_key"),
        ("/awards/base", "all", "choice"),
        ("/awards/boundary", "ask", "choice"),
        ("/awards/tiers", REMOVED, "missing_key"),
        ("/awards/tiers/0", 1, "object"),
        ("/awards/tiers/0/title", REMOVED, "tier_title"),
        ("/awards/tiers/0/title", "", "tier_title"),
        ("/awards/tiers/0/percent", "100.01", "most"),
        ("/awards/tiers/0/percent", "-1", "least"),
        ("/awards/tiers/0/percent", 10, "decimal"),
        ("/awards/tiers/0/at_least", -1, "least"),
        ("/awards/tiers/0/per_unit", 0, "least"),
        ("/awards/tiers/0/per_unit", "1.5", "whole_number"),
        ("/awards/tiers/0/on", "total", "unknown_key"),
        ("/awards/colour", 1, "unknown_key"),
        ("/scale", "mean500", "choice"),
    ],
)
def test_one_wrong_value_is_one_finding_at_its_place(pointer: str, value: object, variant: str) -> None:
    assert only_mistake(changed(FULL, pointer, value)) == (variant, pointer)


@pytest.mark.parametrize("place", ["/stages/0", "/stages/0/criteria/0", A1, "/total"])
def test_a_maximum_below_the_minimum_fits_nothing(place: str) -> None:
    document = changed(changed(FULL, f"{place}/min", "7"), f"{place}/max", "6.9")
    assert only_mistake(document) == ("limits", f"{place}/max")
    assert mistakes(changed(document, f"{place}/max", "7")) == []


def test_the_document_itself_has_to_be_an_object() -> None:
    assert only_mistake([]) == ("object", "")
    assert only_mistake(None) == ("object", "")


def test_a_missing_ranking_asks_only_for_the_one_key_without_default() -> None:
    assert only_mistake(changed(FULL, "/ranking", REMOVED)) == ("missing_key", "/ranking/share")


def test_every_mistake_is_found_at_once() -> None:
    document = changed(changed(changed(FULL, "/format", "x"), f"{A1}/max", 5), "/ranking/share", REMOVED)
    assert [finding.pointer for finding in mistakes(document)] == ["/format", f"{A1}/max", "/ranking/share"]


def test_no_stage_is_too_few() -> None:
    document = {"format": "scheme/1", "stages": [], "ranking": {"share": True}}
    assert only_mistake(document) == ("too_few", "/stages")


def test_a_pointer_escapes_slash_and_tilde() -> None:
    assert only_mistake(changed(FULL, "/a~b", 1)) == ("unknown_key", "/a~0b")
    assert only_mistake(FULL | {"a/b": 1}) == ("unknown_key", "/a~1b")


def test_codes_are_unique_within_their_stage_only() -> None:
    assert only_mistake(scheme(stage("T"), stage("T"))) == ("repeated_code", "/stages/1/code")
    assert mistakes(scheme(stage("T"), stage("P"), weights="plain")) == []
    twice = scheme(stage("P", criterion("A", aspect("A1")), criterion("A", aspect("A2"))))
    assert only_mistake(twice) == ("repeated_code", "/stages/0/criteria/1/code")
    across = scheme(stage("P", criterion("A", aspect("A1")), criterion("B", aspect("A1"))))
    assert only_mistake(across) == ("repeated_code", "/stages/0/criteria/1/aspects/0/code")


def test_an_aspect_may_be_called_like_its_criterion() -> None:
    assert mistakes(scheme(stage("P", criterion("A", aspect("A"))))) == []


def test_a_worldskills_aspect_keeps_the_number_of_its_workbook() -> None:
    assert one_aspect("A1.01").path == "P.A.A1.01"
    ties = [{"by": "aspect", "code": "P.A.A1.01"}]
    assert mistakes(of_aspects(aspect("A1.01"), ties=ties)) == []


def test_what_is_only_shown_may_be_a_text_or_a_whole_number() -> None:
    item = one_aspect(sub="A1 外观", section=3, day=1, description="焊缝", unit="毫米")
    assert (item.sub, item.section, item.day) == ("A1 外观", "3", "1")
    assert (item.description, item.unit) == ("焊缝", "毫米")


# ---------------------------------------------------------------- the fields of each kind


def kind_mistake(kind: str, **fields: object) -> tuple[str, str | None]:
    """Return variant and last part of the pointer of the one mistake in an aspect."""
    variant, pointer = only_mistake(of_aspects(aspect("A1", kind, **fields)))
    assert pointer is not None
    assert pointer.startswith(A1)
    return variant, pointer.removeprefix(f"{A1}/")


BAND = {"upto": "1", "points": "5"}


@pytest.mark.parametrize(
    ("kind", "fields", "expected"),
    [
        ("judgement", {"levels": ["0"]}, ("too_few", "levels")),
        ("judgement", {"levels": ["0", 1]}, ("text", "levels/1")),
        ("judgement", {"levels": "0123"}, ("list", "levels")),
        ("judgement", {"max": "-1"}, ("least", "max")),
        ("judgement", {"step": "1"}, ("unknown_key", "step")),
        ("measurement", {"entry": "text"}, ("choice", "entry")),
        ("measurement", {"max": "-1"}, ("least", "max")),
        ("measurement", {"entry": "value", "bands": [BAND], "max": "-1"}, ("least", "max")),
        ("measurement", {"step": "0"}, ("least", "step")),
        ("measurement", {"entry": "value"}, ("missing_key", "bands")),
        ("measurement", {"entry": "value", "bands": []}, ("too_few", "bands")),
        ("measurement", {"entry": "value", "bands": [BAND, BAND]}, ("ascending", "bands/1/upto")),
        ("measurement", {"entry": "value", "bands": [{"upto": "1"}]}, ("missing_key", "bands/0/points")),
        ("measurement", {"entry": "value", "bands": [{"points": "1"}]}, ("missing_key", "bands/0/upto")),
        ("measurement", {"entry": "value", "bands": [BAND | {"x": 1}]}, ("unknown_key", "bands/0/x")),
        ("measurement", {"entry": "value", "bands": [BAND], "nominal": 5}, ("decimal", "nominal")),
        ("count", {"max": "-1"}, ("least", "max")),
        ("count", {"per": "-1"}, ("least", "per")),
        ("count", {"per_false": "-1"}, ("least", "per_false")),
        ("deduction", {"zero_at": "3"}, ("needs", "zero_at")),
        ("deduction", {"per": "1", "zero_at": "-3"}, ("least", "zero_at")),
        ("deduction", {"per": "-1"}, ("least", "per")),
        ("deduction", {"max": "-1"}, ("least", "max")),
        ("time", {"max": "1"}, ("unknown_key", "max")),
        ("time", {"limit": "-1"}, ("least", "limit")),
        ("time", {"early": "-1"}, ("least", "early")),
        ("time", {"cap": "-1"}, ("least", "cap")),
        ("time", {"late": "-1"}, ("least", "late")),
        ("indicator", {"target": "0"}, ("least", "target")),
        ("indicator", {"better": "more"}, ("choice", "better")),
        ("indicator", {"max": "-1"}, ("least", "max")),
    ],
)
def test_the_fields_of_a_kind_are_checked(
    kind: str, fields: dict[str, object], expected: tuple[str, str]
) -> None:
    assert kind_mistake(kind, **fields) == expected


@pytest.mark.parametrize("kind", ["score", "judgement", "measurement", "count", "deduction", "indicator"])
def test_a_maximum_is_needed(kind: str) -> None:
    item = aspect("A1", kind)
    del item["max"]
    assert only_mistake(of_aspects(item)) == ("missing_key", f"{A1}/max")


@pytest.mark.parametrize(("kind", "key"), [("judgement", "levels"), ("count", "per")])
def test_levels_and_points_per_hit_are_needed(kind: str, key: str) -> None:
    item = aspect("A1", kind)
    del item[key]
    assert only_mistake(of_aspects(item)) == ("missing_key", f"{A1}/{key}")


def test_a_measured_value_needs_no_maximum() -> None:
    bands = [BAND, {"upto": "2.5", "points": "3"}]
    item = one_aspect(kind="measurement", entry="value", bands=bands, nominal="4")
    assert item.maximum is None
    assert [band.upto for band in item.bands] == [1_000_000, 2_500_000]
    assert [band.points for band in item.bands] == [5_000_000, 3_000_000]
    assert item.nominal == 4_000_000


def test_the_other_kinds_have_their_defaults() -> None:
    assert one_aspect(kind="measurement").entry == "points"
    assert one_aspect(kind="count").per_false == 0
    late = one_aspect(kind="time")
    assert (late.limit, late.early, late.cap, late.late) == (None, 0, 0, 0)
    assert (one_aspect(kind="indicator").better, one_aspect(kind="indicator").target) == ("higher", None)
    assert (one_aspect(kind="deduction").per, one_aspect(kind="deduction").zero_at) == (None, None)


def test_faults_until_zero_may_be_a_whole_number_or_a_decimal() -> None:
    assert one_aspect(kind="deduction", per="1", zero_at="3").zero_at == 3_000_000
    assert one_aspect(kind="deduction", per="1", zero_at=3).zero_at == 3_000_000
    assert kind_mistake("deduction", per="1", zero_at=True) == ("decimal", "zero_at")
    assert kind_mistake("deduction", per="1", zero_at=-1) == ("least", "zero_at")


# ---------------------------------------------------------------- panels


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("score", ("mean", 1, 1, None, None)),
        ("judgement", ("mean", 1, 3, 3, 1_000_000)),
        ("measurement", ("agreed", 1, 1, None, None)),
        ("count", ("agreed", 1, 1, None, None)),
        ("deduction", ("agreed", 1, 1, None, None)),
        ("time", ("agreed", 1, 1, None, None)),
        ("indicator", ("agreed", 1, 1, None, None)),
    ],
)
def test_each_kind_has_its_own_panel_by_default(kind: str, expected: tuple[object, ...]) -> None:
    panel = one_aspect(kind=kind).panel
    assert (panel.method, panel.drop, panel.min_judges, panel.max_judges, panel.max_spread) == expected
    assert (panel.missing, panel.places, panel.fallback) == ("refuse", 2, None)


@pytest.mark.parametrize(
    ("kind", "panel", "fewest"),
    [
        ("score", {"method": "trimmed_mean"}, 3),
        ("score", {"method": "trimmed_mean", "drop": 2}, 5),
        ("score", {"method": "trimmed_mean", "drop": 0}, 1),
        ("score", {"method": "trimmed_mean", "min_judges": 7}, 7),
        ("score", {"method": "median", "drop": 2}, 1),
        ("judgement", {"method": "trimmed_mean", "drop": 2}, 5),
        ("judgement", {"min_judges": 5}, 5),
    ],
)
def test_a_trimmed_panel_needs_a_mark_that_is_left(kind: str, panel: dict[str, object], fewest: int) -> None:
    assert one_aspect(kind=kind, panel=panel).panel.min_judges == fewest


def test_a_fallback_has_the_defaults_of_its_own_method() -> None:
    fallback = {"method": "trimmed_mean"}
    panel = one_aspect(panel={"method": "trimmed_mean", "drop": 2, "fallback": fallback}).panel
    assert panel.fallback is not None
    assert (panel.fallback.method, panel.fallback.drop, panel.fallback.min_judges) == ("trimmed_mean", 1, 3)


def test_a_spread_may_be_a_decimal_or_a_whole_number() -> None:
    assert one_aspect(panel={"max_spread": "1.5"}).panel.max_spread == 1_500_000
    assert one_aspect(panel={"max_spread": 2}).panel.max_spread == 2_000_000


@pytest.mark.parametrize(
    ("panel", "expected"),
    [
        ({"method": "average"}, ("choice", "method")),
        ({"drop": -1}, ("least", "drop")),
        ({"min_judges": 0}, ("least", "min_judges")),
        ({"method": "trimmed_mean", "min_judges": 2}, ("trimmed_panel", "min_judges")),
        ({"missing": "ignore"}, ("choice", "missing")),
        ({"max_spread": "-1"}, ("least", "max_spread")),
        ({"max_spread": True}, ("decimal", "max_spread")),
        ({"max_spread": -1}, ("least", "max_spread")),
        ({"places": "2"}, ("places", "places")),
        ({"colour": 1}, ("unknown_key", "colour")),
        ({"fallback": {}}, ("missing_key", "fallback/method")),
        ({"fallback": {"method": "best"}}, ("choice", "fallback/method")),
        ({"fallback": {"method": "mean", "places": 2}}, ("unknown_key", "fallback/places")),
        ({"fallback": {"method": "trimmed_mean", "min_judges": 2}}, ("trimmed_panel", "fallback/min_judges")),
        ({"fallback": None}, ("object", "fallback")),
    ],
)
def test_a_panel_is_checked(panel: dict[str, object], expected: tuple[str, str]) -> None:
    variant, pointer = kind_mistake("score", panel=panel)
    assert (variant, pointer.removeprefix("panel/") if pointer else "") == expected


# ---------------------------------------------------------------- ties and awards


@pytest.mark.parametrize(
    "tie",
    [
        {"by": "stage", "code": "P"},
        {"by": "criterion", "code": "P.A", "order": "asc"},
        {"by": "aspect", "code": "P.A.A1"},
        {"by": "kind", "kind": "measurement"},
        {"by": "penalties", "order": "asc"},
        {"by": "manual"},
    ],
)
def test_a_comparator_names_what_it_compares(tie: Document) -> None:
    [found] = parsed(scheme(ties=[tie])).ranking.ties
    assert (found.by, found.code, found.kind) == (tie["by"], tie.get("code", ""), tie.get("kind", ""))
    assert found.order == ("asc" if tie["by"] == "manual" else tie.get("order", "desc"))


@pytest.mark.parametrize(
    ("tie", "expected"),
    [
        ({"by": "criterion", "code": "P"}, ("unknown_path", "code")),
        ({"by": "criterion", "code": "A"}, ("unknown_path", "code")),
        ({"by": "aspect", "code": "P.A1"}, ("unknown_path", "code")),
        ({"by": "kind"}, ("missing_key", "kind")),
        ({"by": "kind", "kind": "points"}, ("choice", "kind")),
        ({"by": "kind", "kind": "time", "code": "P"}, ("unknown_key", "code")),
        ({"by": "penalties", "code": "P"}, ("unknown_key", "code")),
    ],
)
def test_a_comparator_that_names_nothing_is_refused(tie: Document, expected: tuple[str, str]) -> None:
    assert only_mistake(scheme(ties=[tie])) == (expected[0], f"/ranking/ties/0/{expected[1]}")


@pytest.mark.parametrize("take", ["mean", "sum"])
@pytest.mark.parametrize(
    ("tie", "key"),
    [
        ({"by": "criterion", "code": "P.A"}, "code"),
        ({"by": "aspect", "code": "P.A.A1"}, "code"),
        ({"by": "kind", "kind": "score"}, "kind"),
    ],
)
def test_below_a_stage_that_blends_attempts_nothing_can_be_compared(
    take: str, tie: Document, key: str
) -> None:
    document = scheme(stage("P", attempts=2, take=take), ties=[tie])
    assert only_mistake(document) == ("blended", f"/ranking/ties/0/{key}")
    assert mistakes(scheme(stage("P", attempts=2, take=take), ties=[{"by": "stage", "code": "P"}])) == []


def tier_mistake(tier: Document) -> tuple[str, str | None]:
    variant, pointer = only_mistake(scheme(awards={"tiers": [tier]}))
    assert pointer is not None
    return variant, pointer.removeprefix("/awards/tiers/0").removeprefix("/")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, ("tier_rule", "")),
        ({"count": 1, "percent": "10"}, ("tier_rule", "")),
        ({"count": "1"}, ("whole_number", "count")),
        ({"count": -1}, ("least", "count")),
        ({"ranks": [1]}, ("ranks", "ranks")),
        ({"ranks": [0, 1]}, ("ranks", "ranks")),
        ({"ranks": [2, 1]}, ("ranks", "ranks")),
        ({"ranks": ["1", "2"]}, ("ranks", "ranks")),
        ({"ranks": [1, 2, "3"]}, ("ranks", "ranks")),
        ({"ranks": [True, 2]}, ("ranks", "ranks")),
        ({"ranks": [1, 2.0]}, ("ranks", "ranks")),
        ({"ranks": 1}, ("ranks", "ranks")),
        ({"ranks": [1, 2], "at_least": 1}, ("unknown_key", "at_least")),
        ({"top_fraction": "1.01"}, ("most", "top_fraction")),
        ({"top_fraction": "-0.1"}, ("least", "top_fraction")),
        ({"threshold": 95}, ("decimal", "threshold")),
        ({"threshold": "95", "on": "scale"}, ("needs", "on")),
        ({"threshold": "95", "on": "rank"}, ("choice", "on")),
        ({"place": 1}, ("missing_key", "band")),
        ({"place": 0, "band": "2"}, ("least", "place")),
        ({"place": 1, "band": "-2"}, ("least", "band")),
        ({"band": "2"}, ("tier_rule", "")),
    ],
)
def test_a_tier_has_exactly_one_rule(rule: Document, expected: tuple[str, str]) -> None:
    assert tier_mistake({"title": "一等奖", **rule}) == expected


@pytest.mark.parametrize(
    "rule",
    [
        {"count": 0},
        {"count": 3, "at_least": 1, "per_unit": 1},
        {"percent": "100"},
        {"ranks": [1, 1], "per_unit": "2"},
        {"top_fraction": "1"},
        {"threshold": "-5", "on": "total"},
        {"place": 1, "band": "0", "on": "scale"},
    ],
)
def test_each_rule_of_a_tier_is_read(rule: Document) -> None:
    document = scheme(awards={"tiers": [{"title": "一等奖", **rule}]}, scale="median700")
    awards = parsed(document).awards
    assert awards is not None
    assert awards.tiers[0].kind == next(iter(rule))


def test_two_tiers_of_one_name_could_not_be_decided_between() -> None:
    document = scheme(awards={"tiers": [{"title": "奖", "count": 1}, {"title": "奖", "count": 1}]})
    assert only_mistake(document) == ("repeated_title", "/awards/tiers/1/title")


def test_an_award_block_may_still_be_without_tiers() -> None:
    assert mistakes(scheme(awards={"tiers": []})) == []


# ---------------------------------------------------------------- the JSON text


def test_a_repeated_key_is_refused_wherever_it_stands() -> None:
    document, findings = load_document('{"format": "scheme/1", "format": "scheme/1", "stages": []}')
    assert findings == []
    assert ("SCHEME_INVALID", "scheme.json:/format") in codes(mistakes(document))


def test_a_number_with_a_point_an_exponent_or_a_name_is_no_decimal_and_no_count() -> None:
    for written in ("2.0", "2e0", "NaN", "Infinity", "-Infinity", "9" * 5000):
        given = json.dumps(FULL).replace('"attempts": 2', f'"attempts": {written}')
        document, findings = load_document(given)
        assert findings == []
        assert only_mistake(document) == ("whole_number", "/stages/0/attempts")


def test_what_is_no_json_is_a_fault_of_the_file() -> None:
    document, findings = load_document('{"format":\n "scheme/1",}')
    assert document is None
    assert codes(findings) == [("FILE_FORMAT", "scheme.json:2")]


def test_json_of_absurd_depth_is_refused() -> None:
    document, findings = load_document("[" * 200_000)
    assert document is None
    assert codes(findings) == [("FILE_FORMAT", "scheme.json")]


def test_a_code_that_cannot_be_read_is_not_missed_a_second_time_by_the_tie_chain() -> None:
    assert only_mistake(changed(FULL, "/stages/1/code", "P 1")) == ("code", "/stages/1/code")


def test_a_value_of_any_depth_and_an_object_of_any_size_are_refused_in_time() -> None:
    deep = "[" * 900 + "]" * 900
    document, findings = load_document(json.dumps(FULL).replace('"WELD-2026"', deep))
    assert findings == []
    assert [finding.variant for finding in mistakes(document)] == ["code"]
    keys = ",".join(f'"{number}":0' for number in range(50_000))
    large, findings = load_document(f'{{{keys},"7":1}}')
    assert findings == []
    assert ("SCHEME_INVALID", "scheme.json:/7") in codes(mistakes(large))


def test_a_mistake_says_what_was_written_and_what_is_allowed() -> None:
    def params(pointer: str, value: object) -> dict[str, object]:
        [finding] = mistakes(changed(FULL, pointer, value))
        return dict(finding.params)

    tier = "/awards/tiers/0"
    assert params(f"{tier}/percent", "101") == {"key": "percent", "most": 100}
    fraction = changed(FULL, tier, {"title": "奖", "top_fraction": "2"})
    assert mistakes(fraction)[0].params == {"key": "top_fraction", "most": 1}
    assert params("/stages/0/attempts", 0) == {"key": "attempts", "value": 0, "least": 1}
    assert params("/stages/0/weight", "-1") == {"key": "weight", "value": "-1", "least": "0"}
    assert params("/stages/0/weight", 0.5) == {"key": "weight", "value": "0.5"}
    assert params("/stages/0/code", ["T"]) == {"key": "code", "value": "[…]"}
    assert params("/stages/0/code", {"T": 1}) == {"key": "code", "value": "{…}"}
    assert params("/stages/0/code", None) == {"key": "code", "value": "null"}
    assert params("/stages/0/criteria", []) == {"key": "criteria", "least": 1}
    assert params(f"{A1}/panel", {"method": "trimmed_mean", "drop": 2, "min_judges": 4}) == {
        "key": "min_judges",
        "drop": 2,
        "least": 5,
    }
    assert params("/ranking/ties/0/code", "X") == {"key": "code", "value": "X", "by": "stage"}
    assert params("/scale", "x") == {"key": "scale", "value": "x", "options": "median700"}
    assert params(tier, {"title": "奖", "count": 1, "place": 1})["given"] == "count, place"
    assert params(tier, {"title": "奖"})["given"] == "-"

"""The device says of a value what the server says: the same refusals, the same points."""

import itertools

import pytest

from core import canonical
from scoring.rules.numbers import format_number
from scoring.rules.scheme import parse_scheme
from scoring.rules.values import check_value, preview_points, read_value
from scoring.tablet.rules import device_rule
from tests.browser.conftest import serve
from tests.factories.marking import scheme, stage

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("app", ["sqlite"], indirect=True),
]

LEVELS = ["一", "二", "三", "四"]
BANDS = [{"upto": "0.05", "points": "5"}, {"upto": "0.1", "points": "2.5"}, {"upto": "7", "points": "1"}]
ASPECTS = [
    {"kind": "score", "max": "100"},
    {"kind": "score", "min": "-5.5", "max": "7.25", "step": "0.25"},
    {"kind": "score", "max": "10", "step": "3", "panel": {"method": "mean", "places": 0}},
    {"kind": "score", "max": "10", "step": "0.000001", "panel": {"method": "mean", "places": None}},
    {"kind": "judgement", "max": "7", "levels": LEVELS},
    {
        "kind": "judgement",
        "max": "1",
        "levels": LEVELS,
        "panel": {"method": "mean", "min_judges": 3, "places": 6},
    },
    {"kind": "measurement", "max": "5", "step": "0.5"},
    {"kind": "measurement", "max": "5.5", "entry": "pass"},
    {"kind": "measurement", "entry": "value", "bands": BANDS},
    {"kind": "measurement", "entry": "value", "nominal": "5.02", "bands": BANDS},
    {"kind": "count", "per": "1.5", "max": "9"},
    {"kind": "count", "per": "2", "per_false": "0.75", "max": "9"},
    {"kind": "deduction", "max": "10", "per": "2.5"},
    {"kind": "deduction", "max": "10", "per": "2.5", "zero_at": "3"},
    {"kind": "deduction", "max": "10"},
    {"kind": "time"},
    {"kind": "time", "limit": "3600", "early": "0.7", "cap": "2", "late": "1.3"},
    {"kind": "indicator", "max": "10", "target": "3"},
    {"kind": "indicator", "max": "10", "target": "3", "better": "lower"},
    {"kind": "indicator", "max": "10"},
]
NUMBERS = (
    "0", "1", "2", "3", "4", "7", "9", "10", "100", "101", "3599.999", "3600", "3661.5", "0.05", "0.25",
    "0.5", "1.005", "2.675", "4.97", "5.07", "5.070001", "7.25", "-1", "-5.5", "-0", "007", "999999999999",
    "0.000001", "0.0000001",
)  # fmt: skip
WRONG = (
    "+1", "1.", ".5", "1e2", "NaN", "Infinity", "1_0", "９", "٩", "1,5", "", "abc", "yes", "no", "Yes",
    "--1", "1 ", " 1", "1" * 13, "1" * 60, "0x10", "9.5分",
)  # fmt: skip
PAIRS = (
    "1/0",
    "3/1",
    "3/2",
    "0/5",
    "2.5/1",
    "3/1.5",
    "-1/2",
    "1/-2",
    "1/2/3",
    "/",
    "1/",
    "/1",
    "9/4",
    "5/3",
    "0/0",
)

SAYS = """async (cases) => {
  const { check, points, format } = await import("/static/js/tablet/values.js");
  return cases.map(([rule, text]) => {
    const found = check(rule, text);
    const worth = found ? null : points(rule, text);
    return [found ? [found.code, found.variant, Object.fromEntries(
      Object.entries(found.params).map(([name, value]) => [name, String(value)]))] : null,
      worth === null ? null : format(worth, rule.places)];
  });
}"""


def server_says(aspect, text):
    """Return what the server says in the form of the device."""
    finding = check_value(aspect, text)
    if finding is not None:
        params = {name: str(value) for name, value in finding.params.items() if name != "aspect"}
        return [[finding.code, finding.variant, params], None]
    without = aspect.kind == "time" and aspect.limit is None
    return [None, None if without else preview_points(aspect, text)]


def test_the_device_says_what_the_server_says(app, chromium):
    aspects = [{"code": f"X{n}", "title": "x", **given} for n, given in enumerate(ASPECTS)]
    parsed, findings = parse_scheme(scheme([stage("P", "实操", aspects)]))
    assert [finding for finding in findings if finding.level == "error"] == []
    cases = [
        (aspect, text)
        for aspect, text in itertools.product(parsed.stages[0].aspects, (*NUMBERS, *WRONG, *PAIRS))
        if text
    ]
    asked = [[canonical.loads(canonical.dumps(device_rule(aspect))), text] for aspect, text in cases]
    with serve(app) as address:
        page = chromium.new_page()
        page.goto(f"{address}/static/img/icon.svg")
        told = page.evaluate(SAYS, asked)
        page.close()
    differ = [
        (aspect.kind, text, here, server_says(aspect, text))
        for (aspect, text), here in zip(cases, told, strict=True)
        if here != server_says(aspect, text)
    ]
    assert differ == []
    assert len(cases) > 1000
    assert sum(here[1] is not None for here in told) > 250
    assert read_value(parsed.stages[0].aspects[0], "1") == 1_000_000
    assert format_number(1_005_000, 2) == "1.01"

"""Section 2: scheme.json. Checks the document and fills in what is not given."""

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from tests.oracle.arithmetic import is_number

Node = dict[str, Any]
CODE = re.compile(r"[A-Za-z0-9_-]+")
METHODS = ["agreed", "mean", "trimmed_mean", "median", "sum"]
KINDS = ["score", "judgement", "measurement", "count", "deduction", "time", "indicator"]


def text(value: Any) -> bool:
    """Accept any text."""
    return isinstance(value, str)


def code(value: Any) -> bool:
    """Accept letters, digits, `-` and `_`."""
    return isinstance(value, str) and CODE.fullmatch(value) is not None


def whole(low: int, high: int = 10**6) -> Callable[[Any], bool]:
    """Accept a JSON whole number between two limits."""
    return lambda value: type(value) is int and low <= value <= high


def places(value: Any) -> bool:
    """Accept 0 to 6, or null."""
    return value is None or whole(0, 6)(value)


def above(limit: int, *, or_equal: bool) -> Callable[[Any], bool]:
    """Accept a decimal text above a limit."""
    return lambda v: is_number(v) and (Fraction(v) > limit or (or_equal and Fraction(v) == limit))


def one_of(*words: str) -> Callable[[Any], bool]:
    """Accept one of the words."""
    return lambda value: value in words


def truth(value: Any) -> bool:
    """Accept true and false."""
    return isinstance(value, bool)


def anything(_value: Any) -> bool:
    """Accept what is only displayed, or what is checked elsewhere."""
    return True


def levels(value: Any) -> bool:
    """Accept two texts or more."""
    return isinstance(value, list) and len(value) >= 2 and all(isinstance(one, str) for one in value)


def bands(value: Any) -> bool:
    """Accept a list of upper borders with points, ascending."""
    if not isinstance(value, list) or not value:
        return False
    for band in value:
        if not isinstance(band, dict) or set(band) != {"upto", "points"}:
            return False
        if not is_number(band["upto"]) or not is_number(band["points"]):
            return False
    borders = [Fraction(band["upto"]) for band in value]
    return all(low < high for low, high in zip(borders, borders[1:], strict=False))


def ranks(value: Any) -> bool:
    """Accept [from, to]."""
    return isinstance(value, list) and len(value) == 2 and all(map(whole(1), value)) and value[0] <= value[1]


not_negative = above(0, or_equal=True)
positive = above(0, or_equal=False)

# Each object: the keys it may hold and what each accepts; the keys it must hold.
Shape = tuple[dict[str, Callable[[Any], bool]], list[str]]

SCHEME: Shape = (
    {"format": one_of("scheme/1"), "code": code, "title": text, "rule_reference": text,
     "weights": one_of("share", "plain"), "stages": anything, "total": anything, "ranking": anything,
     "awards": anything, "scale": lambda v: v in (None, "median700")},
    ["format", "stages", "ranking"],
)
TOTAL: Shape = ({"places": places, "min": is_number, "max": is_number}, [])
STAGE: Shape = (
    {"code": code, "title": text, "weight": not_negative, "min": is_number, "max": is_number,
     "places": places, "attempts": whole(1), "take": one_of("best", "mean", "sum", "last"),
     "criteria": anything},
    ["code", "criteria"],
)
CRITERION: Shape = (
    {"code": code, "title": text, "min": is_number, "max": is_number, "places": places, "aspects": anything},
    ["code", "aspects"],
)
ASPECT: Shape = (
    {"code": code, "title": text, "kind": one_of(*KINDS), "factor": is_number, "places": places,
     "required": truth, "panel": anything, "sub": text, "section": anything, "day": anything,
     "description": anything, "unit": anything},
    ["code", "kind"],
)
KIND_SHAPES: dict[str, Shape] = {
    "score": ({"min": is_number, "max": is_number, "step": positive}, ["max"]),
    "judgement": ({"max": is_number, "levels": levels}, ["max", "levels"]),
    "measurement": (
        {"max": is_number, "entry": one_of("points", "pass", "value"), "step": positive, "nominal": is_number,
         "bands": bands}, []),
    "count": ({"max": is_number, "per": not_negative, "per_false": not_negative}, ["per", "max"]),
    "deduction": ({"max": is_number, "per": not_negative, "zero_at": not_negative}, ["max"]),
    "time": ({"limit": not_negative, "early": not_negative, "cap": not_negative, "late": not_negative}, []),
    "indicator": ({"max": is_number, "target": positive, "better": one_of("higher", "lower")}, ["max"]),
}
PANEL: Shape = (
    {"method": one_of(*METHODS), "drop": whole(0), "min_judges": whole(1),
     "missing": one_of("refuse", "exclude"), "max_spread": not_negative, "places": places,
     "fallback": anything},
    [],
)
FALLBACK: Shape = ({"method": one_of(*METHODS), "drop": whole(0), "min_judges": whole(1)}, ["method"])
RANKING: Shape = ({"order": one_of("desc", "asc"), "share": truth, "ties": anything}, ["share"])
AWARDS: Shape = (
    {"base": one_of("checked_in", "entered", "ranked"), "boundary": one_of("decide", "extend", "shrink"),
     "tiers": anything},
    ["tiers"],
)
TIER: Shape = (
    {"title": text, "count": whole(0), "percent": not_negative, "ranks": ranks, "top_fraction": not_negative,
     "threshold": is_number, "place": whole(1), "band": not_negative, "on": one_of("scale", "total"),
     "at_least": whole(0), "per_unit": whole(1)},
    ["title"],
)
RULES = ["count", "percent", "ranks", "top_fraction", "threshold", "place"]


def check(node: Any, shape: Shape, at: str) -> Iterator[str]:
    """Yield the place of each missing key, unknown key and value that is not accepted."""
    allowed, needed = shape
    if not isinstance(node, dict):
        yield at
        return
    if any(key not in node for key in needed):
        yield at
    for key, value in node.items():
        if key not in allowed or not allowed[key](value):
            yield f"{at}/{key}"


def scheme_places(scheme: Any) -> list[str]:
    """Return the places of scheme.json that go against the format."""
    wrong = list(check(scheme, SCHEME, ""))
    if wrong:
        return wrong
    wrong += list(check(scheme.get("total", {}), TOTAL, "/total"))
    wrong += list_places(scheme["stages"], "/stages", stage_places)
    if not wrong:
        wrong += ranking_places(scheme)
    if scheme.get("awards") is not None:
        wrong += awards_places(scheme)
    return wrong


def list_places(nodes: Any, at: str, inside: Callable[[Any, str], list[str]]) -> list[str]:
    """Check each node of a list and that no code is there twice."""
    if not isinstance(nodes, list) or not nodes:
        return [at]
    wrong: list[str] = []
    seen: set[str] = set()
    for index, node in enumerate(nodes):
        found = inside(node, f"{at}/{index}")
        wrong += found
        if not found and node["code"] in seen:
            wrong.append(f"{at}/{index}/code")
        if not found:
            seen.add(node["code"])
    return wrong


def limits_cross(node: Node) -> bool:
    """Say whether the lower limit stands above the upper one."""
    return "min" in node and "max" in node and Fraction(node["min"]) > Fraction(node["max"])


def stage_places(stage: Any, at: str) -> list[str]:
    """Check one stage and all below it."""
    wrong = list(check(stage, STAGE, at))
    if wrong:
        return wrong
    if limits_cross(stage):
        wrong.append(at)
    wrong += list_places(stage["criteria"], f"{at}/criteria", criterion_places)
    if not wrong:
        seen: set[str] = set()
        for c, criterion in enumerate(stage["criteria"]):
            for a, aspect in enumerate(criterion["aspects"]):
                if aspect["code"] in seen:
                    wrong.append(f"{at}/criteria/{c}/aspects/{a}/code")
                seen.add(aspect["code"])
    return wrong


def criterion_places(criterion: Any, at: str) -> list[str]:
    """Check one criterion and its aspects."""
    wrong = list(check(criterion, CRITERION, at))
    if wrong:
        return wrong
    if limits_cross(criterion):
        wrong.append(at)
    if not isinstance(criterion["aspects"], list) or not criterion["aspects"]:
        return [*wrong, f"{at}/aspects"]
    for index, aspect in enumerate(criterion["aspects"]):
        wrong += aspect_places(aspect, f"{at}/aspects/{index}")
    return wrong


def aspect_places(aspect: Any, at: str) -> list[str]:
    """Check one aspect: what all kinds have, and what its own kind has."""
    if not isinstance(aspect, dict) or aspect.get("kind") not in KINDS:
        return [f"{at}/kind" if isinstance(aspect, dict) and "kind" in aspect else at]
    own, needed = KIND_SHAPES[aspect["kind"]]
    wrong = list(check(aspect, ({**ASPECT[0], **own}, ASPECT[1] + needed), at))
    if wrong:
        return wrong
    if limits_cross({"min": aspect.get("min", "0"), **aspect}) or kind_conflict(aspect):
        wrong.append(at)
    if "panel" in aspect:
        wrong += panel_places(aspect["panel"], f"{at}/panel")
    return wrong


def kind_conflict(aspect: Node) -> bool:
    """Say whether fields of one kind contradict each other."""
    if aspect["kind"] == "deduction":
        return "zero_at" in aspect and "per" not in aspect
    if aspect["kind"] == "measurement":
        by_value = aspect.get("entry", "points") == "value"
        return "bands" not in aspect if by_value else "max" not in aspect
    return False


def panel_places(panel: Any, at: str) -> list[str]:
    """Check a panel and its fallback."""
    wrong = list(check(panel, PANEL, at)) or too_few(panel, at)
    if not wrong and "fallback" in panel:
        wrong += list(check(panel["fallback"], FALLBACK, f"{at}/fallback"))
        wrong = wrong or too_few(panel["fallback"], f"{at}/fallback")
    return wrong


def too_few(panel: Node, at: str) -> list[str]:
    """Refuse a trimmed mean that could leave every mark out."""
    needed = 2 * panel.get("drop", 1) + 1
    trimmed = panel.get("method") == "trimmed_mean"
    return [f"{at}/min_judges"] if trimmed and panel.get("min_judges", needed) < needed else []


def ranking_places(scheme: Node) -> list[str]:
    """Check the ranking and each comparator against the nodes of the scheme."""
    wrong = list(check(scheme["ranking"], RANKING, "/ranking"))
    if wrong:
        return wrong
    ties = scheme["ranking"].get("ties", [])
    if not isinstance(ties, list):
        return ["/ranking/ties"]
    for index, tie in enumerate(ties):
        if not comparator_is_complete(tie):
            wrong.append(f"/ranking/ties/{index}")
        elif "code" in tie and tie["code"] not in paths(scheme)[tie["by"]]:
            wrong.append(f"/ranking/ties/{index}/code")
    return wrong


COMPARATOR_KEYS: dict[str, set[str]] = {
    "stage": {"code"}, "criterion": {"code"}, "aspect": {"code"}, "kind": {"kind"}, "penalties": set(),
    "manual": set(),
}


def comparator_is_complete(tie: Any) -> bool:
    """Say whether a comparator has the keys of its sort and no other."""
    if not isinstance(tie, dict) or tie.get("by") not in list(COMPARATOR_KEYS):
        return False
    needed = COMPARATOR_KEYS[tie["by"]] | {"by"}
    allowed = needed if tie["by"] == "manual" else needed | {"order"}
    if not needed <= set(tie) <= allowed or tie.get("order", "desc") not in ("desc", "asc"):
        return False
    return tie["by"] != "kind" or tie["kind"] in KINDS


def paths(scheme: Node) -> dict[str, list[str]]:
    """List the nodes a comparator may name; there is none below a stage that takes mean or sum."""
    named: dict[str, list[str]] = {"stage": [], "criterion": [], "aspect": []}
    for stage in scheme["stages"]:
        named["stage"].append(stage["code"])
        if stage.get("take", "best") in ("mean", "sum"):
            continue
        for criterion in stage["criteria"]:
            named["criterion"].append(f"{stage['code']}.{criterion['code']}")
            named["aspect"] += [f"{named['criterion'][-1]}.{one['code']}" for one in criterion["aspects"]]
    return named


def kind_is_torn(scheme: Node) -> bool:
    """Say whether a comparator adds up a kind that also stands in a stage without aspect values."""
    wanted = {tie["kind"] for tie in scheme["ranking"].get("ties", []) if tie["by"] == "kind"}
    torn = [stage for stage in scheme["stages"] if stage.get("take", "best") in ("mean", "sum")]
    return any(aspect["kind"] in wanted for stage in torn for _, aspect in all_aspects(stage))


def awards_places(scheme: Node) -> list[str]:
    """Check the awards: each tier has one rule."""
    awards = scheme["awards"]
    wrong = list(check(awards, AWARDS, "/awards"))
    if wrong:
        return wrong
    if not isinstance(awards["tiers"], list):
        return ["/awards/tiers"]
    for index, tier in enumerate(awards["tiers"]):
        at = f"/awards/tiers/{index}"
        found = list(check(tier, TIER, at))
        wrong += found
        if not found and not tier_is_valid(tier, scheme):
            wrong.append(at)
    return wrong


def tier_is_valid(tier: Node, scheme: Node) -> bool:
    """Say whether a tier has exactly one rule and only the fields of that rule."""
    given = [rule for rule in RULES if rule in tier]
    if len(given) != 1 or ("band" in tier) != (given[0] == "place"):
        return False
    if "on" in tier and given[0] not in ("threshold", "place"):
        return False
    return tier.get("on") != "scale" or scheme.get("scale") == "median700"


def weights_miss_one(scheme: Node) -> bool:
    """Say whether the stages share the total and their weights do not sum to exactly 1."""
    stages = scheme["stages"]
    if scheme.get("weights", "share" if len(stages) > 1 else "plain") == "plain":
        return False
    return sum((Fraction(stage.get("weight", "1")) for stage in stages), Fraction(0)) != 1


def fraction(node: Node, key: str, default: str | None = None) -> Fraction | None:
    """Return a decimal of a node as an exact fraction."""
    value = node.get(key, default)
    return None if value is None else Fraction(value)


def number(node: Node, key: str, default: str = "0") -> Fraction:
    """Return a decimal of a node as an exact fraction, with the stated default."""
    return Fraction(node.get(key, default))


def all_aspects(stage: Node) -> list[tuple[Node, Node]]:
    """List (criterion, aspect) of a stage in the order of the scheme."""
    return [(criterion, aspect) for criterion in stage["criteria"] for aspect in criterion["aspects"]]

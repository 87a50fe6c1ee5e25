"""Random schemes over everything the format allows.

What the format leaves open is not made: the oracle would have to guess.
"""

from typing import Any

from tests.dice import Dice

Node = dict[str, Any]
PLACES = [0, 1, 2, 3, None]
KINDS = [
    "score",
    "score",
    "score",
    "judgement",
    "measurement",
    "measurement",
    "count",
    "deduction",
    "time",
    "indicator",
]
SHARES = {
    1: [["1"]],
    2: [["0.3", "0.7"], ["0.5", "0.5"], ["0", "1"]],
    3: [["0.2", "0.3", "0.5"], ["0.25", "0.25", "0.5"]],
}


def make_scheme(dice: Dice) -> Node:
    """Return a valid scheme."""
    count = dice.pick([1, 1, 1, 2, 2, 3])
    stages = [make_stage(dice, f"S{n}") for n in range(1, count + 1)]
    scheme: Node = {"format": "scheme/1", "code": "RANDOM", "title": "随机", "stages": stages}
    weigh(dice, scheme)
    if dice.chance(50):
        scheme["total"] = {
            **dice.maybe(50, "places", PLACES),
            **dice.maybe(40, "min", ["-20", "0", "5"]),
            **dice.maybe(25, "max", ["12", "30.5", "100"]),
        }
    scheme["ranking"] = make_ranking(dice, stages)
    if dice.chance(25):
        scheme["scale"] = dice.pick([None, "median700", "median700"])
    if dice.chance(70):
        scheme["awards"] = make_awards(dice, scheme)
    return scheme


def weigh(dice: Dice, scheme: Node) -> None:
    """Give the stages weights that share the total, or plain ones."""
    stages = scheme["stages"]
    if dice.chance(40):
        scheme["weights"] = "plain"
        for stage in stages:
            stage.update(dice.maybe(70, "weight", ["0", "0.25", "1", "2", "0.333333"]))
        return
    scheme.update({"weights": "share"} if dice.chance(50) else {})
    for stage, weight in zip(stages, dice.pick(SHARES[len(stages)]), strict=True):
        if len(stages) > 1 or dice.chance(50):
            stage["weight"] = weight


def limits(dice: Dice, percent: int) -> Node:
    """Return a clamp."""
    return {
        **dice.maybe(percent, "min", ["-3", "0", "2.5"]),
        **dice.maybe(percent, "max", ["9.996", "10", "20"]),
    }


def make_stage(dice: Dice, code: str) -> Node:
    """Return one stage."""
    stage: Node = {"code": code, "title": code, **limits(dice, 15), **dice.maybe(25, "places", PLACES)}
    if dice.chance(30):
        stage["attempts"] = dice.between(2, 3)
        stage.update(dice.maybe(80, "take", ["best", "mean", "sum", "last"]))
    stage["criteria"] = []
    number = 0
    for c in range(dice.pick([1, 1, 2])):
        criterion: Node = {
            "code": f"C{c}",
            "title": "题",
            **limits(dice, 15),
            **dice.maybe(25, "places", PLACES),
        }
        criterion["aspects"] = []
        for _ in range(dice.pick([1, 1, 2, 3])):
            number += 1
            criterion["aspects"].append(make_aspect(dice, f"A{number}"))
        stage["criteria"].append(criterion)
    return stage


def make_aspect(dice: Dice, code: str) -> Node:
    """Return one aspect of any kind."""
    kind = dice.pick(KINDS)
    aspect: Node = {"code": code, "title": code, "kind": kind, **KIND_FIELDS[kind](dice)}
    aspect.update(dice.maybe(25, "factor", ["0.5", "1.5", "2", "0.333333", "1"]))
    aspect.update(dice.maybe(20, "places", PLACES))
    aspect.update(dice.maybe(25, "required", [False, False, True]))
    aspect.update(dice.maybe(5, "sub", ["A1 外观"]))
    if dice.chance(65):
        aspect["panel"] = make_panel(dice, aspect)
    return aspect


def score(dice: Dice) -> Node:
    """Fields of a score."""
    return {
        "max": dice.pick(["10", "20"]),
        **dice.maybe(30, "min", ["-5", "0", "1"]),
        **dice.maybe(60, "step", ["0.5", "0.25", "1", "0.001"]),
    }


def judgement(dice: Dice) -> Node:
    """Fields of a judgement."""
    count = dice.pick([4, 4, 4, 2, 5])
    return {"max": dice.pick(["1", "2", "1.5", "6"]), "levels": [f"level {n}" for n in range(count)]}


def measurement(dice: Dice) -> Node:
    """Fields of a measurement."""
    entry = dice.pick(["points", "pass", "value", "value"])
    if entry == "pass":
        return {"max": dice.pick(["1", "2.5"]), "entry": entry}
    if entry == "points":
        return {
            "max": dice.pick(["5", "10"]),
            **dice.maybe(50, "entry", [entry]),
            **dice.maybe(50, "step", ["0.5", "0.25"]),
        }
    borders = dice.pick([["1"], ["0.5", "1", "2"], ["-2", "0", "3"]])
    bands = [{"upto": upto, "points": dice.pick(["0", "1", "2.5", "4"])} for upto in borders]
    return {
        "entry": entry,
        "bands": bands,
        **dice.maybe(50, "step", ["0.5"]),
        **dice.maybe(50, "nominal", ["0", "2", "-1.5"]),
    }


def count(dice: Dice) -> Node:
    """Fields of a count."""
    return {
        "max": dice.pick(["5", "10"]),
        "per": dice.pick(["1", "2", "0.75"]),
        **dice.maybe(50, "per_false", ["0", "1", "0.5"]),
    }


def deduction(dice: Dice) -> Node:
    """Fields of a deduction."""
    if dice.chance(35):
        return {"max": dice.pick(["5", "10"])}
    return {
        "max": dice.pick(["5", "10"]),
        "per": dice.pick(["1", "2", "2.5"]),
        **dice.maybe(30, "zero_at", ["2", "3"]),
    }


def time(dice: Dice) -> Node:
    """Fields of a time."""
    if dice.chance(40):
        return {}
    return {
        "limit": dice.pick(["60", "90.5"]),
        **dice.maybe(60, "early", ["1", "0.5"]),
        **dice.maybe(60, "cap", ["0.5", "2"]),
        **dice.maybe(60, "late", ["1", "2"]),
    }


def indicator(dice: Dice) -> Node:
    """Fields of an indicator."""
    return {
        "max": dice.pick(["10", "5"]),
        **dice.maybe(70, "target", ["7", "10"]),
        **dice.maybe(40, "better", ["lower", "higher"]),
    }


KIND_FIELDS = {
    "score": score,
    "judgement": judgement,
    "measurement": measurement,
    "count": count,
    "deduction": deduction,
    "time": time,
    "indicator": indicator,
}


def make_panel(dice: Dice, aspect: Node) -> Node:
    """Return a panel for an aspect; a judgement keeps its mean of three."""
    panel: Node = {
        **dice.maybe(40, "missing", ["refuse", "exclude", "exclude"]),
        **dice.maybe(20, "places", PLACES),
    }
    if aspect["kind"] == "judgement":
        panel.update(dice.maybe(20, "fallback", [{"method": "mean", "min_judges": 2}]))
        return panel
    panel.update(make_method(dice))
    if dice.chance(30):
        panel["fallback"] = make_method(dice, dice.pick(["mean", "trimmed_mean", "median", "sum", "agreed"]))
    numeric = aspect["kind"] in ("score", "deduction", "time") or aspect.get("entry", "points") != "pass"
    if numeric and aspect["kind"] not in ("count", "indicator"):
        panel.update(dice.maybe(15, "max_spread", ["0", "2", "5", "20"]))
    return panel


def make_method(dice: Dice, method: str | None = None) -> Node:
    """Return a method with what belongs to it."""
    method = method or dice.pick(["agreed", "agreed", "mean", "trimmed_mean", "median", "sum"])
    if method == "trimmed_mean":
        drop = dice.pick([1, 1, 2])
        return {
            "method": method,
            **({"drop": drop} if drop == 2 or dice.chance(50) else {}),
            **dice.maybe(40, "min_judges", [2 * drop + 1, 2 * drop + 2]),
        }
    return {"method": method, **dice.maybe(30, "min_judges", [1, 2, 3])}


def make_ranking(dice: Dice, stages: list[Node]) -> Node:
    """Return a ranking with up to three comparators."""
    ties = [make_tie(dice, stages) for _ in range(dice.pick([0, 0, 1, 1, 2, 3]))]
    return {**dice.maybe(60, "order", ["desc", "desc", "asc"]), "share": dice.chance(70), "ties": ties}


def make_tie(dice: Dice, stages: list[Node]) -> Node:
    """Return one comparator; there is none below a stage that takes mean or sum."""
    by = dice.pick(["stage", "criterion", "aspect", "aspect", "kind", "penalties", "manual"])
    single = [stage for stage in stages if stage.get("take", "best") in ("best", "last")]
    order = dice.maybe(60, "order", ["desc", "asc"])
    if by == "manual":
        return {"by": by}
    if by == "penalties" or (by in ("criterion", "aspect", "kind") and not single):
        return {"by": "penalties", **order}
    if by == "stage":
        return {"by": by, "code": dice.pick(stages)["code"], **order}
    stage = dice.pick(single)
    criterion = dice.pick(stage["criteria"])
    aspect = dice.pick(criterion["aspects"])
    if by == "kind":
        return {"by": by, "kind": aspect["kind"], **order}
    path = f"{stage['code']}.{criterion['code']}"
    return {"by": by, "code": path if by == "criterion" else f"{path}.{aspect['code']}", **order}


def make_awards(dice: Dice, scheme: Node) -> Node:
    """Return up to four tiers of any rule."""
    tiers = []
    last = 0
    for number in range(dice.between(1, 4)):
        rule = dice.pick(
            ["count", "count", "percent", "percent", "ranks", "top_fraction", "threshold", "place"]
        )
        tier: Node = {"title": dice.pick(["一等奖", "gold, first", "tier"]) + f" {number}"}
        if rule == "ranks":
            first = last + dice.between(1, 2)
            last = first + dice.between(0, 2)
            tier["ranks"] = [first, last]
        tier.update(tier_fields(dice, rule, scheme))
        if rule not in ("ranks", "threshold", "place"):
            tier.update(dice.maybe(20, "per_unit", [1, 2]))
        tiers.append(tier)
    return {
        **dice.maybe(60, "base", ["checked_in", "entered", "ranked"]),
        **dice.maybe(75, "boundary", ["decide", "extend", "shrink"]),
        "tiers": tiers,
    }


def tier_fields(dice: Dice, rule: str, scheme: Node) -> Node:
    """Return the fields of a tier's rule."""
    on = {"on": "scale"} if scheme.get("scale") and dice.chance(50) else {}
    if rule == "count":
        return {"count": dice.between(0, 3)}
    if rule == "percent":
        return {"percent": dice.pick(["10", "20", "33.3", "50"]), **dice.maybe(30, "at_least", [1, 2])}
    if rule == "top_fraction":
        return {"top_fraction": dice.pick(["0.25", "0.5", "0.6"])}
    if rule == "threshold":
        return {"threshold": dice.pick(["690", "700", "720"] if on else ["0", "5", "10", "14.5"]), **on}
    if rule == "place":
        return {"place": dice.between(1, 4), "band": dice.pick(["0", "2", "30"]), **on}
    return {}

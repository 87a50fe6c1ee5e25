"""Section 2: aspects, criteria, attempts, stages and totals, and what is missing."""

from fractions import Fraction
from typing import NamedTuple

from tests.oracle.arithmetic import clamped, rounded
from tests.oracle.files import Row
from tests.oracle.findings import Finding
from tests.oracle.panels import panel_of
from tests.oracle.rows import Package
from tests.oracle.scheme import Node, all_aspects, fraction, number


class Attempt(NamedTuple):
    """The values of one attempt, by criterion code and by (criterion, aspect) code; None is missing."""

    score: Fraction | None
    criteria: dict[str, Fraction | None]
    aspects: dict[tuple[str, str], Fraction | None]
    seconds: dict[tuple[str, str], Fraction | None]


class Tally(NamedTuple):
    """The values of one entry; an attempt is given for a stage where one attempt counts."""

    stages: dict[str, Fraction | None]
    attempts: dict[str, Attempt | None]
    total: Fraction | None


def node_value(node: Node, parts: list[Fraction | None]) -> Fraction | None:
    """Add up, clamp and round; a missing part makes the whole missing."""
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    whole = clamped(sum(known, Fraction(0)), fraction(node, "min"), fraction(node, "max"))
    return rounded(whole, node.get("places", 2))


def assigned_judges(package: Package, stage: str, aspect: str, entry: str) -> set[str]:
    """Return who is assigned: whom the assignments name, otherwise whoever marked the aspect at all."""
    if package.assigned is None:
        marked = [cell for key, cell in package.marks.items() if key[:2] == (stage, aspect)]
        return {judge for cell in marked for judge in cell}
    return {
        row["judge"]
        for row in package.assigned
        if row["stage"] == stage and row["aspect"] in ("", aspect) and row["entry"] in ("", entry)
    }


def takes_out(row: Row, stage: str, aspect: str, entry: str) -> bool:
    """Say whether a decision takes its judge out of this panel."""
    here = row["stage"] in ("", stage) and row["aspect"] in ("", aspect)
    return row["kind"] == "absent_judge" and row["entry"] == entry and here


def tally_attempt(package: Package, stage: Node, entry: str, attempt: int) -> tuple[Attempt, list[Finding]]:
    """Compute one attempt of one entry in one stage."""
    findings: list[Finding] = []
    aspects: dict[tuple[str, str], Fraction | None] = {}
    seconds: dict[tuple[str, str], Fraction | None] = {}
    for criterion, aspect in all_aspects(stage):
        key, code = (criterion["code"], aspect["code"]), aspect["code"]
        out = {row["judge"] for row in package.decisions if takes_out(row, stage["code"], code, entry)}
        members = assigned_judges(package, stage["code"], code, entry) - out
        panel = panel_of(aspect, package.marks.get((stage["code"], code, entry, attempt), {}), members)
        aspects[key] = None
        seconds[key] = panel.seconds
        if panel.state == "number":
            aspects[key] = rounded(panel.number * number(aspect, "factor", "1"), aspect.get("places", 2))
        elif panel.state == "no mark" and not aspect.get("required", True):
            aspects[key] = Fraction(0)
        elif panel.state.startswith("PANEL_"):
            findings.append((panel.state, f"{stage['code']}.{code}/{entry}/{attempt}"))
    criteria = {
        node["code"]: node_value(node, [value for key, value in aspects.items() if key[0] == node["code"]])
        for node in stage["criteria"]
    }
    return Attempt(node_value(stage, list(criteria.values())), criteria, aspects, seconds), findings


def attempts_there(package: Package, stage: Node, entry: str) -> list[int]:
    """List the attempts with any mark; where the scheme knows only one attempt, that one is always there."""
    if stage.get("attempts", 1) == 1:
        return [1]
    return sorted({key[3] for key in package.marks if key[0] == stage["code"] and key[2] == entry})


def tally_stage(
    package: Package, stage: Node, entry: str
) -> tuple[Fraction | None, Attempt | None, list[Finding]]:
    """Turn the attempts of a stage into its score, and name the attempt that counts."""
    findings: list[Finding] = []
    done: list[Attempt] = []
    for attempt in attempts_there(package, stage, entry):
        values, wrong = tally_attempt(package, stage, entry, attempt)
        findings += wrong
        done.append(values)
    scores = [one.score for one in done if one.score is not None]
    if stage.get("attempts", 1) == 1:
        alone = None if stage.get("take", "best") in ("mean", "sum") else done[0]
        return done[0].score, alone, findings
    if not done or len(scores) < len(done):
        return None, None, findings
    score, counts = taken(package, stage, done, scores)
    return score, counts, findings


def taken(
    package: Package, stage: Node, done: list[Attempt], scores: list[Fraction]
) -> tuple[Fraction, Attempt | None]:
    """Apply `take` to complete attempts."""
    take = stage.get("take", "best")
    if take in ("mean", "sum"):
        whole = sum(scores, Fraction(0)) / (len(scores) if take == "mean" else 1)
        return rounded(whole, stage.get("places", 2)), None
    if take == "last":
        return scores[-1], done[-1]
    wanted = min(scores) if package.scheme["ranking"].get("order", "desc") == "asc" else max(scores)
    return wanted, done[scores.index(wanted)]


def tally_entry(package: Package, entry: str) -> tuple[Tally, list[Finding]]:
    """Compute stages and total of one entry; who is absent or disqualified has no total."""
    findings: list[Finding] = []
    stages: dict[str, Fraction | None] = {}
    attempts: dict[str, Attempt | None] = {}
    for stage in package.scheme["stages"]:
        stages[stage["code"]], attempts[stage["code"]], wrong = tally_stage(package, stage, entry)
        findings += wrong
    total = None
    if package.status(entry) not in ("absent", "dsq"):
        total = total_of(package, entry, stages)
    return Tally(stages, attempts, total), findings


def total_of(package: Package, entry: str, stages: dict[str, Fraction | None]) -> Fraction | None:
    """Weigh the stages, take off the penalties (add them where less is better), clamp and round."""
    scheme = package.scheme
    parts: list[Fraction | None] = []
    for stage in scheme["stages"]:
        score = stages[stage["code"]]
        parts.append(None if score is None else score * number(stage, "weight", "1"))
    sign = 1 if scheme["ranking"].get("order", "desc") == "asc" else -1
    parts.append(sign * package.penalties.get(entry, Fraction(0)))
    return node_value({"min": "0", **scheme.get("total", {})}, parts)

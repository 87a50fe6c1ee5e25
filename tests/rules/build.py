"""Schemes, marks and results in one line each, for tests that read as sentences of the rule book."""

from collections.abc import Iterable, Mapping
from typing import Any

from scoring.rules.compute import Outcome, compute
from scoring.rules.findings import Finding
from scoring.rules.inputs import AssignmentInput, DecisionInput, EntryInput, MarkInput, PenaltyInput
from scoring.rules.messages import render
from scoring.rules.model import Aspect, Scheme
from scoring.rules.numbers import Exact, format_number
from scoring.rules.scheme import parse_scheme

Document = dict[str, Any]

LEVELS = ["低于行业标准", "达到标准", "部分优于标准", "优秀"]


def aspect(code: str = "A1", kind: str = "score", **fields: object) -> Document:
    """Build an aspect; every kind but time gets a maximum of 100 where none is given."""
    needed: Document = {"code": code, "title": code, "kind": kind}
    if kind != "time" and fields.get("entry") != "value":
        needed["max"] = "100"
    if kind == "judgement":
        needed["levels"] = LEVELS
    if kind == "count":
        needed["per"] = "1"
    return needed | fields


def criterion(code: str, *aspects: Document, **fields: object) -> Document:
    """Build a criterion."""
    return {"code": code, "title": code, "aspects": list(aspects) or [aspect()], **fields}


def stage(code: str, *criteria: Document, **fields: object) -> Document:
    """Build a stage; without criteria it has one with the score A1."""
    return {"code": code, "title": code, "criteria": list(criteria) or [criterion("A")], **fields}


def scheme(
    *stages: Document, ties: Iterable[Document] = (), share: bool = True, **fields: object
) -> Document:
    """Build a scheme; without stages it has one stage P with one criterion A and one score A1."""
    ranking: Document = {"share": share, "ties": list(ties)}
    if "order" in fields:
        ranking["order"] = fields.pop("order")
    return {"format": "scheme/1", "stages": list(stages) or [stage("P")], "ranking": ranking, **fields}


def of_aspects(*aspects: Document, **fields: object) -> Document:
    """Build a scheme of one stage P and one criterion A with these aspects."""
    return scheme(stage("P", criterion("A", *aspects)), **fields)


def parsed(document: Document) -> Scheme:
    """Return the scheme of a document that is right."""
    found, findings = parse_scheme(document)
    assert findings == []
    assert found is not None
    return found


def one_aspect(code: str = "A1", kind: str = "score", **fields: object) -> Aspect:
    """Return one parsed aspect."""
    return parsed(of_aspects(aspect(code, kind, **fields))).stages[0].aspects[0]


def marks(table: Mapping[str, Mapping[str, str]]) -> list[MarkInput]:
    """Build marks from {entry: {aspect: "88 90 -"}}, one value per judge J1, J2, …; `-` is no mark.

    An aspect may be written with its stage (`T.Q1`, otherwise stage P) and its attempt (`A1#2`).
    """
    return [
        MarkInput(*name(key), entry, f"J{number}", attempt(key), value)
        for entry, row in table.items()
        for key, values in row.items()
        for number, value in enumerate(values.split(), 1)
        if value != "-"
    ]


def name(key: str) -> tuple[str, str]:
    """Return stage and aspect of a key of `marks`."""
    path = key.partition("#")[0]
    first, point, second = path.partition(".")
    return (first, second) if point else ("P", path)


def attempt(key: str) -> int:
    """Return the attempt of a key of `marks`."""
    return int(key.partition("#")[2] or 1)


def result(
    document: Document,
    table: Mapping[str, Mapping[str, str]],
    *,
    statuses: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    assigned: Iterable[str] | None = None,
    penalties: Mapping[str, str] | None = None,
    decisions: Iterable[DecisionInput] = (),
    awards: bool = False,
) -> Outcome:
    """Compute a result; entries are the keys of the table, `assigned` reads `stage/aspect/entry/judge`."""
    entries = [
        EntryInput(entry, f"演示 {entry}", (units or {}).get(entry, ""), (statuses or {}).get(entry, "valid"))
        for entry in table
    ]
    rows = None if assigned is None else [AssignmentInput(*row.split("/")) for row in assigned]
    taken = [PenaltyInput(entry, points) for entry, points in (penalties or {}).items()]
    outcome = compute(parsed(document), entries, marks(table), rows, taken, decisions, awards=awards)
    check_words(outcome.findings)
    return outcome


def totals_of(
    values: Mapping[str, str],
    *,
    tiers: Iterable[Document] | None = None,
    units: Mapping[str, str] | None = None,
    statuses: Mapping[str, str] | None = None,
    decisions: Iterable[DecisionInput] = (),
    awards: Document | None = None,
    **fields: object,
) -> Outcome:
    """Compute a result in which each entry has one mark, which is its total; `tiers` asks for awards."""
    document = of_aspects(aspect(min="-1000", max="1000", step="0.001"), **fields)
    document.setdefault("total", {"min": "-1000"})
    if tiers is not None:
        document["awards"] = {"tiers": list(tiers), **(awards or {})}
    table = {entry: {"A1": value} for entry, value in values.items()}
    return result(
        document, table, units=units, statuses=statuses, decisions=decisions, awards=tiers is not None
    )


def text(number: Exact | None, places: int | None = 2) -> str | None:
    """Write a number as the result does."""
    return None if number is None else format_number(number, places)


def total(outcome: Outcome, entry: str) -> str | None:
    """Return the total of one entry as text."""
    return text(row(outcome, entry).total, outcome.scheme.total.places)


def row(outcome: Outcome, entry: str) -> Any:
    """Return the line of one entry."""
    return next(found for found in outcome.rows if found.entry == entry)


def ranks(outcome: Outcome) -> dict[str, int | None]:
    """Return the rank of each entry in the order of the result."""
    return {found.entry: found.rank for found in outcome.rows}


def awards_of(outcome: Outcome) -> dict[str, str]:
    """Return who won what."""
    return {found.entry: found.award for found in outcome.rows if found.award is not None}


def check_words(findings: Iterable[Finding]) -> None:
    """Check that each finding can be said in both languages, and refuses unless it is the one warning."""
    for finding in findings:
        assert render(finding, "en")
        assert render(finding, "zh")
        assert finding.level == ("warning" if finding.code == "SCALE_NO_SPREAD" else "error")


def codes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return code and place of findings."""
    return [(finding.code, finding.where) for finding in findings]

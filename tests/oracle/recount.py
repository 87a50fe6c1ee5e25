"""Section 7: from a package folder to findings or results.csv."""

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from tests.oracle.arithmetic import shown
from tests.oracle.awards import award
from tests.oracle.files import read_files
from tests.oracle.findings import Finding, RefusedError, UnspecifiedError, refuse
from tests.oracle.nodes import Tally, tally_entry
from tests.oracle.ranking import Ranking, rank, scale
from tests.oracle.rows import Package, read_rows
from tests.oracle.scheme import kind_is_torn, scheme_places, weights_miss_one

STATUS_ORDER = ["valid", "absent", "dnf", "ineligible", "dsq", "exhibition", "incomplete"]


class Outcome(NamedTuple):
    """Findings refuse the package and leave no results; warnings do not."""

    findings: list[Finding]
    warnings: list[Finding]
    results: str


def recount(folder: Path, *, awards: bool = False) -> Outcome:
    """Compute a package; findings and warnings come sorted."""
    try:
        warnings, results = compute(read_package(folder), awards=awards)
    except RefusedError as refused:
        return Outcome(sorted(refused.findings), [], "")
    return Outcome([], warnings, results)


def read_package(folder: Path) -> Package:
    """Read and check files, scheme and rows, in this order."""
    files = read_files(folder)
    refuse(files.findings)
    refuse([("SCHEME_INVALID", f"scheme.json:{place}") for place in scheme_places(files.scheme)])
    if kind_is_torn(files.scheme):
        raise UnspecifiedError("a kind comparator, and that kind in a stage that takes mean or sum")
    if weights_miss_one(files.scheme):
        raise RefusedError([("WEIGHTS_SUM", "scheme.json:/stages")])
    package, findings = read_rows(files.scheme, files)
    refuse(findings)
    return package


def compute(package: Package, *, awards: bool) -> tuple[list[Finding], str]:
    """Compute panels, ranks and awards; each step needs the one before it to be without findings."""
    tallies: dict[str, Tally] = {}
    findings: list[Finding] = []
    for entry in package.entries:
        tallies[entry], wrong = tally_entry(package, entry)
        findings += wrong
    refuse(findings)
    ranking = rank(package, tallies)
    refuse(ranking.findings)
    totals = {e: total for e in ranking.ranks() if (total := tallies[e].total) is not None}
    warnings: list[Finding] = []
    scaled: dict[str, int] = {}
    if package.scheme.get("scale") is not None:
        scaled, spread = scale(totals)
        warnings += [] if spread else [("SCALE_NO_SPREAD", "scheme.json:/scale")]
    won: dict[str, str] = {}
    if awards:
        values = {"total": totals, "scale": {e: Fraction(v) for e, v in scaled.items()}}
        won, findings = award(package, ranking.groups, values)
        refuse(findings)
    return warnings, results_text(package, tallies, ranking, scaled, won if awards else None)


def results_text(
    package: Package,
    tallies: dict[str, Tally],
    ranking: Ranking,
    scaled: dict[str, int],
    won: dict[str, str] | None,
) -> str:
    """Write results.csv: ranked entries first, the others by status, entry codes inside."""
    scheme = package.scheme
    header = ["rank", "entry", "status", "total", *[stage["code"] for stage in scheme["stages"]]]
    header += [f"{stage['code']}.{one['code']}" for stage in scheme["stages"] for one in stage["criteria"]]
    header += ["scale"] if scheme.get("scale") is not None else []
    header += ["award"] if won is not None else []
    ranks = ranking.ranks()
    statuses = {}
    for entry, tally in tallies.items():
        status = package.status(entry)
        statuses[entry] = "incomplete" if status == "valid" and tally.total is None else status
    lines = [header]
    for entry in sorted(tallies, key=lambda e: (STATUS_ORDER.index(statuses[e]), ranks.get(e, 0), e)):
        cells = [str(ranks.get(entry, "")), entry, statuses[entry], *node_cells(package, tallies[entry])]
        cells += [str(scaled.get(entry, ""))] if "scale" in header[4:] and scheme.get("scale") else []
        cells += [won.get(entry, "")] if won is not None else []
        lines.append(cells)
    return "".join(",".join(map(quoted, line)) + "\n" for line in lines)


def node_cells(package: Package, tally: Tally) -> list[str]:
    """Write total, stages and criteria with the places of their nodes."""
    scheme = package.scheme
    cells = [shown(tally.total, scheme.get("total", {}).get("places", 2))]
    for stage in scheme["stages"]:
        cells.append(shown(tally.stages[stage["code"]], stage.get("places", 2)))
    for stage in scheme["stages"]:
        attempt = tally.attempts[stage["code"]]
        for criterion in stage["criteria"]:
            value = attempt.criteria[criterion["code"]] if attempt is not None else None
            cells.append(shown(value, criterion.get("places", 2)))
    return cells


def quoted(field: str) -> str:
    """Quote a field as RFC 4180 needs."""
    if any(sign in field for sign in ',"\r\n'):
        return '"' + field.replace('"', '""') + '"'
    return field

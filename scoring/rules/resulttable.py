"""The result as the table that results.csv holds, and the comparison of a published one with it."""

from collections.abc import Sequence
from dataclasses import dataclass

from scoring.rules.compute import Outcome, ResultRow
from scoring.rules.model import Scheme
from scoring.rules.numbers import Exact, format_number

AWARD = "award"
SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell or row in which a published result and the recount differ; None is not there at all."""

    where: str
    entry: str
    column: str
    published: str | None
    recounted: str | None


def result_header(scheme: Scheme, *, awards: bool) -> tuple[str, ...]:
    """Return the columns of results.csv for this scheme."""
    criteria = [criterion.path for stage in scheme.stages for criterion in stage.criteria]
    header = ["rank", "entry", "status", "total", *(stage.code for stage in scheme.stages), *criteria]
    return (*header, *([SCALE] if scheme.scale else []), *([AWARD] if awards else []))


def result_rows(outcome: Outcome, *, awards: bool) -> list[tuple[str, ...]]:
    """Return the rows of results.csv in their final order."""
    return [_cells(outcome.scheme, row, awards=awards) for row in outcome.rows]


def _cells(scheme: Scheme, row: ResultRow, *, awards: bool) -> tuple[str, ...]:
    rank = "" if row.rank is None else str(row.rank)
    cells = [rank, row.entry, row.status, _shown(row.total, scheme.total.places)]
    pairs = zip(scheme.stages, row.stages, strict=True)
    cells.extend([_shown(score, stage.places) for stage, score in pairs])
    for stage, values in zip(scheme.stages, row.criteria, strict=True):
        named = zip(stage.criteria, values, strict=True)
        cells.extend([_shown(value, criterion.places) for criterion, value in named])
    if scheme.scale:
        cells.append("" if row.scale is None else str(row.scale))
    if awards:
        cells.append(row.award or "")
    return tuple(cells)


def _shown(number: Exact | None, places: int | None) -> str:
    return "" if number is None else format_number(number, places)


def compare_results(
    header: Sequence[str],
    recounted: Sequence[tuple[str, ...]],
    published: Sequence[tuple[str, tuple[str, ...]]],
    *,
    key: str = "entry",
    file: str = "results.csv",
) -> list[Difference]:
    """Return where a published table differs from the recount, row order aside.

    Shape: both tables have the columns of `header`; a published row comes with the place it stands at; `key`
    is the column that tells rows apart, `file` the name of the published table.
    """
    entry_at = header.index(key)
    expected = {row[entry_at]: row for row in recounted}
    differences = []
    for where, row in published:
        ours = expected.pop(row[entry_at], None)
        if ours is None:
            differences.append(Difference(where, row[entry_at], key, row[entry_at], None))
            continue
        for column, theirs, own in zip(header, row, ours, strict=True):
            if theirs != own:
                differences.append(Difference(where, row[entry_at], column, theirs, own))
    differences.extend(Difference(file, entry, key, None, entry) for entry in expected)
    return differences

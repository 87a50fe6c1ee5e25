"""The table of a whole contest: every period's score beside the total, and who holds the banner."""

from collections.abc import Mapping, Sequence
from typing import Any

from scoring.assessments.queries import Entrant
from scoring.results import periods
from scoring.results.reader import Shown
from scoring.results.rules import competing_first
from scoring.results.words import DASH
from scoring.rules.model import Scheme
from scoring.sheets.board import STATUSES

COUNTING = "valid"


def year_table(
    scheme: Scheme, shown: Shown | None, entrants: Sequence[Entrant]
) -> dict[str, Any]:
    """Return a row for each entrant with its score in every period, best first once there is a ranking.

    While periods are open, rank and total are those of the closed ones (`so_far`).
    """
    header, cells = shown.table if shown is not None else ((), ())
    cells = competing_first(header, cells) if header else cells
    part = periods.so_far(shown) if shown is not None else None
    by_code = {row[1]: dict(zip(header, row, strict=True)) for row in cells}
    order = {code: number for number, code in enumerate(by_code)}
    held = banners(shown)
    if part is not None:
        now = {row[1]: dict(zip(part[0], row, strict=True)) for row in part[1]}
        order = {code: number for number, code in enumerate(now)}
        for code, row in by_code.items():
            row.update(rank=now[code]["rank"], total=now[code]["total"])
    rows = [_row(scheme, one, by_code.get(one.code, {}), held) for one in entrants]
    rows.sort(key=lambda row: order.get(row["code"], len(order)))
    return {"stages": [stage.title or stage.code for stage in scheme.stages], "rows": rows,
            "several": len(scheme.stages) > 1, "so_far": part is not None}  # fmt: skip


def banners(shown: Shown | None) -> dict[str, frozenset[str]]:
    """Return by stage the codes that hold its banner; none while somebody has no score there."""
    if shown is None:
        return {}
    return {
        found.stage: frozenset(group.code for group in found.rows if group.rank == 1)
        for found in periods.tables_by_stage(shown)
        if not found.missing
    }


def ranks(shown: Shown | None, stage: str) -> Mapping[str, int]:
    """Return the rank of each code in one period."""
    tables = periods.tables_by_stage(shown) if shown is not None else []
    return {row.code: row.rank for found in tables if found.stage == stage for row in found.rows}


def _row(
    scheme: Scheme, one: Entrant, cells: Mapping[str, str], held: Mapping[str, frozenset[str]]
) -> dict[str, Any]:
    status = cells.get("status", COUNTING)
    return {
        "entry": one.entry,
        "code": one.code,
        "scores": [
            {"text": cells.get(stage.code, "") or DASH, "banner": one.code in held.get(stage.code, ())}
            for stage in scheme.stages
        ],
        "total": cells.get("total", "") or DASH,
        "rank": cells.get("rank", "") or DASH,
        "status": STATUSES[status] if status not in (COUNTING, "incomplete") else "",
    }


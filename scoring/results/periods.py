"""The table of each period of a labour contest, and who holds the flowing red banner (流动红旗).

A period is a stage of an indicator table. Its table ranks by that stage alone, with the rules of ranking that
the year has; equals share their rank and the banner. Whoever is vetoed, absent or disqualified is in none.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from flask_babel import gettext as _

from scoring.results import rules, words
from scoring.results.reader import Names, Shown
from scoring.rules.model import Scheme
from scoring.rules.numbers import ONE, parse_decimal
from scoring.rules.ranking import Ranker, rank_totals

IN_A_PERIOD = frozenset({"valid", "incomplete"})


class ByScore(NamedTuple):
    """A ranking by the score of a period alone."""

    order: str
    share: bool = True
    ties: tuple[Any, ...] = ()


def has_periods(scheme: Scheme) -> bool:
    """Say whether a scheme is an indicator table that is assessed period by period."""
    return len(scheme.stages) > 1 and all(
        any(aspect.kind == "indicator" for aspect in stage.aspects) for stage in scheme.stages
    )


class PeriodRow(NamedTuple):
    """One entry in a period."""

    rank: int
    code: str
    score: str


class PeriodTable(NamedTuple):
    """The ranking of a period; `missing` entries compete and have no score in it yet."""

    stage: str
    title: str
    rows: list[PeriodRow]
    missing: int


def tables_by_stage(shown: Shown) -> list[PeriodTable]:
    """Return the stages in which there is a score, in their order, each ranked by itself."""
    scheme = shown.computed.inputs.scheme
    header, cells = shown.table
    rows = [dict(zip(header, row, strict=True)) for row in cells]
    competing = [row for row in rows if row["status"] in IN_A_PERIOD]
    found = []
    for stage in scheme.stages:
        scores = {row["entry"]: row[stage.code] for row in competing if row[stage.code]}
        if scores:
            ranked = _ranked(scores, scheme.ranking.order)
            missing = len(competing) - len(scores)
            found.append(PeriodTable(stage.code, stage.title or stage.code, ranked, missing))
    return found


def so_far(shown: Shown) -> rules.Table | None:
    """Return the ranking by the sum of the periods in which everybody has a score.

    None where no period is closed, or all are: then the result itself says it.
    """
    inputs = shown.computed.inputs
    closed = {table.stage for table in tables_by_stage(shown) if not table.missing}
    stages = tuple(replace(one, weight=ONE) for one in inputs.scheme.stages if one.code in closed)
    if not stages or len(stages) == len(inputs.scheme.stages):
        return None
    ranking = replace(inputs.scheme.ranking, ties=(), share=True)
    scheme = replace(
        inputs.scheme, stages=stages, weights="plain", ranking=ranking, awards=None, scale=None
    )
    part = replace(
        inputs, scheme=scheme,
        marks=[row for row in inputs.marks if row.stage in closed],
        assignments=[row for row in inputs.assignments if row.stage in closed],
        decisions=[row for row in inputs.decisions if row.stage in closed],
    )  # fmt: skip
    return rules.table_of(part, part.outcome())


def period_tables(shown: Shown, names: Mapping[str, Names] | None) -> list[dict[str, Any]]:
    """Return the periods that have a score, in their order, with ranks; none for any other scheme."""
    if not has_periods(shown.computed.inputs.scheme):
        return []
    return [_named(table, names) for table in tables_by_stage(shown)]


def _named(table: PeriodTable, names: Mapping[str, Names] | None) -> dict[str, Any]:
    rows = [
        row._asdict()
        | {"name": names[row.code].name if names is not None and row.code in names else words.DASH}
        for row in table.rows
    ]
    called = "code" if names is None else "name"
    holders = [] if table.missing else [row[called] for row in rows if row["rank"] == 1]
    return {"title": table.title, "rows": rows, "missing": table.missing, "banner": _(", ").join(holders)}


def _ranked(scores: Mapping[str, str], order: str) -> list[PeriodRow]:
    numbers = {entry: parse_decimal(text) or 0 for entry, text in scores.items()}
    ranker = Ranker(ByScore(order), lambda _step, _entry: None, [])
    return [
        PeriodRow(group.rank, entry, scores[entry])
        for group in rank_totals(ranker, numbers)
        for entry in group.entries
    ]

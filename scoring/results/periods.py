"""The table of each period of a labour contest, and who holds the flowing red banner (流动红旗).

A period is a stage of an indicator table. Its table ranks by that stage alone, with the rules of ranking that
the year has; equals share their rank and the banner. Whoever is vetoed, absent or disqualified is in none.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _

from scoring.results import words
from scoring.results.reader import Names, Shown
from scoring.rules.model import Scheme
from scoring.rules.numbers import parse_decimal
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


def period_tables(shown: Shown, names: Mapping[str, Names] | None) -> list[dict[str, Any]]:
    """Return the periods that have a score, in their order, with ranks; none for any other scheme."""
    scheme = shown.computed.inputs.scheme
    if not has_periods(scheme):
        return []
    header, cells = shown.table
    rows = [dict(zip(header, row, strict=True)) for row in cells]
    competing = [row for row in rows if row["status"] in IN_A_PERIOD]
    found = []
    for stage in scheme.stages:
        scores = {row["entry"]: row[stage.code] for row in competing if row[stage.code]}
        if scores:
            missing = len(competing) - len(scores)
            ranked = _ranked(scores, scheme.ranking.order, names)
            found.append(
                {
                    "title": stage.title or stage.code,
                    "rows": ranked,
                    "missing": missing,
                    "banner": "" if missing else _holders(ranked, named=names is not None),
                }
            )
    return found


def _holders(rows: list[dict[str, Any]], *, named: bool) -> str:
    """Return who holds the banner of a period in which everybody has a score."""
    return _(", ").join(row["name" if named else "code"] for row in rows if row["rank"] == 1)


def _ranked(
    scores: Mapping[str, str], order: str, names: Mapping[str, Names] | None
) -> list[dict[str, Any]]:
    numbers = {entry: parse_decimal(text) or 0 for entry, text in scores.items()}
    ranker = Ranker(ByScore(order), lambda _step, _entry: None, [])
    return [
        {
            "rank": group.rank,
            "code": entry,
            "name": names[entry].name if names is not None and entry in names else words.DASH,
            "score": scores[entry],
        }
        for group in rank_totals(ranker, numbers)
        for entry in group.entries
    ]

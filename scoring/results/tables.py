"""The table of a result as its page shows it: one page of rows, names where they may be seen."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _

from competitions.entries.labels import ENTRANTS
from competitions.fields import page_of
from core.i18n import day
from scoring.results import rules, words
from scoring.results.reader import Names, Shown
from scoring.rules.explain import separations
from scoring.rules.model import Scheme
from scoring.sheets.board import STATUSES

PAGE = 200
STATUS_CHIPS = {"incomplete": "info", "dsq": "bad"}


def table_page(
    shown: Shown, names: Mapping[str, Names] | None, page: str | None, kind: str
) -> dict[str, Any]:
    """Return one page of a result's table with its columns."""
    header, rows = shown.table
    rows = rules.competing_first(header, rows)
    scheme = shown.computed.inputs.scheme
    number, pages = page_of(page, len(rows), PAGE)
    ahead = {} if shown.differs else _ahead(shown)
    vetoes = {veto.entry: veto_words(veto) for veto in shown.computed.inputs.vetoes}
    # Awards among those who happen to be complete already would promise what the others may still take.
    early = is_early(shown)
    with_status = any(cells[header.index("status")] != "valid" for cells in rows)
    hidden = {"award": ""} if early else {}
    return {
        "scheme": scheme,
        "columns": columns(scheme, _people(kind) if names is not None else [], with_status=with_status),
        "with_status": with_status,
        "with_units": kind != "unit",
        "rows": [
            _row(scheme, dict(zip(header, cells, strict=True)) | hidden, names, ahead)
            | {"veto": vetoes.get(cells[header.index("entry")], "")}
            for cells in rows[(number - 1) * PAGE : number * PAGE]
        ],
        "page": number,
        "pages": pages,
        "entries": len(rows),
    }


def is_early(shown: Shown) -> bool:
    """Say whether somebody of a live ranking still has no total: then nobody has won anything yet."""
    return shown.version is None and bool(rules.incomplete(shown.computed.outcome))


def veto_words(veto: rules.Veto) -> str:
    """Return why an entry is ineligible: reason, day, source."""
    return " · ".join((veto.reason, day(date.fromisoformat(veto.on)), veto.source))


def columns(scheme: Scheme, people: list[Any], *, with_status: bool) -> list[Any]:
    """Return the heads of the columns."""
    stages = [
        {"label": f"{stage.title or stage.code} {words.weight(scheme, stage)}".strip(), "num": True}
        for stage in scheme.stages
    ]
    scale = [{"label": _("Scale score (approximation)"), "num": True}] if scheme.scale else []
    award = [_("Award")] if scheme.awards is not None else [_("Status")] if with_status else []
    total = {"label": _("Total score"), "num": True}
    return [
        {"label": _("Rank"), "class": "col-tight"},
        _("Entry code"),
        *people,
        *(stages if len(stages) > 1 else _criteria(scheme)),
        total,
        *scale,
        *award,
        {"label": _("Ahead of the next"), "class": "col-text"},
    ]


def _people(kind: str) -> list[Any]:
    """Return the columns of who it is: a unit that is entered as such is named once."""
    return [ENTRANTS[kind]] if kind == "unit" else [ENTRANTS[kind], _("Unit")]


def _criteria(scheme: Scheme) -> list[dict[str, Any]]:
    """Return the columns of a result with one stage: its criteria, where there are a few."""
    criteria = scheme.stages[0].criteria
    if scheme.stages[0].blends_attempts or not 1 < len(criteria) <= 6:
        return []
    return [{"label": criterion.title or criterion.code, "num": True} for criterion in criteria]


def _row(
    scheme: Scheme,
    cells: Mapping[str, str],
    names: Mapping[str, Names] | None,
    ahead: Mapping[str, str],
) -> dict[str, Any]:
    code, status = cells["entry"], cells["status"]
    if len(scheme.stages) > 1:
        scores = [cells[stage.code] for stage in scheme.stages]
    else:
        shown = scheme.stages[0].criteria if _criteria(scheme) else ()
        scores = [cells[criterion.path] for criterion in shown]
    return {
        "code": code,
        "rank": cells["rank"] or words.DASH,
        "ranked": bool(cells["rank"]),
        "names": (names.get(code) or Names("", "")) if names is not None else None,
        "scores": [score or words.DASH for score in scores],
        "total": cells["total"] or words.DASH,
        "scale": cells.get("scale", "") or words.DASH,
        "award": cells.get("award", ""),
        "status": None if status == "valid" else (STATUS_CHIPS.get(status, "off"), STATUSES[status]),
        "ahead": ahead.get(code, ""),
    }


def _ahead(shown: Shown) -> dict[str, str]:
    outcome = shown.computed.outcome
    return {
        separation.first: words.ahead(outcome.scheme, separation) for separation in separations(outcome)
    }

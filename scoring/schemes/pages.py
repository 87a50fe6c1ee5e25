"""What the pages of a scheme show: the readable scheme, its findings with their places, its versions."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session

from core.refusals import Refusal, words
from scoring.rules.model import Aspect, Criterion, Scheme, Stage
from scoring.rules.numbers import ONE, format_short
from scoring.schemes import periods, queries, rules
from scoring.schemes.cis.writing import obstacle
from scoring.schemes.documents import Read, read_document
from scoring.schemes.notes import notes_of
from scoring.schemes.sums import most_points
from scoring.schemes.wording import aspects, findings, places, ranking
from scoring.schemes.wording.changes import told as told_changes

# Why a scheme has no WorldSkills workbook.
OBSTACLES: dict[str, Any] = {
    "": "",
    "stages": _l("A WorldSkills workbook holds one stage with one attempt."),
    "codes": _l("A WorldSkills workbook names its criteria by letters, A, B, C."),
    "kinds": _l(
        "A WorldSkills workbook holds judgements with four levels and measurements with points only."
    ),
}


def scheme_page(session: Session, event: Any, number: int | None = None) -> dict[str, Any] | None:
    """Return what the page of a version shows (the newest where no number is given), or None."""
    versions = queries.list_versions_with_names(session, event.id)
    wanted = [item for item in versions if number is None or item[0].number == number]
    if number is not None and not wanted:
        return None
    version = wanted[0][0] if wanted else None
    read = read_document(version.document) if version else None
    older = next((item[0] for item in versions if version and item[0].number == version.number - 1), None)
    return {
        "older": older,
        "changes": told_changes(older.document, version.document) if older and version else [],
        "event": event,
        "versions": versions,
        "shown": version,
        "newest": versions[0][0] if versions else None,
        "changeable": event.state in rules.CHANGEABLE_STATES,
        "read": readable(read.scheme, most_points(read.document)) if read and read.scheme else None,
        "findings": said(read) if read else [],
        "exportable": bool(read and read.scheme and not obstacle(read.scheme)),
        "by_periods": bool(read and read.scheme and periods.is_table(read.scheme)),
        "obstacle": _obstacle(read.scheme) if read and read.scheme else "",
    }


def _obstacle(scheme: Scheme) -> str:
    """Say why there is no workbook, where somebody could expect one."""
    judged = any(aspect.kind == "judgement" for stage in scheme.stages for aspect in stage.aspects)
    return str(OBSTACLES[obstacle(scheme)]) if judged else ""


def said(read: Read) -> list[dict[str, Any]]:
    """Return every finding and note about a document in words, with its place, errors first."""
    found = [findings.told(read.document, finding) for finding in read.findings]
    for note in notes_of(read.document, read.scheme):
        sentence = words(Refusal(note.code, note.pointer, note.params))
        found.append(_line(read.document, "warning", note.code, note.pointer, sentence))
    return sorted(found, key=lambda line: line["level"] != "error")


def errors_in(lines: Iterable[dict[str, Any]]) -> int:
    """Return how many of the lines refuse the scheme."""
    return sum(line["level"] == "error" for line in lines)


def _line(document: object, level: str, code: str, pointer: str, sentence: str) -> dict[str, Any]:
    way = places.crumbs(document, pointer)
    place = " › ".join(way) or _("The whole scheme")
    return {"level": level, "code": code, "pointer": pointer, "message": sentence, "place": place}


def readable(scheme: Scheme, most: int | None = None) -> dict[str, Any]:
    """Return a scheme as the page tells it; `most` are the most points it can give, in millionths."""
    return {
        "scheme": scheme,
        "figures": _figures(scheme, most),
        "stages": [_stage(scheme, stage) for stage in scheme.stages],
        "total": ranking.total(scheme),
        "order": ranking.order(scheme.ranking),
        "ties": ranking.ties(scheme),
        "last_resort": ranking.last_resort(scheme.ranking),
        "awards": ranking.awards(scheme.awards) if scheme.awards else [],
        "tiers": [(tier.title, ranking.tier(tier)) for tier in scheme.awards.tiers] if scheme.awards else [],
    }


def _figures(scheme: Scheme, most: int | None) -> list[dict[str, Any]]:
    criteria = [criterion for stage in scheme.stages for criterion in stage.criteria]
    full = [{"label": _("Full total score"), "value": format_short(most)}] if most is not None else []
    return full + [
        {"label": _("Stages"), "value": len(scheme.stages)},
        {"label": _("Criteria"), "value": len(criteria)},
        {"label": _("Aspects"), "value": sum(len(criterion.aspects) for criterion in criteria)},
        {"label": _("Judges needed"), "value": max(map(needed_judges, scheme.stages))},
    ]


def needed_judges(stage: Stage) -> int:
    """Return how many judges the panels of a stage need; a panel that agrees needs one value only."""
    panels = [aspect.panel for aspect in stage.aspects]
    return max((panel.min_judges for panel in panels if panel.method != "agreed"), default=1)


def _stage(scheme: Scheme, stage: Stage) -> dict[str, Any]:
    facts = []
    if len(scheme.stages) > 1 or stage.weight != ONE:
        facts.append(_("Weight %(weight)s", weight=_weight(scheme, stage)))
    if stage.maximum is not None:
        facts.append(_("Maximum %(points)s", points=format_short(stage.maximum)))
    if stage.minimum is not None:
        facts.append(_("At least %(points)s", points=format_short(stage.minimum)))
    if stage.attempts > 1:
        facts.append(_attempts(stage))
    if stage.places != 2:
        facts.append(aspects.rounding(stage.places))
    named = len(stage.criteria) > 1 or bool(stage.criteria[0].title)
    return {"stage": stage, "facts": facts, "named": named, "rows": list(_rows(stage))}


def _weight(scheme: Scheme, stage: Stage) -> str:
    if scheme.weights == "plain":
        return f"× {format_short(stage.weight)}"
    return f"{format_short(stage.weight * 100)}%"


def _attempts(stage: Stage) -> str:
    return {
        "best": _("%(count)s attempts, the best counts", count=stage.attempts),
        "mean": _("%(count)s attempts, their mean counts", count=stage.attempts),
        "sum": _("%(count)s attempts, their sum counts", count=stage.attempts),
        "last": _("%(count)s attempts, the last counts", count=stage.attempts),
    }[stage.take]


def _rows(stage: Stage) -> Iterator[dict[str, Any]]:
    """Yield the rows of a stage's table: each criterion, its sub-criteria, its aspects."""
    for criterion in stage.criteria:
        yield {"criterion": criterion, "facts": _criterion_facts(criterion)}
        group = ""
        for aspect in criterion.aspects:
            if aspect.sub not in ("", group):
                yield {"criterion": None, "sub": aspect.sub}
            group = aspect.sub
            yield {"criterion": None, "sub": None} | _aspect(aspect)


def _criterion_facts(criterion: Criterion) -> list[str]:
    facts = []
    if criterion.minimum is not None:
        facts.append(_("At least %(points)s", points=format_short(criterion.minimum)))
    if criterion.maximum is not None:
        facts.append(_("Maximum %(points)s", points=format_short(criterion.maximum)))
    if criterion.places != 2:
        facts.append(aspects.rounding(criterion.places))
    return facts


def _aspect(aspect: Aspect) -> dict[str, Any]:
    return {
        "aspect": aspect,
        "kind": aspects.KINDS[aspect.kind],
        "entered": aspects.entered(aspect),
        "maximum": "—" if aspect.maximum is None else format_short(aspect.maximum),
        "panel": aspects.panel(aspect),
        "extras": aspects.extras(aspect) + aspects.bands(aspect),
    }

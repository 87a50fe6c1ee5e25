"""How totals are ranked, what separates equal ones, and who wins what, in words."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from scoring.rules.model import Awards, Comparator, Ranking, Scheme, Tier
from scoring.rules.numbers import format_short
from scoring.schemes.wording.aspects import KINDS, rounding

BASES: dict[str, Any] = {
    "checked_in": _l("everybody who checked in"),
    "entered": _l("everybody who was entered"),
    "ranked": _l("everybody who is ranked"),
}
BOUNDARIES: dict[str, Any] = {
    "decide": _l("the organiser decides in writing"),
    "extend": _l("all of them get the higher prize"),
    "shrink": _l("all of them get the lower prize"),
}


def total(scheme: Scheme) -> list[tuple[str, str]]:
    """Say how the stages become the total."""
    weights = _("weighted sum of the stages") if len(scheme.stages) > 1 else _("the score of the stage")
    facts = [
        (_("Total score"), _("%(sum)s less penalties", sum=weights)),
        (_("Rounding"), rounding(scheme.total.places)),
    ]
    if scheme.total.minimum is not None:
        facts.append((_("At least"), format_short(scheme.total.minimum)))
    if scheme.total.maximum is not None:
        facts.append((_("At most"), format_short(scheme.total.maximum)))
    if scheme.ranking.order == "asc":
        facts[0] = (_("Total score"), _("%(sum)s plus penalties", sum=weights))
    if scheme.scale is not None:
        facts.append((_("Scale score"), _("median at 700, an approximation of the WorldSkills scale")))
    return facts


def order(ranking: Ranking) -> str:
    """Say which total is better."""
    return _("The higher total is better.") if ranking.order == "desc" else _("The lower total is better.")


def ties(scheme: Scheme) -> list[str]:
    """Say what separates equal totals, step by step."""
    return [comparator(scheme, step) for step in scheme.ranking.ties]


def last_resort(ranking: Ranking) -> str:
    """Say what happens to what is still equal in the end."""
    if ranking.share:
        return _("Still equal: they share the rank, and the next rank skips (1, 2, 2, 4).")
    if any(step.by == "manual" for step in ranking.ties):
        return _("Still equal: no result before the chief judge has decided; ranks are never shared.")
    return _("Still equal: no result, for these rules let nobody decide it; ranks are never shared.")


def comparator(scheme: Scheme, step: Comparator) -> str:
    """Say what one step of the tie chain compares."""
    if step.by == "manual":
        return _("the chief judge's written decision")
    more = step.order == "desc"
    if step.by == "penalties":
        return _("more penalty points") if more else _("fewer penalty points")
    if step.by == "kind":
        kind = str(KINDS[step.kind])
        return (
            _("higher sum of all aspects of the kind “%(kind)s”", kind=kind)
            if more
            else _("lower sum of all aspects of the kind “%(kind)s”", kind=kind)
        )
    return _compared(*_named(scheme, step), more=more)


def _compared(name: str, is_time: bool, *, more: bool) -> str:
    if is_time and more:
        return _("longer time of “%(name)s”", name=name)
    if is_time:
        return _("shorter time of “%(name)s”", name=name)
    return _("higher score of “%(name)s”", name=name) if more else _("lower score of “%(name)s”", name=name)


def _named(scheme: Scheme, step: Comparator) -> tuple[str, bool]:
    """Return the title of what a comparator names, and whether it is a time."""
    for stage in scheme.stages:
        if step.by == "stage" and stage.code == step.code:
            return stage.title or stage.code, False
        for criterion in stage.criteria:
            if step.by == "criterion" and criterion.path == step.code:
                return criterion.title or step.code, False
        for aspect in stage.aspects:
            if step.by == "aspect" and aspect.path == step.code:
                return aspect.title or step.code, aspect.kind == "time"
    return step.code, False


def awards(found: Awards) -> list[tuple[str, str]]:
    """Say what percentages are of, and what happens to equals across a border."""
    return [
        (_("Percentages of"), str(BASES[found.base])),
        (_("Equal ranks across a border"), str(BOUNDARIES[found.boundary])),
    ]


def tier(found: Tier) -> list[str]:
    """Say who wins one prize."""
    lines = [_rule(found)]
    if found.at_least:
        lines.append(ngettext("at least %(num)d place", "at least %(num)d places", found.at_least))
    if found.per_unit is not None:
        lines.append(_("at most %(count)s of one unit", count=found.per_unit))
    return lines


def _rule(found: Tier) -> str:
    if found.kind == "count":
        return ngettext("%(num)d place", "%(num)d places", found.count)
    if found.kind == "percent":
        return _("%(percent)s%% of the field", percent=format_short(found.percent))
    if found.kind == "ranks":
        return _("ranks %(first)s to %(last)s", first=found.ranks[0], last=found.ranks[1])
    if found.kind == "top_fraction":
        return _("down to the place at %(part)s of the field", part=format_short(found.top_fraction))
    return _by_value(found)


def _by_value(found: Tier) -> str:
    on_scale = found.on == "scale"
    reach = format_short(found.threshold)
    if found.kind == "threshold" and on_scale:
        return _("scale score %(points)s or more", points=reach)
    if found.kind == "threshold":
        return _("%(points)s points or more", points=reach)
    values = {"place": found.place, "band": format_short(found.band)}
    if on_scale:
        return _("within %(band)s scale points of place %(place)s", **values)
    return _("within %(band)s points of place %(place)s", **values)

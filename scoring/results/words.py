"""Results in words: how a number is written, what separated neighbours, how a panel counted."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scoring.results.messages import finding_words
from scoring.rules.explain import AspectStep, Separation
from scoring.rules.findings import Finding
from scoring.rules.model import Aspect, Comparator, Scheme, Stage
from scoring.rules.numbers import ONE, Exact, format_number, format_short
from scoring.rules.panels import Way
from scoring.sheets.wording import duration

DASH = "–"
KINDS: dict[str, Any] = {
    "score": _l("score marks"),
    "judgement": _l("judgement marks"),
    "measurement": _l("measurement marks"),
    "count": _l("counts of hits"),
    "deduction": _l("deductions"),
    "time": _l("times"),
    "indicator": _l("indicators"),
}
METHODS: dict[str, Any] = {
    "agreed": _l("one agreed value"),
    "mean": _l("mean"),
    "median": _l("median"),
    "sum": _l("sum"),
}
LEFT_OUT: dict[str, Any] = {
    "highest": _l("highest, left out"),
    "lowest": _l("lowest, left out"),
    "not_on_panel": _l("not on the panel"),
}


def shown(number: Exact | None, places: int | None) -> str:
    """Write a number with the places of its node; a dash where there is none."""
    return DASH if number is None else format_number(number, places)


def exact(number: Exact) -> str:
    """Write a number before rounding: up to six decimals, then cut with a sign that it goes on."""
    text = format_short(number)
    return text if isinstance(number, int) else f"{text}…"


def weight(scheme: Scheme, stage: Stage) -> str:
    """Return the weight of a stage as its column shows it: a share in percent, else a factor."""
    if scheme.weights == "share" and len(scheme.stages) > 1:
        return f"{format_short(stage.weight * 100)}%"
    return "" if stage.weight == ONE else f"× {format_short(stage.weight)}"


def way_words(way: Way) -> str:
    """Return how a panel was counted."""
    if way.method == "trimmed_mean":
        text = _("mean without the %(drop)s highest and %(drop)s lowest", drop=way.drop)
    else:
        text = str(METHODS[way.method])
    return _("%(way)s (fallback)", way=text) if way.is_fallback else text


def refusal_words(step: AspectStep) -> str:
    """Return why a panel has no value."""
    if step.refusal is None:
        return ""
    finding = Finding(step.refusal.code, "", step.refusal.params, "error", step.refusal.variant)
    return finding_words(finding)


# ---------------------------------------------------------------- what separated neighbours


def ahead(scheme: Scheme, separation: Separation) -> str:
    """Return in a few words what puts an entry before the next one."""
    if separation.by == "shared":
        return _("shares the rank")
    if separation.by == "open":
        return _("equal, to be decided")
    if separation.by == "total":
        return _by_total(scheme, separation)
    return _by_comparator(scheme, separation)


def _by_total(scheme: Scheme, separation: Separation) -> str:
    first, second = separation.first_value or 0, separation.second_value or 0
    difference = max(first, second) - min(first, second)
    gap = format_number(difference, scheme.total.places)
    if first > second:
        return _("total higher by %(gap)s", gap=gap)
    return _("total lower by %(gap)s", gap=gap)


def _by_comparator(scheme: Scheme, separation: Separation) -> str:
    comparator = separation.comparator
    if comparator is None or comparator.by == "manual":
        return _("equal total; decided in writing by the chief judge")
    parts = {
        "what": comparator_name(scheme, comparator),
        "first": compared(scheme, comparator, separation.first_value),
        "second": compared(scheme, comparator, separation.second_value),
    }
    if _is_time(scheme, comparator):
        if comparator.order == "asc":
            return _("equal total; %(what)s shorter (%(first)s to %(second)s)", **parts)
        return _("equal total; %(what)s longer (%(first)s to %(second)s)", **parts)
    if comparator.order == "asc":
        return _("equal total; %(what)s lower (%(first)s to %(second)s)", **parts)
    return _("equal total; %(what)s higher (%(first)s to %(second)s)", **parts)


def why(scheme: Scheme, separation: Separation) -> str:
    """Return the whole sentence that tells two neighbours of a ranking apart."""
    codes = {"first": separation.first, "second": separation.second}
    if separation.by == "shared":
        return _("Nothing separates %(first)s and %(second)s; the rules let them share the rank.", **codes)
    if separation.by == "open":
        return _("Nothing separates %(first)s and %(second)s yet; a decision is asked for.", **codes)
    if separation.by == "total":
        values = {
            "a": shown(separation.first_value, scheme.total.places),
            "b": shown(separation.second_value, scheme.total.places),
        }
        if (separation.first_value or 0) > (separation.second_value or 0):
            return _("The total of %(first)s, %(a)s, is higher than %(b)s of %(second)s.", **codes, **values)
        return _("The total of %(first)s, %(a)s, is lower than %(b)s of %(second)s.", **codes, **values)
    reason = _by_comparator(scheme, separation)
    return _("%(first)s stands before %(second)s: %(reason)s.", **codes, reason=reason)


def comparator_name(scheme: Scheme, comparator: Comparator) -> str:
    """Return what a comparator of the tie chain compares."""
    if comparator.by == "penalties":
        return _("penalties")
    if comparator.by == "kind":
        return _("sum of the %(kind)s", kind=KINDS[comparator.kind])
    node = find_node(scheme, comparator)
    return str(node.title or node.code) if node is not None else comparator.code


def compared(scheme: Scheme, comparator: Comparator, value: Exact | None) -> str:
    """Write a value that a comparator compared."""
    if value is None:
        return DASH
    if _is_time(scheme, comparator):
        return duration(value)
    node = find_node(scheme, comparator)
    return format_short(value) if node is None else format_number(value, node.places)


def find_node(scheme: Scheme, comparator: Comparator) -> Any:
    """Return the stage, criterion or aspect that a comparator names, or None."""
    nodes: list[Any] = []
    if comparator.by == "stage":
        return scheme.find_stage(comparator.code)
    if comparator.by == "criterion":
        nodes = [criterion for stage in scheme.stages for criterion in stage.criteria]
    if comparator.by == "aspect":
        nodes = [aspect for stage in scheme.stages for aspect in stage.aspects]
    return next((node for node in nodes if node.path == comparator.code), None)


def _is_time(scheme: Scheme, comparator: Comparator) -> bool:
    node = find_node(scheme, comparator)
    return isinstance(node, Aspect) and node.kind == "time"

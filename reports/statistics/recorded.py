"""How far the figures of a report reach: what is not recorded of people, which results are still awaited."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext

from core.i18n import grouped
from reports.statistics import tallies, withholding
from reports.statistics.facts import Fact
from reports.statistics.rules import Wanted
from reports.statistics.tallies import Place
from reports.statistics.trees import Trees
from reports.statistics.words import DIMENSIONS


def gaps(place: Place, climbed: Trees, wanted: Wanted) -> tuple[str, ...]:
    """Say for each attribute that a report asks for of how many people it is not recorded.

    Who is not recorded as a woman is not therefore a man: without this a filter would tell "no women" of
    contests in which nobody's sex is known. The people are those of the report without these filters.

    Raises: Moved.
    """
    everybody = wanted._replace(sex=None, age=None, skill=None, ownership=None)
    found = []
    for name, _value in wanted.conditions:
        rows = tallies.count(place, climbed, everybody, name).rows
        unknown = rows[""].people if "" in rows else 0
        whole = tallies.count(place, climbed, everybody).rows[None].people
        if not unknown or not whole:
            continue
        hidden = withholding.find(withholding.Question(place, climbed, everybody), name).rows
        found.append(_gap(str(DIMENSIONS[name][1]), whole, None if "" in hidden else unknown))
    return tuple(found)


def _gap(attribute: str, whole: int, unknown: int | None) -> str:
    if unknown is None:
        return _("“%(attribute)s” is not recorded for some of those counted.", attribute=attribute)
    return _(
        "Of %(whole)s people, “%(attribute)s” is not recorded for %(unknown)s.",
        whole=grouped(whole), attribute=attribute, unknown=grouped(unknown),
    )  # fmt: skip


def completeness(events: Sequence[Fact], uncounted: int) -> str:
    """Say how many of the events that fit have an announced result; people are counted of those alone."""
    if uncounted:
        return _("Events are being counted anew")
    if not events:
        return _("No event fits")
    waiting = sum(not one.digest for one in events)
    if not waiting:
        return ngettext(
            "The result of the only event is announced", "The results of all %(count)s events are announced",
            len(events), count=grouped(len(events)),
        )  # fmt: skip
    return _(
        "Incomplete: the results of %(waiting)s of %(count)s events are not announced yet",
        waiting=grouped(waiting), count=grouped(len(events)),
    )  # fmt: skip


def nothing(events: Sequence[Fact]) -> str:
    """Say why a report over the events that fit is empty."""
    if not events:
        return _("There is no contest for them.")
    if not any(one.digest for one in events):
        return _("None of the events has an announced result yet; people are counted of those alone.")
    return _("Nobody who took part is recorded in this way.")

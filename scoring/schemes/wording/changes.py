"""What a version of a scheme changed, in words: the place, the value before, the value now."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scoring.schemes.changes import Change, changes
from scoring.schemes.wording import places
from scoring.schemes.wording.aspects import KINDS, METHODS
from scoring.schemes.wording.editor import TIES

DASH = "–"
# The words for values that are names in the document, by their key.
WORDS: Mapping[str, Mapping[str, Any]] = {
    "kind": KINDS,
    "method": METHODS,
    "by": TIES,
    "order": {"desc": _l("higher is better"), "asc": _l("lower is better")},
    "take": {
        "best": _l("the best counts"), "mean": _l("their mean counts"), "sum": _l("their sum counts"),
        "last": _l("the last counts"),
    },
    "base": {
        "checked_in": _l("everybody who checked in"), "entered": _l("everybody who was entered"),
        "ranked": _l("everybody who is ranked"),
    },
    "boundary": {
        "decide": _l("the organiser decides in writing"), "extend": _l("all of them get the higher prize"),
        "shrink": _l("all of them get the lower prize"),
    },
}  # fmt: skip


class Told(NamedTuple):
    """One change in words."""

    place: str
    before: str
    after: str


def told(before: Any, after: Any) -> list[Told]:
    """Return what has changed between two documents."""
    return [_told(before if change.is_old else after, change) for change in changes(before, after)]


def _told(document: Any, change: Change) -> Told:
    place = " › ".join(places.crumbs(document, change.pointer)) or _("The whole scheme")
    key = change.pointer.rpartition("/")[2]
    if isinstance(change.after, Mapping) and change.before is None:
        return Told(place, DASH, _("added: %(name)s", name=_name(change.after)))
    if isinstance(change.before, Mapping) and change.after is None:
        return Told(place, _("removed: %(name)s", name=_name(change.before)), DASH)
    return Told(place, shown(key, change.before), shown(key, change.after))


def shown(key: str, value: Any) -> str:
    """Return a value of the document as people read it."""
    if value is None or value == "":
        return DASH
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Mapping):
        return " ".join(shown(inner, item) for inner, item in value.items())
    if isinstance(value, list):
        return " / ".join(shown(key, item) for item in value)
    return str(WORDS.get(key, {}).get(str(value), value))


def _name(row: Mapping[str, Any]) -> str:
    return str(row.get("title") or row.get("code") or DASH)

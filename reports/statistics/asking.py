"""Read from an address what a report is asked for, and offer what can be asked."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from flask_babel import gettext as _
from sqlalchemy.orm import Session

from competitions.catalogue.models import CatalogueEntry
from competitions.catalogue.naming import name_of
from competitions.fields import choice_id
from competitions.organisations.queries import list_unions_by_id
from core.refusals import Refused, refuse
from reports.statistics import trees
from reports.statistics.facts import Facts, Scopes, stated
from reports.statistics.queries import list_entries, list_regions
from reports.statistics.rules import ATTRIBUTES, BASES, DIMENSIONS, NOT_STATED, Wanted
from reports.statistics.words import ATTRIBUTES as WORDS
from reports.statistics.words import BASES as BASE_WORDS
from reports.statistics.words import DIMENSIONS as DIMENSION_WORDS
from reports.statistics.words import NOT_STATED as NOT_STATED_WORD

Choices = list[tuple[Any, str]]
Offered = dict[str, Choices]
USUAL = "trade"
TEXTS = ("group", *ATTRIBUTES)
NAMES = (*Wanted._fields, "by")  # what an address may name
YEARS = ("first_year", "last_year")
NONE = "none"  # in an address: what is not stated
WITHOUT = ("region", "industry", "trade", "group")  # what an event can have none of
YEARS_THAT_ARE = range(1900, 2201)


class Asked(NamedTuple):
    """What an address asks for; `turned` says that its years stood in the wrong order."""

    wanted: Wanted
    by: str
    turned: bool = False


def basis_of(asked: Mapping[str, str]) -> str:
    """Return which years an address means."""
    basis = asked.get("basis", "")
    return basis if basis in BASES else BASES[0]


def dimension_of(asked: Mapping[str, str]) -> str:
    """Return what an address splits by."""
    by = asked.get("by", "")
    return by if by in DIMENSIONS else USUAL


def offered(session: Session, scopes: Scopes, facts: Facts) -> Offered:
    """Return the choices of each filter: what has counted events in these scopes."""
    said = stated(facts)
    years = sorted(said["year"], reverse=True)
    found: Offered = {
        "first_year": [(year, str(year)) for year in years],
        "last_year": [(year, str(year)) for year in years],
    }
    for name in ("level", "kind", "trade", "industry"):
        found[name] = _entries(list_entries(session, said[name] - {None}))
    found["region"] = _regions(session, said["region"] - {None})
    found["union"] = _unions(session, scopes, said["union"])
    found["group"] = [(group, group) for group in sorted(said["group"] - {""})]
    for name in ATTRIBUTES:
        found[name] = [(value, str(word)) for value, word in WORDS[name].items()]
    for name in (*(name for name in WITHOUT if _lack(name, facts, said)), *ATTRIBUTES):
        found[name].append((NONE, str(NOT_STATED_WORD)))
    found["basis"] = [(basis, str(BASE_WORDS[basis])) for basis in BASES]
    found["by"] = [(name, str(DIMENSION_WORDS[name][1])) for name in DIMENSIONS]
    return found


def _lack(name: str, facts: Facts, said: Mapping[str, set[Any]]) -> bool:
    """Say whether some event has no value of a dimension."""
    if name == "industry":
        return not all(fact.industries for fact in facts.events)
    return bool(said[name] & {None, ""})


def read(asked: Mapping[str, str], offers: Offered) -> Asked:
    """Return what an address asks for; reversed years are turned.

    Raises: Refused FILTER_UNKNOWN for what is not offered, and for a year that is none.
    """
    for name, known in (("basis", BASES), ("by", DIMENSIONS)):
        if asked.get(name, known[0]) not in known:
            raise _unknown(name, asked[name])
    chosen: dict[str, Any] = {"basis": basis_of(asked)}
    for name in Wanted._fields[1:]:
        chosen[name] = _chosen(name, asked.get(name, ""), offers) if asked.get(name) else None
    first, last = chosen["first_year"], chosen["last_year"]
    turned = bool(first and last and first > last)
    if turned:
        chosen["first_year"], chosen["last_year"] = last, first
    return Asked(Wanted(**chosen), dimension_of(asked), turned)


def _chosen(name: str, text: str, offers: Offered) -> Any:
    found: Any
    if name in YEARS:
        found = int(text) if re.fullmatch("[0-9]{4}", text) and int(text) in YEARS_THAT_ARE else None
    elif text == NONE and text in dict(offers[name]):
        found = "" if name in TEXTS else NOT_STATED
    elif name in TEXTS:
        found = text if text in dict(offers[name]) else None
    else:
        found = choice_id(text, [value for value, _label in offers[name]])
    if found is None:
        raise _unknown(name, text)
    return found


def _unknown(name: str, text: str) -> Refused:
    words = {
        "basis": _("Years"), "by": _("Split by"), "first_year": _("From year"), "last_year": _("To year"),
    }  # fmt: skip
    label = words[name] if name in words else str(DIMENSION_WORDS[name][1])
    return refuse("FILTER_UNKNOWN", name, filter=label, value=text[:60])


def address_of(asked: Asked, **other: Any) -> dict[str, Any]:
    """Return what stands in the address of a report, with some of it replaced."""
    found = {**asked.wanted._asdict(), "by": asked.by, **other}
    usual = {"basis": BASES[0], "by": USUAL}
    return {
        name: written(value)
        for name, value in found.items()
        if value is not None and value != usual.get(name)
    }


def written(value: Any) -> Any:
    """Return a value as it stands in an address."""
    return NONE if value in {NOT_STATED, ""} else value


def filters_in_words(wanted: Wanted, offers: Offered) -> tuple[tuple[str, str], ...]:
    """Return the filters, years aside, as label and value."""
    found = []
    for name in Wanted._fields[3:]:
        chosen = getattr(wanted, name)
        if chosen is not None:
            found.append((str(DIMENSION_WORDS[name][1]), dict(offers[name])[written(chosen)].strip()))
    return tuple(found)


def period_in_words(wanted: Wanted, offers: Offered) -> str:
    """Return the years of a report."""
    years = [year for year, _label in offers["first_year"]]
    first = wanted.first_year or (min(years) if years else None)
    last = wanted.last_year or (max(*years, first or 0) if years else None)
    if first is None or last is None:
        return str(_("No year"))
    if wanted.basis == "statistical":
        return str(
            _("October %(first)s to September %(last)s", first=str(first - 1), last=str(last))
        )
    if first == last:
        return str(_("%(year)s", year=str(first)))
    return str(_("%(first)s–%(last)s", first=str(first), last=str(last)))


def _entries(entries: Mapping[int, CatalogueEntry]) -> Choices:
    ordered = sorted(entries.values(), key=lambda entry: (entry.position, entry.id))
    return [(entry.id, name_of(entry)) for entry in ordered]


def _regions(session: Session, used: set[Any]) -> Choices:
    """Return the regions of events and those in which they lie, each below the one that holds it."""
    codes = {entry.key for entry in list_entries(session, used).values()}
    codes |= {code[:2] + "0000" for code in codes} | {code[:4] + "00" for code in codes}
    return [
        (entry.id, "\u3000" * _depth(entry.key) + name_of(entry))
        for entry in sorted(list_regions(session, codes), key=lambda entry: entry.key)
    ]


def _depth(code: str) -> int:
    return 0 if code.endswith("0000") else 1 if code.endswith("00") else 2


def _unions(session: Session, scopes: Scopes, used: set[int]) -> Choices:
    """Return the unions in these scopes that have contests themselves or below them, as a tree."""
    climbed = trees.read(session, scopes, Wanted())
    paths: dict[int, list[int]] = {}
    for number in used:
        path = trees.above(number, climbed)
        cut = next((place for place, one in enumerate(path) if one in climbed.tops), len(path) - 1)
        for place, one in enumerate(path[: cut + 1]):
            paths[one] = path[place : cut + 1][::-1]
    unions = {union.id: union for union in list_unions_by_id(session, list(paths))}
    ordered = sorted(paths.values(), key=lambda path: [unions[one].name for one in path])
    return [(path[-1], "\u3000" * (len(path) - 1) + name_of(unions[path[-1]])) for path in ordered]

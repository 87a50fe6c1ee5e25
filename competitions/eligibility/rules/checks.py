"""Whether people and entries fulfil the rules of entry; what they break, at its field. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from competitions.eligibility.rules import GRADES, SKILL_LEVELS, EntryRules
from competitions.eligibility.rules.retirement import retires_on


class Breach(NamedTuple):
    """What breaks a rule (or, `note`, what could not be looked at): a code, the field, the values to name."""

    code: str
    field: str
    params: Mapping[str, object] = {}
    note: bool = False


class Trade(NamedTuple):
    """A trade of the catalogue: its number there, and its name."""

    id: int
    name: str


class Entrant(NamedTuple):
    """What is known of one person; birth date and sex are those of the ID number, None without one."""

    born: date | None = None
    female: bool | None = None
    level: str = ""
    trade: Trade | None = None


def asks_of_people(rules: EntryRules) -> bool:
    """Say whether the rules ask anything of a single person that an ID number or a level answers."""
    return asks_for_birth(rules) or asks_for_level(rules) or asks_for_trade(rules)


def asks_for_birth(rules: EntryRules) -> bool:
    """Say whether the rules ask for the age."""
    return rules.age_least is not None or rules.age_most is not None or rules.not_retired


def asks_for_level(rules: EntryRules) -> bool:
    """Say whether the rules ask for a skill level."""
    return bool(rules.level_least or rules.levels)


def asks_for_trade(rules: EntryRules) -> bool:
    """Say whether the rules ask for everybody's own trade."""
    return rules.own_trade or bool(rules.trades)


def entrant_breaches(
    rules: EntryRules, entrant: Entrant, day: date, trades: Sequence[Trade] = ()
) -> list[Breach]:
    """Return what one person breaks.

    Shape: `day` is the one on which ages are counted where the rules name none; `trades` are those of which
    somebody has to be, none where the rules ask for none.
    """
    return [
        *_age_breaches(rules, entrant, rules.age_on or day),
        *_trade_breaches(entrant.trade, trades),
        *_level_breaches(rules, entrant.level),
    ]


def _age_breaches(rules: EntryRules, entrant: Entrant, day: date) -> list[Breach]:
    if not asks_for_birth(rules):
        return []
    if entrant.born is None:
        return [Breach("AGE_UNKNOWN", "id_number", note=True)]
    age, limits = full_years(entrant.born, day), {"least": rules.age_least, "most": rules.age_most}
    too_young = rules.age_least is not None and age < rules.age_least
    if too_young or (rules.age_most is not None and age > rules.age_most):
        return [Breach("AGE_OUT_OF_RANGE", "id_number", {"age": age, "day": day, **limits})]
    if not rules.not_retired:
        return []
    retires = retires_on(entrant.born, female=bool(entrant.female), women=rules.women)
    params = {"retires": retires, "day": day}
    return [] if day < retires else [Breach("AGE_OUT_OF_RANGE", "id_number", params)]


def _trade_breaches(own: Trade | None, trades: Sequence[Trade]) -> list[Breach]:
    if not trades or (own is not None and own.id in {trade.id for trade in trades}):
        return []
    params: dict[str, object] = {"trades": [trade.name for trade in trades]}
    if own is None:
        return [Breach("OWN_TRADE_UNKNOWN", "trade", params)]
    return [Breach("OWN_TRADE", "trade", params | {"trade": own.name})]


def _level_breaches(rules: EntryRules, level: str) -> list[Breach]:
    if not asks_for_level(rules):
        return []
    place = level_place(level)
    if place is None:
        return [Breach("SKILL_LEVEL_UNKNOWN", "skill_level", {"level": level})]
    if rules.level_least and place < SKILL_LEVELS.index(rules.level_least):
        return [Breach("SKILL_LEVEL", "skill_level", {"level": level, "least": rules.level_least})]
    if rules.levels and SKILL_LEVELS[place] not in rules.levels:
        return [Breach("SKILL_LEVEL", "skill_level", {"level": level, "levels": rules.levels})]
    return []


def full_years(born: date, day: date) -> int:
    """Return the age in full years; whoever is born on 29 February has it full on 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def level_place(text: str) -> int | None:
    """Return the place of a skill level in their order, however it is written; None for none of them.

    高级工, 三级, 三级/高级工 and 高级工（三级） are one level.
    """
    parts = [part for part in re.split(r"[\s/、,，()（）]+", text) if part]
    named = {GRADES.get(part, part) for part in parts}
    found = {SKILL_LEVELS.index(name) for name in named if name in SKILL_LEVELS}
    return found.pop() if len(found) == 1 and named <= set(SKILL_LEVELS) else None


def registration_breach(rules: EntryRules, now: datetime) -> Breach | None:
    """Return why nobody can be entered now: before the opening, or from the closing on."""
    if rules.opens_at is not None and now < rules.opens_at:
        return Breach("REG_CLOSED", "", {"opens": rules.opens_at})
    if rules.closes_at is not None and now >= rules.closes_at:
        return Breach("REG_CLOSED", "", {"closed": rules.closes_at})
    return None


def places_of(rules: EntryRules, quotas: Mapping[int, int], unit_id: int | None) -> int | None:
    """Return how many entries a unit may send; None is any number, no unit one that is registered anew."""
    return quotas.get(unit_id, rules.unit_quota) if unit_id is not None else rules.unit_quota

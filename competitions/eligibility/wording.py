"""The rules of entry in words: one sentence each, and why nobody can be entered now."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from sqlalchemy.orm import Session

from competitions.eligibility.queries import rules_by_event, rules_of, trades_asked
from competitions.eligibility.rules import DEFAULT, ORGANISER, EntryRules
from competitions.eligibility.rules.checks import registration_breach
from competitions.events.models import Event
from core.i18n import day, listed, moment

LEVELS: dict[str, Any] = {
    "unit_union": _l("Union of the unit"),
    "county": _l("County union"),
    "municipal": _l("City union"),
    "provincial": _l("Provincial union"),
    "industrial": _l("Industrial union"),
    "national": _l("All-China federation"),
    ORGANISER: _l("Organiser of the event"),
}
WOMEN: dict[str, Any] = {
    "cadre": _l("55 years before the reform (women cadres), rising to 58"),
    "worker": _l("50 years before the reform (women workers), rising to 55"),
}

# What certificates call them; in the data they stand by their Chinese names.
SKILLS: dict[str, Any] = {
    "学徒工": _l("Apprentice"),
    "初级工": _l("Junior skilled worker"),
    "中级工": _l("Intermediate skilled worker"),
    "高级工": _l("Senior skilled worker"),
    "技师": _l("Technician"),
    "高级技师": _l("Senior technician"),
    "特级技师": _l("Special-grade technician"),
    "首席技师": _l("Chief technician"),
}


def skill_words(level: str) -> str:
    """Return a skill level in the reader's language; an unusual one as somebody has written it."""
    return str(SKILLS.get(level, level))


def registration_hint(rules: EntryRules, now: datetime) -> str:
    """Return why nobody can be entered now; empty where somebody can."""
    breach = registration_breach(rules, now)
    if breach is None:
        return ""
    if "opens" in breach.params:
        return _("Registration opens at %(time)s.", time=moment(rules.opens_at))
    return _("Registration closed at %(time)s.", time=moment(rules.closes_at))


def sentences(session: Session, event: Event) -> list[str]:
    """Return what the rules of an event ask, one sentence each."""
    return _sentences(session, event, rules_of(session, event))


def _sentences(session: Session, event: Event, rules: EntryRules) -> list[str]:
    kind = event.entry_kind
    trades = [trade.name for trade in trades_asked(session, event, rules)]
    said = [*_times(rules), *_people(rules, trades)]
    if kind == "team":
        said.append(_team(rules))
    if rules.unit_quota is not None:
        said.append(_quota(kind, rules.unit_quota))
    if rules.review != DEFAULT.review:
        said.append(_("Decided by: %(levels)s", levels=_arrows(LEVELS[level] for level in rules.review)))
    return said


def sentences_by_event(session: Session, events: Sequence[Event]) -> dict[int, list[str]]:
    """Return what the rules of each of some events ask."""
    rules = rules_by_event(session, events)
    return {event.id: _sentences(session, event, rules[event.id]) for event in events}


def _times(rules: EntryRules) -> Iterable[str]:
    if rules.opens_at is not None and rules.closes_at is not None:
        times = {"opens": moment(rules.opens_at), "closes": moment(rules.closes_at)}
        yield _("Registration from %(opens)s to %(closes)s", **times)
    elif rules.closes_at is not None:
        yield _("Registration until %(closes)s", closes=moment(rules.closes_at))
    elif rules.opens_at is not None:
        yield _("Registration from %(opens)s", opens=moment(rules.opens_at))


def _people(rules: EntryRules, trades: Sequence[str]) -> Iterable[str]:
    age = _age(rules)
    if age:
        yield _("%(age)s (counted on %(day)s)", age=age, day=day(rules.age_on)) if rules.age_on else age
    if trades:
        yield _("Own trade: %(trades)s", trades=listed(trades))
    if rules.level_least:
        yield _("Skill level %(level)s or above", level=skill_words(rules.level_least))
    if rules.levels:
        yield _("Skill level: %(levels)s", levels=listed(map(skill_words, rules.levels)))
    if rules.one_event:
        yield _("Each person in one event of the competition only")
    if rules.winners_back:
        yield _winners(rules)


def _age(rules: EntryRules) -> str:
    least, most = rules.age_least, rules.age_most
    if rules.not_retired:
        if least is not None and most is not None:
            ages = {"least": least, "most": most}
            return _("Aged %(least)s to %(most)s and below the statutory retirement age", **ages)
        if least is not None:
            return _("Aged %(least)s up to the statutory retirement age", least=least)
        if most is not None:
            return _("Aged at most %(most)s and below the statutory retirement age", most=most)
        return _("Below the statutory retirement age")
    if least is not None and most is not None:
        return _("Aged %(least)s to %(most)s", least=least, most=most)
    if least is not None:
        return _("Aged %(least)s or over", least=least)
    return _("Aged at most %(most)s", most=most) if most is not None else ""


def _quota(kind: str, places: int) -> str:
    """Say how many a unit may send, by what is counted; a unit that takes part itself can only do so once."""
    if kind == "team":
        return ngettext("At most %(num)d team a unit", "At most %(num)d teams a unit", places)
    if kind == "work":
        return ngettext("At most %(num)d work a unit", "At most %(num)d works a unit", places)
    if kind == "unit":
        return ngettext("At most %(num)d entry a unit", "At most %(num)d entries a unit", places)
    return ngettext("At most %(num)d person a unit", "At most %(num)d people a unit", places)


def _winners(rules: EntryRules) -> str:
    years = rules.winners_back
    if rules.winners_awards:
        return ngettext(
            "Nobody who won %(awards)s in the year before",
            "Nobody who won %(awards)s in the %(num)d years before",
            years,
            awards=listed(rules.winners_awards),
        )
    return ngettext(
        "Nobody who won an award in the year before",
        "Nobody who won an award in the %(num)d years before",
        years,
    )


def _team(rules: EntryRules) -> str:
    if rules.team_least == rules.team_most:
        size = ngettext("Teams of %(num)d member", "Teams of %(num)d members", rules.team_most)
    else:
        size = _("Teams of %(least)s to %(most)s members", least=rules.team_least, most=rules.team_most)
    if not rules.substitutes:
        return size
    more = ngettext("%(num)d substitute at most", "%(num)d substitutes at most", rules.substitutes)
    return listed([size, more])


def _arrows(levels: Iterable[object]) -> str:
    return " → ".join(str(level) for level in levels)

"""Who may enter an event, as data (format entry/1): times, age, levels, teams, quotas, reviewing. Pure.

Sources: DOMAIN.md sections 7, 8.3 and 14 (rows 24 to 26); of the retirement age, `retirement`.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime, timedelta, timezone
from typing import Any, NamedTuple

FORMAT = "entry/1"
LOCAL = timezone(timedelta(hours=8))  # Asia/Shanghai; documents say +08:00
# The levels of reviewing in their order: unions above the entry's unit, and last the organiser of the event.
UNION_LEVELS = ("unit_union", "county", "municipal", "provincial", "industrial", "national")
ORGANISER = "organiser"
REVIEW_LEVELS = (*UNION_LEVELS, ORGANISER)
WOMEN = ("cadre", "worker")  # 55 or 50 years before the reform
SKILL_LEVELS = ("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
# The five grades by which certificates name the same levels.
GRADES = {"五级": "初级工", "四级": "中级工", "三级": "高级工", "二级": "技师", "一级": "高级技师"}
AGES, YEARS_BACK, QUOTAS, TEAMS = range(14, 101), range(1, 51), range(1, 10_000), range(1, 61)
AWARDS_MOST, TRADES_MOST = 20, 30


@dataclass(frozen=True)
class EntryRules:
    """The rules of entry of one event; the defaults ask for nothing beyond what every entry must have.

    Shape: moments are aware; registration is open from `opens_at` up to, not including, `closes_at`;
    `age_on` None counts ages on the first day of the event; `women` says which retirement age a woman has
    under `not_retired`; `levels` empty: any, otherwise one of these; `own_trade` asks everybody to be of the
    event's trade or of one of `trades` (keys of the catalogue), `trades` alone to be of one of those;
    `winners_back` 0: winners may enter, otherwise nobody who won one of `winners_awards` (empty: any award)
    in so many years before;
    `unit_quota` None: no limit.
    """

    opens_at: datetime | None = None
    closes_at: datetime | None = None
    age_least: int | None = None
    age_most: int | None = None
    age_on: date | None = None
    not_retired: bool = False
    women: str = "cadre"
    level_least: str = ""
    levels: tuple[str, ...] = ()
    own_trade: bool = False
    trades: tuple[str, ...] = ()
    one_event: bool = False
    winners_back: int = 0
    winners_awards: tuple[str, ...] = ()
    team_least: int = 2
    team_most: int = 20
    substitutes: int = 0
    unit_quota: int | None = None
    review: tuple[str, ...] = (ORGANISER,)


DEFAULT = EntryRules()
MOMENTS, DAYS = frozenset({"opens_at", "closes_at"}), frozenset({"age_on"})
LISTS = frozenset({"levels", "trades", "winners_awards", "review"})


class RuleFault(NamedTuple):
    """What is wrong with rules of entry: a stable code, the field, and the values to name."""

    code: str
    field: str
    params: Mapping[str, object] = {}


class RulesInvalid(ValueError):
    """A document that is not rules of entry."""

    def __init__(self, *faults: RuleFault) -> None:
        super().__init__("; ".join(f"{fault.code} {fault.field}" for fault in faults))
        self.faults = faults


# ---------------------------------------------------------------- entry/1


def to_document(rules: EntryRules) -> dict[str, Any]:
    """Return the rules as an entry/1 document: every field by its name, moments in +08:00."""
    document: dict[str, Any] = {"format": FORMAT}
    for name, value in asdict(rules).items():
        if isinstance(value, datetime):
            value = value.astimezone(LOCAL).isoformat()
        elif isinstance(value, date):
            value = value.isoformat()
        document[name] = list(value) if isinstance(value, tuple) else value
    return document


def parse(document: object) -> EntryRules:
    """Return the rules that an entry/1 document holds; a field left out has its default.

    Raises: RulesInvalid with every fault.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise RulesInvalid(RuleFault("ENTRY_FORMAT", "format", {"format": FORMAT}))
    given = {name: value for name, value in document.items() if name != "format"}
    known = {item.name for item in fields(EntryRules)}
    faults = [RuleFault("ENTRY_FIELD", str(name)) for name in given if name not in known]
    values: dict[str, Any] = {}
    for name in known & given.keys():
        try:
            values[name] = _value(name, given[name])
        except (TypeError, ValueError):
            faults.append(RuleFault("ENTRY_VALUE", name))
    if faults:
        raise RulesInvalid(*faults)
    rules = EntryRules(**values)
    faults = find_faults(rules)
    if faults:
        raise RulesInvalid(*faults)
    return rules


def _value(name: str, value: Any) -> Any:
    """Return one value of a document as the rules hold it.

    Raises: TypeError, ValueError.
    """
    default = getattr(DEFAULT, name)
    if name in MOMENTS or name in DAYS:
        return None if value is None else _time(name, value)
    if name in LISTS:
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TypeError(name)
        return tuple(value)
    wanted = int if default is None else type(default)
    if value is None and default is None:
        return None
    if type(value) is not wanted:
        raise TypeError(name)
    return value


def _time(name: str, value: str) -> datetime | date:
    if name in DAYS:
        return date.fromisoformat(value)
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment


# ---------------------------------------------------------------- what is wrong with rules


def find_faults(rules: EntryRules) -> list[RuleFault]:
    """Return everything that is wrong with rules of entry."""
    checks = (_time_faults, _age_faults, _who_faults, _size_faults, _level_faults)
    return [fault for check in checks for fault in check(rules)]


def _time_faults(rules: EntryRules) -> list[RuleFault]:
    if rules.opens_at and rules.closes_at and rules.closes_at <= rules.opens_at:
        return [RuleFault("ENTRY_TIMES", "closes_at")]
    return []


def _age_faults(rules: EntryRules) -> list[RuleFault]:
    faults = [
        _range_fault(name, AGES)
        for name in ("age_least", "age_most")
        if getattr(rules, name) is not None and getattr(rules, name) not in AGES
    ]
    least, most = rules.age_least, rules.age_most
    if not faults and least is not None and most is not None and least > most:
        faults.append(RuleFault("ENTRY_AGES", "age_most"))
    return faults


def _who_faults(rules: EntryRules) -> list[RuleFault]:
    faults = [] if rules.women in WOMEN else [RuleFault("ENTRY_VALUE", "women")]
    if rules.level_least not in ("", *SKILL_LEVELS):
        faults.append(RuleFault("ENTRY_VALUE", "level_least"))
    if not set(rules.levels) <= set(SKILL_LEVELS):
        faults.append(RuleFault("ENTRY_VALUE", "levels"))
    if rules.winners_back and rules.winners_back not in YEARS_BACK:
        faults.append(_range_fault("winners_back", YEARS_BACK))
    if len(rules.trades) > TRADES_MOST or not all(rules.trades):
        faults.append(RuleFault("ENTRY_VALUE", "trades"))
    if len(rules.winners_awards) > AWARDS_MOST or not all(rules.winners_awards):
        faults.append(RuleFault("ENTRY_VALUE", "winners_awards"))
    return faults


def _size_faults(rules: EntryRules) -> list[RuleFault]:
    faults = [
        _range_fault(name, TEAMS) for name in ("team_least", "team_most") if getattr(rules, name) not in TEAMS
    ]
    if not faults and rules.team_least > rules.team_most:
        faults.append(RuleFault("ENTRY_TEAM", "team_most"))
    if not 0 <= rules.substitutes <= TEAMS[-1]:
        faults.append(_range_fault("substitutes", range(TEAMS[-1] + 1)))
    if rules.unit_quota is not None and rules.unit_quota not in QUOTAS:
        faults.append(_range_fault("unit_quota", QUOTAS))
    return faults


def _level_faults(rules: EntryRules) -> list[RuleFault]:
    """The levels stand in their order, each once, and the organiser of the event has the last word."""
    ordered = tuple(level for level in REVIEW_LEVELS if level in rules.review)
    if rules.review != ordered or ORGANISER not in rules.review:
        return [RuleFault("ENTRY_LEVELS", "review")]
    return []


def _range_fault(name: str, allowed: range) -> RuleFault:
    return RuleFault("ENTRY_RANGE", name, {"least": allowed[0], "most": allowed[-1]})

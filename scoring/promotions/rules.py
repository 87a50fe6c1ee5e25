"""The format promotion/1: read, and checked for itself and against the scheme of the event. Pure.

    {"format": "promotion/1", "title": …, "source": …, "note": …, "base": "checked_in" | "entered" | "ranked",
     "rules": [{"title": …, "levels": {"高级工": "技师"}, "from": 4, "to": 10, "to_fraction": "0.5",
                "awards": "any" | ["一等奖"], "pass_each": "60", "pass": {"T": "60"}}]}

Everything but format, title, rules and their titles and levels may be left out. The first rule that applies
to somebody counts. What is wrong becomes a finding, as in a scheme; the words stand in `messages`.

Source: DOMAIN.md section 6.2.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, NamedTuple

from scoring.rules.document import REQUIRED, Node, is_text, load_document, shown
from scoring.rules.findings import Finding, Param
from scoring.rules.model import Scheme
from scoring.rules.numbers import ONE, format_short, parse_decimal
from scoring.rules.promotion import Base, PromotionRule, Standing

FORMAT, FILE = "promotion/1", "promotion.json"
INVALID = "PROMOTION_INVALID"
BASES: tuple[Base, ...] = ("checked_in", "entered", "ranked")
LONGEST_TEXT, LONGEST_TITLE = 2000, 120
MOST_RULES = 60
LEVELS = ("无等级", "学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
NO_LEVEL = LEVELS[0]  # recorded as such, which is not the same as nothing recorded
ANY = "any"


@dataclass(frozen=True)
class RuleSet:
    """The promotion rules of an event, in the order in which they are tried."""

    title: str
    source: str
    note: str
    base: Base
    rules: tuple[PromotionRule, ...]


class Ground(NamedTuple):
    """What rules may speak of: the stages with their maxima (None: no end), and the awards of the scheme."""

    stages: Mapping[str, int | None]
    awards: tuple[str, ...]


class Read(NamedTuple):
    """A text that was read; `rules` is None where a finding is an error."""

    document: object
    rules: RuleSet | None
    findings: tuple[Finding, ...]


def ground_of(scheme: Scheme) -> Ground:
    """Return what the promotion rules of this scheme's event may speak of."""
    tiers = scheme.awards.tiers if scheme.awards else ()
    most = {stage.code: stage.maximum for stage in scheme.stages}
    return Ground(most, tuple(tier.title for tier in tiers))


def read_text(text: str, ground: Ground | None = None) -> Read:
    """Return what a JSON text states, with every finding about it."""
    document, faults = load_document(text, FILE)
    return Read(None, None, tuple(faults)) if faults else read_document(document, ground)


def read_document(document: object, ground: Ground | None = None) -> Read:
    """Return what a document states; without `ground` it is checked for itself alone."""
    findings: list[Finding] = []
    node = RuleNode(document, "", findings)
    if not node.is_object:
        return Read(document, None, tuple(findings))
    node.choice("format", (FORMAT,))
    title = node.words("title", LONGEST_TITLE, needed=True)
    source, note = (node.words(key, LONGEST_TEXT) for key in ("source", "note"))
    base = node.choice("base", BASES, "checked_in")
    children = node.rules()
    rules = tuple(_read_rule(child, ground) for child in children)
    node.finish()
    return Read(document, None if findings else RuleSet(title, source, note, base, rules), tuple(findings))


class RuleNode(Node):
    """A JSON object of promotion.json: what is wrong with it has a code of its own."""

    def note(self, key: str, variant: str, **params: Param) -> None:
        """Note that something about this key is against the format."""
        self.say(INVALID, key, variant, **params)

    def say(self, code: str, key: str, variant: str = "", **params: Param) -> None:
        """Note a finding about this key."""
        where = f"{FILE}:{self.at(key)}"
        self.findings.append(Finding(code, where, {"key": key, **params}, "error", variant))

    def words(self, key: str, longest: int, *, needed: bool = False) -> str:
        """Return a text that people read."""
        text = self.text(key, REQUIRED if needed else "")
        if needed and self.has(key) and not text.strip():
            self.note(key, "empty")
        if len(text) > longest:
            self.note(key, "long", longest=longest, length=len(text))
        return text

    def rules(self) -> "list[RuleNode]":
        """Return the rules as nodes of this kind."""
        items = self.items("rules", least=1)
        if len(items) > MOST_RULES:
            self.note("rules", "most", most=MOST_RULES)
        return [RuleNode(item, f"/rules/{n}", self.findings) for n, item in enumerate(items[:MOST_RULES])]

    def pairs(self, key: str) -> dict[str, Any] | None:
        """Return an object with at least one key as it stands; None where it is none."""
        value, there = self.take(key, {})
        if isinstance(value, dict) and value and not getattr(value, "repeated", ()):
            return value
        if there:
            self.note(key, "pairs")
        return None


def _read_rule(node: RuleNode, ground: Ground | None) -> PromotionRule:
    title = node.words("title", LONGEST_TITLE, needed=True)
    first, last = node.count("from", 1, least=1), _last(node)
    if last is not None and last < first:
        node.note("to", "range", first=first, last=last)
    any_award, awards = _awards(node, ground)
    rule = PromotionRule(
        title=title,
        levels=_levels(node),
        first_rank=first,
        last_rank=last,
        last_fraction=_fraction(node),
        awards=awards,
        any_award=any_award,
        pass_each=_pass_each(node, ground),
        pass_marks=_pass_marks(node, ground),
    )
    node.finish()
    return rule


def _last(node: RuleNode) -> int | None:
    return node.count("to", least=1) if node.has("to") else None


def _fraction(node: RuleNode) -> int | None:
    fraction = node.decimal("to_fraction", None, least="0")
    if fraction is not None and fraction > ONE:
        node.note("to_fraction", "most", most=1)
    return fraction


def _levels(node: RuleNode) -> dict[str, str]:
    """Return which level leads to which: official ones alone, and upward alone."""
    if not node.has("levels") and node.is_object:
        node.note("levels", "missing_key")
    given = node.pairs("levels") or {}
    for current, proposed in given.items():
        unknown = [level for level in (current, proposed) if level not in LEVELS]
        for level in unknown:
            node.say("PROMOTION_LEVEL", "levels", value=shown(level), options="、".join(LEVELS))
        if not unknown and LEVELS.index(proposed) <= LEVELS.index(current):
            node.say("PROMOTION_DOWN", "levels", current=current, proposed=proposed)
    # A stored document has its keys in the order of their characters; people read levels from below.
    known = {level: str(given[level]) for level in LEVELS if level in given}
    return known | {current: str(proposed) for current, proposed in given.items()}


def _awards(node: RuleNode, ground: Ground | None) -> tuple[bool, tuple[str, ...]]:
    value, there = node.take("awards", [])
    if value == ANY:
        if ground is not None and not ground.awards:
            node.say("PROMOTION_AWARD", "awards", "none")
        return True, ()
    if there and not (isinstance(value, list) and value and all(is_text(item) and item for item in value)):
        node.note("awards", "awards")
        return False, ()
    titles = tuple(str(item) for item in value) if isinstance(value, list) else ()
    known = ground.awards if ground is not None else titles
    for title in titles:
        if title not in known:
            node.say("PROMOTION_AWARD", "awards", "unknown", value=title, options=_listed(known))
    return False, titles


def _pass_each(node: RuleNode, ground: Ground | None) -> int | None:
    mark = node.decimal("pass_each", None)
    for stage in ground.stages if ground is not None and mark is not None else ():
        _within(node, "pass_each", stage, mark, ground)
    return mark


def _pass_marks(node: RuleNode, ground: Ground | None) -> dict[str, int]:
    marks = {}
    for stage, text in (node.pairs("pass") or {}).items():
        mark = parse_decimal(text) if isinstance(text, str) else None
        if mark is None:
            node.note("pass", "decimal", value=shown(text))
            continue
        marks[stage] = mark
        if ground is not None and stage not in ground.stages:
            node.say("PROMOTION_STAGE", "pass", value=stage, options=_listed(ground.stages))
        else:
            _within(node, "pass", stage, mark, ground)
    return marks


def _within(node: RuleNode, key: str, stage: str, mark: int | None, ground: Ground | None) -> None:
    """Note a pass mark that nobody could reach in this stage."""
    most = ground.stages[stage] if ground is not None else None
    if mark is not None and most is not None and mark > most:
        node.say("PROMOTION_PASS", key, stage=stage, value=format_short(mark), most=format_short(most))


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "–"


ORDER = (
    "format", "title", "source", "note", "base", "rules", "from", "to", "to_fraction", "awards", "pass_each",
    "pass", *LEVELS, "levels",
)  # fmt: skip


def in_order(value: Any) -> Any:
    """Return a document with the keys of its objects in the order in which people read them."""
    if isinstance(value, list):
        return [in_order(item) for item in value]
    if not isinstance(value, dict):
        return value
    keys = sorted(value, key=lambda key: (ORDER.index(key) if key in ORDER else len(ORDER), key))
    return {key: in_order(value[key]) for key in keys}


# ---------------------------------------------------------------- the result


FIXED = ("rank", "entry", "status", "total")


def standings_of_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Standing]:
    """Return where each entry stands in a table of a result, live or frozen, as it was published.

    Shape: the columns of results.csv: four fixed ones, the stages, the criteria (`P.A`), scale and award.
    """
    start = len(FIXED)
    stages = list(takewhile(lambda column: "." not in column, header[start:]))
    with_award = header[-1] == "award" and len(header) > start + len(stages)
    return [
        Standing(
            entry=row[1],
            rank=int(row[0]) if row[0] else None,
            status=row[2],
            award=row[-1] if with_award else "",
            stages={code: parse_decimal(text) for code, text in zip(stages, row[start:], strict=False)},
        )
        for row in rows
    ]

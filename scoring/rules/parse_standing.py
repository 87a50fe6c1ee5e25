"""Read the method of a team or unit standing over events: the format standing/1 (docs/standings.md).

A method says which points an entry brings its group in an event, how many entries of a group count there,
what becomes of a group with too few, how the events add up, how groups are ranked and what they win. It is
data, never code.
"""

from dataclasses import dataclass
from typing import Literal

from scoring.rules.document import REQUIRED, Node, Repeating, load_document, shown
from scoring.rules.findings import Finding, Param
from scoring.rules.model import Awards, Order
from scoring.rules.numbers import parse_decimal
from scoring.rules.parse_awards import read_awards

FORMAT, FILE = "standing/1", "standing.json"
INVALID = "STANDING_INVALID"
Of = Literal["unit", "union"]
OF: tuple[Of, ...] = ("unit", "union")
PointsBy = Literal["total", "scale", "rank", "award", "value"]
POINTS_BY: tuple[PointsBy, ...] = ("total", "scale", "rank", "award", "value")
Sum = Literal["sum", "mean"]
SUMS: tuple[Sum, ...] = ("sum", "mean")
Missing = Literal["zero", "void"]
MISSING: tuple[Missing, ...] = ("zero", "void")
TieBy = Literal["ranks", "award", "value", "total", "manual"]
TIE_BY: tuple[TieBy, ...] = ("ranks", "award", "value", "total", "manual")
ORDERS: tuple[Order, ...] = ("desc", "asc")


@dataclass(frozen=True, slots=True)
class RankPoints:
    """The points of the ranks from `first` to `last`, both included; points in millionths."""

    first: int
    last: int
    points: int


@dataclass(frozen=True, slots=True)
class Points:
    """What an entry brings: `ranks` and `awards` are tables, `others` what they do not name; millionths.

    `code` names a stage, criterion or aspect (`P`, `P.A`, `P.A.A2`) where the points are its value.
    """

    by: PointsBy
    ranks: tuple[RankPoints, ...] = ()
    awards: tuple[tuple[str, int], ...] = ()
    others: int = 0
    code: str = ""


@dataclass(frozen=True, slots=True)
class StandingStep:
    """One step of the tie chain between groups; `code` is a path, or the title of an award."""

    by: TieBy
    order: Order
    code: str = ""


@dataclass(frozen=True, slots=True)
class StandingRanking:
    """Which totals are better, whether ranks may be shared, and what separates equal totals."""

    order: Order
    share: bool
    ties: tuple[StandingStep, ...]


@dataclass(frozen=True)
class Method:
    """A whole method; `best` None lets all entries count, `least` None ranks every group."""

    title: str
    source: str
    note: str
    of: Of
    points: Points
    best: int | None
    missing: Missing
    event: Sum
    over: Sum
    least: int | None
    places: int | None
    ranking: StandingRanking
    awards: Awards | None

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the paths whose values the method needs, each once."""
        asked = [self.points.code] if self.points.by == "value" else []
        asked += [step.code for step in self.ranking.ties if step.by == "value"]
        return tuple(dict.fromkeys(asked))


class StandingNode(Node):
    """A JSON object of standing.json: what is wrong with it has a code of its own."""

    def note(self, key: str, variant: str, **params: Param) -> None:
        """Note that something about this key is against the format."""
        where = f"{FILE}:{self.at(key)}"
        self.findings.append(Finding(INVALID, where, {"key": key, **params}, "error", variant))


def read_method_text(text: str) -> tuple[object, Method | None, list[Finding]]:
    """Return the document and the method that a JSON text states, with every finding."""
    document, findings = load_document(text, FILE)
    if findings:
        return None, None, findings
    method, findings = parse_method(document)
    return document, method, findings


def parse_method(document: object) -> tuple[Method | None, list[Finding]]:
    """Return the method that a document states, None where anything is wrong, and every finding."""
    findings: list[Finding] = []
    node = StandingNode(document, "", findings)
    if not node.is_object:
        return None, findings
    node.choice("format", (FORMAT,))
    method = _read_method(node)
    node.finish()
    return (None if findings else method), findings


def _read_method(node: StandingNode) -> Method:
    title = node.text("title", REQUIRED)
    if node.has("title") and not title.strip():
        node.note("title", "empty")
    least = node.decimal("least", None)
    return Method(
        title=title,
        source=node.text("source"),
        note=node.text("note"),
        of=node.choice("of", OF, "unit"),
        points=_read_points(node.node("points")),
        best=node.count("best", least=1) if node.has("best") else None,
        missing=node.choice("missing", MISSING, "zero"),
        event=node.choice("event", SUMS, "sum"),
        over=node.choice("over", SUMS, "sum"),
        least=least,
        places=node.places(),
        ranking=_read_ranking(node.node("ranking")),
        awards=read_awards(node.node("awards"), has_scale=False) if node.has("awards") else None,
    )


def _read_points(node: StandingNode) -> Points:
    by = node.choice("by", POINTS_BY)
    if node.values.get("by") not in POINTS_BY:
        node.seen.update(node.values)
    points = Points(by)
    if by == "rank":
        children = node.nodes("ranks")
        points = Points(by, ranks=_read_ranks(children), others=node.amount("others", "0"))
    elif by == "award":
        points = Points(by, awards=_read_award_points(node), others=node.amount("others", "0"))
    elif by == "value":
        points = Points(by, code=_read_path(node))
    node.finish()
    return points


def _read_ranks(children: list[StandingNode]) -> tuple[RankPoints, ...]:
    found: list[RankPoints] = []
    for child in children:
        first = child.count("from", least=1)
        last = child.count("to", first, least=1)
        if last < first:
            child.note("to", "range", first=first, last=last)
        if found and first <= found[-1].last:
            child.note("from", "overlap", first=first, before=found[-1].last)
        found.append(RankPoints(first, last, child.amount("points")))
        child.finish()
    return tuple(found)


def _read_award_points(node: StandingNode) -> tuple[tuple[str, int], ...]:
    given, there = node.take("awards", REQUIRED)
    if not isinstance(given, dict) or not given or isinstance(given, Repeating) and given.repeated:
        if there:
            node.note("awards", "award_points")
        return ()
    found = []
    for title, text in given.items():
        points = parse_decimal(text) if isinstance(text, str) else None
        if points is None:
            node.note("awards", "decimal", value=shown(text))
        found.append((title, points or 0))
    return tuple(found)


def _read_path(node: StandingNode) -> str:
    """Return the path of a stage, criterion or aspect; that it is one of an event's is seen in its values."""
    path = node.text("code", REQUIRED)
    parts = path.split(".")
    if path and not (len(parts) <= 3 and all(parts)):
        node.note("code", "path", value=path)
    return path


def _read_ranking(node: StandingNode) -> StandingRanking:
    order = node.choice("order", ORDERS, "desc")
    share = node.flag("share")
    ties = tuple(_read_step(child) for child in node.nodes("ties", least=0)) if node.has("ties") else ()
    node.finish()
    return StandingRanking(order, share, ties)


def _read_step(node: StandingNode) -> StandingStep:
    by = node.choice("by", TIE_BY)
    if node.values.get("by") not in TIE_BY:
        node.seen.update(node.values)
    code = ""
    if by == "value":
        code = _read_path(node)
    elif by == "award":
        code = node.text("title", REQUIRED)
    order = node.choice("order", ORDERS, "desc") if by in ("value", "total") else "desc"
    if by == "manual":  # the lower number of a decision comes first
        order = "asc"
    node.finish()
    return StandingStep(by, order, code)

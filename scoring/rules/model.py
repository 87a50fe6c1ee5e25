"""The scheme as frozen values, filled with every default of SCHEME.md sections 2 to 6.

Every amount (maximum, step, weight, factor, …) is an `int` of millionths; counts are plain whole numbers.
`places` None means that the node is not rounded.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

Kind = Literal["score", "judgement", "measurement", "count", "deduction", "time", "indicator"]
Method = Literal["agreed", "mean", "trimmed_mean", "median", "sum"]
Order = Literal["desc", "asc"]
Take = Literal["best", "mean", "sum", "last"]

KINDS: tuple[Kind, ...] = ("score", "judgement", "measurement", "count", "deduction", "time", "indicator")
METHODS: tuple[Method, ...] = ("agreed", "mean", "trimmed_mean", "median", "sum")


@dataclass(frozen=True, slots=True)
class Fallback:
    """How a panel is counted when too few judges are left."""

    method: Method
    drop: int
    min_judges: int


@dataclass(frozen=True, slots=True)
class Panel:
    """How the judges' points become one number (section 4); `max_judges` is set for judgement alone."""

    method: Method
    drop: int
    min_judges: int
    max_judges: int | None
    missing: Literal["refuse", "exclude"]
    max_spread: int | None
    places: int | None
    fallback: Fallback | None


@dataclass(frozen=True, slots=True)
class Band:
    """The points of a measured value, or of its distance from the nominal one, up to a limit."""

    upto: int
    points: int


@dataclass(frozen=True, slots=True)
class Aspect:
    """The smallest thing a judge marks; the fields of other kinds keep their neutral defaults."""

    stage: str
    criterion: str
    code: str
    title: str
    kind: Kind
    factor: int
    places: int | None
    required: bool
    panel: Panel
    sub: str
    section: str
    day: str
    description: str
    unit: str
    minimum: int = 0
    maximum: int | None = None
    step: int = 10_000
    levels: tuple[str, ...] = ()
    entry: Literal["points", "pass", "value"] = "points"
    nominal: int | None = None
    bands: tuple[Band, ...] = ()
    per: int | None = None
    per_false: int = 0
    zero_at: int | None = None
    limit: int | None = None
    early: int = 0
    cap: int = 0
    late: int = 0
    target: int | None = None
    better: Literal["higher", "lower"] = "higher"

    @property
    def highest(self) -> int:
        """Return the maximum; 0 for a kind that has none."""
        return self.maximum or 0

    @property
    def path(self) -> str:
        """Return the path a comparator names, such as `P.A.A2`."""
        return f"{self.stage}.{self.criterion}.{self.code}"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A sum of aspects."""

    stage: str
    code: str
    title: str
    minimum: int | None
    maximum: int | None
    places: int | None
    aspects: tuple[Aspect, ...]

    @property
    def path(self) -> str:
        """Return the path a comparator names, such as `P.A`."""
        return f"{self.stage}.{self.code}"


@dataclass(frozen=True)
class Stage:
    """A sum of criteria, perhaps of several attempts, with its weight in the total."""

    code: str
    title: str
    weight: int
    minimum: int | None
    maximum: int | None
    places: int | None
    attempts: int
    take: Take
    criteria: tuple[Criterion, ...]

    @property
    def blends_attempts(self) -> bool:
        """Say whether no single attempt counts, so that the stage has no criterion values."""
        return self.take in ("mean", "sum")

    @cached_property
    def aspects(self) -> tuple[Aspect, ...]:
        """Return the aspects of all criteria in the order of the scheme."""
        return tuple(aspect for criterion in self.criteria for aspect in criterion.aspects)


@dataclass(frozen=True, slots=True)
class Total:
    """The rounding point and the limits of the total."""

    places: int | None
    minimum: int | None
    maximum: int | None


@dataclass(frozen=True, slots=True)
class Comparator:
    """One step of the tie chain; `code` is a stage code or a path, `kind` a kind of aspect."""

    by: Literal["stage", "criterion", "aspect", "kind", "penalties", "manual"]
    code: str
    kind: str
    order: Order


@dataclass(frozen=True, slots=True)
class Ranking:
    """Which totals are better, whether ranks may be shared, and what separates equal totals."""

    order: Order
    share: bool
    ties: tuple[Comparator, ...]


@dataclass(frozen=True, slots=True)
class Tier:
    """One award; exactly one of the rules `kind` names is set."""

    title: str
    kind: Literal["count", "percent", "ranks", "top_fraction", "threshold", "place"]
    count: int = 0
    percent: int = 0
    ranks: tuple[int, int] = (0, 0)
    top_fraction: int = 0
    threshold: int = 0
    place: int = 0
    band: int = 0
    on: Literal["total", "scale"] = "total"
    at_least: int = 0
    per_unit: int | None = None


@dataclass(frozen=True, slots=True)
class Awards:
    """The tiers from the highest down, the base of percentages, and what happens to ties on a border."""

    base: Literal["checked_in", "entered", "ranked"]
    boundary: Literal["decide", "extend", "shrink"]
    tiers: tuple[Tier, ...]


@dataclass(frozen=True)
class Scheme:
    """A whole rule book: how marks become totals, ranks and awards."""

    code: str
    title: str
    rule_reference: str
    weights: Literal["share", "plain"]
    stages: tuple[Stage, ...]
    total: Total
    ranking: Ranking
    awards: Awards | None
    scale: Literal["median700"] | None

    def find_stage(self, code: str) -> Stage | None:
        """Return the stage of that code, or None."""
        return next((stage for stage in self.stages if stage.code == code), None)

    def find_aspect(self, stage_code: str, aspect_code: str) -> Aspect | None:
        """Return the aspect that a row of marks names, or None."""
        stage = self.find_stage(stage_code)
        aspects = stage.aspects if stage else ()
        return next((aspect for aspect in aspects if aspect.code == aspect_code), None)

"""Say what a document holds, once, for every format: pages (SVG), PDF, Excel.

This module knows nothing of fonts, paper, workbooks or languages: words arrive translated in the values.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

Cell = str | int | Decimal | date | None
Number = int | Decimal | None


class Kind(StrEnum):
    """What a column holds; the format and the side follow from it."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    PERCENT = "percent"  # a share: Decimal("0.184") is shown as 18.4%
    CHANGE = "change"  # a share with its sign: +18.4%
    DATE = "date"


class Shape(StrEnum):
    """How a chart shows its series."""

    BAR = "bar"
    STACKED = "stacked"
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Words:
    """The words that the renderers need besides the content, in the language of the reader.

    `page` holds %(page)s and %(pages)s; `top` %(shown)s and %(total)s; `scaled` %(scale)s and %(unit)s;
    `headed` %(label)s and %(unit)s.
    `scales` are the large units of the language, from small to large: ((10**4, "万"), (10**8, "亿")).
    """

    language: str  # BCP 47: "zh-CN", "en"
    page: str
    overview: str
    definitions: str
    figure: str
    value: str
    unit: str
    note: str
    definition: str
    other: str
    top: str
    scaled: str
    headed: str
    scales: tuple[tuple[int, str], ...] = ()
    cover: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    `places` is the least number of decimals shown; a longer value is never shortened by a document.
    `width` is a hint in characters (a han character counts two); 0 lets the renderer measure.
    `mixed` says that units differ from row to row: each number has its own decimals then.
    """

    label: str
    kind: Kind = Kind.TEXT
    unit: str = ""
    places: int = 0
    width: int = 0
    mixed: bool = False

    @property
    def numeric(self) -> bool:
        """Tell whether the column is set flush right."""
        return self.kind in {Kind.INTEGER, Kind.DECIMAL, Kind.PERCENT, Kind.CHANGE}


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns, with totals computed by whoever knows which figures may be added.

    `group` is a column whose values become headings over their rows on paper; a workbook keeps the column.
    `form` is a table to fill in by hand: a box around every cell, and rows that a pen has room in. A `chart`
    of it stands with it.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...] | None = None
    notes: tuple[str, ...] = ()
    empty: str = ""  # what to say instead of an empty table
    group: int | None = None
    form: bool = False
    chart: "Chart | None" = None

    def __post_init__(self) -> None:
        """Refuse a row that does not fit its columns."""
        for row in (*self.rows, *((self.totals,) if self.totals is not None else ())):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns in {self.title!r}")


@dataclass(frozen=True, slots=True)
class Figure:
    """One key figure: never without what it counts."""

    label: str
    value: Cell
    unit: str = ""
    note: str = ""
    kind: Kind = Kind.INTEGER
    places: int = 0


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a chart, in the order of the categories."""

    name: str
    values: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as values.

    `ordered` categories (years, months) keep their order and are never gathered into "other".
    `additive` says whether the values may be added: distinct people may not.
    """

    title: str
    shape: Shape
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    ordered: bool = False
    additive: bool = True
    description: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuse a series that does not fit the categories."""
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"{len(series.values)} values for {len(self.categories)} categories")


@dataclass(frozen=True, slots=True)
class Definition:
    """How a figure is counted (口径)."""

    name: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: lines above the title, pairs below it, and what stands at the foot."""

    above: tuple[str, ...] = ()
    below: tuple[tuple[str, str], ...] = ()
    foot: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A report to read, print or compute with; the same value gives the page, the PDF and the workbook.

    `issued` is the line that says when and by whom; `seal` is what the footer shows to compare two copies.
    `signatures` are the labels of lines to sign on paper. A `cover` is the first page, and the first sheet.
    A `poster` is set larger on paper, to be read on a wall.
    """

    title: str
    words: Words
    subtitle: str = ""
    meta: tuple[tuple[str, str], ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    definitions: tuple[Definition, ...] = ()
    signatures: tuple[str, ...] = ()
    issued: str = ""
    issued_at: datetime | None = None
    seal: str = ""
    landscape: bool = False
    poster: bool = False
    cover: Cover | None = None

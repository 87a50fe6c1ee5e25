"""The package of a standing as texts: what its files hold, what is wrong with them, what they give.

`standing.json` is the method, `events.csv` the events in order, `results.csv` what their published results
say of each entry, `values.csv` further values by path (may be absent), `orders.csv` what was decided between
tied groups (may be absent), `standings.csv` the published table (may be absent). Nothing here opens a file.
Source: docs/standings.md.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from json import dumps

from scoring.rules.csvtext import CsvFile, decode, write_csv
from scoring.rules.findings import Finding, error
from scoring.rules.group_standing import Achievement, GroupRow, GroupStanding, compute_standing
from scoring.rules.numbers import Exact, format_number
from scoring.rules.parse_standing import FILE, Method, read_method_text
from scoring.rules.resulttable import Difference, compare_results

EVENTS, RESULTS, VALUES, STANDINGS = "events.csv", "results.csv", "values.csv", "standings.csv"
ORDERS = "orders.csv"
FILES = (FILE, EVENTS, RESULTS, VALUES, ORDERS, STANDINGS)
NEEDED = (FILE, EVENTS, RESULTS)
COLUMNS = {
    EVENTS: ("event", "title"),
    RESULTS: ("event", "entry", "group", "status", "rank", "total", "scale", "award"),
    VALUES: ("event", "entry", "code", "value"),
    ORDERS: ("group", "order", "reason"),
}
AWARD = "award"
LONGEST_ORDER = 5  # digits and one more


@dataclass
class StandingPackage:
    """A package that has been read; `published` is None without standings.csv."""

    method: Method | None = None
    events: list[str] = field(default_factory=list)
    rows: list[Achievement] = field(default_factory=list)
    published: list[tuple[str, tuple[str, ...]]] | None = None
    decided: dict[str, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def standing(self) -> GroupStanding | None:
        """Return what the package gives; None where it cannot be read."""
        if self.method is None or self.findings:
            return None
        return compute_standing(self.method, self.events, self.rows, self.decided)


def parse_standing_package(files: Mapping[str, bytes]) -> StandingPackage:
    """Return the package that these files are, with every finding about their form.

    Shape: names of FILES to their bytes; other names are ignored.
    """
    package = StandingPackage()
    findings = package.findings
    missing = [name for name in NEEDED if name not in files]
    findings.extend(error("FILE_FORMAT", "missing_file", name, file=name) for name in missing)
    texts = {name: decode(name, files[name], findings) for name in FILES if name in files}
    if (text := texts.get(FILE)) is not None:
        _document, package.method, faults = read_method_text(text)
        findings.extend(faults)
    package.events = [row[0] for _where, row in _read(texts, EVENTS, findings)]
    values = _read_values(texts, findings)
    package.rows = _read_rows(package, texts, values)
    package.decided = _read_orders(texts, findings)
    if (text := texts.get(STANDINGS)) is not None:
        header = standing_header(package.events)
        file = CsvFile(STANDINGS, text, header, (), findings)
        package.published = [(file.locate(row), tuple(row)) for row in file.rows()]
    return package


def _read(
    texts: Mapping[str, str | None], name: str, findings: list[Finding]
) -> list[tuple[str, Sequence[str]]]:
    text = texts.get(name)
    if text is None:
        return []
    file = CsvFile(name, text, COLUMNS[name], ("title",), findings)
    return [(file.locate(row), row) for row in file.rows()]


def _read_values(
    texts: Mapping[str, str | None], findings: list[Finding]
) -> dict[tuple[str, str], dict[str, str]]:
    values: dict[tuple[str, str], dict[str, str]] = {}
    for _where, (event, entry, code, value) in _read(texts, VALUES, findings):
        values.setdefault((event, entry), {})[code] = value
    return values


def _read_orders(texts: Mapping[str, str | None], findings: list[Finding]) -> dict[str, int]:
    found: dict[str, int] = {}
    for where, (group, order, _reason) in _read(texts, ORDERS, findings):
        if group in found:
            findings.append(error("STANDING_ORDER", "twice", where, group=group))
        if order.isascii() and order.isdecimal() and len(order) < LONGEST_ORDER:
            found[group] = int(order)
        else:
            findings.append(error("STANDING_ORDER", "form", where, group=group, value=order))
    return found


def _read_rows(
    package: StandingPackage,
    texts: Mapping[str, str | None],
    values: Mapping[tuple[str, str], Mapping[str, str]],
) -> list[Achievement]:
    rows: list[Achievement] = []
    seen: set[tuple[str, str]] = set()
    for where, (event, entry, group, status, *rest) in _read(texts, RESULTS, package.findings):
        if event not in package.events:
            package.findings.append(error("STANDING_EVENT", "unknown", where, event=event))
        if (event, entry) in seen:
            package.findings.append(error("STANDING_TWICE", "row", where, event=event, entry=entry))
        seen.add((event, entry))
        rank, total, scale, award = rest
        own = values.get((event, entry), {})
        rows.append(Achievement(event, entry, group, status or "valid", rank, total, scale, award, own))
    return rows


# ---------------------------------------------------------------- the table


def standing_header(events: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of standings.csv."""
    return ("rank", "group", "status", "total", "entries", *events, AWARD)


def standing_rows(standing: GroupStanding) -> list[tuple[str, ...]]:
    """Return the rows of standings.csv in their final order."""
    return [_cells(standing.method.places, row) for row in standing.rows]


def _cells(places: int | None, row: GroupRow) -> tuple[str, ...]:
    def shown(number: Exact | None) -> str:
        return "" if number is None else format_number(number, places)

    rank = "" if row.rank is None else str(row.rank)
    scores = [shown(score) for score in row.events]
    return (rank, row.group, row.status, shown(row.total), str(row.entries), *scores, row.award)


def compare_standing(package: StandingPackage, standing: GroupStanding) -> list[Difference] | None:
    """Return where the published table differs from the recount; None without one."""
    if package.published is None:
        return None
    header = standing_header(package.events)
    return compare_results(header, standing_rows(standing), package.published, key="group", file=STANDINGS)


def standing_package_files(
    document: object,
    events: Iterable[tuple[str, str]],
    rows: Iterable[Achievement],
    table: Sequence[Sequence[str]] | None = None,
    orders: Iterable[Sequence[object]] = (),
) -> dict[str, bytes]:
    """Return every file of a package, the same bytes for the same standing.

    Shape: `document` is the method as JSON data, `events` are codes with titles, `table` the published rows,
    `orders` (group, number, reason) of decisions.
    """
    events, rows = list(events), list(rows)
    texts = {
        FILE: dumps(document, ensure_ascii=False, indent=1) + "\n",
        EVENTS: write_csv(COLUMNS[EVENTS], events),
        RESULTS: write_csv(COLUMNS[RESULTS], sorted(tuple(row[:8]) for row in rows)),
        VALUES: write_csv(
            COLUMNS[VALUES],
            sorted((row.event, row.entry, code, row.values[code]) for row in rows for code in row.values),
        ),
    }
    if decided := sorted(tuple(str(cell) for cell in row) for row in orders):
        texts[ORDERS] = write_csv(COLUMNS[ORDERS], decided)
    if table is not None:
        texts[STANDINGS] = write_csv(standing_header(code for code, _title in events), table)
    return {name: text.encode() for name, text in texts.items()}

"""Read and write the CSV files of a recount package (SCHEME.md section 7): one strict form, lines counted."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from scoring.rules.findings import Finding, Param, error

BYTE_ORDER_MARK = "\ufeff"
NEEDS_QUOTES = (",", '"', "\n", "\r")


def decode(name: str, data: bytes, findings: list[Finding]) -> str | None:
    """Return the text of a file, without a byte-order mark; None where it is not UTF-8 or holds a NUL."""
    try:
        text = data.decode().removeprefix(BYTE_ORDER_MARK)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        findings.append(error("FILE_FORMAT", "utf8", f"{name}:{line}", file=name))
        return None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        findings.append(error("FILE_FORMAT", "nul", f"{name}:{line}", file=name))
        return None
    return text


class CsvFile:
    """One CSV file, read row by row in the order of `columns`; what is wrong with its form is noted.

    A column of `optional` that is not there reads as empty texts.
    """

    def __init__(
        self, name: str, text: str, columns: Sequence[str], optional: Iterable[str], findings: list[Finding]
    ) -> None:
        self.name = name
        self.columns = tuple(columns)
        self.optional = frozenset(optional)
        self.findings = findings
        # Only a line feed ends a line; StringIO would also split at a lone carriage return.
        self.reader = csv.reader(io.StringIO(text, newline="\n"), strict=True)
        self.header: tuple[str, ...] = ()

    def locate(self, row: Sequence[str]) -> str:
        """Say where the row that was read last begins: a quoted text may run over several lines."""
        return f"{self.name}:{self.reader.line_num - sum(text.count(chr(10)) for text in row)}"

    def rows(self) -> Iterator[list[str]]:
        """Return the rows, skipping blank lines; a row of the wrong form is noted and left out."""
        header = next(self._records(None), None)
        if header is None:
            self._note("empty", f"{self.name}:1")
            return iter(())
        self.header = tuple(header)
        if not self._check_header(header):
            for _ in self._records(None):
                pass  # The rows mean nothing, but their form is still looked at.
            return iter(())
        records = self._records(len(header))
        return records if self.header == self.columns else self._rearranged(records)

    def _rearranged(self, records: Iterator[list[str]]) -> Iterator[list[str]]:
        pick = itemgetter(*self._positions())
        for row in records:
            yield list(pick([*row, ""]))

    def _positions(self) -> list[int]:
        """Return where each column stands; the place after the last one holds an empty text."""
        free = list(enumerate(self.header))
        positions = []
        for column in self.columns:
            found = next((pair for pair in free if pair[1] == column), (len(self.header), column))
            if found in free:
                free.remove(found)
            positions.append(found[0])
        return positions

    def _records(self, width: int | None) -> Iterator[list[str]]:
        """Yield the rows of this width (None: any) and note the others; every mark passes through here."""
        while True:
            try:
                for row in self.reader:
                    if len(row) == width or (row and width is None):
                        yield row
                    elif row:
                        self._note("row_length", self.locate(row), found=len(row), expected=width or 0)
                return
            except csv.Error:
                self._note("csv", f"{self.name}:{self.reader.line_num}")

    def _check_header(self, header: list[str]) -> bool:
        where = self.locate(header)
        before = len(self.findings)
        found, wanted = Counter(header), Counter(self.columns)
        for column in found:
            if column not in wanted:
                self._note("unknown_column", where, column=column, columns=", ".join(self.columns))
            elif found[column] > wanted[column]:
                self._note("repeated_column", where, column=column)
        for column in wanted:
            if column not in self.optional and found[column] < wanted[column]:
                self._note("missing_column", where, column=column)
        return len(self.findings) == before

    def _note(self, variant: str, where: str, **params: Param) -> None:
        self.findings.append(error("FILE_FORMAT", variant, where, file=self.name, **params))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return CSV text: lines end with LF, a field is quoted where RFC 4180 needs it.

    Python's own writer is not used, because which fields it quotes differs between versions.
    """
    lines = [",".join(map(_field, row)) for row in (header, *rows)]
    return "\n".join(lines) + "\n"


def _field(text: str) -> str:
    if any(mark in text for mark in NEEDS_QUOTES):
        return '"' + text.replace('"', '""') + '"'
    return text

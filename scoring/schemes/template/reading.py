"""Read a filled-in template into a scheme document; what is wrong is named by row and column."""

from collections.abc import Iterable
from typing import Any

from core.tables.cells import EMPTY, Cell
from scoring.rules.numbers import format_short
from scoring.schemes.cis.amounts import amount_of
from scoring.schemes.cis.sheet import Fault
from scoring.schemes.template.columns import KIND_WORDS, METHOD_WORDS, headings_of, plain

AMOUNTS = ("max", "step", "per")
COUNTS = ("drop", "min_judges")


def read_rows(rows: Iterable[tuple[int, list[Cell]]]) -> "Reader":
    """Return the scheme of a table, everything that is wrong with its rows, and the row of each place.

    A stage or a criterion that is not named again goes on from the row above.
    """
    reader = Reader()
    for number, cells in rows:
        reader.read(number, cells)
    return reader


class Reader:
    """Where the reading stands: which stage, which criterion, which codes are taken."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.rows: dict[str, int] = {}  # JSON pointer of a stage, criterion or aspect → its row
        self.headings: dict[str, int] | None = None
        self.title = ""
        self.stages: list[dict[str, Any]] = []

    def read(self, row: int, cells: list[Cell]) -> None:
        """Read one row."""
        texts = [cell.text.strip() for cell in cells]
        if self.headings is None:
            self.headings = headings_of(texts)
            if self.headings is None and not self.title:
                self.title = next(filter(None, texts), "")
        elif any(texts):
            self._read_aspect(row, cells)

    def document(self) -> dict[str, Any]:
        """Return the scheme; its ranking is the strictest one, to be changed in the editor."""
        return {
            "format": "scheme/1",
            "title": self.title,
            "stages": self.stages,
            "total": {"places": 2, "min": "0"},
            "ranking": {"order": "desc", "share": False, "ties": [{"by": "manual"}]},
        }

    def _text(self, cells: list[Cell], name: str) -> str:
        index = (self.headings or {}).get(name, len(cells))
        return (cells[index] if index < len(cells) else EMPTY).text.strip()

    def _refuse(self, variant: str, row: int, **params: str) -> None:
        self.faults.append(Fault("error", "SCHEME_INVALID", variant, row, params))

    def _read_aspect(self, row: int, cells: list[Cell]) -> None:
        stage = self._stage(row, cells)
        criterion = self._criterion(stage, cells)
        kind = KIND_WORDS.get(plain(self._text(cells, "kind")))
        if kind is None:
            self._refuse("kind_word", row, value=self._text(cells, "kind") or "—")
        number = sum(len(one["aspects"]) for one in stage["criteria"]) + 1
        aspect: dict[str, Any] = {
            "code": self._text(cells, "code") or f"{criterion['code']}{number}",
            "title": self._text(cells, "title"),
            "kind": kind or "score",
        }
        aspect |= {name: text for name in AMOUNTS if (text := self._amount(row, cells, name))}
        if levels := [line.strip() for line in self._text(cells, "levels").splitlines() if line.strip()]:
            aspect["levels"] = levels
        if description := self._text(cells, "description"):
            aspect["description"] = description
        if panel := self._panel(row, cells):
            aspect["panel"] = panel
        criterion["aspects"].append(aspect)
        self._remember(row, stage, criterion)

    def _remember(self, row: int, stage: dict[str, Any], criterion: dict[str, Any]) -> None:
        """Keep where a row went; a stage and a criterion are where they were named first."""
        first = f"/stages/{_place(self.stages, stage)}"
        second = f"{first}/criteria/{_place(stage['criteria'], criterion)}"
        for pointer in (first, second, f"{second}/aspects/{len(criterion['aspects']) - 1}"):
            self.rows.setdefault(pointer, row)

    def _stage(self, row: int, cells: list[Cell]) -> dict[str, Any]:
        code, title = self._text(cells, "stage"), self._text(cells, "stage_title")
        known = next((stage for stage in self.stages if stage["code"] == code), None)
        stage = known or (self.stages[-1] if self.stages and not code else None)
        if stage is None:
            stage = {"code": code or "P", "title": title, "criteria": []}
            self.stages.append(stage)
        stage["title"] = stage["title"] or title
        weight = self._amount(row, cells, "weight")
        if weight and stage.setdefault("weight", weight) != weight:
            self._refuse("weight_twice", row, value=weight, first=stage["weight"])
        return stage

    def _criterion(self, stage: dict[str, Any], cells: list[Cell]) -> dict[str, Any]:
        criteria: list[dict[str, Any]] = stage["criteria"]
        code, title = self._text(cells, "criterion"), self._text(cells, "criterion_title")
        known = next((criterion for criterion in criteria if criterion["code"] == code), None)
        if known is None and criteria and not code and title in ("", criteria[-1]["title"]):
            known = criteria[-1]
        if known is None:
            known = {"code": code or chr(ord("A") + len(criteria)), "title": title, "aspects": []}
            criteria.append(known)
        return known

    def _amount(self, row: int, cells: list[Cell], name: str) -> str:
        text = self._text(cells, name)
        percent = text.endswith(("%", "％"))
        amount = amount_of(text.rstrip("%％")) if text else None
        if text and amount is None:
            self._refuse("amount", row, column=name, value=text)
        if amount is not None and percent:
            amount //= 100
        return "" if amount is None else format_short(amount)

    def _panel(self, row: int, cells: list[Cell]) -> dict[str, Any]:
        panel: dict[str, Any] = {}
        word = self._text(cells, "method")
        method = METHOD_WORDS.get(plain(word))
        if word and method is None:
            self._refuse("method_word", row, value=word)
        if method is not None:
            panel["method"] = method
        for name in COUNTS:
            text = self._text(cells, name)
            if text and not (text.isascii() and text.isdecimal() and len(text) < 4):
                self._refuse("amount", row, column=name, value=text)
            elif text:
                panel[name] = int(text)
        return panel


def _place(items: list[dict[str, Any]], item: dict[str, Any]) -> int:
    """Return where an item stands; equal ones are told apart."""
    return next(index for index, other in enumerate(items) if other is item)

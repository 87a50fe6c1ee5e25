"""Read the rows of a sheet into a marking scheme; every wrong row is named, none stops the reading."""

import re
from collections.abc import Iterable, Sequence

from core.tables.cells import EMPTY, Cell
from scoring.schemes.cis import layout
from scoring.schemes.cis.amounts import amount_of
from scoring.schemes.cis.sheet import LEVELS, Aspect, Criterion, MarkingScheme, Section, SubCriterion

CODE = re.compile(r"([A-Z]{1,2})[0-9]{1,3}")
LETTER = re.compile(r"[A-Z]{1,2}")
# What the sheet calls a type, and what it is here: objective aspects are measured.
TYPES = {
    **dict.fromkeys(("M", "MEAS", "MEASUREMENT", "O", "OBJ"), "M"),
    **dict.fromkeys(("J", "JUDG", "JUDGEMENT"), "J"),
}
TITLE_ROWS = 3


def read_rows(rows: Iterable[tuple[int, list[Cell]]]) -> MarkingScheme:
    """Return what a sheet states, with a fault for each row that is wrong."""
    reader = Reader()
    for number, cells in rows:
        reader.read(number, cells)
    return reader.finish()


class Reader:
    """Where the reading stands: which block, which sub-criterion, which aspect."""

    def __init__(self) -> None:
        self.scheme = MarkingScheme()
        self.headings: layout.Headings | None = None
        self.summary: tuple[int, int, int] | None = None
        self.sections: list[int] | None = None
        self.letter = ""
        self.sub: SubCriterion | None = None
        self.aspect: Aspect | None = None
        self.blocks: dict[str, int] = {}
        self.named: dict[str, str] = {}

    def read(self, row: int, cells: list[Cell]) -> None:
        """Read one row."""
        texts = [cell.text.strip() for cell in cells]
        if not any(texts):
            return
        headings = layout.block_headings(texts)
        if headings is not None:
            self._begin_block(row, texts, headings)
        elif self._is_grand_total(row, texts):
            return
        elif self.headings is None:
            self._read_above(row, texts)
        else:
            self._read_inside(row, cells)

    def finish(self) -> MarkingScheme:
        """Return the scheme after the last row."""
        if self.headings is None:
            self.scheme.refuse("no_table", 1)
        elif not any(criterion.aspects for criterion in self.scheme.criteria.values()):
            self.scheme.refuse("no_aspects", 1)
        for criterion in self.scheme.criteria.values():
            criterion.name = criterion.name or self.named.get(criterion.letter, "")
            for aspect in criterion.aspects:
                self._check_levels(aspect)
        return self.scheme

    def _begin_block(self, row: int, texts: Sequence[str], headings: layout.Headings) -> None:
        self.headings, self.sub, self.aspect = headings, None, None
        for heading in layout.missing_headings(headings):
            self.scheme.refuse("heading", row, heading=heading)
        found = layout.block_letter(texts)
        self.letter = found[0] if found else ""
        if found is None:
            return
        if self.letter in self.blocks:
            self.scheme.refuse("letter_twice", row, letter=self.letter, first=str(self.blocks[self.letter]))
        self.blocks.setdefault(self.letter, row)
        criterion = self._criterion(row, self.letter)
        declared = [amount for text in texts[found[1] + 1 :] if (amount := amount_of(text)) is not None]
        if declared:
            criterion.declared[row] = declared[-1]

    def _criterion(self, row: int, letter: str) -> Criterion:
        return self.scheme.criteria.setdefault(letter, Criterion(row, letter))

    def _is_grand_total(self, row: int, texts: Sequence[str]) -> bool:
        words = [layout.plain(text) for text in texts if text]
        if words[0] not in ("competition", "total", "total mark"):
            return False
        amounts = [amount for text in texts if (amount := amount_of(text)) is not None]
        if amounts and self.headings is not None or words[0] == "total":
            self.scheme.total = (row, amounts[-1]) if amounts else self.scheme.total
        return True

    # -- above the blocks: the title, the standards sections, the table of criteria

    def _read_above(self, row: int, texts: list[str]) -> None:
        if (columns := layout.summary_columns(texts)) is not None:
            self.summary, self.sections = columns, None
        elif (sections := layout.section_columns(texts)) is not None:
            self.sections, self.summary = sections, None
        elif self.summary is not None and LETTER.fullmatch(texts[self.summary[0]]):
            self._read_summary(row, texts, self.summary)
        elif self.sections is not None and texts[0]:
            self._read_section(row, texts, self.sections)
        elif row <= TITLE_ROWS and not self.scheme.title:
            self.scheme.title = next(filter(None, texts)).removeprefix("Skill:").strip()

    def _read_summary(self, row: int, texts: list[str], columns: tuple[int, int, int]) -> None:
        letter, name, mark = (texts[index] if index < len(texts) else "" for index in columns)
        if letter in self.named:
            first = str(self.scheme.criteria[letter].row)
            self.scheme.refuse("letter_twice", row, letter=letter, first=first)
        self.named.setdefault(letter, name)
        criterion, amount = self._criterion(row, letter), amount_of(mark)
        if amount is not None:
            criterion.declared[row] = amount

    def _read_section(self, row: int, texts: list[str], columns: list[int]) -> None:
        amounts = [amount_of(texts[index]) for index in columns if index < len(texts) and index > 0]
        declared = next((amount for amount in amounts if amount is not None), None)
        if declared is not None:
            code = section_code(texts[0])
            self.scheme.sections[code] = Section(row, code, texts[1] if len(texts) > 1 else "", declared)

    # -- inside a block

    def _cell(self, cells: list[Cell], name: str) -> str:
        index = (self.headings or {}).get(name, len(cells))
        return (cells[index] if index < len(cells) else EMPTY).text.strip()

    def _read_inside(self, row: int, cells: list[Cell]) -> None:
        code = self._cell(cells, "sub")
        if CODE.fullmatch(code):
            self._begin_sub(row, code, cells)
        elif LETTER.fullmatch(code):
            self._name_criterion(row, code, self._cell(cells, "name"))
        elif any(self._cell(cells, name) for name in ("type", "aspect", "max")):
            self._begin_aspect(row, cells)
        elif self._cell(cells, "score"):
            self._read_level(row, cells)
        elif self.aspect is not None and not code:
            self.aspect.said += self._said(cells)
        elif self._cell(cells, "name"):
            self.scheme.refuse("sub_code", row, value=code)

    def _name_criterion(self, row: int, letter: str, name: str) -> None:
        if letter != self.letter and letter in self.blocks:
            self.scheme.refuse("letter_twice", row, letter=letter, first=str(self.blocks[letter]))
        self.letter, self.sub, self.aspect = letter, None, None
        self.blocks.setdefault(letter, row)
        criterion = self._criterion(row, letter)
        criterion.name = criterion.name or name

    def _begin_sub(self, row: int, code: str, cells: list[Cell]) -> None:
        match = CODE.fullmatch(code)
        letter = match[1] if match else ""
        for criterion in self.scheme.criteria.values():
            for other in criterion.subs:
                if other.code == code:
                    self.scheme.refuse("sub_twice", row, value=code, first=str(other.row))
        if self.letter and letter != self.letter:
            self.scheme.refuse("sub_foreign", row, value=code, letter=self.letter)
        day = re.sub(r"(?i)^day\s*", "", self._cell(cells, "day"))
        self.sub, self.aspect = SubCriterion(row, code, self._cell(cells, "name"), day), None
        self._criterion(row, letter).subs.append(self.sub)
        if any(self._cell(cells, name) for name in ("type", "aspect", "max")):
            self._begin_aspect(row, cells)

    def _begin_aspect(self, row: int, cells: list[Cell]) -> None:
        kind = TYPES.get(self._cell(cells, "type").upper().rstrip("."), "")
        aspect = Aspect(row, kind, self._cell(cells, "aspect"), amount_of(self._cell(cells, "max")))
        aspect.section = section_code(self._cell(cells, "section"))
        aspect.said += self._said(cells)
        self.aspect = aspect
        self._check_aspect(aspect, self._cell(cells, "type"), self._cell(cells, "max"))
        if self.sub is None:
            self.scheme.refuse("before_criterion", row)
        else:
            self.sub.aspects.append(aspect)
        if self._cell(cells, "score"):
            self._read_level(row, cells)

    def _said(self, cells: list[Cell]) -> list[str]:
        texts = (self._cell(cells, name) for name in ("extra", "requirement"))
        return [text for text in texts if text and not self._cell(cells, "score")]

    def _read_level(self, row: int, cells: list[Cell]) -> None:
        score, words = self._cell(cells, "score"), self._cell(cells, "extra") or self._cell(cells, "aspect")
        if self.aspect is None:
            return self.scheme.refuse("level_alone", row)
        if self.aspect.type == "M":
            return self.scheme.refuse("level_measured", row, first=str(self.aspect.row))
        if score not in {str(level) for level in LEVELS}:
            return self.scheme.refuse("level_value", row, value=score)
        if int(score) in self.aspect.levels:
            return self.scheme.refuse("level_twice", row, value=score)
        if not words:
            self.scheme.refuse("level_words", row, value=score)
        self.aspect.levels[int(score)] = words or "—"
        return None

    # -- what is wrong with an aspect

    def _check_aspect(self, aspect: Aspect, kind: str, mark: str) -> None:
        """Name what is wrong with the cells; a column that is missing was named with its heading."""
        headings = self.headings or {}
        if not aspect.type and "type" in headings:
            self.scheme.refuse("type" if kind else "no_type", aspect.row, value=kind)
        if not aspect.title:
            self.scheme.refuse("no_description", aspect.row)
        if "max" not in headings:
            return
        if not mark:
            self.scheme.refuse("no_mark", aspect.row)
        elif aspect.mark is None:
            self.scheme.refuse("mark_form", aspect.row, value=mark)
        elif aspect.mark <= 0:
            self.scheme.refuse("mark_sign", aspect.row, value=mark)

    def _check_levels(self, aspect: Aspect) -> None:
        lacking = [str(level) for level in LEVELS if level not in aspect.levels]
        if aspect.type == "J" and lacking:
            self.scheme.refuse("levels", aspect.row, levels=", ".join(lacking))


def section_code(text: str) -> str:
    """Return the code of a standards section without the name of the standard: “WSOS 3” is “3”."""
    return re.sub(r"(?i)^(wsos|wsss|section)\s*", "", text).strip()

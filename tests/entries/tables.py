"""Workbooks and tables for tests, and ID numbers that are sound."""

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import openpyxl

from competitions.entries import mapping
from competitions.entries.proposals import Asked
from competitions.entries.reading import read_grid
from competitions.entries.rules import check_character
from competitions.lists.table import Cell, Column, Line, Table

TODAY = date(2026, 5, 20)
HEADINGS = ("姓名", "单位", "身份证号", "手机号", "技能等级")
FIELDS = ("name", "unit", "id_number", "phone", "skill_level")


def id_number(sequence: int, born: str = "19850110") -> str:
    """Return a sound ID number of somebody born on this day."""
    body = f"370102{born}{sequence:03d}"
    return body + check_character(body)


def workbook(rows: Iterable[Sequence[Any]], headings: Sequence[str] = HEADINGS, title: str = "名单") -> bytes:
    """Return an .xlsx file with one sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return the bytes of a workbook."""
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def table(*rows: Sequence[str], fields: Sequence[str] = FIELDS) -> Table:
    """Return a table as it would have been read; its first row is row 2."""
    columns = {name: Column(chr(ord("A") + place), name) for place, name in enumerate(fields)}
    lines = [
        Line(number, {name: Cell(text) for name, text in zip(fields, row, strict=False) if text})
        for number, row in enumerate(rows, start=2)
    ]
    return Table("名单", columns, lines)


def asked(event: Any, **settings: Any) -> Asked:
    """Return a question for an event on the day of these tests."""
    return Asked(event.id, event.entry_kind, TODAY, **settings)


def read_table(filename: str, data: bytes, kind: str) -> Table:
    """Return the table of a file whose columns are taken for what they seem to be."""
    grid = read_grid(filename, data, kind)
    return mapping.table_of(grid, mapping.fields_of(mapping.suggest(grid, kind, {})), kind)

"""Figures read the same on a page, on paper and in a workbook."""

import dataclasses
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from reports.documents.cells import columns_of, fingerprint, heading, shown
from reports.documents.model import Chart, Column, Kind, Series, Shape, Table
from tests.documents.samples import EN, ZH, report


@pytest.mark.parametrize(
    ("value", "kind", "places", "text"),
    [
        (412906, Kind.INTEGER, 0, "412,906"),
        (-1204, Kind.INTEGER, 0, "-1,204"),
        (None, Kind.INTEGER, 0, "—"),
        ("＜3", Kind.INTEGER, 0, "＜3"),
        (Decimal("81.5"), Kind.DECIMAL, 2, "81.50"),
        (9, Kind.DECIMAL, 2, "9.00"),
        (Decimal("81.125"), Kind.DECIMAL, 2, "81.125"),  # a document never rounds a mark
        (Decimal("1E+3"), Kind.DECIMAL, 0, "1,000"),
        (Decimal("0.1845"), Kind.PERCENT, 0, "18.5%"),
        (date(2026, 11, 22), Kind.DATE, 0, "2026-11-22"),
    ],
)
def test_a_value_reads_so(value, kind, places, text):
    assert shown(value, kind, places) == text


def test_a_column_shows_the_decimals_of_its_finest_value():
    rows = ((Decimal("81.50"),), (Decimal("81.125"),))
    table = Table("", (Column("分", Kind.DECIMAL, places=1),), rows, totals=(Decimal(3),))
    assert columns_of(table)[0].places == 3


def test_numbers_of_different_units_keep_their_own_decimals():
    table = Table("", (Column("申报数", Kind.DECIMAL, mixed=True),), ((14,), (Decimal("860.5"),)))
    (column,) = columns_of(table)
    assert [shown(row[0], column.kind, column.places) for row in table.rows] == ["14", "860.5"]


def test_the_unit_stands_in_the_head():
    column = Column("平均成绩", Kind.DECIMAL, unit="分")
    assert (heading(column, ZH), heading(column, EN)) == ("平均成绩（分）", "平均成绩 (分)")


def test_the_fingerprint_follows_the_content_and_not_the_moment():
    first = report()
    later = dataclasses.replace(first, issued="明天", issued_at=datetime(2027, 1, 1, tzinfo=UTC))
    assert fingerprint(first) == fingerprint(later)
    assert len(fingerprint(first)) == 64
    assert fingerprint(first) != fingerprint(dataclasses.replace(first, title="另一份"))


def test_what_does_not_fit_together_is_refused():
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Table("t", (Column("a"), Column("b")), (("x",),))
    with pytest.raises(ValueError, match="1 cells under 2 columns"):
        Table("t", (Column("a"), Column("b")), (), totals=("x",))
    with pytest.raises(ValueError, match="1 values for 2 categories"):
        Chart("c", Shape.BAR, ("a", "b"), (Series("s", (1,)),))

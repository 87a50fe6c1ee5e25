"""Put a chart into a workbook: its values in cells, and below them a native chart that points at them.

Below and not beside, so that the sheet stays as narrow as a page and prints in a size that can be read.
"""

from typing import Any

from openpyxl.chart import BarChart, LineChart, Reference
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from reports.documents.cells import heading
from reports.documents.charts import folded
from reports.documents.model import Chart, Column, Kind, Shape, Words
from reports.documents.surface import LINE_TONES, TONES, text_width
from reports.documents.xlsx_sheets import put, put_column_heads, put_name
from reports.documents.xlsx_style import HAIRLINE, REMARK, SUBTITLE

WIDTH, HEIGHT, ROWS = 17.0, 8.6, 14  # centimetres; rows of the sheet that a chart covers
WIDEST_BAR = 1.6  # centimetres


def put_chart(sheet: Worksheet, chart: Chart, words: Words, top: int, *, beside: bool = False) -> int:
    """Write title, values and the chart below or beside them from row `top`; return the next free row."""
    chart = folded(chart, words)
    put(sheet, top, 1, heading(Column(chart.title, unit=chart.unit), words), SUBTITLE)
    columns = [Column(""), *(Column(series.name, Kind.INTEGER) for series in chart.series)]
    put_column_heads(sheet, columns, words, top + 1, room=14)
    for offset, category in enumerate(chart.categories):
        row = top + 2 + offset
        put_name(sheet, row, category)
        for index, series in enumerate(chart.series):
            cell: Any = put(sheet, row, index + 2, series.values[offset])
            cell.border, cell.alignment = HAIRLINE, Alignment(vertical="center")
            cell.number_format = "#,##0" if isinstance(series.values[offset], int) else "General"
    last = top + 1 + len(chart.categories)
    free = last + 1
    if chart.note:
        put(sheet, free, 1, chart.note, REMARK)
        free += 1
    native = _native(sheet, chart, top + 1, last)
    if beside:
        sheet.add_chart(native, f"{get_column_letter(len(columns) + 2)}{top}")
        return max(free, top + ROWS) + 1
    sheet.add_chart(native, f"A{free + 1}")
    return free + 1 + ROWS


def _native(sheet: Worksheet, chart: Chart, head: int, last: int) -> Any:
    drawn: Any = LineChart() if chart.shape is Shape.LINE else BarChart()
    values = Reference(sheet, min_col=2, max_col=1 + len(chart.series), min_row=head, max_row=last)
    drawn.add_data(values, titles_from_data=True)
    drawn.set_categories(Reference(sheet, min_col=1, min_row=head + 1, max_row=last))
    drawn.title = chart.title
    drawn.title.tx.rich.p[0].r[0].rPr = CharacterProperties(sz=1200, b=True, solidFill="1D2126")
    drawn.title.overlay = False
    drawn.width, drawn.height = WIDTH, HEIGHT
    if chart.shape is not Shape.LINE:
        _bars(drawn, chart)
    _colours(drawn, chart)
    _axes(drawn, chart)
    return drawn


def _bars(drawn: Any, chart: Chart) -> None:
    lying = not chart.ordered and any(text_width(name, 10) > 60 for name in chart.categories)
    drawn.gapWidth = _gap(len(chart.categories), HEIGHT if lying else WIDTH)
    if chart.shape is Shape.STACKED:
        drawn.grouping, drawn.overlap = "stacked", 100
    if lying:
        drawn.type = "bar"  # long names read better beside lying bars, the first on top
        drawn.x_axis.scaling.orientation = "maxMin"
        drawn.y_axis.crosses = "max"


def _gap(bars: int, room: float) -> int:
    """Return the gap between bars in per cent of one, so that a few bars are no blocks; Excel knows 0–500."""
    wide = room / (bars * WIDEST_BAR) - 1 if bars else 0
    return min(500, max(80, round(100 * wide)))


def _colours(drawn: Any, chart: Chart) -> None:
    for index, series in enumerate(drawn.series):
        tones = LINE_TONES if chart.shape is Shape.LINE else TONES
        colour = tones[index % len(tones)].removeprefix("#").upper()
        if chart.shape is Shape.LINE:
            series.graphicalProperties.line = LineProperties(solidFill=colour, w=25400)
            series.smooth = False
            series.marker.symbol, series.marker.size = "circle", 6
            series.marker.graphicalProperties = GraphicalProperties(solidFill=colour)
        else:
            series.graphicalProperties = GraphicalProperties(solidFill=colour)


def _axes(drawn: Any, chart: Chart) -> None:
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
        axis.graphicalProperties = GraphicalProperties(ln=LineProperties(solidFill="CFCAC1"))
        small = ParagraphProperties(defRPr=CharacterProperties(sz=900, solidFill="5C636B"))
        axis.txPr = RichText(p=[Paragraph(pPr=small, r=[])])
    drawn.y_axis.number_format = "#,##0" if _whole(chart) else "General"
    drawn.y_axis.majorGridlines.spPr = GraphicalProperties(ln=LineProperties(solidFill="E3E0DA"))
    drawn.legend.position = "b"
    if len(chart.series) == 1:
        drawn.legend = None


def _whole(chart: Chart) -> bool:
    return all(isinstance(value, int | None) for series in chart.series for value in series.values)


"""The look of a workbook: hairlines instead of a grid, a quiet head, bold totals."""

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from reports.documents.cells import decimals
from reports.documents.model import Cell, Column, Kind

FACE = "Microsoft YaHei"
TITLE = Font(name=FACE, size=15, bold=True, color="1D2126")
SUBTITLE = Font(name=FACE, size=12, bold=True, color="1D2126")
REMARK = Font(name=FACE, size=9, color="5C636B")
BODY = Font(name=FACE, size=10, color="1D2126")
STRONG = Font(name=FACE, size=10, bold=True, color="1D2126")
HEAD = Font(name=FACE, size=10, bold=True, color="5C636B")
HEAD_FILL = PatternFill("solid", start_color="F7F6F3")
HAIRLINE = Border(bottom=Side(style="hair", color="CFCAC1"))
BOX = Border(*[Side(style="thin", color="5C636B")] * 4)
HEAD_BORDER = Border(bottom=Side(style="thin", color="CFCAC1"))
TOTALS_BORDER = Border(top=Side(style="thin", color="5C636B"), bottom=Side(style="thin", color="5C636B"))


def number_format(column: Column, value: Cell = None) -> str:
    """Return Excel's format: thousands apart, all its decimals but for a count, ISO dates, text as text."""
    if column.kind is Kind.TEXT:
        return "@"
    if column.kind is Kind.DATE:
        return "yyyy-mm-dd"
    if column.kind is Kind.PERCENT:
        return "0.0%"
    if column.kind is Kind.CHANGE:
        return '+#,##0.0%;"−"#,##0.0%;"±"0.0%'
    places = 0 if isinstance(value, int) else max(column.places, decimals(value))
    return "#,##0" + ("." + "0" * places if places else "")


def alignment(column: Column, *, head: bool = False, indent: int = 0) -> Alignment:
    """Return where a cell of the column stands: numbers and dates right, texts left and wrapped."""
    side = "left" if column.kind is Kind.TEXT else "right"
    return Alignment(horizontal=side, vertical="center", wrap_text=head or side == "left", indent=indent)

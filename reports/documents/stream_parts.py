"""The fixed parts of a streamed workbook (ECMA-376 part 1, SpreadsheetML)."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from openpyxl.utils import get_column_letter, quote_sheetname

from reports.documents.model import Column, Kind

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_WIDTHS = {Kind.TEXT: 18, Kind.INTEGER: 11, Kind.DECIMAL: 11, Kind.PERCENT: 9, Kind.DATE: 12}

CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
RELATIONS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
_FORMATS = (0, 49, 3, 0, 164, 165, 49, 49)  # by style: general, text, #,##0, general, percent, date, heads
HEADS = {kind: 6 if kind is Kind.TEXT else 7 for kind in Kind}  # left over texts, right over numbers
_RIGHT = ' applyAlignment="1"><alignment horizontal="right"/></xf>'
STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/>'
    f'<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    f'<fonts count="2"><font><sz val="10"/><name val="Microsoft YaHei"/></font>'
    f'<font><b/><sz val="10"/><name val="Microsoft YaHei"/></font></fonts>'
    f'<fills count="2"><fill><patternFill patternType="none"/></fill>'
    f'<fill><patternFill patternType="gray125"/></fill></fills>'
    f'<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    f'<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    f'<cellXfs count="{len(_FORMATS)}">'
    + "".join(
        f'<xf numFmtId="{number}" fontId="{int(style > 5)}" fillId="0" borderId="0" xfId="0" '
        f'applyNumberFormat="1"{_RIGHT if style == 7 else "/>"}'
        for style, number in enumerate(_FORMATS)
    )
    + '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    + "</styleSheet>"
)


def sheet_start(columns: Sequence[Column]) -> str:
    """Return a sheet up to its first row: frozen head and widths."""
    widths = "".join(
        f'<col min="{i}" max="{i}" width="{column.width or _WIDTHS[column.kind]}" customWidth="1"/>'
        for i, column in enumerate(columns, start=1)
    )
    return (
        f'{_XML}<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        f"<cols>{widths}</cols><sheetData>"
    )


def sheet_end(columns: int, rows: int) -> str:
    """Return a sheet from its last row on: the filter over everything; A4 landscape, as wide as the page."""
    return (
        f'</sheetData><autoFilter ref="A1:{get_column_letter(columns)}{rows + 1}"/>'
        '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def workbook(names: Sequence[str]) -> str:
    """Return the list of sheets; the head of each is repeated on every page of paper."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{i}" r:id="rId{i}"/>'
        for i, name in enumerate(names, start=1)
    )
    heads = "".join(
        f'<definedName name="_xlnm.Print_Titles" localSheetId="{i}">'
        f"{escape(quote_sheetname(name))}!$1:$1</definedName>"
        for i, name in enumerate(names)
    )
    return (
        f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets>'
        f"<definedNames>{heads}</definedNames></workbook>"
    )


def relations(sheets: int) -> str:
    """Return which part each sheet of the workbook is."""
    parts = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rId{sheets + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{parts}{styles}</Relationships>'

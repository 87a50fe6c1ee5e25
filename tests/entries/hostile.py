"""A corpus of files that nobody should have to open: each small on disk (SECURITY.md T37)."""

import io
import zipfile

import openpyxl

from tests.entries.tables import HEADINGS, saved, workbook

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{SPREADSHEET}"><sheetData>'
TAIL = "</sheetData></worksheet>"
SHEET, STRINGS, TYPES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "[Content_Types].xml"
HEADER_ROW = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c>'
    '<c r="B1" t="inlineStr"><is><t>单位</t></is></c></row>'
)
GOOD = workbook([("张三", "甲厂")])


def rebuilt(parts: dict[str, bytes | str], *, drop: tuple[str, ...] = ()) -> bytes:
    """Return a good workbook with some parts replaced, added or left out."""
    source, target = zipfile.ZipFile(io.BytesIO(GOOD)), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for info in source.infolist():
            if info.filename not in drop and info.filename not in parts:
                archive.writestr(info.filename, source.read(info))
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()


def sheet(rows: str) -> bytes:
    """Return a workbook whose only sheet holds these rows."""
    return rebuilt({SHEET: HEAD + rows + TAIL})


def strings(items: str, doctype: str = "") -> bytes:
    """Return a workbook with these shared strings, named where the library looks for them."""
    types = zipfile.ZipFile(io.BytesIO(GOOD)).read(TYPES).decode()
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    if kind not in types:
        named = f'<Override PartName="/{STRINGS}" ContentType="{kind}"/></Types>'
        types = types.replace("</Types>", named)
    body = f'<?xml version="1.0"?>{doctype}<sst xmlns="{SPREADSHEET}">{items}</sst>'
    return rebuilt({STRINGS: body, TYPES: types})


def zip_bomb() -> bytes:
    """A sheet that unpacks to 200 MB of spaces."""
    return rebuilt({SHEET: HEAD + " " * 200 * 1024 * 1024 + TAIL})


def string_bomb() -> bytes:
    """One shared string of 60 MB."""
    return strings("<si><t>" + "x" * 60 * 1024 * 1024 + "</t></si>")


def sparse() -> bytes:
    """One cell in the last corner of a sheet."""
    return sheet(HEADER_ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')


def wide_rows() -> bytes:
    """Many rows, each with one cell in the last column."""
    rows = (f'<row r="{n}"><c r="XFD{n}"><v>1</v></c></row>' for n in range(2, 20_000))
    return sheet(HEADER_ROW + "".join(rows))


def lying_dimension() -> bytes:
    """A sheet that says it is as large as a sheet can be."""
    start = HEAD.replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')
    row = '<row r="2"><c r="A2" t="inlineStr"><is><t>张三</t></is></c></row>'
    return rebuilt({SHEET: start + HEADER_ROW + row + TAIL})


def many_rows() -> bytes:
    """100,000 rows."""
    rows = (f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 100_002))
    return sheet(HEADER_ROW + "".join(rows))


def many_cells() -> bytes:
    """50,000 rows of 40 cells: more than a list of entrants has."""
    rows = ("".join(f"<c><v>{n * m * 7919 % 99991}</v></c>" for m in range(40)) for n in range(50_000))
    return sheet(HEADER_ROW + "".join(f"<row>{row}</row>" for row in rows))


def tags_that_say_nothing() -> bytes:
    """Ten million elements within one row."""
    return sheet("<row>" + "<a/>" * 10_000_000 + "</row>")


def tag_without_end() -> bytes:
    """One tag of 30 MB, which a parser would have to keep until it ends."""
    return sheet('<row r="' + "1" * 30 * 1024 * 1024 + '"/>')


def text_without_end() -> bytes:
    """One text of 36 MB, cut by comments so that no piece of it is long."""
    return sheet("<row><c t='inlineStr'><is><t>" + ("x" * 9000 + "<!---->") * 4000 + "</t></is></c></row>")


def deep_tags() -> bytes:
    """Two million elements, each within the one before."""
    return sheet("<row>" + "<a>" * 2_000_000 + "</row>")


def many_formats() -> bytes:
    """More cell formats than any program writes."""
    formats = f"<cellXfs>{'<xf/>' * 400_000}</cellXfs>"
    return rebuilt({"xl/styles.xml": f'<styleSheet xmlns="{SPREADSHEET}">{formats}</styleSheet>'})


LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    + "]>"
)


def billion_laughs_in_sheet() -> bytes:
    """Entities that grow by ten at each step, in the sheet itself."""
    return rebuilt({SHEET: f'<?xml version="1.0"?>{LAUGHS}<worksheet xmlns="{SPREADSHEET}"><sheetData>'
                    '<row><c t="inlineStr"><is><t>&a8;</t></is></c></row>' + TAIL})  # fmt: skip


def billion_laughs_in_strings() -> bytes:
    """The same in the shared strings, which the library reads on its own."""
    return strings("<si><t>&a8;</t></si>", LAUGHS)


def outside_entity() -> bytes:
    """An entity that names a file of this machine."""
    return strings("<si><t>&f;</t></si>", '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>')


def macro() -> bytes:
    """A workbook with a macro."""
    return rebuilt({"xl/vbaProject.bin": b"\0" * 100})


def encrypted() -> bytes:
    """A workbook behind a password: an old container with an encrypted stream."""
    container = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600
    return container + "EncryptedPackage".encode("utf-16-le") + b"\0" * 9


def old_workbook() -> bytes:
    """A workbook of the old form."""
    return bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 2000


def cut_short() -> bytes:
    """Half a file."""
    return GOOD[: len(GOOD) // 2]


def no_workbook() -> bytes:
    """An archive without a workbook in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("../../etc/passwd", "x")
    return target.getvalue()


def broken_sheet() -> bytes:
    """A sheet that is no XML."""
    return rebuilt({SHEET: "<worksheet><sheetData><row>"})


def part_missing() -> bytes:
    """A workbook that names a sheet which is not there."""
    return rebuilt({}, drop=(SHEET,))


def empty_workbook() -> bytes:
    """A workbook with nothing in it."""
    return saved(openpyxl.Workbook())


def csv_text() -> bytes:
    """A CSV text."""
    return (",".join(HEADINGS) + "\n张三,甲厂\n").encode()


# name -> (file name, maker, code of the refusal)
CORPUS = {
    "zip bomb": ("a.xlsx", zip_bomb, "FILE_BOMB"),
    "shared string of 60 MB": ("a.xlsx", string_bomb, "FILE_BOMB"),
    "sparse sheet": ("a.xlsx", sparse, "FILE_ROWS"),
    "100,000 rows": ("a.xlsx", many_rows, "FILE_ROWS"),
    "two million cells": ("a.xlsx", many_cells, "FILE_ROWS"),
    "billion laughs in the sheet": ("a.xlsx", billion_laughs_in_sheet, "FILE_DAMAGED"),
    "billion laughs in the strings": ("a.xlsx", billion_laughs_in_strings, "FILE_DAMAGED"),
    "entity of this machine": ("a.xlsx", outside_entity, "FILE_DAMAGED"),
    "ten million tags": ("a.xlsx", tags_that_say_nothing, "FILE_BOMB"),
    "a tag without end": ("a.xlsx", tag_without_end, "FILE_BOMB"),
    "a text without end": ("a.xlsx", text_without_end, "FILE_BOMB"),
    "two million tags deep": ("a.xlsx", deep_tags, "FILE_BOMB"),
    "400,000 formats": ("a.xlsx", many_formats, "FILE_BOMB"),
    "macro inside": ("a.xlsx", macro, "FILE_MACRO"),
    "macro by its name": ("a.xlsm", lambda: GOOD, "FILE_MACRO"),
    "password": ("a.xlsx", encrypted, "FILE_ENCRYPTED"),
    "old workbook": ("a.xls", old_workbook, "FILE_XLS"),
    "cut short": ("a.xlsx", cut_short, "FILE_DAMAGED"),
    "no workbook": ("a.xlsx", no_workbook, "FILE_KIND"),
    "broken sheet": ("a.xlsx", broken_sheet, "FILE_DAMAGED"),
    "sheet missing": ("a.xlsx", part_missing, "HEADER_MISSING"),
    "nothing in it": ("a.xlsx", empty_workbook, "HEADER_MISSING"),
    "empty file": ("a.xlsx", lambda: b"", "FILE_EMPTY"),
    "CSV under a wrong name": ("a.xlsx", csv_text, "FILE_NOT_XLSX"),
    "picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n\0\0", "FILE_KIND"),
    "web page": ("a.html", lambda: b"<html><table></table></html>", "FILE_KIND"),
    "text that is no text": ("a.csv", lambda: b"\xff\xfe\x81\x20" * 50, "FILE_KIND"),
    "too large": ("a.csv", lambda: b"x," * (6 * 1024 * 1024), "FILE_TOO_LARGE"),
}

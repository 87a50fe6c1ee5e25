"""Honours from a workbook: all of a list or none, every error in its cell first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from competitions.fields import tidy
from competitions.lists import reading, tabling
from competitions.lists.findings import Finding
from competitions.lists.headings import plain_heading
from competitions.lists.reading import Looked
from competitions.lists.table import Line, Table
from competitions.lists.workbook import TEXT, choice_of, saved, write_example, write_head, write_notes
from core.refusals import refuse
from scoring.honours import labels, rules
from scoring.honours.services import Decision, Recorded

MOST = 2000
FIELDS: Mapping[str, Any] = {
    "mark": _l("Serial number"),
    "kind": _l("Honour"),
    "level": _l("Level of the honour"),
    "recipient": _l("Recipient"),
    "unit": _l("Unit"),
    "granted_by": _l("Granted by"),
    "document": _l("Document number"),
    "on": _l("Day of the document"),
}
LONGEST = {"recipient": 120, "unit": 120, "granted_by": 120, "document": 80}
MEANINGS = {
    "序号": "mark", "编号": "mark", "标记": "mark", "no": "mark", "no.": "mark", "serialnumber": "mark",
    "mark": "mark",
    "荣誉": "kind", "荣誉名称": "kind", "荣誉称号": "kind", "称号": "kind", "honour": "kind", "honor": "kind",
    "级别": "level", "荣誉级别": "level", "等级": "level", "level": "level", "levelofthehonour": "level",
    "获奖者": "recipient", "姓名": "recipient", "获得者": "recipient", "个人或集体": "recipient",
    "姓名或集体名称": "recipient", "recipient": "recipient", "name": "recipient",
    "单位": "unit", "所在单位": "unit", "工作单位": "unit", "单位名称": "unit", "unit": "unit",
    "授予单位": "granted_by", "颁发单位": "granted_by", "授予机关": "granted_by", "grantedby": "granted_by",
    "文号": "document", "文件号": "document", "文件文号": "document", "documentnumber": "document",
    "日期": "on", "授予日期": "on", "发文日期": "on", "文件日期": "on", "date": "on",
    "dayofthedocument": "on",
}  # fmt: skip
NEEDED = ("kind", "level", "recipient", "unit", "document", "on")
EXAMPLE = (
    "示例", "五一劳动奖章", "全国", "张演示", "演示第一机械厂", "中华全国总工会", "总工发〔2026〕1号",
    "2026-04-28",
)  # fmt: skip
_KINDS = {rules.plain(word): kind for kind, word in labels.CHINESE.items()}
_LEVELS = {rules.plain(word): level for level, word in labels.PREFIX.items()} | {
    "国家级": "national", "省级": "provincial", "市级": "municipal", "行业级": "industrial",
    "企业级": "enterprise", "全国级": "national", "部级": "national",
}  # fmt: skip


class Read(NamedTuple):
    """What a list says, and everything that is wrong in it."""

    rows: list[Recorded]
    findings: list[Finding]
    table: Table


def read(filename: str, data: bytes) -> Read:
    """Return the honours of a workbook or a CSV text.

    Raises: Refused for what is wrong with the file as a whole, HONOUR_LIST_MOST.
    """
    grid = reading.read_sheet(filename, data, [_header], str(FIELDS["kind"]))
    fields: dict[int, str] = {}
    for index, heading in grid.headings:
        name = MEANINGS.get(plain_heading(heading))
        if name is not None and name not in fields.values():
            fields[index] = name
    table = tabling.table_of(grid, fields)
    if len(table.lines) > MOST:
        raise refuse("HONOUR_LIST_MOST", "file", rows=len(table.lines), most=MOST)
    return _read_lines(table)


def template() -> bytes:
    """Return the workbook to fill in."""
    book = Workbook()
    sheet = book.active
    sheet.title = _("Honours")
    headings = [f"{FIELDS[name]}{'*' if name in NEEDED else ''}" for name in FIELDS]
    write_head(sheet, headings, [10, 20, 16, 26, 34, 30, 26, 18])
    offered = {"kind": tuple(labels.CHINESE.values()), "level": tuple(labels.PREFIX.values())}
    for index, (name, example) in enumerate(zip(FIELDS, EXAMPLE, strict=True), start=1):
        column = get_column_letter(index)
        sheet.column_dimensions[column].number_format = TEXT
        write_example(sheet, 2, index, example)
        if name in offered:
            rule = choice_of(offered[name])
            rule.add(f"{column}2:{column}{MOST + 2}")
            sheet.add_data_validation(rule)
    write_notes(book, _notes())
    return saved(book)


def _notes() -> list[tuple[str, str]]:
    who = _("A person by name; a team by its name; of a unit as a whole the unit once more.")
    upload = _("All rows are taken or none. What stands in the register already is refused by name.")
    return [
        (str(FIELDS["kind"]), "、".join(labels.CHINESE.values())),
        (str(FIELDS["level"]), "、".join(labels.PREFIX.values())),
        (str(FIELDS["recipient"]), who),
        (_("Upload"), upload),
    ]


def _header(looked: Looked) -> int | None:
    for number, cells in looked.head:
        found = {MEANINGS.get(plain_heading(cell.text)) for cell in cells if cell.text.strip()}
        if {"kind", "recipient"} <= found:
            return number
    return None


def _read_lines(table: Table) -> Read:
    rows: list[Recorded] = []
    findings: list[Finding] = []
    first: dict[tuple[str, ...], int] = {}
    for line in table.lines:
        row, wrong = _row(line)
        findings += wrong
        if row is None:
            continue
        said = (row.kind, row.level, rules.plain(row.recipient), rules.plain(row.unit), row.decision.document)
        other = first.setdefault(said, line.row)
        if other != line.row:
            twice = {"other": other}
            findings.append(Finding("HONOUR_LIST_TWICE", line.row, "recipient", row.recipient, twice))
        rows.append(row)
    return Read(rows, findings, table)


def _row(line: Line) -> tuple[Recorded | None, list[Finding]]:
    said = {name: tidy(line.cell(name).text) for name in FIELDS}
    wrong = [Finding("HONOUR_LIST_EMPTY", line.row, name, "", {}) for name in NEEDED if not said[name]]
    kind, level = _kind(said["kind"]), _LEVELS.get(rules.plain(said["level"]))
    on = _day(line.cell("on").text)
    for code, name, found in (
        ("HONOUR_LIST_KIND", "kind", kind), ("HONOUR_LIST_LEVEL", "level", level),
        ("HONOUR_LIST_DAY", "on", on),
    ):  # fmt: skip
        if said[name] and found is None:
            wrong.append(Finding(code, line.row, name, said[name][:60], {}))
    for name, most in LONGEST.items():
        if len(said[name]) > most:
            wrong.append(Finding("HONOUR_LIST_LONG", line.row, name, said[name][:60], {"maximum": most}))
    if wrong or kind is None or level is None or on is None:
        return None, wrong
    decision = Decision(said["document"], on, said["granted_by"])
    return Recorded(kind, level, said["recipient"], said["unit"], decision), []


def _kind(said: str) -> str | None:
    """Return the kind that a cell names; 全国五一劳动奖章 names its kind, too."""
    text = rules.plain(said)
    for prefix in ("", *labels.PREFIX.values()):
        found = _KINDS.get(text.removeprefix(prefix))
        if found is not None:
            return found
    return None


def _day(text: str) -> date | None:
    digits = text.strip()[:10].replace("年", "-").replace("月", "-").replace("日", "")
    parts: Sequence[str] = digits.replace("/", "-").replace(".", "-").strip("-").split("-")
    try:
        year, month, day = map(int, parts)
        return date(year, month, day) if year >= 1949 else None
    except ValueError:
        return None

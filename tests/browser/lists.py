"""Lists of three units, two hundred people each, in three shapes, with thirty faults of fifteen kinds."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import openpyxl

from competitions.entries.rules import check_character
from competitions.lists.headings import letter

UNITS = ("演示第一重机厂", "演示第二轴承厂", "演示第三机床厂")
CODES = ("91370100DEMA000019", "91370100DEMA00002C", "91370100DEMA00003F")
EACH, FIRST_FAULT, APART = 200, 7, 19
DIGITS = "零一二三四五六七八九"


class Person(NamedTuple):
    """One row of a list, by field; what a fault puts there may be of any type."""

    name: Any
    unit: Any
    id_number: Any
    phone: Any
    sex: Any
    birth: Any
    trade: Any = "焊工"


@dataclass(frozen=True)
class Shape:
    """How a unit writes its list: titles above the header, headings from left to right with their fields."""

    headings: Sequence[tuple[str, str]]  # heading, field; a field of its own for what nobody reads
    title: str = ""

    @property
    def header(self) -> int:
        return 3 if self.title else 1

    def letter_of(self, field: str) -> str:
        return letter([name for _heading, name in self.headings].index(field))

    def heading_of(self, field: str) -> str:
        return next(heading for heading, name in self.headings if name == field)


SHAPES = (
    Shape((("姓名", "name"), ("单位", "unit"), ("身份证号", "id_number"), ("手机号", "phone"),
           ("性别", "sex"), ("出生日期", "birth"), ("工种", "trade"))),
    Shape((("序号", "mark"), ("参赛选手姓名", "name"), ("公民身份号码（18位）", "id_number"),
           ("性 别", "sex"), ("出生年月日", "birth"), ("工作单位", "unit"), ("从事工种", "trade"),
           ("联系电话", "phone")),
          title="2026年焊工竞赛报名表"),
    Shape((("单位名称", "unit"), ("职业工种", "trade"), ("选手姓名*", "name"), ("性别", "sex"),
           ("出生日期", "birth"), ("备注", "remark"), ("身份证号码", "id_number"), ("手机号码", "phone"))),
)  # fmt: skip


def somebody(unit: int, place: int) -> Person:
    """Return a sound person: nobody of all three lists has a name, a number or a phone of another."""
    n = unit * EACH + place
    year, month, man = 1970 + n % 30, 1 + n % 12, n % 2
    body = f"370102{year}{month:02d}15{n:03d}"
    body = body[:16] + str((int(body[16]) & ~1) | man)
    # The last digit says the sex, so two neighbours would share a number but for their days.
    body = f"{body[:12]}{10 + n // 2 % 18:02d}{body[14:]}"
    number = body + check_character(body)
    birth = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    name = "演示" + "".join(DIGITS[int(digit)] for digit in f"{n:03d}")
    return Person(name, UNITS[unit], number, f"139{n:08d}", "男" if man else "女", birth)


class Fault(NamedTuple):
    """One kind of fault: what it makes of a row, the field it is reported at, what is said of it."""

    field: str
    spoil: Callable[[Person, "Fault", int, int], Person]
    why: str
    value: Any = None


def put(person: Person, fault: Fault, _unit: int, _place: int) -> Person:
    """Write a wrong value where it is reported."""
    return person._replace(**{fault.field: fault.value})


def other_sex(person: Person, _fault: Fault, _unit: int, _place: int) -> Person:
    return person._replace(sex="女" if person.sex == "男" else "男")


def other_day(person: Person, _fault: Fault, _unit: int, _place: int) -> Person:
    return person._replace(birth="1969-07-20")


def row_above(_person: Person, _fault: Fault, unit: int, place: int) -> Person:
    return somebody(unit, place - 1)


def first_of_the_first(person: Person, _fault: Fault, unit: int, _place: int) -> Person:
    """The same person, now under this unit: somebody whom the first unit has entered."""
    return somebody(0, unit)._replace(unit=person.unit)


# Two of each. The second kind and every third after it stand in the second and in the third list: whom the
# first unit has entered must be known by then.
FAULTS = (
    Fault("name", put, "没有填写", ""),
    Fault("name", first_of_the_first, "已在本赛项登记"),
    Fault("name", put, "这不像姓名", "13812345678"),
    Fault("name", put, "看不见的字符", "演示\u200b甲"),
    Fault("unit", put, "只能为本单位报名", "演示别处钢铁厂"),
    Fault("id_number", put, "应为 18 位", "110105491231002"),
    Fault("id_number", put, "校验码不符", "110105194912310021"),
    Fault("id_number", put, "其中的出生日期不存在", "110105199902300015"),
    Fault("id_number", put, "已被 Excel 转成数字", 370102198501100110),
    Fault("id_number", put, "小于 14 岁或大于 100 岁", "370101190102039973"),
    Fault("id_number", other_sex, "身份证号对应的性别"),
    Fault("id_number", other_day, "身份证号中的出生日期"),
    Fault("phone", put, "这不是电话号码", "12345"),
    Fault("name", row_above, "重复"),
    Fault("trade", put, "目录中没有这个职业（工种）", "焊公"),
)


class Planted(NamedTuple):
    """A fault in its list: the unit's, which row of the sheet, of which kind."""

    unit: int
    row: int
    fault: Fault


def planted() -> list[Planted]:
    """Return the thirty faults, ten in each list."""
    found: list[Planted] = []
    for n in range(2 * len(FAULTS)):
        unit = (n + n // len(FAULTS)) % len(UNITS)
        earlier = sum(other.unit == unit for other in found)
        row = SHAPES[unit].header + FIRST_FAULT + APART * earlier
        found.append(Planted(unit, row, FAULTS[n % len(FAULTS)]))
    return found


def people(unit: int) -> Iterator[tuple[int, Person]]:
    """Yield the rows of a list as its unit sends it."""
    wrong = {one.row: one.fault for one in planted() if one.unit == unit}
    for place in range(EACH):
        row, person = SHAPES[unit].header + 1 + place, somebody(unit, place)
        fault = wrong.get(row)
        yield row, fault.spoil(person, fault, unit, place) if fault else person


def workbook(unit: int) -> bytes:
    """Return the list of a unit in its own shape."""
    shape, book = SHAPES[unit], openpyxl.Workbook()
    sheet = book.active
    sheet.title = "报名表"
    if shape.title:
        sheet["A1"] = shape.title
        sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(shape.headings))
    for column, (heading, _field) in enumerate(shape.headings, start=1):
        sheet.cell(shape.header, column, heading)
    for row, person in people(unit):
        write(sheet, shape, row, person)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def write(sheet: Any, shape: Shape, row: int, person: Person) -> None:
    """Write somebody into a row; what nobody reads is left as it is."""
    for column, (_heading, field) in enumerate(shape.headings, start=1):
        if field in Person._fields:
            sheet.cell(row, column).value = getattr(person, field)

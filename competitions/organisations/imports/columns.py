"""The columns of a list of units: what each means and under which headings people write it. Pure."""

from collections.abc import Iterable, Mapping

from competitions.lists.headings import plain_heading

# Words are set apart by spaces; English headings are written here without theirs.
SYNONYMS: Mapping[str, str] = {
    "mark": "序号 编号 标记 no no. number # mark",
    "name": "单位 单位名称 单位全称 企业名称 名称 unit unitname name company organisation organization",
    "credit_code": "统一社会信用代码 社会信用代码 信用代码 组织机构代码 unifiedsocialcreditcode creditcode "
    "code",
    "union": "工会 所属工会 上级工会 隶属工会 union",
    "region": "地区 所在地区 所在地 省市 省份 城市 region",
    "industry": "产业 所属产业 行业 所属行业 industry",
    "ownership": "所有制 所有制性质 单位性质 企业性质 经济类型 控股情况 ownership",
    "contact": "联系人 联系人姓名 联络员 contact contactperson contactname",
    "phone": "电话 联系电话 手机 手机号 联系方式 phone telephone mobile",
    "email": "邮箱 电子邮箱 电子邮件 email e-mail",
}
OFFERED = (
    "mark", "name", "credit_code", "union", "region", "industry", "ownership", "contact", "phone", "email",
)  # fmt: skip
MEANINGS = {heading: field for field, headings in SYNONYMS.items() for heading in headings.split()}
OWNERSHIPS: Mapping[str, str] = {
    "国有": "state", "国有控股": "state", "国有企业": "state", "集体": "collective", "集体控股": "collective",
    "私人": "private", "私人控股": "private", "民营": "private", "私营": "private",
    "港澳台商": "hmt", "港澳台商控股": "hmt", "港澳台": "hmt",
    "外商": "foreign", "外商控股": "foreign", "外资": "foreign",
    "机关": "public", "事业单位": "public", "机关事业单位": "public", "其他": "other",
}  # fmt: skip


def meaning(heading: str) -> str | None:
    """Return the field that a heading names, or None."""
    return MEANINGS.get(plain_heading(heading))


def is_header(headings: Iterable[str]) -> bool:
    """Say whether a row is the header: it names the units, and one thing more or nothing else at all."""
    said = [heading for heading in headings if heading.strip()]
    found = {meaning(heading) for heading in said} - {None}
    return "name" in found and (len(found) > 1 or len(said) == 1)


def fields_of(headings: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the field of each column that is read; of two for one thing the first counts."""
    fields: dict[int, str] = {}
    for index, heading in headings:
        name = meaning(heading)
        if name is not None and name not in fields.values():
            fields[index] = name
    return fields

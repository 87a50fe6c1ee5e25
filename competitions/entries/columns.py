"""The columns of a table of entrants: what each means and under which headings people write it. Pure.

"参赛者所在单位全称" ends in a known heading and is guessed from it; a guess is always asked about.
"""

from collections.abc import Iterable, Mapping

from competitions.eligibility.rules import SKILL_LEVELS as SKILL_LEVELS
from competitions.lists.headings import ERRORS, plain_heading

# Words are set apart by spaces; English headings are written here without theirs.
SYNONYMS: Mapping[str, str] = {
    "number": "报名编号 报名号 entryno entryno. entrynumber registrationno registrationno.",
    "mark": "序号 编号 标记 no no. serialno. number # mark",
    "group": "队名 队伍 队伍名称 团队 团队名称 参赛队 参赛队名称 班组 班组名称 小组 小组名称 "
    "作品 作品名称 成果名称 项目名称 team teamname work title titleofwork titleofthework project",
    "name": "姓名 选手姓名 选手 参赛选手 参赛选手姓名 参赛人员 参赛者 参赛者姓名 队员 队员姓名 成员 成员姓名 "
    "作者 作者姓名 职工姓名 name fullname competitor competitorname entrant member membername author "
    "authorname",
    "unit": "单位 单位名称 单位全称 工作单位 所在单位 参赛单位 选送单位 推荐单位 代表单位 企业名称 "
    "unit unitname employer company organisation organization",
    "id_number": "身份证 身份证号 身份证号码 居民身份证号 居民身份证号码 公民身份号码 证件号 证件号码 "
    "idnumber idno idno. id identitynumber identitycardnumber",
    "phone": "手机 手机号 手机号码 联系手机 联系电话 电话 电话号码 联系方式 "
    "phone phonenumber mobile mobilephone mobilenumber telephone",
    "skill_level": "技能等级 职业技能等级 现有技能等级 技能级别 职业资格等级 职业资格 等级 skilllevel level",
    "sex": "性别 sex gender",
    "trade": "工种 职业 职业工种 本人工种 本人职业 本人职业工种 从事工种 从事职业 现从事工种 现从事职业 "
    "trade owntrade occupation",
    "event": "赛项 赛项名称 参赛赛项 报名赛项 竞赛项目 参赛项目 竞赛工种 参赛工种 报名工种 event eventname",
    "role": "角色 队内角色 队员角色 队员类别 人员类别 参赛身份 role roleintheteam",
    "own_unit": "作者单位 作者所在单位 作者工作单位 unitoftheauthor authorunit author'sunit author’sownunit",
    "category": "类别 作品类别 成果类别 项目类别 申报类别 category categoryofthework",
    "summary": "简介 作品简介 成果简介 项目简介 内容简介 摘要 summary abstract summaryofthework",
    "birth": "出生日期 出生年月日 生日 birthdate dateofbirth birthday",
}
# Headings of what people like to know and no entry holds: passed over without a question.
PASSED_OVER = ERRORS | {
    "备注", "说明", "资格审核", "审核", "审核状态", "审核结果", "原因", "理由", "状态",
    "年龄", "民族", "政治面貌", "学历", "职务",
    "remarks", "remark", "note", "notes", "review", "reason", "status", "age", "education",
}  # fmt: skip
# What each kind of entry needs, and what its template offers in this order.
REQUIRED: Mapping[str, tuple[str, ...]] = {
    "person": ("name", "unit"),
    "team": ("group", "name", "unit"),
    "work": ("group", "name", "unit"),
    "unit": ("unit",),
}
OFFERED: Mapping[str, tuple[str, ...]] = {
    "person": ("mark", "name", "unit", "id_number", "phone", "trade", "skill_level"),
    "team": ("mark", "group", "unit", "role", "name", "id_number", "phone", "trade", "skill_level"),
    "work": ("mark", "group", "category", "unit", "name", "own_unit", "id_number", "phone", "summary"),
    "unit": ("mark", "unit"),
}
# What a column of each kind's table may be taken for, in the order of the choice.
PEOPLE_FIELDS = (
    "name", "unit", "id_number", "phone", "trade", "skill_level", "sex", "birth", "event", "number", "mark",
)  # fmt: skip
TAKEN_FOR: Mapping[str, tuple[str, ...]] = {
    "person": PEOPLE_FIELDS,
    "team": ("group", "role", *PEOPLE_FIELDS),
    "work": ("group", "category", "summary", "own_unit", *PEOPLE_FIELDS),
    "unit": ("unit", "event", "number", "mark"),
}


MEANINGS = {heading: field for field, headings in SYNONYMS.items() for heading in headings.split()}


def meaning(heading: str) -> str | None:
    """Return the field that a heading names, or None."""
    return MEANINGS.get(plain_heading(heading))


def guess(heading: str) -> str | None:
    """Return the field that a heading seems to name, or None.

    The last word of a Chinese heading says what it is ("单位联系电话" is a phone), so endings come first;
    among several the longest counts. Serial numbers and entry numbers are never guessed.
    """
    plain = plain_heading(heading)
    known = [word for word in MEANINGS if len(word) >= (4 if word.isascii() else 2)]
    for fits in (plain.endswith, plain.__contains__):
        found = [word for word in known if fits(word) and MEANINGS[word] not in {"mark", "number"}]
        if found:
            return MEANINGS[max(found, key=len)]
    return None


def is_header(headings: Iterable[str], kind: str) -> bool:
    """Say whether a row is the header: it names what such a table cannot be without, and one thing more."""
    found = {meaning(heading) for heading in headings} - {None}
    return REQUIRED[kind][0] in found if kind == "unit" else "name" in found and len(found) > 1

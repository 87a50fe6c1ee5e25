"""The columns of the template: what each means, how it is headed, which words its cells may hold."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l

# field -> (heading, other headings that are read, width)
COLUMNS: dict[str, tuple[Any, str, int]] = {
    "stage": (_l("Stage code"), "阶段编码 阶段代码 阶段 stage stagecode", 10),
    "stage_title": (_l("Stage title"), "阶段名称 stagetitle stagename", 16),
    "weight": (_l("Weight"), "权重 占比 weight", 8),
    "criterion": (_l("Criterion code"), "大项编码 大项代码 大项 criterion criterioncode", 10),
    "criterion_title": (_l("Criterion title"), "大项名称 criteriontitle criterionname", 18),
    "code": (_l("Aspect code"), "评分点编码 评分点代码 评分项编码 评分项代码 编码 代码 code aspectcode", 10),
    "title": (
        _l("Aspect title"), "评分点名称 评分点 评分项名称 评分项 名称 评分内容 title aspect aspecttitle", 30
    ),
    "kind": (_l("Kind of marking"), "评分方式 类型 方式 kind kindofmarking type", 14),
    "max": (_l("Maximum"), "满分 配分 分值 maximum max maxmark", 8),
    "step": (_l("Step of marks"), "步长 step stepofmarks", 8),
    "per": (_l("Points for each"), "每处分值 每处 per pointsforeach", 10),
    "method": (_l("How the marks are combined"), "合成方法 裁判组 method howthemarksarecombined", 18),
    "drop": (_l("Highest and lowest left out"), "去掉的高低分个数 去高低 drop highestandlowestleftout", 12),
    "min_judges": (_l("Judges at least"), "最少裁判 minjudges judgesatleast", 10),
    "levels": (_l("Benchmarks, one a line"), "等级标准 等级标准每级一行 benchmarks benchmarksonealine", 40),
    "description": (
        _l("Description for the judges"), "给裁判的说明 说明 评分标准 description descriptionforthejudges", 40
    ),
}  # fmt: skip
NEEDED = ("title", "kind")
ENOUGH = 4  # headings that make a header row, though a needed one is missing
KIND_WORDS: Mapping[str, str] = {
    word: kind
    for kind, words in {
        "score": "score scoredpoints points 打分 评分",
        "judgement": "judgement judgment j 评价分 评价",
        "measurement": "measurement m 测量分 测量",
        "count": "count 计数",
        "deduction": "deduction 扣分",
        "time": "time 用时 时间",
        "indicator": "indicator 指标",
    }.items()
    for word in words.split()
}
METHOD_WORDS: Mapping[str, str] = {
    word: method
    for method, words in {
        "agreed": "agreed oneagreedvalue 商定一个值 商定 一致",
        "mean": "mean average 平均 平均分 平均值",
        "trimmed_mean": "trimmed_mean trimmedmean 去高低分平均 去高低分 去掉最高最低",
        "median": "median 中位数",
        "sum": "sum 求和 总和",
    }.items()
    for word in words.split()
}


def plain(text: str) -> str:
    """Return what counts of a heading or a word: without spaces, marks and what stands in brackets."""
    tidy = unicodedata.normalize("NFKC", text).casefold()
    tidy = re.sub(r"\([^)]*\)|（[^）]*）", "", tidy)
    return re.sub(r"[\s*:：,，.。]", "", tidy)


MEANINGS = {
    plain(heading): field
    for field, (_label, headings, _width) in COLUMNS.items()
    for heading in headings.split()
}


def missing_of(texts: list[str]) -> list[str]:
    """Return the needed columns that a row lacks although its other headings make it a header row."""
    known = {MEANINGS[plain(text)] for text in texts if plain(text) in MEANINGS}
    return [name for name in NEEDED if name not in known] if len(known) >= ENOUGH else []


def headings_of(texts: list[str]) -> dict[str, int] | None:
    """Return the columns of a header row by field, or None for any other row."""
    found: dict[str, int] = {}
    for index, text in enumerate(texts):
        field = MEANINGS.get(plain(text))
        if field is not None:
            found.setdefault(field, index)
    return found if set(NEEDED) <= set(found) else None

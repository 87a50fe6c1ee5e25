"""The columns of a list of marks: what each heading means in a stage. Pure.

A field is "code", "number", "judge", "attempt", or an aspect as "=" and its code.
"""

from collections.abc import Iterable, Mapping

from competitions.lists.headings import plain_heading
from scoring.rules.model import Stage

SYNONYMS: Mapping[str, str] = {
    "code": "参赛编号 选手编号 竞赛编号 比赛编号 密码号 编号 代码 code entrycode blindcode contestcode entry",
    "number": "报名编号 报名号 entryno entryno. entrynumber registrationno",
    "judge": "裁判 裁判编号 裁判员 裁判员编号 裁判代码 评委 评委编号 judge judgecode judgeno",
    "attempt": "轮次 次数 第几次 次 attempt attemptno round",
}
# What the only aspect of a stage may be called.
ONLY = "成绩 得分 分数 总分 卷面分 卷面成绩 理论成绩 机考成绩 分值 score mark marks points result total"
KNOWN = {word: field for field, words in SYNONYMS.items() for word in words.split()}


def meanings(stage: Stage) -> dict[str, str]:
    """Return the field of every heading that means something in this stage."""
    found = dict.fromkeys(ONLY.split(), f"={stage.aspects[0].code}") if len(stage.aspects) == 1 else {}
    titles: dict[str, list[str]] = {}
    for aspect in stage.aspects:
        titles.setdefault(plain_heading(aspect.title), []).append(aspect.code)
        for heading in (aspect.code, f"{aspect.code}{aspect.title}", f"{aspect.title}{aspect.code}"):
            found[plain_heading(heading)] = f"={aspect.code}"
    # A title that two aspects share tells neither.
    found |= {title: f"={codes[0]}" for title, codes in titles.items() if title and len(codes) == 1}
    return found | KNOWN


def suggest(stage: Stage, headings: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the field of each column that has one; of two with the same meaning the first is read."""
    known, found = meanings(stage), dict[int, str]()
    for index, heading in headings:
        field = known.get(plain_heading(heading))
        if field is not None and field not in found.values():
            found[index] = field
    return found


def lacking(fields: Mapping[int, str]) -> list[str]:
    """Return what such a list cannot be without: "code" and "mark"."""
    named = set(fields.values())
    return (["code"] if not named & {"code", "number"} else []) + (
        ["mark"] if not any(field.startswith("=") for field in named) else []
    )

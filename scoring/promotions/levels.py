"""The official levels of skill, and what people write for them.

Sources: the eight levels and the numbers 五级 to 一级 beside five of them, DOMAIN.md section 2.
"""

import re
import unicodedata

from competitions.entries.columns import SKILL_LEVELS
from scoring.promotions.rules import NO_LEVEL

_NONE = frozenset({NO_LEVEL, "无", "暂无", "没有", "无证书"})
_NUMBERED = dict(zip(("五级", "四级", "三级", "二级", "一级"), SKILL_LEVELS[1:6], strict=True))
_FIGURES = str.maketrans("54321", "五四三二一")
_PREFIX = re.compile("^(?:国家)?(?:职业)?(?:资格|技能)?(?:等级)?(?:证书)?")
_BETWEEN = re.compile(r"[()\[\]/,、·\s]+")


def official(text: str) -> str | None:
    """Return the official level that a text states, or None where it states none or two different ones.

    `高级工（三级）`, `职业资格三级` and `3级` are all 高级工; `高级` alone could be a title of engineers.
    """
    plain = unicodedata.normalize("NFKC", text)
    found = {_level(part) for part in _BETWEEN.split(plain) if _PREFIX.sub("", part)}
    return found.pop() if len(found) == 1 else None


def _level(part: str) -> str | None:
    for word in (part, _PREFIX.sub("", part)):
        if word in SKILL_LEVELS:
            return word
        if word in _NONE:
            return NO_LEVEL
        if word.translate(_FIGURES) in _NUMBERED:
            return _NUMBERED[word.translate(_FIGURES)]
    return None

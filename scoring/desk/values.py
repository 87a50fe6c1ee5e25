"""What people write for a mark, turned into the value that a judge's sheet holds. Pure.

Full-width digits become plain ones; a time is written as minutes and seconds, or as seconds; yes and no in
words. Everything else stays as it is, and `scoring.rules.values` says what is wrong with it.
"""

import re

from scoring.rules.findings import Finding
from scoring.rules.model import Aspect
from scoring.rules.values import check_value

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", ord("。"): "."}
TIME = re.compile(r"(?:([0-9]{1,3}):)?([0-9]{1,4}):([0-5]?[0-9])(\.[0-9]{1,3})?")
WORDS = {
    "yes": "yes", "y": "yes", "是": "yes", "合格": "yes", "通过": "yes", "√": "yes", "✓": "yes", "对": "yes",
    "no": "no", "n": "no", "否": "no", "不合格": "no", "不通过": "no", "×": "no", "✗": "no", "错": "no",
    "1": "yes", "0": "no",
}  # fmt: skip


def read(aspect: Aspect, text: str) -> tuple[str, Finding | None]:
    """Return the value that a text states for an aspect, and what is wrong with it."""
    value = text.translate(FULL_WIDTH).strip()
    if not value:
        return "", None
    if aspect.kind == "time":
        value = _seconds(value)
    elif aspect.kind == "measurement" and aspect.entry == "pass":
        value = WORDS.get(value.casefold(), value)
    return value, check_value(aspect, value)


def shown(aspect: Aspect, value: str) -> str:
    """Return a value as people write it: seconds as minutes and seconds."""
    if aspect.kind != "time" or not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,3})?", value):
        return value
    whole, point, rest = value.partition(".")
    minutes, seconds = divmod(int(whole), 60)
    return f"{minutes}:{seconds:02d}{point}{rest}"


def _seconds(value: str) -> str:
    found = TIME.fullmatch(value)
    if found is None:
        return value
    hours, minutes, seconds, rest = found.groups()
    return f"{int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)}{rest or ''}"

"""Break text into lines as Chinese and English are set: whole words, no line begins with 。 or ends with （.

Source: the rules for line heads and ends (避头尾) of GB/T 15834-2011, section 5.1.
"""

import re
from collections.abc import Callable, Sequence

Measure = Callable[[str], float]

NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕｝］”’…—～·％℃,.;:?!)]}>%°′″")
NOT_LAST = frozenset("（《〈「『【〔｛［“‘([{<")
_WIDE = "\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff“”‘’…—·"
# A number stays with the sign that counts it: 2026年, 30%, 3名.
_PIECE = re.compile(
    rf"\d[\d.,]*[年月日时分秒名人个项场届％%]|[^\s{_WIDE}]+(?:[’·][A-Za-zÀ-ɏ]+)*|\s+|[{_WIDE}]"
)
_QUOTED = re.compile(rf"[“《][^“”《》\s]{{1,8}}[”》]|{_PIECE.pattern}")


def wrap(text: str, width: float, measure: Measure) -> list[str]:
    """Return the lines of a text that are no wider than `width`; a line break in the text is kept.

    Raises: ValueError for a width that is not positive.
    """
    if width <= 0:
        raise ValueError("a line needs room")
    paragraphs = (fitting(pieces(paragraph), width, measure) for paragraph in text.split("\n"))
    return [line for paragraph in paragraphs for line in fill(paragraph, width, measure)]


def balance(text: str, width: float, measure: Measure) -> list[str]:
    """Return as few lines as `wrap` does, but of about the same length: for centred text."""
    return even(fitting(pieces(text), width, measure), width, measure)


def even(parts: Sequence[str], width: float, measure: Measure) -> list[str]:
    """Return as few lines of unbreakable parts as `fill` does, but of about the same length.

    The narrowest width that still gives that number of lines is found by halving.
    """
    lines = fill(parts, width, measure)
    low, high = width / len(lines) / 2, width
    while len(lines) > 1 and high - low > 1:
        middle = (low + high) / 2
        tried = fill(parts, middle, measure)
        if len(tried) <= len(lines) and max(map(measure, tried)) <= middle:
            lines, high = tried, middle
        else:
            low = middle
    return lines


def fill(parts: Sequence[str], width: float, measure: Measure) -> list[str]:
    """Return the lines that unbreakable parts make one after the other; blanks at a line's end fall away."""
    lines: list[str] = []
    line, used = "", 0.0
    for part in parts:
        bare = measure(part.rstrip())
        if line and used + bare > width:
            lines.append(line.rstrip())
            line, used = "", 0.0
        line, used = line + part, used + measure(part)
    return [*lines, line.rstrip()]


def pieces(text: str, *, quoted: bool = False) -> list[str]:
    """Return the parts between which a line may break; the parts together are the text.

    `quoted` keeps short quotations and titles whole: “一带一路”.
    """
    parts: list[str] = []
    for piece in (_QUOTED if quoted else _PIECE).findall(text):
        if parts and (piece[0] in NOT_FIRST or piece.isspace() or parts[-1][-1] in NOT_LAST):
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def fitting(parts: Sequence[str], width: float, measure: Measure) -> list[str]:
    """Cut a part that is wider than a whole line, such as a long address, where the line is full."""
    fitting: list[str] = []
    for part in parts:
        if measure(part.rstrip()) <= width:
            fitting.append(part)
        else:
            fitting += _cut(part, width, measure)
    return fitting


def _cut(part: str, width: float, measure: Measure) -> list[str]:
    cut, line, used = [], "", 0.0
    for character in part:
        step = measure(character)
        if line and used + step > width:
            cut.append(line)
            line, used = "", 0.0
        line, used = line + character, used + step
    return [*cut, line]

"""Which characters the committed fonts hold: computed ranges and two named lists.

Source: GB/T 2312-1980 through Python's own codec (level 1 is rows 16-55); 通用规范汉字表 (2013, 8,105
characters) as `kTGHZ2013` in the PyPI package pypinyin-dict; the Unicode ranges of the han blocks.
"""

import re
from collections.abc import Iterable

HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
LEVEL_2_BLOCKS = ((0x3400, 0x4DB5), (0x4E00, 0x9FEF))
SIGNS = (
    (0x0020, 0x007E),  # Latin
    (0x00A0, 0x017F),  # Latin with accents: names and pinyin
    (0x01CD, 0x01DC),  # pinyin with the third tone
    (0x02C6, 0x02DC),
    (0x0391, 0x03C9),  # Greek: units and symbols of trades
    (0x0401, 0x0451),  # Cyrillic
    (0x2010, 0x2027),  # dashes, quotation marks, ellipsis, middle dots; no direction marks
    (0x2030, 0x205E),
    (0x20AC, 0x20AC),
    (0x2103, 0x2122),  # ℃ № ™
    (0x2150, 0x218B),  # Roman numerals, fractions
    (0x2190, 0x2199),
    (0x2200, 0x22FF),
    (0x2460, 0x25FF),  # ① and boxes
    (0x2605, 0x2606),
    (0x2640, 0x2642),
    (0x3000, 0x312F),  # CJK punctuation, 〇, kana, bopomofo
    (0x3220, 0x3243),
    (0x3280, 0x32CB),
    (0x3380, 0x33DF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF5E),
    (0xFFE0, 0xFFE6),
)

# Letters of further names: what Noto Serif and Noto Sans have beyond the fonts for Chinese. No combining
# marks and no script that needs layout tables (Arabic, Tibetan, Mongolian): they would print wrongly.
LETTERS = (
    (0x0020, 0x007E),
    (0x00A0, 0x02AF),  # Latin: Czech, Vietnamese, Azerbaijani, Zhuang as it was written
    (0x02B9, 0x02BF),  # letters that look like apostrophes
    (0x0370, 0x052F),  # Greek, Cyrillic with Kazakh, Kyrgyz, Tuvan
    (0x1E00, 0x1EFF),
    (0x2010, 0x2027),
)
YI = ((0xA000, 0xA48C), (0xA490, 0xA4C6))


def expand(ranges: Iterable[tuple[int, int]]) -> set[int]:
    """Return every code point of some inclusive ranges."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def gb2312_level_1() -> set[int]:
    """Return the 3,755 most frequent characters of GB/T 2312."""
    rows = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return {ord(text) for row in rows if (text := row.decode("gb2312", errors="ignore"))}


def standard_8105(module: str) -> set[int]:
    """Return the 8,105 characters of 通用规范汉字表 from the text of pypinyin-dict's `ktghz2013.py`.

    Raises: ValueError when the list does not have 8,105 characters.
    """
    codes = {int(code, 16) for code in re.findall(r"^\s+0x([0-9A-F]+):", module, re.MULTILINE)}
    if len(codes) != 8105:
        raise ValueError(f"the list holds {len(codes)} characters instead of 8,105")
    return codes


def gb18030_level_2(standard: set[int]) -> set[int]:
    """Return the 27,754 characters of GB 18030-2022 implementation level 2."""
    return expand(LEVEL_2_BLOCKS) | {code for code in standard if code > 0xFFFF}

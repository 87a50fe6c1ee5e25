"""What counts of a heading, how a column is named, and what marks the example of a template. Pure.

A heading is compared without spaces, marks and what stands in brackets: "身份证号（18位）*" is "身份证号".
"""

import re
import unicodedata

# The column that a copy of a workbook with its errors brings along; it is for people alone.
ERRORS = frozenset({"错误说明", "errornotes"})
EXAMPLE_MARKS = frozenset({"示例", "例", "样例", "example", "sample"})


def plain_heading(text: str) -> str:
    """Return what counts of a heading."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    plain = re.sub(r"\([^)]*\)|\[[^\]]*\]|【[^】]*】", "", plain)
    return re.sub(r"[\s*:_]", "", plain)


def is_example(mark: str) -> bool:
    """Say whether a row is the template's example."""
    return plain_heading(mark) in EXAMPLE_MARKS


def letter(index: int) -> str:
    """Return the letters of a column counted from 0, as spreadsheets name it: A, B, … Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters

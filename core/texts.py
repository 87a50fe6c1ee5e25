"""What people type into a line, without what nobody sees."""

import unicodedata

# What no name has: controls, marks of direction, separators of lines, private and unpaired characters.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Co", "Cs"})


def tidy(text: str | None) -> str:
    """Return a line without control, direction and private characters and without spaces at its ends."""
    kept = "".join(
        " " if character in "\t\r\n" else character
        for character in text or ""
        if character in "\t\r\n" or unicodedata.category(character) not in UNSEEN
    )
    return kept.strip()


def nested(text: str) -> str:
    """Return a text whose quotation marks within quotation marks are single ones: “全国‘安康杯’竞赛”."""
    if text.count("“") < 2:
        return text
    found, depth = [], 0
    for character in text:
        depth -= character == "”" and depth > 0
        inner = depth > 0
        depth += character == "“"
        found.append({"“": "‘", "”": "’"}.get(character, character) if inner else character)
    return "".join(found)

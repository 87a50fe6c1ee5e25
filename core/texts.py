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

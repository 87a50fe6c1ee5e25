"""What the set-up says to the person at the terminal: Chinese first, English on the next line.

Read by every Python 3, however old: no newer syntax here.
"""

import sys


class Refusal(Exception):
    """A reason why it cannot go on, in one sentence of each language."""

    def __init__(self, chinese, english):
        # type: (str, str) -> None
        super().__init__(english)
        self.chinese = chinese
        self.english = english


def say(*lines):
    # type: (*str) -> None
    """Print lines at once, in UTF-8 even where the terminal claims to know only ASCII."""
    _write(sys.stdout, lines)


def complain(refusal):
    # type: (Refusal) -> None
    """Print a refusal on the error channel."""
    _write(sys.stderr, ("✗ " + refusal.chinese, "  " + refusal.english))


def _write(stream, lines):  # type: ignore[no-untyped-def]
    text = "".join(line + "\n" for line in lines)
    stream.flush()
    # A terminal that claims to know only ASCII mostly shows Chinese all the same.
    stream.buffer.write(text.encode("utf-8"))
    stream.buffer.flush()

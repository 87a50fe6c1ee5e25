"""Find the table of entrants in an upload."""

from competitions.entries.columns import REQUIRED, guess, is_header
from competitions.entries.labels import field_word, listed
from competitions.lists.grid import Grid
from competitions.lists.reading import Looked, Progress, read_sheet, silent


def read_grid(filename: str, data: bytes, kind: str, tell: Progress = silent) -> Grid:
    """Return the sheet of an upload that holds the table, with the row of its headings.

    Shape: `kind` is person, team, work or unit. The first visible sheet with usual headings is read; where
    there is none, the first with a row that can be headings at all: what they mean is then asked. `tell`
    hears ("read", rows so far, all rows) now and then.
    Raises: Refused with every fault of the file as a whole.
    """
    needed = listed(field_word(name, kind) for name in REQUIRED[kind])
    finders = (lambda looked: _usual_header(looked, kind), lambda looked: _likely_header(looked, kind))
    return read_sheet(filename, data, finders, needed, tell)


def _usual_header(looked: Looked, kind: str) -> int | None:
    texts = ((number, [cell.text for cell in cells]) for number, cells in looked.head)
    return next((number for number, row in texts if is_header(row, kind)), None)


def _likely_header(looked: Looked, kind: str) -> int | None:
    """Return the row with the most guessed headings, or the first with two different words."""
    least = 1 if kind == "unit" else 2
    best, most = None, -1
    for number, cells in looked.head:
        words = [cell.text.strip() for cell in cells if cell.text.strip() and cell.kind == "text"]
        guessed = sum(guess(word) is not None for word in words)
        if len(set(words)) == len(words) >= least and guessed > most:
            best, most = number, guessed
    # Where no word is known at all, only a list of several rows can have headings.
    return best if most > 0 or len(looked.head) > 2 else None

"""The parts of a workbook as a stream of XML: no document type, no entity, no text without end.

The standard library's expat, fed piece by piece; whatever handles the elements keeps only what it needs.
Limits and reasons: PERFORMANCE.md section 3 (malicious files), SECURITY.md T37.
"""

import re
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.parsers import expat

from core.refusals import refuse

CHUNK = 64 * 1024
DEEPEST = 100  # elements within elements: a parser keeps each until it ends
MOST_PIECES = 64  # of one text: each as long as expat's buffer, or what stands between comments
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
Start = Callable[[str, dict[str, str]], object]
End = Callable[[str], object]


class Markup:
    """One part while it is read: `texts` holds what has been read since the last tag began.

    `start` is asked with each tag that begins and `end` with each that ends, at most so many within another.
    """

    def __init__(self, start: Start, end: End) -> None:
        self.texts: list[str] = []
        self._start, self._end, self._depth = start, end, 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = _refuse_document_type
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._finish
        self.parser.CharacterDataHandler = self.texts.append
        # What parts a text without being a tag must not let it grow for ever.
        self.parser.CommentHandler = self._check_length
        self.parser.ProcessingInstructionHandler = self._check_length
        self.parser.StartCdataSectionHandler = self._check_length

    def pieces(self, stream: IO[bytes]) -> Iterator[None]:
        """Read on piece by piece; whoever has found enough stops asking."""
        while piece := stream.read(CHUNK):
            self.parser.Parse(piece)
            yield
        self.parser.Parse(b"", True)

    def whole(self, stream: IO[bytes]) -> None:
        """Read a part to its end."""
        for _piece in self.pieces(stream):
            pass

    def text(self) -> str:
        """Return the text since the last tag began."""
        texts = self.texts
        if len(texts) > 1:
            self._check_length()
            return "".join(texts)
        return texts[0] if texts else ""

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        self.texts.clear()
        self._depth += 1
        if self._depth > DEEPEST:
            raise refuse("FILE_BOMB", "file")
        self._start(tag, attributes)

    def _finish(self, tag: str) -> None:
        self._depth -= 1
        self._end(tag)

    def _check_length(self, *_what: object) -> None:
        if len(self.texts) > MOST_PIECES:
            raise refuse("FILE_BOMB", "file")


def unescaped(text: str) -> str:
    """Return a text with the characters that XML cannot hold: a workbook writes them as _x000D_."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def local(name: str) -> str:
    """Return a name without its prefix."""
    return name.rpartition(":")[2]


def _refuse_document_type(*_declared: Any) -> None:
    raise refuse("FILE_DAMAGED", "file")

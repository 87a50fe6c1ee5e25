"""Set text in the committed fonts: read when they are first needed, word by word the first font that has it.

Three faults of reportlab 5.1 are mended here: a character without a glyph prints as nothing, so names are
checked before anything is issued; its ToUnicode map is wrong above U+FFFF and in blocks longer than 100, so
copied and searched text would differ from what is printed; ASCII85 makes files larger and slower for nothing.
"""

import functools
import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics, ttfonts

from core.refusals import Refusal, Refused

FOLDER = Path(__file__).resolve().parent / "fonts"
SERIF, SERIF_BOLD = "NotoSerifSC-Regular", "NotoSerifSC-Bold"
SANS, SANS_MEDIUM = "NotoSansSC-Regular", "NotoSansSC-Medium"
BRUSH = "MaShanZheng-Regular"
LETTERS, LETTERS_BOLD, LETTERS_SANS = "NotoSerif-Regular", "NotoSerif-Bold", "NotoSans-Regular"
YI = "NotoSansYi-Regular"
# What one font sets if one has it all: letters with their signs (Šimon Řehák), and what stands between such.
WORDS = re.compile(r"[^\u2e80-\uffff\U00010000-\U0010ffff]+|[\u2e80-\uffff\U00010000-\U0010ffff]+")
# Signs that the Chinese fonts set as wide as a character, which is a hole where they belong to letters:
# all of them in a text without Chinese, the apostrophe behind a letter (O’Brien) everywhere.
SIGNS = re.compile("[‘’“”…]")
_APOSTROPHE = re.compile("(?<=[A-Za-zÀ-ɏ])’")
_LETTER, _CHINESE = re.compile("[A-Za-zÀ-ɏ]"), re.compile("[\u2e80-\uffff\U00010000-\U0010ffff]")
# The geta mark is what Chinese and Japanese printers set where a type is missing.
MISSING_MARK = "〓"
SAVING = threading.Lock()  # a font face reads its file through one cursor that all documents share
_READING = threading.Lock()


class Face(StrEnum):
    """The voices of a document."""

    BODY = "body"
    TITLE = "title"
    TABLE = "table"
    STRONG = "strong"
    BRUSH = "brush"  # a written hand for titles and prizes of certificates


_CHAINS = {
    Face.BODY: (SERIF, LETTERS, YI),
    Face.TITLE: (SERIF_BOLD, LETTERS_BOLD, SERIF, YI),
    Face.TABLE: (SANS, LETTERS_SANS, SERIF, YI),
    Face.STRONG: (SANS_MEDIUM, SANS, LETTERS_SANS, SERIF, YI),
    Face.BRUSH: (BRUSH, SERIF_BOLD, LETTERS_BOLD, SERIF, YI),
}
_OF_LETTERS = frozenset({LETTERS, LETTERS_BOLD, LETTERS_SANS})


@dataclass(frozen=True, eq=False)
class Chain:
    """Fonts in the order in which they are asked for a glyph."""

    fonts: tuple[Any, ...]
    glyphs: tuple[frozenset[str], ...]
    letters: Any  # the font among them that is made for letters

    def runs(self, text: str) -> list[tuple[Any, str]]:
        """Return (font, part) pairs: one font for the whole text, else for a word, else for each glyph.

        Signs that belong to letters are set from the font of letters.
        """
        if SIGNS.search(text) is None:
            return self._runs(text)
        runs, at = [], 0
        for sign in _signs_of_letters(text):
            runs += self._runs(text[at : sign.start()])
            runs.append((self.letters, sign[0]))
            at = sign.end()
        return runs + self._runs(text[at:])

    def _runs(self, text: str) -> list[tuple[Any, str]]:
        if not text:
            return []
        whole = self._font(text)
        if whole is not None:
            return [(whole, text)]
        runs: list[tuple[Any, str]] = []
        for word in WORDS.findall(text):
            for part in [word] if self._font(word) is not None else word:
                font = self._font(part) or self.fonts[0]
                if runs and runs[-1][0] is font:
                    runs[-1] = (font, runs[-1][1] + part)
                else:
                    runs.append((font, part))
        return runs

    def width(self, text: str, size: float, spacing: float = 0) -> float:
        """Return how wide a text is in points, without the space after its last character."""
        return _em_width(self, text) * size + spacing * max(0, len(text) - 1)

    def missing(self, text: str) -> list[str]:
        """Return the characters that no font of the chain can print, in order and once each."""
        return [c for c in dict.fromkeys(text) if not any(c in glyphs for glyphs in self.glyphs)]

    def _font(self, text: str) -> Any:
        """Return the first font that has every character of a text; None where none has."""
        wanted = frozenset(text)
        return next((f for f, glyphs in zip(self.fonts, self.glyphs, strict=True) if wanted <= glyphs), None)


def use(folder: Path | None) -> list[str]:
    """Put the TrueType fonts of a folder behind the committed ones, in the order of their names.

    Call it once at start, before anything is drawn. Returns the names of the fonts that were added.
    Raises: ValueError for a file that reportlab cannot embed.
    """
    _further.clear()
    for path in sorted(folder.glob("*.ttf")) if folder is not None else ():
        try:
            name = _read(f"further-{path.stem}", path).fontName
        except ttfonts.TTFError as error:
            raise ValueError(f"{path.name} is not a TrueType font that can be embedded: {error}") from error
        _further.append(name)
    chain.cache_clear()
    _glyphs.cache_clear()
    _em_width.cache_clear()
    return list(_further)


def has_further() -> bool:
    """Say whether further fonts are in use already."""
    return bool(_further)


@functools.cache
def chain(face: Face) -> Chain:
    """Return the chain of a face with every further font behind it."""
    names = [*_CHAINS[face], *_further]
    fonts = tuple(map(font_of, names))
    letters = next(font for font in fonts if font.fontName in _OF_LETTERS)
    return Chain(fonts, tuple(map(_glyphs, names)), letters)


def font_of(name: str) -> Any:
    """Return a committed font, or a further one that is in use; whoever draws nothing reads none."""
    return _read(name, FOLDER / f"{name}.ttf")


@functools.cache
def _glyphs(name: str) -> frozenset[str]:
    """Return the characters of a font, once for all faces that fall back on it."""
    return frozenset(map(chr, font_of(name).face.charToGlyph))


def unprintable(texts: Iterable[str], face: Face = Face.BODY) -> list[tuple[str, list[str]]]:
    """Return each text that cannot be printed whole, with the characters that are missing."""
    used = chain(face)
    return [(text, missing) for text in dict.fromkeys(texts) if (missing := used.missing(text))]


def require_printable(texts: Iterable[str], face: Face = Face.BODY) -> None:
    """Refuse texts with a character that no font has, all at once, naming each character.

    Raises: Refused with GLYPH_MISSING for each text (`where`), parameter `characters`: "㛃 U+36C3, …".
    """
    refusals = [
        Refusal("GLYPH_MISSING", text, {"text": text, "characters": ", ".join(map(_named, missing))})
        for text, missing in unprintable(texts, face)
    ]
    if refusals:
        raise Refused(*refusals)


def printable(text: str, face: Face = Face.TABLE) -> str:
    """Return a text for a report: blanks for control characters, 〓 where no font has the character."""
    missing = set(chain(face).missing(text))
    if not missing:
        return text
    return "".join(_stand_in(c) if c in missing and c != "\n" else c for c in text)


def to_unicode_map(name: str, subset: Sequence[int]) -> str:
    """Return the CMap that says which text each code of a font subset stands for.

    Source: PDF 32000-1:2008, 9.10.3 (UTF-16BE values); Adobe Technical Note 5411 (blocks of at most 100).
    """
    texts = (chr(value).encode("utf-16-be").hex().upper() for value in subset)
    pairs = [f"<{code:02X}> <{text}>" for code, text in enumerate(texts)]
    blocks = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def", "/CMapType 2 def",
        "1 begincodespacerange", f"<00> <{len(subset) - 1:02X}>", "endcodespacerange",
    ]  # fmt: skip
    for block in blocks:
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    return "\n".join([*lines, "endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"])


@functools.lru_cache(maxsize=8192)
def _em_width(chain: Chain, text: str) -> float:
    """Return the width of a text in ems; a run of certificates asks for the same words again and again."""
    return sum(float(font.stringWidth(part, 1)) for font, part in chain.runs(text))


def _signs_of_letters(text: str) -> Iterator[re.Match[str]]:
    """Return the wide signs of a text that belong to letters."""
    of_letters = _CHINESE.search(text) is None and _LETTER.search(text) is not None
    return (SIGNS if of_letters else _APOSTROPHE).finditer(text)


def _named(character: str) -> str:
    return f"{character if character.isprintable() else ''} U+{ord(character):04X}".strip()


def _stand_in(character: str) -> str:
    return MISSING_MARK if character.isprintable() else " "


def _read(name: str, path: Path) -> Any:
    with _READING:  # two fonts of one name in one document would take each other's subsets
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(ttfonts.TTFont(name, str(path), asciiReadable=False))
        return pdfmetrics.getFont(name)


def _mend_reportlab() -> None:
    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = to_unicode_map


_further: list[str] = []
_mend_reportlab()

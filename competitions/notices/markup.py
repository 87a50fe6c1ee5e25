"""The plain form in which notices are written, as blocks that a template draws. Pure.

A text never becomes HTML here: what is not a heading, a list or a table is a paragraph, and the template
escapes every word of it. So there is nothing to clean and no list of allowed tags to keep.
"""

import re
from typing import NamedTuple

HEADING = re.compile(r"#{1,3}\s+(?P<text>.+)")
# 一、总则 as official papers number their parts; a whole sentence that begins so stays a paragraph.
PART = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；]{1,40}")
BULLET = re.compile(r"[-*•·]\s+(?P<text>.+)")
ROW = re.compile(r"\|(?P<cells>.*)\|")
RULE = re.compile(r"[\s|:\-]+")  # the line below a table's headings that some write
COLUMNS = 8


SALUTATION = re.compile(r".{1,60}[：:]")  # whom a paper is addressed to, flush left on a line of its own


class Block(NamedTuple):
    """A piece of a notice: "heading", "paragraph" and "bullets" have lines, "table" rows of one length.

    A first paragraph that greets its readers (各有关单位：) is a "salutation".
    """

    kind: str
    lines: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def parse(text: str) -> list[Block]:
    """Return a text as blocks: headings (#), lists (-), tables (|), paragraphs parted by empty lines."""
    blocks: list[Block] = []
    last = ""
    for line in (line.strip() for line in text.splitlines()):
        kind, content = _kind(line)
        if kind == "rule" and last == "table" or not kind:
            last = last if kind else ""
            continue
        _add(blocks, "paragraph" if kind == "rule" else kind, content, kind == last)
        last = kind
    return _greeted([_squared(block) if block.kind == "table" else block for block in blocks])


def _greeted(blocks: list[Block]) -> list[Block]:
    """Part the line to which the text is addressed from the paragraph that it opens."""
    if not blocks or blocks[0].kind != "paragraph" or not SALUTATION.fullmatch(blocks[0].lines[0]):
        return blocks
    first, *rest = blocks[0].lines
    if not rest and len(blocks) == 1:
        return blocks
    goes_on = [Block("paragraph", tuple(rest))] if rest else []
    return [Block("salutation", (first,)), *goes_on, *blocks[1:]]


def _kind(line: str) -> tuple[str, str]:
    """Return what a line is, and its words."""
    for pattern, kind in ((HEADING, "heading"), (BULLET, "bullets")):
        match = pattern.fullmatch(line)
        if match:
            return kind, match["text"].strip()
    if len(line) > 1 and ROW.fullmatch(line):
        return ("rule", line) if RULE.fullmatch(line) and "-" in line else ("table", line[1:-1])
    if PART.fullmatch(line):
        return "heading", line
    return ("paragraph", line) if line else ("", "")


def _add(blocks: list[Block], kind: str, content: str, goes_on: bool) -> None:
    if kind == "table":
        row = tuple(cell.strip() for cell in content.split("|"))[:COLUMNS]
        if goes_on:
            blocks[-1] = blocks[-1]._replace(rows=(*blocks[-1].rows, row))
        else:
            blocks.append(Block(kind, rows=(row,)))
    elif goes_on and kind != "heading":
        blocks[-1] = blocks[-1]._replace(lines=(*blocks[-1].lines, content))
    else:
        blocks.append(Block(kind, (content,)))


def _squared(block: Block) -> Block:
    width = max(len(row) for row in block.rows)
    return block._replace(rows=tuple(row + ("",) * (width - len(row)) for row in block.rows))

"""Print a document as PDF on A4: vector charts, repeated heads of tables, page x of y, the issue line.

Texts are set as they are: nothing in them is mark-up, a path or a link. A character that no font has is
printed as 〓, a control character as a blank; a text of more than 2,000 characters is cut with an ellipsis.
"""

import dataclasses
from collections.abc import Sequence
from typing import Any

from reports.documents.fonts import Face, printable
from reports.documents.model import Document, Table
from reports.documents.pdf_cover import draw_cover
from reports.documents.pdf_parts import (
    chart_strips,
    definition_strips,
    figure_strips,
    head_strips,
    signature_strips,
)  # fmt: skip
from reports.documents.pdf_table import table_strips
from reports.documents.pen import A4, LINE, SOFT, Pen, Side
from reports.documents.strips import Strip, ended, gap, paginate, whole

MARGIN, FOOT, RUNNING = 50.0, 40.0, 22.0  # points: to the edge; the footer's line; room of the running title
LONGEST = 2000
POSTER = 1.4  # how much larger is set what is read on a wall


def render(document: Document) -> bytes:
    """Return the PDF; the same document gives the same bytes."""
    return render_all((document,), title=document.title)


def render_all(documents: Sequence[Document], *, title: str) -> bytes:
    """Return one PDF of several documents of one size, each on pages of its own and counted by itself.

    Raises: ValueError for none, or where some lie across and others stand.
    """
    if len({(document.landscape, document.poster) for document in documents}) != 1:
        raise ValueError("a file holds documents of one size, at least one")
    first = documents[0]
    size = A4[::-1] if first.landscape else A4
    pen = Pen(
        size, title=printable(title), language=first.words.language, at=first.issued_at,
        enlarged=POSTER if first.poster else 1,
    )  # fmt: skip
    known: dict[Table, list[Strip]] = {}  # many sheets ask the same: their tables are set once
    for document in documents:
        _document(pen, _cleaned(document), known)
    return pen.finish()


def _document(pen: Pen, document: Document, known: dict[Table, list[Strip]]) -> None:
    room = pen.width - 2 * MARGIN
    body = pen.height - MARGIN - FOOT - 12
    if document.cover is not None:
        draw_cover(pen, document.title, document.cover)
        pen.next_page()
    covers = 0 if document.cover is None else 1
    pages = paginate(_strips(document, room, body - RUNNING, known), body, body - RUNNING)
    for number, page in enumerate(pages, start=1):
        top = pen.height - MARGIN
        if number > 1:
            _running_title(pen, document, top, room)
            top -= RUNNING
        for strip in page:
            strip.draw(pen, MARGIN, top)
            top -= strip.height
        _footer(pen, document, covers + number, covers + len(pages), room)
        pen.next_page()


def _strips(
    document: Document, room: float, page: float, known: dict[Table, list[Strip]]
) -> list[Strip]:
    words = document.words
    parts = [head_strips(document, room)]
    if document.figures:
        parts.append(figure_strips(document.figures, room))
    parts += [chart_strips(chart, words, room) for chart in document.charts if chart.categories]
    for table in document.tables:
        if table not in known:
            known[table] = table_strips(table, words, room)
            if table.chart is not None:
                known[table] = whole([*chart_strips(table.chart, words, room), *known[table]], page)
        parts.append(known[table])
    if document.definitions:
        parts.append(definition_strips(document.definitions, words, room))
    strips = [strip for index, part in enumerate(parts) for strip in ([gap(18)] if index > 1 else []) + part]
    if not document.signatures:
        return strips
    return ended(strips, whole([gap(18), *signature_strips(document.signatures, room)]), page)


def _running_title(pen: Pen, document: Document, top: float, room: float) -> None:
    pen.text(MARGIN, top - 6, document.title, Face.TABLE, 8, colour=SOFT)
    pen.rule(MARGIN, top - 12, MARGIN + room, top - 12, colour=LINE)


def _footer(pen: Pen, document: Document, number: int, pages: int, room: float) -> None:
    pen.rule(MARGIN, FOOT, MARGIN + room, FOOT, colour=LINE)
    pen.text(MARGIN, FOOT - 13, document.issued, Face.TABLE, 7.5, colour=SOFT)
    if document.seal:
        pen.text(MARGIN + room * 0.56, FOOT - 13, document.seal, Face.TABLE, 7, colour=SOFT, side=Side.CENTRE)
    page = document.words.page % {"page": number, "pages": pages}
    pen.text(MARGIN + room, FOOT - 13, page, Face.TABLE, 7.5, colour=SOFT, side=Side.RIGHT)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str) and type(value) is str:
        return printable(value if len(value) <= LONGEST else value[:LONGEST] + "…")
    if isinstance(value, tuple):
        return tuple(_cleaned(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: _cleaned(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **fields)
    return value

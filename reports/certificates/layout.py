"""Draw certificates after a template, one a page; what all of a run share is drawn once.

Nothing is issued with a blank: texts with a character that no font has are refused before the first page.
The same certificates give the same bytes.
"""

import math
from collections.abc import Mapping, Sequence
from functools import partial

from core.refusals import refuse
from reports.certificates.frames import draw_frame, ornament
from reports.certificates.issuers import draw_issuers
from reports.certificates.qr import draw_qr
from reports.certificates.setting import TooLong, draw_text
from reports.certificates.template import MM, Box, Template
from reports.certificates.text import CertificateText, places_of
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import Pen

MOST_PAGES = 5000  # reportlab keeps every page until the file is written, about 11 KiB each


def draw(
    texts: Sequence[CertificateText], template: Template, *, seals: bool = False,
    pictures: Mapping[str, bytes] | None = None, by_unit: bool = False, specimen: bool = False,
) -> bytes:  # fmt: skip
    """Return one PDF with a page for each certificate.

    Shape: `seals` draws the seals of the issuing bodies, else there is room for stamps; `pictures` holds the
    template's files by reference; `by_unit` gives each unit an entry in the outline of the file; a `specimen`
    says across the page that it counts for nothing.
    Raises: Refused with GLYPH_MISSING for every text that cannot be printed, or with CERTIFICATE_TOO_LONG for
    the first that does not fit on its page; ValueError for no certificate or more than MOST_PAGES.
    """
    if not 0 < len(texts) <= MOST_PAGES:
        raise ValueError(f"a file holds 1 to {MOST_PAGES} certificates, not {len(texts)}")
    require_printable(texts, template)
    title = " · ".join(dict.fromkeys((template.name, texts[0].competition)))
    pen = Pen(template.size, title=title, language=template.language)
    grounds: dict[tuple[object, ...], str] = {}
    unit = None
    for text in texts:
        same = _common(text)
        if same not in grounds:
            grounds[same] = name = f"ground{len(grounds)}"
            common = partial(_shared, template=template, text=text, seals=seals, pictures=pictures or {})
            pen.ground(name, common)
        pen.lay(grounds[same])
        if specimen:
            pen.turned(
                pen.width * 0.24, pen.height * 0.2, "样  张", Face.TITLE, pen.width / 6, colour="#e4dccb",
                angle=math.degrees(math.atan2(pen.height, pen.width)),
            )  # fmt: skip
        if by_unit and text.unit != unit:
            unit = text.unit
            pen.mark(unit or text.recipient)
        _own(pen, template, text)
        pen.next_page()
    return pen.finish()


def draw_on(
    pen: Pen, template: Template, text: CertificateText, *, seals: bool, pictures: Mapping[str, bytes]
) -> None:
    """Draw one certificate onto the page of any pen.

    Raises: Refused CERTIFICATE_TOO_LONG.
    """
    _shared(pen, template, text, seals, pictures)
    _own(pen, template, text)


def require_printable(texts: Sequence[CertificateText], template: Template | None = None) -> None:
    """Refuse certificates with a character that no font has, all of them at once."""
    fixed = [line.text for box in template.boxes for line in box.lines] if template is not None else []
    fonts.require_printable([*fixed, *(part for text in texts for part in text.texts())])


def _shared(
    pen: Pen, template: Template, text: CertificateText, seals: bool, pictures: Mapping[str, bytes]
) -> None:
    """Draw what the certificates of an event have in common."""
    if template.paper:
        pen.box(0, 0, pen.width, pen.height, fill=template.paper)
    if template.background in pictures:
        pen.image(0, 0, pen.width, pen.height, pictures[template.background])
    draw_frame(pen, template.frame, pen.width, pen.height)
    for box in template.boxes:
        if box.kind == "issuers":
            draw_issuers(pen, box, text, seals=seals)
        elif box.kind in {"ornament", "image"}:
            _decorate(pen, box, pictures)
        elif box.kind == "text" and not box.is_own:
            _text(pen, box, text, places_of(text, template.language))


def _decorate(pen: Pen, box: Box, pictures: Mapping[str, bytes]) -> None:
    left, low = box.x * MM, pen.height - (box.y + box.height) * MM
    width, height = box.width * MM, box.height * MM
    if box.kind == "ornament":
        ornament(pen, left + width / 2, low + height / 2, width / 2)
    elif box.file in pictures:
        pen.image(left, low, width, height, pictures[box.file])


def _common(text: CertificateText) -> tuple[object, ...]:
    """Return what decides how the shared part of a page looks."""
    return (
        text.competition, text.competition_en, text.event, text.event_en, text.trade, text.trade_en,
        text.issuers, text.issued_on, text.verify is None,
    )  # fmt: skip


def _own(pen: Pen, template: Template, text: CertificateText) -> None:
    """Draw what differs from certificate to certificate."""
    places = places_of(text, template.language)
    for box in template.boxes:
        if not box.is_own:
            continue
        if box.kind == "text":
            _text(pen, box, text, places)
        elif text.verify is not None:
            size = min(box.width, box.height) * MM
            draw_qr(pen, text.verify, box.x * MM, pen.height - box.y * MM - size, size)


def _text(pen: Pen, box: Box, text: CertificateText, places: Mapping[str, str]) -> None:
    try:
        draw_text(pen, box, places)
    except TooLong as error:
        raise refuse("CERTIFICATE_TOO_LONG", text.recipient) from error

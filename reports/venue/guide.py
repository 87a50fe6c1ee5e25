"""The sheet that hangs in the venue: how a tablet comes to trust it, with pictures of the screens."""

import functools
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from cryptography import x509
from flask_babel import gettext as _

from core.i18n import day
from reports.certificates.qr import draw_qr
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import A4, INK, LINE, RED, SHADE, SOFT, STRONG_LINE, Pen, Side
from reports.documents.words import document_words
from reports.documents.wrapping import wrap
from reports.venue.authority import fingerprint

MM = 72 / 25.4
MARGIN = 16 * MM
ROOM = A4[0] - 2 * MARGIN
GAP = 5 * MM
CARD = (ROOM - 3 * GAP) / 4
SCREEN = 44 * MM  # height of a drawn screen
QR = 46 * MM


class Venue(NamedTuple):
    """What the sheet is about: name and first address of the server, the root, the server's certificate."""

    name: str
    address: str
    root: x509.Certificate
    leaf: x509.Certificate


class Step(NamedTuple):
    """One picture: the screen's title, its rows, which of them is touched, and what to do, in words."""

    title: str
    rows: tuple[str, ...]
    touched: int
    says: str


def draw(venue: Venue, now: datetime) -> bytes:
    """Return the sheet as a PDF of one page, in the language of the request."""
    title = _("How a tablet comes to trust this venue")
    pen = Pen(A4, title=title, language=document_words().language, at=now)
    y = _head(pen, venue, A4[1] - MARGIN)
    y = _steps(pen, _("iPad"), _ipad_steps(venue), y)
    y = _steps(pen, _("Android, HarmonyOS"), _android_steps(venue), y)
    _foot(pen, venue, y)
    pen.next_page()
    return pen.finish()


def _head(pen: Pen, venue: Venue, top: float) -> float:
    pen.text(MARGIN, top - 20, _("How a tablet comes to trust this venue"), Face.TITLE, 22)
    pen.rule(MARGIN, top - 30, A4[0] - MARGIN, top - 30, colour=RED, width=1.2)
    below = top - 44
    draw_qr(pen, f"http://{venue.address}/ca.crt", A4[0] - MARGIN - QR, below - QR, QR)
    width = ROOM - QR - 10 * MM
    why = _("Once for each tablet, before the contest. Then marking goes on when the network fails.")
    y = _paragraph(pen, MARGIN, below - 10, why, Face.TABLE, 11, width)
    facts = (
        (_("1. Join the Wi-Fi of the venue, then scan the code or open"), f"http://{venue.address}/ca.crt"),
        (_("2. Install and trust the certificate as shown below, then open"), f"https://{venue.name}"),
    )
    for label, address in facts:
        y = _paragraph(pen, MARGIN, y - 6, label, Face.TABLE, 11, width)
        pen.text(MARGIN, y - 3, address, Face.STRONG, 14, colour=RED)
        y -= 20
    other = _("or https://%(address)s", address=venue.address)
    y = _paragraph(pen, MARGIN, y - 2, other, Face.TABLE, 11, width)
    return min(y, below - QR) - 8


def _steps(pen: Pen, heading: str, steps: Sequence[Step], top: float) -> float:
    """Draw one row of pictures; return where it ends."""
    pen.text(MARGIN, top - 16, heading, Face.STRONG, 14)
    y = top - 26
    ends = []
    for number, step in enumerate(steps, start=1):
        x = MARGIN + (number - 1) * (CARD + GAP)
        _screen(pen, step, x, y)
        pen.text(x, y - SCREEN - 16, str(number), Face.STRONG, 15, colour=RED)
        ends.append(_paragraph(pen, x + 13, y - SCREEN - 13, step.says, Face.TABLE, 9.5, CARD - 13))
    return min(ends) - 10


def _screen(pen: Pen, step: Step, x: float, top: float) -> None:
    """Draw a screen: a bar with its title, rows, and a frame around the one that is touched."""
    pen.box(x, top - SCREEN, CARD, SCREEN, fill=SHADE)
    pen.frame(x, top - SCREEN, CARD, SCREEN, colour=STRONG_LINE, line=1)
    pen.text(x + CARD / 2, top - 13, _short(step.title, Face.STRONG, 8.5, CARD - 8), Face.STRONG, 8.5,
             side=Side.CENTRE)  # fmt: skip
    pen.rule(x, top - 19, x + CARD, top - 19, colour=STRONG_LINE)
    height = 20.0
    for number, row in enumerate(step.rows):
        y = top - 23 - (number + 1) * height
        pen.box(x + 5, y + 1, CARD - 10, height - 2, fill="#ffffff")
        if number == step.touched:
            pen.frame(x + 5, y + 1, CARD - 10, height - 2, colour=RED, line=1.6)
        colour = INK if number == step.touched else SOFT
        pen.text(x + 10, y + 7, _short(row, Face.TABLE, 8, CARD - 20), Face.TABLE, 8, colour=colour)


def _foot(pen: Pen, venue: Venue, top: float) -> None:
    ends = day(venue.leaf.not_valid_after_utc.date())
    lines = (
        _("Before you trust it, compare the SHA-256 fingerprint: %(digits)s",
          digits=fingerprint(venue.root)),
        _("This certificate vouches for %(name)s and for private addresses alone, for no site of the "
          "internet. After the contest it can be removed in the same place.", name=venue.name),
        _("The server's certificate ends on %(day)s; the organiser makes a new one by then, and tablets need "
          "nothing new.", day=ends),
        _("Clicking a browser's warning away is not enough: the page opens, but not without the network."),
    )  # fmt: skip
    pen.rule(MARGIN, top, A4[0] - MARGIN, top, colour=LINE)
    y = top - 14
    for line in lines:
        y = _paragraph(pen, MARGIN, y, line, Face.TABLE, 8.5, ROOM, colour=SOFT) - 3


def _ipad_steps(venue: Venue) -> tuple[Step, ...]:
    return (
        Step("Safari", (venue.address, _("Download a profile?"), _("Allow")), 2,
             _("Open the address in Safari and allow the download.")),
        Step(_("Settings"), (_("Profile Downloaded"), _("Wi-Fi"), _("General")), 0,
             _("In Settings, touch Profile Downloaded, then Install.")),
        Step(_("General, About"),
             (_("Software version"), _("Storage capacity"), _("Certificate Trust Settings")), 2,
             _("Settings, General, About, at the very bottom: Certificate Trust Settings.")),
        Step(_("Certificate Trust Settings"), ("Jiangsai venue authority", _("On"), _("Continue")), 1,
             _("Switch the Jiangsai venue authority on. Open the page and add it to the home screen.")),
    )  # fmt: skip


def _android_steps(venue: Venue) -> tuple[Step, ...]:
    return (
        Step("Chrome", (venue.address, "ca.crt", _("Download")), 2,
             _("Open the address in the browser and download ca.crt.")),
        Step(_("Settings"), (_("Security"), _("Credentials"), _("Install a certificate")), 2,
             _("In Settings, search for certificate and touch Install a certificate.")),
        Step(_("Install a certificate"), (_("CA certificate"), _("Install anyway"), "ca.crt"), 0,
             _("Choose CA certificate, Install anyway, then the file ca.crt.")),
        Step("Chrome", (f"https://{venue.name}", _("Add to the home screen"), _("Share")), 1,
             _("Open the page and add it to the home screen.")),
    )  # fmt: skip


def _paragraph(
    pen: Pen, x: float, y: float, text: str, face: Face, size: float, room: float, colour: str = INK
) -> float:
    """Set a paragraph with its first baseline at `y`; return the baseline after its last line."""
    for line in wrap(text, room, functools.partial(fonts.chain(face).width, size=size)):
        pen.text(x, y, line, face, size, colour=colour)
        y -= size * 1.45
    return y


def _short(text: str, face: Face, size: float, room: float) -> str:
    """Return a text that fits into a drawn screen."""
    measure = fonts.chain(face).width
    if measure(text, size) <= room:
        return text
    while text and measure(f"{text}…", size) > room:
        text = text[:-1]
    return f"{text}…"

"""Certificates in bulk: after a template, against a bare loop over a canvas and against a document each."""

import hashlib
import io
import os
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from benchmarks._peak import peak_memory
from core.jobs.runner import processes
from reports.certificates.drawing import draw_run
from reports.certificates.frames import draw_frame
from reports.certificates.layout import MOST_PAGES
from reports.certificates.qr import draw_qr
from reports.certificates.template import included
from reports.certificates.text import CertificateText
from reports.documents import fonts
from reports.documents.fonts import FOLDER
from reports.documents.pen import Pen

SIZES, NAIVE_PAGES, ROUNDS = (1000, 10_000), 12, 3
TEMPLATE = included("honour")
_FACE = "naive"


def main() -> None:
    """Print pages per second and bytes per page of each way, and the memory of a job's process."""
    texts = [certificate(i) for i in range(max(SIZES))]
    for text in texts[:10]:
        draw([text]), bare([text])  # fonts are loaded once per process
    one, alone = (_compare(texts[:size]) for size in SIZES)
    naive = statistics.median(_seconds(lambda: naive_certificate(texts[0]))[0] for _ in range(NAIVE_PAGES))
    each = _seconds(lambda: len([draw([text]) for text in texts[:40]]))[0] / 40
    print(f"certificates  one run / one platypus document each   {one / naive:.4f}"
          f"   ({1 / one:,.0f} / {1 / naive:,.1f} pages/s: {naive / one:.0f} times)")
    print(f"certificates  one run / a file of our own each       {one / each:.4f}"
          f"   ({1 / one:,.0f} / {1 / each:,.0f} pages/s)")
    _both_cores(texts, alone * len(texts))


def _compare(texts: list[CertificateText]) -> float:
    """Print our rate and size against the bare loop, in files of at most MOST_PAGES; return seconds each."""
    rounds = ROUNDS if len(texts) < MOST_PAGES else 1
    ours, loop = [], []
    for _ in range(rounds):
        loop.append(_seconds(lambda: sum(len(bare(part)) for part in _files(texts))))
        ours.append(_seconds(lambda: sum(len(draw(part)) for part in _files(texts))))
    one, other = (statistics.median(time for time, _size in found) / len(texts) for found in (ours, loop))
    size, least = ours[0][1] / len(texts), loop[0][1] / len(texts)
    print(f"certificates  pages/s: template / bare canvas loop   {other / one:.2f}"
          f"   ({1 / one:,.0f} / {1 / other:,.0f} pages/s; {len(texts)} pages; goal: 0.8)")
    print(f"certificates  bytes a page: template / bare loop     {size / least:.2f}"
          f"   ({size:,.0f} / {least:,.0f}; {len(texts)} pages)")
    return one


def _both_cores(texts: list[CertificateText], alone: float) -> None:
    """Print what a job gains by processes of its own, one a core, and how large they get."""
    with processes(len(_files(texts))) as pool:
        list(pool.map(len, _files(texts)))  # the processes are there
        started = time.perf_counter()
        parts = [pool.submit(draw_run, "", TEMPLATE, False, {}, part, False) for part in _files(texts)]
        assert all(part.result() for part in parts)
        together = time.perf_counter() - started
        memory = max(one.result() for one in [pool.submit(peak_memory) for _ in parts])
    print(f"certificates  seconds: job's processes / one process {together / alone:.2f}"
          f"   ({together:.1f} s / {alone:.1f} s; {len(texts)} pages, {os.cpu_count()} cores)")
    print(f"certificates  memory of a job's process / 200 MiB    {memory / 200:.2f}   ({memory:.0f} MiB)")


def _files(texts: list[CertificateText]) -> list[list[CertificateText]]:
    return [texts[start : start + MOST_PAGES] for start in range(0, len(texts), MOST_PAGES)]


def draw(texts: list[CertificateText]) -> bytes:
    """Draw as a job does."""
    return draw_run("", TEMPLATE, False, {}, texts, False)


def bare(texts: list[CertificateText]) -> bytes:
    """Draw the same words in a bare loop over a canvas: frame once, strings at fixed places, code inline."""
    target, (width, height) = io.BytesIO(), landscape(A4)
    canvas = Canvas(target, (width, height), pageCompression=1, invariant=1, initialFontName=fonts.SANS)
    pen = Pen((width, height), title="", language="zh-CN")
    pen.canvas = canvas
    canvas.beginForm("ground")
    draw_frame(pen, "honour", width, height)
    canvas.endForm()
    for text in texts:
        canvas.doForm("ground")
        for font, size, y, line in (
            (fonts.BRUSH, 56, 470, "荣誉证书"), (fonts.SERIF_BOLD, 38, 390, text.recipient),
            (fonts.SERIF, 14, 350, text.unit),
            (fonts.SERIF, 18, 310, f"在{text.competition}{text.event}赛项中，荣获"),
            (fonts.BRUSH, 38, 255, text.prize), (fonts.SERIF, 16, 210, "特发此证，以资鼓励。"),
            *((fonts.SERIF, 14, 150 - 20 * n, issuer) for n, issuer in enumerate(text.issuers)),
            (fonts.SERIF, 14, 100, "二〇二六年十一月二十二日"), (fonts.SANS, 8, 70, text.serial),
        ):  # fmt: skip
            canvas.setFont(font, size)
            canvas.drawCentredString(width / 2, y, line)
        pen._forget()
        draw_qr(pen, text.verify or "", 88, 86, 77)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def certificate(number: int) -> CertificateText:
    """Return a certificate with a name, a number and a code of its own."""
    statement = (hashlib.sha512(b"%d" % number).hexdigest() * 3)[:290]  # as long as a signed one
    family, given = "张王李赵刘陈杨黄周吴"[number % 10], chr(0x4E00 + number * 7 % 5000)
    return CertificateText(
        recipient=f"{family}{given}䶮", unit="演示第一机械厂", event="焊工", prize="一等奖",
        competition="2026年全国机械冶金建材行业职工职业技能大赛",
        issuers=("演示机械冶金建材工会全国委员会", "演示人力资源和社会保障厅"), issued_on=date(2026, 11, 22),
        serial=f"2026N003-01-{number:05d}", verify=f"https://verify.example/v/{number:022x}#{statement}",
    )  # fmt: skip


def naive_certificate(text: CertificateText) -> bytes:
    """Make one certificate as examples do: a font and a document for each, mark-up, reportlab's QR widget."""
    pdfmetrics.registerFont(TTFont(_FACE, str(FOLDER / "NotoSerifSC-Bold.ttf")))
    middle = ParagraphStyle("middle", fontName=_FACE, fontSize=18, leading=30, alignment=TA_CENTER)
    large = ParagraphStyle("large", parent=middle, fontSize=40, leading=60)
    right = ParagraphStyle("right", parent=middle, fontSize=14, leading=22, alignment=TA_RIGHT)
    code = Drawing(64, 64, transform=[0.6, 0, 0, 0.6, 0, 0])
    code.add(QrCodeWidget(text.verify, barLevel="M"))
    target = io.BytesIO()
    story = [
        Paragraph("荣誉证书", large), Spacer(1, 20), Paragraph(text.recipient, large),
        Paragraph(f"在{text.competition}{text.event}赛项中，荣获", middle), Paragraph(text.prize, large),
        Paragraph("特发此证，以资鼓励。", middle), *(Paragraph(issuer, right) for issuer in text.issuers),
        Paragraph("二〇二六年十一月二十二日", right), code, Paragraph(text.serial, right),
    ]  # fmt: skip
    SimpleDocTemplate(target, pagesize=landscape(A4), topMargin=40, bottomMargin=30).build(story)
    return target.getvalue()


def _seconds(work: Callable[[], object]) -> tuple[float, Any]:
    """Return how long a piece of work takes, and what it gives."""
    started = time.perf_counter()
    given = work()
    return time.perf_counter() - started, given


if __name__ == "__main__":
    main()

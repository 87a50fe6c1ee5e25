"""Certificates in bulk: one run with a shared ground and font subset, against a document for each."""

import io
import statistics
import time
from collections.abc import Callable
from datetime import date

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.graphics.shapes import Drawing
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from reports.certificates.layout import CertificateText, draw
from reports.documents.fonts import FOLDER

PAGES, NAIVE_PAGES, ROUNDS = 1000, 24, 3
_FACE = "naive"


def main() -> None:
    """Print pages per second of both ways, and the bytes that a further page costs."""
    texts = [certificate(i) for i in range(PAGES)]
    draw(texts[:10])  # fonts are loaded once per process
    ours, naive = [], []
    for _ in range(ROUNDS):
        ours.append(_seconds(lambda: draw(texts)) / PAGES)
        naive.append(_seconds(lambda: list(map(naive_certificate, texts[:NAIVE_PAGES]))) / NAIVE_PAGES)
    one, other = statistics.median(ours), statistics.median(naive)
    each = _seconds(lambda: [draw([text]) for text in texts[:40]]) / 40
    print(f"certificates  one run / one platypus document each   {one / other:.4f}"
          f"   ({1 / one:,.0f} / {1 / other:,.1f} pages/s: {other / one:.0f} times; {PAGES} pages)")
    print(f"certificates  one run / a file of our own each       {one / each:.4f}"
          f"   ({1 / one:,.0f} / {1 / each:,.0f} pages/s)")
    further = (len(draw(texts)) - len(draw(texts[: PAGES // 2]))) / (PAGES - PAGES // 2)
    size = statistics.mean(len(naive_certificate(text)) for text in texts[:3])
    print(f"certificates  bytes of a further page / of a file    {further / size:.4f}"
          f"   ({further:,.0f} / {size:,.0f})")


def certificate(number: int) -> CertificateText:
    """Return a certificate with a name, a number and a code of its own."""
    family, given = "张王李赵刘陈杨黄周吴"[number % 10], chr(0x4E00 + number * 7 % 5000)
    return CertificateText(
        recipient=f"{family}{given}䶮", unit="演示第一机械厂", event="焊工", prize="一等奖",
        competition="2026年全国机械冶金建材行业职工职业技能大赛",
        issuers=("演示机械冶金建材工会全国委员会", "演示人力资源和社会保障厅"), issued_on=date(2026, 11, 22),
        serial=f"2026N003-01-{number:05d}", verify=f"https://verify.example/v/{number:032x}",
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


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

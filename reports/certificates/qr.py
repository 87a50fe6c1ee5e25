"""Turn a text into the modules of a QR code (ISO/IEC 18004, error correction M)."""

from typing import Any

import zxingcpp

from reports.documents.pen import Pen

_BITS = bytes.maketrans(b"\x00\xff", b"10")  # the image is black where its byte is 0


def draw_qr(pen: Pen, text: str, x: float, y: float, size: float) -> None:
    """Paint a QR code of `size` points at its lower left corner; the caller leaves air around.

    Raises: ValueError for a text longer than a QR code holds.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = code.to_image(add_quiet_zones=False)
    modules = image.shape[0]
    cells, width = bytes(image).translate(_BITS), -(-modules // 8)
    rows = [
        (int(cells[start : start + modules], 2) << (width * 8 - modules)).to_bytes(width)
        for start in range(0, modules * modules, modules)
    ]
    pen.stencil(x, y, size, rows, modules)

"""Take out of a picture what is no picture: where, when, by whom and with what it was made.

Nothing is compressed again: the parts that hold such things are left out, the others stay byte for byte.
What the picture says of how to turn it stays. Source: SECURITY.md T11, 5.2.2.
"""

import io
import re
import warnings
import zlib
from collections.abc import Iterator

from PIL import Image

from core.refusals import refuse

PIXELS = 60_000_000
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs".split())
FORMATS = {"png": "PNG", "jpg": "JPEG"}
ORIENTATION = 0x0112
NEXT_MARKER = re.compile(rb"\xff+[\x01-\xcf\xd8-\xfe]")
STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
START_OF_SCAN, END_OF_IMAGE, COMMENT = 0xDA, 0xD9, 0xFE


def without_notes(kind: str, data: bytes) -> bytes:
    """Return the picture alone.

    Raises: Refused UPLOAD_DAMAGED for what cannot be shown, UPLOAD_PIXELS for more than a screen can bear.
    """
    try:
        turned = _look(kind, data)
        clean = _clean_png(data) if kind == "png" else _clean_jpeg(data, turned)
        _look(kind, clean)
    except (OSError, ValueError, SyntaxError, IndexError, EOFError, zlib.error) as error:
        raise refuse("UPLOAD_DAMAGED", "file") from error
    return clean


def _look(kind: str, data: bytes) -> int:
    """Let a library read the picture's head and parts; return how it is turned (1: not at all)."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is the narrower one
        try:
            picture = Image.open(io.BytesIO(data), formats=[FORMATS[kind]])
        except Image.DecompressionBombError as error:
            raise refuse("UPLOAD_PIXELS", "file", millions=PIXELS // 1_000_000) from error
        if picture.width * picture.height > PIXELS:
            raise refuse("UPLOAD_PIXELS", "file", millions=PIXELS // 1_000_000)
        turned = picture.getexif().get(ORIENTATION, 1) if kind == "jpg" else 1
        picture.verify()
    return turned if turned in range(1, 9) else 1


def _clean_png(data: bytes) -> bytes:
    return PNG_HEAD + b"".join(_png_chunks(data))


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the chunks that are kept; whatever lies behind the end of the picture is not."""
    place = len(PNG_HEAD)
    while True:
        length = int.from_bytes(data[place : place + 4], "big")
        name, end = data[place + 4 : place + 8], place + 12 + length
        if end > len(data) or len(name) < 4:
            raise ValueError("a chunk reaches beyond the end of the file")
        if zlib.crc32(data[place + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise ValueError("a chunk is not what it was")
        if name in PNG_KEPT:
            yield data[place:end]
        if name == b"IEND":
            return
        place = end


def _clean_jpeg(data: bytes, turned: int) -> bytes:
    kept = [b"\xff\xd8"]
    segments = list(_jpeg_segments(data))
    if segments and segments[0][0] == 0xE0:
        kept.append(segments.pop(0)[1])  # by its rule the first of all
    if turned != 1:
        kept.append(_turn(turned))
    return b"".join([*kept, *(segment for _marker, segment in segments), b"\xff\xd9"])


def _jpeg_segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the segments that are kept, in their order, up to the end of the first picture."""
    place = 2
    while True:
        marker, place = _marker(data, place)
        if marker == END_OF_IMAGE:
            return
        end = _end_of_segment(data, marker, place)
        segment = b"\xff" + bytes([marker]) + data[place:end]
        if _is_picture(marker, data[place + 2 : end]):
            yield marker, _without_thumbnail(segment) if marker == 0xE0 else segment
        place = end


def _marker(data: bytes, place: int) -> tuple[int, int]:
    found = NEXT_MARKER.match(data, place)
    if found is None:
        raise ValueError("there is no marker where one must be")
    return data[found.end() - 1], found.end()


def _end_of_segment(data: bytes, marker: int, place: int) -> int:
    """Return where a segment ends; a scan takes the coded picture behind it along."""
    end = place if marker in STANDALONE else place + int.from_bytes(data[place : place + 2], "big")
    if marker == START_OF_SCAN:
        following = NEXT_MARKER.search(data, end)
        end = following.start() if following else len(data) + 1
    if end > len(data):
        raise ValueError("a segment reaches beyond the end of the file")
    return end


def _is_picture(marker: int, content: bytes) -> bool:
    """Say whether a segment is needed to show the picture in its true colours."""
    needed = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
    if marker in needed:
        return content.startswith(needed[marker])
    return not 0xE0 <= marker <= 0xEF and marker != COMMENT


def _without_thumbnail(segment: bytes) -> bytes:
    return segment[:2] + (16).to_bytes(2, "big") + segment[4:16] + b"\0\0"


def _turn(turned: int) -> bytes:
    """Return the shortest note that says how to turn a picture (Exif 2.3, section 4.6)."""
    entry = ORIENTATION.to_bytes(2, "big") + b"\0\3\0\0\0\1" + turned.to_bytes(2, "big") + b"\0\0"
    content = b"Exif\0\0MM\0*\0\0\0\x08\0\1" + entry + b"\0\0\0\0"
    return b"\xff\xe1" + (len(content) + 2).to_bytes(2, "big") + content

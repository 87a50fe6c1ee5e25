"""Look into a file that is an archive, by its directory alone: nothing is unpacked. Pure."""

import io
import re
import zipfile

from core.archives import UNREADABLE
from core.refusals import refuse

MEBIBYTE = 1024 * 1024
UNPACKED_BYTES = 250 * MEBIBYTE
RATIO, RATIO_FROM = 200, 10 * MEBIBYTE
PARTS = 5000
TYPES_BYTES = MEBIBYTE
MACRO_PART = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|macrosheets/.*|basic/.*|scripts/.*)$", re.IGNORECASE
)


def inspect(data: bytes, ending: str, part: str, media_type: str) -> None:
    """Check an archive by what it declares.

    Shape: `part` is the one that a document of this kind must have; a plain archive has none and may hold
    anything but ways out of its folder.
    Raises: Refused UPLOAD_DAMAGED, _LOCKED, _BOMB, _MACRO or _OTHER.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_parts(infos)
            _check_sizes(infos, len(data))
            if part:
                _check_document(archive, infos, ending, part, media_type)
    except UNREADABLE as error:
        raise refuse("UPLOAD_DAMAGED", "file") from error


def _check_parts(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if not names or len(names) > PARTS or len(set(names)) != len(names) or any(map(_leads_out, names)):
        raise refuse("UPLOAD_DAMAGED", "file")
    if any(info.flag_bits & 1 for info in infos):
        raise refuse("UPLOAD_LOCKED", "file")


def _leads_out(name: str) -> bool:
    plain = name.replace("\\", "/")
    return plain.startswith("/") or ":" in plain.split("/")[0] or ".." in plain.split("/")


def _check_sizes(infos: list[zipfile.ZipInfo], size: int) -> None:
    total = sum(info.file_size for info in infos)
    if total > UNPACKED_BYTES or (total > RATIO_FROM and total > RATIO * size):
        raise refuse("UPLOAD_BOMB", "file")


def _check_document(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], ending: str, part: str, media_type: str
) -> None:
    names = {info.filename for info in infos}
    if part not in names:
        raise refuse("UPLOAD_OTHER", "file", kind=ending)
    if any(MACRO_PART.search(name) for name in names):
        raise refuse("UPLOAD_MACRO", "file")
    told = _told_type(archive, "mimetype" if ending.startswith("od") else "[Content_Types].xml")
    if b"macroenabled" in told.lower():
        raise refuse("UPLOAD_MACRO", "file")
    if media_type.encode() not in told:
        raise refuse("UPLOAD_OTHER", "file", kind=ending)


def _told_type(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return what the document says that it is, within a limit."""
    with archive.open(name) as part:
        return part.read(TYPES_BYTES)

"""Which files are taken: the closed list of kinds, told by their ending and their first bytes alike. Pure.

Source: SECURITY.md 5.2.2 (ending, signature and a real look inside must agree), 5.3.2 (names), T37.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable
from typing import NamedTuple

from core.files import containers
from core.refusals import refuse

MEBIBYTE = 1024 * 1024
FILE_BYTES = 20 * MEBIBYTE
NAME_LENGTH = 120


class Kind(NamedTuple):
    """One kind of file: its media type, and how its inside is told ("zip" with the part it must have)."""

    media_type: str
    signature: bytes = b""
    part: str = ""


OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN_DOCUMENT = "application/vnd.oasis.opendocument."
KINDS = {
    "pdf": Kind("application/pdf", b"%PDF-"),
    "docx": Kind(f"{OFFICE}wordprocessingml.document", b"PK\3\4", "word/document.xml"),
    "xlsx": Kind(f"{OFFICE}spreadsheetml.sheet", b"PK\3\4", "xl/workbook.xml"),
    "pptx": Kind(f"{OFFICE}presentationml.presentation", b"PK\3\4", "ppt/presentation.xml"),
    "odt": Kind(f"{OPEN_DOCUMENT}text", b"PK\3\4", "content.xml"),
    "ods": Kind(f"{OPEN_DOCUMENT}spreadsheet", b"PK\3\4", "content.xml"),
    "txt": Kind("text/plain; charset=utf-8"),
    "png": Kind("image/png", b"\x89PNG\r\n\x1a\n"),
    "jpg": Kind("image/jpeg", b"\xff\xd8\xff"),
    "zip": Kind("application/zip", b"PK\3\4"),
}
DOCUMENTS = frozenset(KINDS) - {"zip"}
WITH_ARCHIVES = frozenset(KINDS)
ALIASES = {"jpeg": "jpg"}
MACRO_ENDINGS = frozenset({"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam"})
OLD_ENDINGS = frozenset({"doc", "dot", "xls", "xlt", "ppt", "pps", "wps", "et", "dps"})
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
PDF_PROGRAM = re.compile(rb"/(JavaScript|Launch)(?![A-Za-z])")
# What no system takes in a name, and what has a meaning of its own in an address or a header.
FORBIDDEN = re.compile(r'[<>:"|?*%;\\/]')
DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def kind_of(filename: str, data: bytes, allowed: Collection[str] = DOCUMENTS) -> str:
    """Return the kind of an upload, a key of KINDS.

    Shape: `allowed` holds keys of KINDS; archives are taken only where they are asked for.
    Raises: Refused UPLOAD_EMPTY, _LARGE, _MACRO, _OLD, _LOCKED, _KIND, _OTHER, _ACTIVE, _DAMAGED or _BOMB.
    """
    if not data:
        raise refuse("UPLOAD_EMPTY", "file")
    if len(data) > FILE_BYTES:
        raise refuse("UPLOAD_LARGE", "file", megabytes=FILE_BYTES // MEBIBYTE)
    ending = ending_of(filename)
    _refuse_office(ending, data)
    if ending not in allowed:
        raise refuse("UPLOAD_KIND", "file", kinds=listed(allowed))
    kind = KINDS[ending]
    if not data.startswith(kind.signature):
        raise refuse("UPLOAD_OTHER", "file", kind=ending)
    if kind.signature.startswith(b"PK"):
        containers.inspect(data, ending, kind.part, kind.media_type)
    elif ending == "pdf":
        _check_pdf(data)
    return ending


def ending_of(filename: str) -> str:
    """Return the ending of a name in small letters, one word for each kind; empty where there is none."""
    name = _last_part(filename)
    ending = name.rsplit(".", 1)[-1].strip().casefold() if "." in name else ""
    return ALIASES.get(ending, ending)


def clean_name(filename: str, kind: str) -> str:
    """Return a name that any system can keep, as close to the given one as that allows, ending in the kind.

    Folders, control and direction characters, device names and leading dots do not come along.
    """
    stem = unicodedata.normalize("NFC", _last_part(filename))
    stem = stem.rsplit(".", 1)[0] if "." in stem else stem
    stem = "".join(" " if c.isspace() else c for c in stem if c.isspace() or _shown(c))
    stem = " ".join(FORBIDDEN.sub("_", stem).split()).strip(". ")[:NAME_LENGTH].rstrip(". ")
    if DEVICES.match(stem):
        stem = f"_{stem}"
    return f"{stem or 'file'}.{kind}"


def joined_name(parts: Iterable[str], kind: str) -> str:
    """Return the name of a file of ours made of several, in which a slash parts no folders."""
    whole = "_".join(parts).translate({ord("/"): "_", ord("\\"): "_"})
    return clean_name(f"{whole}.{kind}", kind)


def size_words(size: int) -> str:
    """Return the size of a file as a person reads it."""
    if size < MEBIBYTE:
        return f"{max(1, -(-size // 1024))} KB"
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{tenths // 10}.{tenths % 10} MB"


def text_of(data: bytes) -> bytes:
    """Return a plain text in UTF-8, also where it came in GB 18030.

    Raises: Refused UPLOAD_OTHER for what is no text.
    """
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if all(_shown(character) or character in "\t\r\n\f" for character in text):
            return text.encode()
    raise refuse("UPLOAD_OTHER", "file", kind="txt")


def listed(kinds: Collection[str]) -> str:
    """Return kinds as a person reads them, in the order of the list."""
    return ", ".join(kind for kind in KINDS if kind in kinds)


def _last_part(filename: str) -> str:
    return re.split(r"[/\\]", filename.replace("\0", ""))[-1]


def _shown(character: str) -> bool:
    return unicodedata.category(character) not in UNSEEN


def _refuse_office(ending: str, data: bytes) -> None:
    if ending in MACRO_ENDINGS:
        raise refuse("UPLOAD_MACRO", "file")
    if data.startswith(OLE):
        raise refuse("UPLOAD_LOCKED" if ENCRYPTED_STREAM in data else "UPLOAD_OLD", "file")
    if ending in OLD_ENDINGS:
        raise refuse("UPLOAD_OLD", "file")


def _check_pdf(data: bytes) -> None:
    """Refuse what is cut off or says openly that it runs programs.

    A program can be hidden from this look; what holds is that files leave as attachments and never run here.
    """
    if b"%%EOF" not in data[-2048:]:
        raise refuse("UPLOAD_DAMAGED", "file")
    if PDF_PROGRAM.search(data):
        raise refuse("UPLOAD_ACTIVE", "file")

"""Files as people and attackers bring them, made in memory."""

import io
import struct
import zipfile
import zlib

from PIL import Image, PngImagePlugin

TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
OFFICE = {
    "docx": ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "xlsx": ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "pptx": (
        "ppt/presentation.xml",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
}
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600)


def archive(parts: dict[str, bytes], *, first: str = "") -> bytes:
    """Return an archive of these parts; `first` is stored uncompressed, as an OpenDocument's type is."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content, zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED)
    return target.getvalue()


def office(kind: str, extra: dict[str, bytes] | None = None, word: str = "") -> bytes:
    """Return the smallest Office document of a kind, with further parts and words in its list of types."""
    part, media = OFFICE[kind]
    types = TYPES.format(f'<Override PartName="/{part}" ContentType="{media}.main+xml"/>{word}')
    return archive({"[Content_Types].xml": types.encode(), part: b"<document/>", **(extra or {})})


def open_document(kind: str, extra: dict[str, bytes] | None = None) -> bytes:
    """Return the smallest OpenDocument of a kind."""
    media = {"odt": "text", "ods": "spreadsheet"}[kind]
    told = f"application/vnd.oasis.opendocument.{media}".encode()
    return archive({"mimetype": told, "content.xml": b"<content/>", **(extra or {})}, first="mimetype")


def jpeg(*, turned: int = 6, place: bool = True) -> bytes:
    """Return a photograph with a camera, a place, a comment, and something behind its end."""
    picture = Image.new("RGB", (16, 9), (180, 20, 30))
    notes = Image.Exif()
    notes[0x0110], notes[0x0112], notes[0x013B] = "Spy Camera 3000", turned, "Zhang San"
    if place:
        notes.get_ifd(0x8825)[1] = "N"
    target = io.BytesIO()
    picture.save(target, "JPEG", exif=notes, comment=b"taken at the gate")
    return target.getvalue() + b"<script>behind the end</script>"


def png() -> bytes:
    """Return a picture with words in it, and something behind its end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Zhang San")
    notes.add_itxt("Comment", "taken at the gate")
    target = io.BytesIO()
    Image.new("RGB", (16, 9), (20, 90, 30)).save(target, "PNG", pnginfo=notes)
    return target.getvalue() + b"PK\3\4behind the end"


def png_of(width: int, height: int) -> bytes:
    """Return a picture that only says that it is this large."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(b"\0")), (b"IEND", b"")]
    parts = [
        len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
        for name, body in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bomb() -> bytes:
    """Return a document whose one part unpacks to a gigabyte, as its directory says."""
    data = bytearray(office("docx", {"word/media/image1.png": bytes(1000)}))
    place = data.rfind(b"word/media/image1.png") - 46  # the entry of the directory, 46 bytes before its name
    data[place + 24 : place + 28] = (1024**3).to_bytes(4, "little")
    return bytes(data)


def locked() -> bytes:
    """Return an archive that needs a password, as its directory says."""
    data = bytearray(office("docx"))
    place = data.find(b"PK\1\2")
    data[place + 8] |= 1
    return bytes(data)


GOOD = {
    "pdf": PDF, "docx": office("docx"), "xlsx": office("xlsx"), "pptx": office("pptx"),
    "odt": open_document("odt"), "ods": open_document("ods"), "txt": "竞赛规程\n".encode(),
    "png": png(), "jpg": jpeg(),
}  # fmt: skip

# file name, bytes, the code of the refusal
HOSTILE = [
    ("rules.pdf", b"", "UPLOAD_EMPTY"),
    ("rules.exe", b"MZ" + bytes(100), "UPLOAD_KIND"),
    ("rules", PDF, "UPLOAD_KIND"),
    ("rules.html", b"<script>alert(1)</script>", "UPLOAD_KIND"),
    ("rules.svg", b"<svg onload='alert(1)'/>", "UPLOAD_KIND"),
    ("rules.zip", office("docx"), "UPLOAD_KIND"),
    ("rules.pdf.exe", PDF, "UPLOAD_KIND"),
    ("rules.pdf", b"<html>" + PDF, "UPLOAD_OTHER"),
    ("rules.pdf", office("docx"), "UPLOAD_OTHER"),
    ("rules.docx", PDF, "UPLOAD_OTHER"),
    ("rules.docx", office("xlsx"), "UPLOAD_OTHER"),
    ("rules.odt", open_document("ods"), "UPLOAD_OTHER"),
    ("rules.png", jpeg(), "UPLOAD_OTHER"),
    ("rules.jpg", b"GIF89a" + bytes(100), "UPLOAD_OTHER"),
    ("rules.txt", b"\x7fELF" + bytes(100), "UPLOAD_OTHER"),
    ("rules.txt", b"plain\x1b[31m red", "UPLOAD_OTHER"),
    ("rules.pdf", PDF[:-8], "UPLOAD_DAMAGED"),
    ("rules.docx", office("docx")[:-30], "UPLOAD_DAMAGED"),
    ("rules.docx", office("docx", {"../../etc/passwd": b"x"}), "UPLOAD_DAMAGED"),
    ("rules.docx", office("docx", {"C:/x": b"x"}), "UPLOAD_DAMAGED"),
    ("rules.png", png()[:40], "UPLOAD_DAMAGED"),
    ("rules.jpg", jpeg()[:40], "UPLOAD_DAMAGED"),
    ("rules.pdf", PDF.replace(b"endobj", b"/S/JavaScript/JS(app.alert(1))endobj"), "UPLOAD_ACTIVE"),
    ("rules.pdf", PDF.replace(b"endobj", b"/S/Launch/F(cmd.exe)endobj"), "UPLOAD_ACTIVE"),
    ("rules.docm", office("docx"), "UPLOAD_MACRO"),
    ("rules.xlsm", office("xlsx"), "UPLOAD_MACRO"),
    ("rules.docx", office("docx", {"word/vbaProject.bin": b"x"}), "UPLOAD_MACRO"),
    ("rules.xlsx", office("xlsx", {"xl/macrosheets/sheet1.xml": b"x"}), "UPLOAD_MACRO"),
    ("rules.xlsx", office("xlsx", word="application/vnd.ms-excel.sheet.macroEnabled"), "UPLOAD_MACRO"),
    ("rules.odt", open_document("odt", {"Basic/Standard/Module1.xml": b"x"}), "UPLOAD_MACRO"),
    ("rules.doc", OLE, "UPLOAD_OLD"),
    ("rules.docx", OLE, "UPLOAD_OLD"),
    ("rules.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "UPLOAD_LOCKED"),
    ("rules.docx", locked(), "UPLOAD_LOCKED"),
    ("rules.docx", bomb(), "UPLOAD_BOMB"),
    ("rules.png", png_of(30_000, 30_000), "UPLOAD_PIXELS"),
]

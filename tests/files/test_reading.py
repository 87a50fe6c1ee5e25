"""Which files are taken, under which name, and what is left of a picture."""

import io

import pytest
from PIL import Image

from core.files import kinds
from core.files.reading import from_bytes, take
from core.refusals import Refused
from tests.files import samples


@pytest.mark.parametrize("kind", sorted(samples.GOOD))
def test_a_document_of_each_kind_is_taken(kind):
    upload = from_bytes(f"规程.{kind.upper()}", samples.GOOD[kind])
    assert (upload.name, upload.kind) == (f"规程.{kind}", kind)
    assert len(upload.sha256) == 64


@pytest.mark.parametrize(("name", "data", "code"), samples.HOSTILE, ids=range(len(samples.HOSTILE)))
def test_a_hostile_file_is_refused_with_its_reason(name, data, code):
    with pytest.raises(Refused) as caught:
        from_bytes(name, data)
    assert [(refusal.code, refusal.where) for refusal in caught.value.refusals] == [(code, "file")]


def test_an_archive_is_taken_only_where_it_is_asked_for():
    data = samples.archive({"图纸/a.dwg": b"AC1032"})
    assert from_bytes("works.zip", data, kinds.WITH_ARCHIVES).kind == "zip"
    with pytest.raises(Refused):
        from_bytes("works.zip", samples.archive({"../a": b"x"}), kinds.WITH_ARCHIVES)


def test_twenty_megabytes_fit_and_one_byte_more_does_not():
    body = samples.PDF + bytes(kinds.FILE_BYTES - 2 * len(samples.PDF)) + samples.PDF
    assert len(from_bytes("a.pdf", body).data) == kinds.FILE_BYTES
    with pytest.raises(Refused) as caught:
        from_bytes("a.pdf", body + b"\n")
    assert caught.value.refusals[0].code == "UPLOAD_LARGE"


def test_an_empty_field_says_that_a_file_must_be_chosen():
    with pytest.raises(Refused) as caught:
        take(None)
    assert caught.value.refusals[0].code == "UPLOAD_MISSING"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("竞赛规程（2026年）.pdf", "竞赛规程（2026年）.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\张三\\规程.PDF", "规程.pdf"),
        ("/etc/cron.d/x.pdf", "x.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("line\r\nSet-Cookie: x=1.pdf", "line Set-Cookie_ x=1.pdf"),
        ("safe\u202efdp.exe.pdf", "safefdp.exe.pdf"),
        ('"><img src=x onerror=alert(1)>.pdf', "___img src=x onerror=alert(1)_.pdf"),
        ("con.pdf", "_con.pdf"),
        ("com1.notes.pdf", "_com1.notes.pdf"),
        ("....pdf", "file.pdf"),
        (".htaccess.pdf", "htaccess.pdf"),
        ("%2e%2e%2fx.pdf", "_2e_2e_2fx.pdf"),
        ("名" * 400 + ".pdf", "名" * 120 + ".pdf"),
        ("  two   words  .pdf", "two words.pdf"),
    ],
)
def test_a_name_is_kept_as_far_as_any_system_can_keep_it(given, kept):
    assert from_bytes(given, samples.PDF).name == kept


def test_a_photograph_loses_its_place_and_camera_and_keeps_how_it_is_turned():
    given = samples.jpeg(turned=6)
    assert b"Spy Camera" in given
    kept = from_bytes("photo.jpeg", given).data
    for word in (b"Spy Camera", b"Zhang San", b"taken at", b"script"):
        assert word not in kept
    before, after = Image.open(io.BytesIO(given)), Image.open(io.BytesIO(kept))
    assert dict(after.getexif()) == {0x0112: 6}
    assert before.tobytes() == after.tobytes()
    assert kept.endswith(b"\xff\xd9")


def test_a_progressive_photograph_keeps_every_scan():
    target = io.BytesIO()
    Image.linear_gradient("L").convert("RGB").save(target, "JPEG", progressive=True, comment=b"taken at")
    kept = from_bytes("photo.jpg", target.getvalue()).data
    assert b"taken at" not in kept
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(target).tobytes()


def test_a_drawing_loses_its_words_and_what_lies_behind_its_end():
    kept = from_bytes("drawing.png", samples.png()).data
    for word in (b"Zhang San", b"taken at", b"behind"):
        assert word not in kept
    assert Image.open(io.BytesIO(kept)).tobytes() == Image.open(io.BytesIO(samples.png())).tobytes()


def test_a_text_in_the_old_chinese_encoding_is_kept_as_utf_8():
    assert from_bytes("公告.txt", "竞赛公告".encode("gb18030")).data == "竞赛公告".encode()

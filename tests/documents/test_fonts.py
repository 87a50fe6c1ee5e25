"""Every name is printed, copied and searched as it is written, or it is refused by name."""

import hashlib
import re

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from core.refusals import Refused
from reports.documents import fonts
from reports.documents.fonts import Face
from reports.documents.pen import A4, Pen
from tests.documents import poppler
from tests.documents.names import BEYOND_EVERY_FONT, NAMES, STANDARD_BEYOND_BMP

LEVEL_2_IN_BMP = [chr(code) for code in (*range(0x3400, 0x4DB6), *range(0x4E00, 0x9FF0))]


@pytest.fixture
def no_further_fonts():
    yield
    fonts.use(None)


def lines_pdf(lines, face=Face.BODY):
    pen = Pen(A4, title="names", language="zh-CN")
    for start in range(0, len(lines), 40):
        for number, line in enumerate(lines[start : start + 40]):
            pen.text(40, 800 - number * 18, line, face, 11)
        pen.next_page()
    return pen.finish()


def test_the_committed_fonts_are_those_that_the_script_made():
    sums = (fonts.FOLDER / "SHA256SUMS").read_text(encoding="ascii").split()
    assert len(sums) == 18
    for digest, name in zip(sums[::2], sums[1::2], strict=True):
        assert hashlib.sha256((fonts.FOLDER / name).read_bytes()).hexdigest() == digest, name


def test_gb18030_level_2_is_printable_in_the_body_face():
    wanted = [*LEVEL_2_IN_BMP, *STANDARD_BEYOND_BMP]
    assert len(wanted) == 27_754
    assert fonts.chain(Face.BODY).missing("".join(wanted)) == []


@pytest.mark.parametrize("face", list(Face))
def test_every_face_prints_every_test_name(face):
    assert fonts.unprintable(NAMES, face) == []


def test_a_name_that_no_font_has_is_refused_and_its_characters_are_named():
    with pytest.raises(Refused) as refused:
        fonts.require_printable(["张演示", "王𠀀", "李\ue816", "王𠀀", "赵\u202e四"])
    found = [(one.code, one.where, one.params["characters"]) for one in refused.value.refusals]
    assert found == [
        ("GLYPH_MISSING", "王𠀀", "𠀀 U+20000"),
        ("GLYPH_MISSING", "李\ue816", "U+E816"),
        ("GLYPH_MISSING", "赵\u202e四", "U+202E"),
    ]


@pytest.mark.parametrize("character", BEYOND_EVERY_FONT)
def test_no_character_is_taken_for_printable_without_a_glyph(character):
    assert fonts.chain(Face.BODY).missing(f"王{character}") == [character]


def test_a_report_shows_a_mark_where_a_character_cannot_be_printed():
    assert fonts.printable("王𠀀\t\u202e四\n") == "王〓  四\n"


def test_one_font_sets_a_whole_name_where_it_can():
    chain = fonts.chain(Face.TITLE)
    assert [(font.fontName, part) for font, part in chain.runs("王䶮")] == [(fonts.SERIF_BOLD, "王䶮")]
    # 㐀 is beyond the 8,105 of the bold face: the whole name changes, not one stroke of it.
    assert [(font.fontName, part) for font, part in chain.runs("王㐀")] == [(fonts.SERIF, "王㐀")]


def test_a_word_of_letters_keeps_one_font_where_the_chinese_one_lacks_a_letter():
    def runs(text):
        return [(font.fontName, part) for font, part in fonts.chain(Face.TITLE).runs(text)]

    assert runs("Šimon Řehák") == [(fonts.LETTERS_BOLD, "Šimon Řehák")]
    chinese, letters = fonts.SERIF_BOLD, fonts.LETTERS_BOLD
    assert runs("王Šimon二") == [(chinese, "王"), (letters, "Šimon"), (chinese, "二")]
    assert runs("Müller") == [(fonts.SERIF_BOLD, "Müller")]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("O’Brien", "’"),
        ("Winners’ list", "’"),
        ("the “Final” … of 2026", "“”…"),
        ("王O’Brien杯", "’"),
        ("在“技能强国”大赛中", ""),
        ("“Welding”赛项——决赛", ""),
        ("’25", ""),
    ],
)
@pytest.mark.parametrize("face", list(Face))
def test_signs_that_belong_to_letters_are_as_narrow_as_letters(face, text, signs):
    """The Chinese fonts set ’ “ ” … as wide as a character: right in Chinese, a hole in a name of letters."""
    letters = {fonts.LETTERS, fonts.LETTERS_BOLD, fonts.LETTERS_SANS}
    runs = fonts.chain(face).runs(text)
    assert "".join(part for _font, part in runs) == text
    assert "".join(part for font, part in runs if font.fontName in letters) == signs


def test_every_face_prints_what_the_body_prints():
    body = "".join(sorted(frozenset().union(*fonts.chain(Face.BODY).glyphs)))
    assert [fonts.chain(face).missing(body) for face in Face] == [[]] * len(Face)


@pytest.mark.parametrize("name", ["ئابدۇللا", "བཀྲ་ཤིས", "ᠮᠣᠩᠭᠣᠯ", "Šimon"])
def test_a_script_that_needs_shaping_is_refused_and_not_printed_wrongly(name):
    assert fonts.unprintable([name])


def test_a_glyph_comes_from_the_first_font_that_has_it(tmp_path, no_further_fonts):
    _font_with("𠀀", tmp_path / "rare.ttf")
    assert fonts.use(tmp_path) == ["further-rare"]
    runs = [(font.fontName, part) for font, part in fonts.chain(Face.BODY).runs("王𠀀四")]
    assert runs == [(fonts.SERIF, "王"), ("further-rare", "𠀀"), (fonts.SERIF, "四")]
    assert fonts.unprintable(["王𠀀四"]) == []
    assert poppler.text_of(lines_pdf(["王𠀀四"]), tmp_path).strip() == "王𠀀四"


def test_a_file_that_is_no_font_is_refused_by_name(tmp_path, no_further_fonts):
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    with pytest.raises(ValueError, match="broken.ttf is not a TrueType font"):
        fonts.use(tmp_path)


def test_every_name_can_be_copied_out_as_it_was_set(tmp_path):
    text = poppler.text_of(lines_pdf(NAMES), tmp_path)
    assert [line for line in text.splitlines() if line.strip("\f")] == list(NAMES)


def test_the_characters_beyond_the_bmp_can_be_copied_out(tmp_path):
    rows = [STANDARD_BEYOND_BMP[start : start + 28] for start in range(0, 196, 28)]
    assert poppler.text_of(lines_pdf(rows), tmp_path).split() == rows


@pytest.mark.deep
def test_all_of_level_2_can_be_copied_out(tmp_path):
    wanted = "".join(LEVEL_2_IN_BMP) + STANDARD_BEYOND_BMP
    rows = [wanted[start : start + 40] for start in range(0, len(wanted), 40)]
    assert "".join(poppler.text_of(lines_pdf(rows), tmp_path).split()) == wanted


def test_the_map_to_unicode_counts_utf_16_units_in_blocks_of_at_most_a_hundred():
    subset = [0, *range(0x4E00, 0x4E00 + 250), ord("𬭎")]
    cmap = fonts.to_unicode_map("F+1", subset)
    assert re.findall(r"(\d+) beginbfchar", cmap) == ["100", "100", "52"]
    assert "<FB> <D872DF4E>" in cmap  # 𬭎 is U+2CB4E, in UTF-16 D872 DF4E
    assert "<01> <4E00>" in cmap
    assert "<00> <FB>" in cmap


def _font_with(character, path):
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    pen.lineTo((100, 700))
    pen.lineTo((900, 700))
    pen.lineTo((900, 0))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({ord(character): "rare"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "rare": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "rare": (1000, 100)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular", "psName": "Rare-Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)

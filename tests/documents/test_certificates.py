"""A certificate: the name as it is written, the largest word; all on the page; never a blank."""

import dataclasses
import re
from datetime import date

import pytest
import zxingcpp
from PIL import Image

from core.refusals import Refused
from reports.certificates import layout
from reports.certificates.layout import CertificateStyle, draw
from reports.certificates.phrases import chinese_date, digit_date, english_date, phrases
from tests.documents import poppler
from tests.documents.certificates import DAY, LINK, crowded, english, team, welder
from tests.documents.names import NAMES

PORTRAIT = CertificateStyle(landscape=False)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


def words_of(pdf, folder):
    """Return (left, top, right, bottom, text) of every word."""
    (folder / "c.pdf").write_bytes(pdf)
    found = WORD.findall(poppler.run("pdftotext", "-bbox", str(folder / "c.pdf"), "-"))
    return [(*map(float, numbers), text) for *numbers, text in found]


def joined(text):
    return "".join(text.split())


@pytest.mark.parametrize(
    ("day", "han", "digits", "words"),
    [
        (date(2026, 11, 22), "二〇二六年十一月二十二日", "2026年11月22日", "22 November 2026"),
        (date(2030, 10, 10), "二〇三〇年十月十日", "2030年10月10日", "10 October 2030"),
        (date(2005, 1, 31), "二〇〇五年一月三十一日", "2005年1月31日", "31 January 2005"),
        (date(2020, 12, 20), "二〇二〇年十二月二十日", "2020年12月20日", "20 December 2020"),
    ],
)
def test_a_date_is_written_so(day, han, digits, words):
    assert (chinese_date(day), digit_date(day), english_date(day)) == (han, digits, words)


@pytest.mark.parametrize(
    ("event", "trade", "sentence"),
    [
        ("焊工", "焊工", "在大赛焊工赛项中，荣获"),
        ("团体赛", "", "在大赛团体赛中，荣获"),
        ("数控项目", "车工", "在大赛数控项目（车工）中，荣获"),
        ("", "", "在大赛中，荣获"),
    ],
)
def test_the_achievement_is_one_sentence(event, trade, sentence):
    assert "".join(phrases("zh").achievement("大赛", event, trade)) == sentence


def test_every_name_of_a_run_can_be_copied_out(tmp_path):
    text = poppler.text_of(draw([welder(name) for name in NAMES]), tmp_path)
    pages = [joined(page) for page in text.split("\f")[:-1]]
    assert len(pages) == len(NAMES)
    assert [name for name, page in zip(NAMES, pages, strict=True) if joined(name) not in page] == []


@pytest.mark.parametrize("text", [welder(), team(), crowded()])
@pytest.mark.parametrize("style", [CertificateStyle(), PORTRAIT])
def test_the_certificate_says_all_that_it_must(tmp_path, text, style):
    page = joined(poppler.text_of(draw([text], style=style), tmp_path))
    wanted = ["荣誉证书", text.recipient, text.unit, text.competition, text.event, text.prize, *text.members]
    wanted += ["特发此证，以资鼓励。", *text.issuers, "二〇二六年十一月二十二日", text.serial]
    assert [one for one in wanted if joined(one) not in page] == []


def test_the_issuing_bodies_keep_their_order(tmp_path):
    page = joined(poppler.text_of(draw([crowded()]), tmp_path))
    places = [page.index(issuer) for issuer in crowded().issuers]
    assert places == sorted(places)


def test_the_english_certificate_is_english(tmp_path):
    page = " ".join(poppler.text_of(draw([english()], language="en"), tmp_path).split())
    wanted = [
        "Certificate of Honour", "This certificate is presented to", "Zhang Yanshi", "who was awarded",
        "First Prize",
        f"in Welding at {english().competition}", "22 November 2026", "Certificate no. 2026N003-01-10007",
    ]  # fmt: skip
    assert [one for one in wanted if one not in page] == []
    assert not re.search("[\u4e00-\u9fff]", page)


def test_an_english_certificate_of_chinese_facts_keeps_its_words_apart(tmp_path):
    page = " ".join(poppler.text_of(draw([welder()], language="en"), tmp_path).split())
    assert "in 焊工 at 2026年全国机械冶金建材行业职工职业技能大赛" in page


@pytest.mark.parametrize("style", [CertificateStyle(), PORTRAIT])
def test_the_longest_certificate_fits_in_english_too(tmp_path, style):
    page = joined(poppler.text_of(draw([crowded()], language="en", style=style), tmp_path))
    assert joined(crowded().competition) in page


def test_an_office_may_use_its_own_words(tmp_path):
    body = "在安康杯竞赛中成绩突出，被评为"
    own = dataclasses.replace(welder(), title="获奖证书", body=body, formula="特此表彰。")
    page = joined(poppler.text_of(draw([own], style=CertificateStyle(han_date=False)), tmp_path))
    for one in ("获奖证书", body, "特此表彰。", "2026年11月22日"):
        assert one in page
    assert "荣获" not in page


@pytest.mark.parametrize("text", [welder(), welder("阿卜杜拉·买买提"), team()])
def test_the_recipient_is_the_largest_word(tmp_path, text):
    words = words_of(draw([text]), tmp_path)
    largest = max(words, key=lambda word: word[3] - word[1])
    assert largest[4] in text.recipient


@pytest.mark.parametrize("style", [CertificateStyle(), PORTRAIT])
@pytest.mark.parametrize("text", [welder(), team(), crowded()])
def test_nothing_leaves_the_frame_and_no_two_words_touch(tmp_path, text, style):
    words = words_of(draw([text], style=style), tmp_path)
    width, height = style.size
    assert words
    for left, top, right, bottom, _ in words:
        assert 40 < left < right < width - 40
        assert 40 < top < bottom < height - 40
    cores = [(a, b + (d - b) * 0.25, c, d - (d - b) * 0.25) for a, b, c, d, _ in words]  # a box has air above
    for index, one in enumerate(cores):
        for other in cores[index + 1 :]:
            apart = one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5
            assert apart or one[3] <= other[1] or other[3] <= one[1], (words[index], other)


def test_no_name_of_a_team_is_cut_by_the_end_of_a_line(tmp_path):
    members = tuple(f"阿卜杜拉·买买提{chr(0x4E00 + i)}" for i in range(14))
    made = draw([dataclasses.replace(team(), members=members)], style=PORTRAIT)
    lines = poppler.text_of(made, tmp_path, "-layout").splitlines()
    assert [name for name in members if not any(name in line for line in lines)] == []


def test_the_code_is_read_back_from_the_picture(tmp_path):
    made = draw([welder(), team()])
    for page in (1, 2):
        with Image.open(poppler.picture_of(made, tmp_path, page)) as picture:
            codes = zxingcpp.read_barcodes(picture)
        assert [code.text for code in codes] == [LINK]


def test_without_a_code_there_is_none(tmp_path):
    made = draw([dataclasses.replace(welder(), verify=None)])
    assert poppler.images_of(made, tmp_path) == 0
    assert "扫码核验" not in poppler.text_of(made, tmp_path)


@pytest.mark.parametrize("field", ["recipient", "unit", "competition", "event", "prize", "serial"])
def test_a_certificate_that_cannot_be_printed_whole_is_refused(field):
    with pytest.raises(Refused) as refused:
        draw([welder(), dataclasses.replace(welder(), **{field: "王𠀀"})])
    assert [(one.code, one.where) for one in refused.value.refusals] == [("GLYPH_MISSING", "王𠀀")]


def test_all_names_that_cannot_be_printed_are_told_at_once():
    texts = [welder("王𠀀"), welder(), welder("李\ue816"), dataclasses.replace(team(), members=("赵\u202e",))]
    with pytest.raises(Refused) as refused:
        draw(texts)
    assert [one.where for one in refused.value.refusals] == ["王𠀀", "李\ue816", "赵\u202e"]


def test_what_does_not_fit_is_refused_instead_of_overprinted():
    with pytest.raises(Refused) as refused:
        draw([dataclasses.replace(welder(), body="很长" * 900)])
    assert [one.code for one in refused.value.refusals] == ["CERTIFICATE_TOO_LONG"]


def test_every_font_is_embedded(tmp_path):
    fonts = poppler.fonts_of(draw([welder(name) for name in NAMES]), tmp_path)
    assert all(font["emb"] == "yes" and font["uni"] == "yes" for font in fonts), fonts
    assert {font["name"].split("+")[1] for font in fonts} == {
        "NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Regular",
    }  # fmt: skip


def test_the_same_certificates_give_the_same_bytes():
    assert draw([welder(), team()]) == draw([welder(), team()])


def test_a_further_certificate_costs_less_than_two_kilobytes():
    def run(count):
        return len(draw([welder(f"张演示{i}", f"2026N003-01-{i:05d}") for i in range(count)]))

    assert (run(220) - run(120)) / 100 < 2000


def test_a_file_has_at_most_five_thousand_pages(monkeypatch):
    assert layout.MOST_PAGES == 5000
    monkeypatch.setattr(layout, "MOST_PAGES", 2)
    with pytest.raises(ValueError, match="1 to 2 certificates, not 3"):
        draw([welder()] * 3)
    with pytest.raises(ValueError, match="not 0"):
        draw([])


def test_stock_paper_gets_no_ground():
    assert len(draw([welder()], style=CertificateStyle(paper=False))) < len(draw([welder()]))
    assert welder().issued_on == DAY

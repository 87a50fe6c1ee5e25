"""A certificate: the name as it is written, the largest word; all on the page; never a blank."""

import dataclasses
import json
import re
from datetime import date

import pytest
import zxingcpp
from PIL import Image

from core.refusals import Refused
from reports.certificates import layout
from reports.certificates.layout import draw as draw_with
from reports.certificates.phrases import achieved, chinese_date, digit_date, english_date
from reports.certificates.template import INCLUDED, Box, Line, Template, from_document, included, to_document
from reports.certificates.text import places_of
from tests.documents import poppler
from tests.documents.certificates import (
    AWARD,
    BILINGUAL,
    ENGLISH,
    HONOUR,
    LINK,
    crowded,
    english,
    team,
    welder,
)
from tests.documents.hostile import MARKUP
from tests.documents.names import NAMES

CHINESE = ("honour", "award", "plain", "bilingual")
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>')


def draw(texts, template=HONOUR, **wishes):
    return draw_with(texts, template, **wishes)


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
    assert "".join(achieved("大赛", event, trade)) == sentence


def test_every_name_of_a_run_can_be_copied_out(tmp_path):
    text = poppler.text_of(draw([welder(name) for name in NAMES]), tmp_path)
    pages = [joined(page) for page in text.split("\f")[:-1]]
    assert len(pages) == len(NAMES)
    assert [name for name, page in zip(NAMES, pages, strict=True) if joined(name) not in page] == []


@pytest.mark.parametrize("text", [welder(), team(), crowded()])
@pytest.mark.parametrize("key", CHINESE)
def test_the_certificate_says_all_that_it_must(tmp_path, text, key):
    page = joined(poppler.text_of(draw([text], included(key)), tmp_path))
    wanted = [text.recipient, text.unit, text.competition, text.event, text.prize, *text.members]
    wanted += [*text.issuers, "二〇二六年十一月二十二日", text.serial, "扫码核验"]
    wanted += ["荣誉证书"] if key in {"honour", "plain"} else ["获奖证书"]
    wanted += ["特发此证，以资鼓励。"] if key != "bilingual" else ["CERTIFICATEOFAWARD"]
    assert [one for one in wanted if joined(one) not in page] == []


def test_the_issuing_bodies_keep_their_order(tmp_path):
    page = joined(poppler.text_of(draw([crowded()]), tmp_path))
    places = [page.index(issuer) for issuer in crowded().issuers]
    assert places == sorted(places)


def test_the_english_certificate_is_english(tmp_path):
    page = " ".join(poppler.text_of(draw([english()], ENGLISH), tmp_path).split())
    wanted = [
        "Certificate of Award", "This certificate is presented to", "Zhang Yanshi", "who was awarded",
        "First Prize",
        f"in Welding at {english().competition_en}", "22 November 2026", "Certificate no. 2026N003-01-10007",
    ]  # fmt: skip
    assert [one for one in wanted if one not in page] == []
    assert not re.search("[\u4e00-\u9fff]", page)


def test_an_english_certificate_of_chinese_facts_keeps_its_words_apart(tmp_path):
    page = " ".join(poppler.text_of(draw([welder()], ENGLISH), tmp_path).split())
    assert "in 焊工 at 2026年全国机械冶金建材行业职工职业技能大赛" in page


def test_two_languages_stand_on_one_certificate(tmp_path):
    page = " ".join(poppler.text_of(draw([english()], BILINGUAL), tmp_path).split())
    wanted = ("赛项中，荣获", "一等奖", "First Prize", "in Welding at the 2026 National Skills Competition")
    assert [one for one in wanted if one not in page] == []


@pytest.mark.parametrize(
    ("english", "sentence"),
    [
        ({"competition_en": "the Welding Cup", "event_en": "Pipes"}, "in Pipes at the Welding Cup"),
        ({"competition_en": "the Welding Cup", "trade_en": "Welder"}, "in Welder at the Welding Cup"),
        ({"competition_en": "the Welding Cup"}, "at the Welding Cup"),
        ({"event_en": "Pipes"}, "in Pipes"),
    ],
)
def test_what_has_no_english_name_is_left_out_beside_the_chinese(english, sentence):
    places = places_of(dataclasses.replace(welder(), **english))
    assert places["achievement_en"] == sentence


def test_without_any_english_name_the_chinese_stands_alone(tmp_path):
    lines = poppler.text_of(draw([welder()], BILINGUAL), tmp_path, "-layout").splitlines()
    (prize,) = [number for number, line in enumerate(lines) if "First Prize" in line]
    assert not [line for line in lines[prize + 1 :] if " at " in line or line.strip().startswith("in ")]
    assert places_of(dataclasses.replace(welder(), prize="演示之星"))["prize_en"] == ""


def test_a_page_in_two_languages_says_the_day_in_both(tmp_path):
    page = " ".join(poppler.text_of(draw([english()], BILINGUAL), tmp_path).split())
    assert "Issued on 22 November 2026" in page
    assert "二〇二六年十一月二十二日" in page


def test_a_short_quotation_is_not_broken(tmp_path):
    named = "第九届全国职工职业技能大赛暨“技能强国”产业工人技术创新与劳动竞赛活动总决赛"
    made = draw([dataclasses.replace(welder(), competition=named)])
    lines = poppler.text_of(made, tmp_path, "-layout").splitlines()
    assert any("“技能强国”" in line for line in lines)


def test_an_office_may_use_its_own_words_and_an_empty_line_falls_away(tmp_path):
    lines = (Line("兹证明{recipient}同志"), Line("成员：{members}"), Line("{date_digits}"))
    own = Template("自有", boxes=(Box(x=40, y=40, width=200, height=100, lines=lines),))
    assert poppler.text_of(draw([welder()], own), tmp_path).split() == ["兹证明张演示同志", "2026年11月22日"]
    with_members = joined(poppler.text_of(draw([team()], own), tmp_path))
    assert f"成员：{'、'.join(team().members)}" in with_members


@pytest.mark.parametrize("key", INCLUDED)
@pytest.mark.parametrize("text", [welder(), welder("阿卜杜拉·买买提"), team(), crowded()])
def test_nothing_leaves_the_frame_and_no_two_words_touch(tmp_path, text, key):
    words = words_of(draw([text], included(key)), tmp_path)
    width, height = included(key).size
    assert words
    for left, top, right, bottom, _ in words:
        assert 55 < left < right < width - 55
        assert 55 < top < bottom < height - 55
    cores = [(a, b + (d - b) * 0.25, c, d - (d - b) * 0.25) for a, b, c, d, _ in words]  # a box has air above
    for index, one in enumerate(cores):
        for other in cores[index + 1 :]:
            apart = one[2] <= other[0] + 0.5 or other[2] <= one[0] + 0.5
            assert apart or one[3] <= other[1] or other[3] <= one[1], (words[index], other)


def test_no_name_of_a_team_is_cut_by_the_end_of_a_line(tmp_path):
    members = tuple(f"阿卜杜拉·买买提{chr(0x4E00 + i)}" for i in range(14))
    made = draw([dataclasses.replace(team(), members=members)], AWARD)
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
        draw([dataclasses.replace(welder(), event="很长" * 900)])
    assert [(one.code, one.where) for one in refused.value.refusals] == [("CERTIFICATE_TOO_LONG", "张演示")]


def test_every_font_is_embedded(tmp_path):
    fonts = poppler.fonts_of(draw([welder(name) for name in NAMES]), tmp_path)
    assert all(font["emb"] == "yes" and font["uni"] == "yes" for font in fonts), fonts
    assert {font["name"].split("+")[1] for font in fonts} == {
        "MaShanZheng-Regular", "NotoSerifSC-Bold", "NotoSerifSC-Regular", "NotoSansSC-Regular",
        "NotoSerif-Bold", "NotoSansYi-Regular",
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


def test_pre_printed_paper_gets_only_what_it_lacks_and_may_be_moved(tmp_path):
    plain = words_of(draw([welder()]), tmp_path)
    moved = words_of(draw([welder()], HONOUR.on_stock().moved(2, -1)), tmp_path)
    assert "荣誉证书" in joined("".join(word[4] for word in plain))
    assert "荣誉证书" not in joined("".join(word[4] for word in moved))
    (before,), (after,) = (
        [word for word in words if word[4] == "2026N003-01-10007"] for words in (plain, moved)
    )
    millimetre = 72 / 25.4
    assert after[0] - before[0] == pytest.approx(2 * millimetre, abs=0.02)
    assert after[1] - before[1] == pytest.approx(-millimetre, abs=0.02)


def test_seals_add_no_words_to_what_is_copied_out(tmp_path):
    bare, sealed = (poppler.text_of(draw([team()], seals=seals), tmp_path) for seals in (False, True))
    assert joined(bare) == joined(sealed)


@pytest.mark.parametrize("name", [text for text in MARKUP if not set(text) & set("\u202e\u200b")])
def test_mark_up_in_a_name_is_plain_text(tmp_path, name):
    """No picture of a file, no huge letters: <img>, <font> and entities are printed as they are written."""
    made = draw([dataclasses.replace(welder(), recipient=name, unit=name, verify=None)])
    page = joined(poppler.text_of(made, tmp_path))
    assert page.count(joined(name)) == 2
    assert poppler.images_of(made, tmp_path) == 0
    assert max(word[3] - word[1] for word in words_of(made, tmp_path)) < 100


def test_the_chinese_of_an_included_template_breaks_no_line_before_a_sign(tmp_path):
    for key in CHINESE:
        lines = poppler.text_of(draw([crowded()], included(key)), tmp_path, "-layout").splitlines()
        heads = [line.strip()[0] for line in lines if line.strip()]
        assert not set(heads) & set("，。、；：？！）》”’…"), key


@pytest.mark.parametrize("key", INCLUDED)
def test_a_template_goes_through_its_document_unchanged(key):
    document = to_document(included(key))
    assert from_document(json.loads(json.dumps(document))) == included(key)
    assert not re.search(r"\d\.\d", re.sub(r'"[^"]*"', "", json.dumps(document)))  # no floats in what is kept


@pytest.mark.parametrize(
    ("pointer", "change"),
    [
        ("/boxes/0/x", {"boxes": [{"kind": "text", "x": 1e9}]}),
        ("/boxes/0/width", {"boxes": [{"width": True}]}),
        ("/boxes/0/lines/0/size", {"boxes": [{"lines": [{"text": "大", "size": 400}]}]}),
        ("/boxes/0/lines/0/text", {"boxes": [{"lines": [{"text": "{password}"}]}]}),
        ("/boxes/0/lines/0/colour", {"boxes": [{"lines": [{"text": "红", "colour": "red"}]}]}),
        ("/boxes/0/file", {"boxes": [{"kind": "image", "file": "../../etc/passwd"}]}),
        ("/boxes/0/script", {"boxes": [{"script": "x"}]}),
        ("/boxes", {"boxes": [{}] * 41}),
        ("/frame", {"frame": "http://example.org/x.svg"}),
        ("/width", {"width": 300}),
        ("/name", {"name": " "}),
        ("/format", {"format": "certificate/2"}),
    ],
)
def test_a_template_that_is_wrong_is_told_where(pointer, change):
    with pytest.raises(Refused) as refused:
        from_document({"format": "certificate/1", "name": "自有", **change})
    assert [(one.code, one.where) for one in refused.value.refusals] == [("TEMPLATE_FAULT", pointer)]

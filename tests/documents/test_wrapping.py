"""Lines break where a typesetter of Chinese breaks them."""

import pytest

from reports.documents.wrapping import balance, even, pieces, wrap

WIDE = 10.0


def measure(text):
    return sum(5.0 if ord(c) < 0x2000 else WIDE for c in text)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("特发此证以资鼓励", 40, ["特发此证", "以资鼓励"]),
        ("特发此证，以资鼓励。", 40, ["特发此", "证，以资", "鼓励。"]),  # no line begins with a comma
        ("在（焊工）赛项中", 20, ["在", "（焊", "工）", "赛项", "中"]),  # （ goes with what it opens
        ("于2026年举办", 40, ["于2026年", "举办"]),  # a number stays with what counts it
        ("the welding trade", 60, ["the welding", "trade"]),
        ("I don’t", 32, ["I", "don’t"]),  # an apostrophe holds a word together
        ("welding", 20, ["weld", "ing"]),  # cut only where nothing else helps
        ("甲\n乙", 40, ["甲", "乙"]),
        ("", 40, [""]),
    ],
)  # fmt: skip
def test_a_text_breaks_so(text, width, lines):
    assert wrap(text, width, measure) == lines


def test_nothing_is_lost_between_the_pieces():
    text = "在“2026年全国—带一路”(Welding) 决赛中，荣获 50% 的、“一等奖”！"
    assert "".join(pieces(text)) == text


def test_centred_lines_are_of_about_the_same_length():
    text = "全国机械冶金建材行业职工职业技能大赛"  # 18 characters: 12 + 6 as they fall, 9 + 9 balanced
    assert wrap(text, 120, measure) == ["全国机械冶金建材行业职工", "职业技能大赛"]
    assert balance(text, 120, measure) == ["全国机械冶金建材行", "业职工职业技能大赛"]


def test_names_are_never_cut():
    parts = ["张演示、", "阿卜杜拉·买买提、", "李演示"]
    assert even(parts, 95, measure) == ["张演示、", "阿卜杜拉·买买提、", "李演示"]


def test_a_line_without_room_is_refused():
    with pytest.raises(ValueError, match="room"):
        wrap("甲", 0, measure)

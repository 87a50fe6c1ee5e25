"""promotion/1: every finding with its code and its place, all at once, in both languages."""

import json
import re

import pytest
from flask_babel import force_locale

from scoring.promotions.messages import finding_words
from scoring.promotions.rules import Ground, read_document, read_text

GROUND = Ground({"T": 100_000_000, "P": None, "S": 50_000_000}, ("一等奖", "二等奖"))
RULE = {"title": "前三名", "from": 1, "to": 3, "levels": {"高级工": "技师"}}


def document(*rules, **fields):
    return {"format": "promotion/1", "title": "演示办法", "rules": list(rules) or [RULE], **fields}


def found(doc, ground=GROUND):
    read = read_document(doc, ground)
    assert (read.rules is None) == bool(read.findings)
    return [(finding.code, finding.where.removeprefix("promotion.json:")) for finding in read.findings]


def of_rule(**fields):
    return document({**RULE, **fields})


INVALID = "PROMOTION_INVALID"
WRONG = [
    ([], INVALID, ""),
    ({"title": "x", "rules": [RULE]}, INVALID, "/format"),
    (document(format="scheme/1"), INVALID, "/format"),
    (document(title=""), INVALID, "/title"),
    (document(title="长" * 121), INVALID, "/title"),
    (document(note="长" * 2001), INVALID, "/note"),
    (document(source=1), INVALID, "/source"),
    (document(base="all"), INVALID, "/base"),
    (document(grants="yes"), INVALID, "/grants"),
    ({"format": "promotion/1", "title": "x", "rules": []}, INVALID, "/rules"),
    (document(*[RULE] * 61), INVALID, "/rules"),
    (document("前三名"), INVALID, "/rules/0"),
    (of_rule(title=" "), INVALID, "/rules/0/title"),
    (of_rule(**{"from": 0}), INVALID, "/rules/0/from"),
    (of_rule(**{"from": "1"}), INVALID, "/rules/0/from"),
    (of_rule(**{"from": 4}), INVALID, "/rules/0/to"),
    (of_rule(to_fraction=0.5), INVALID, "/rules/0/to_fraction"),
    (of_rule(to_fraction="1.1"), INVALID, "/rules/0/to_fraction"),
    (of_rule(to_fraction="-0.1"), INVALID, "/rules/0/to_fraction"),
    (of_rule(awards="all"), INVALID, "/rules/0/awards"),
    (of_rule(awards=[]), INVALID, "/rules/0/awards"),
    (of_rule(awards=[1]), INVALID, "/rules/0/awards"),
    (of_rule(levels={}), INVALID, "/rules/0/levels"),
    (of_rule(levels=["技师"]), INVALID, "/rules/0/levels"),
    (of_rule(**{"pass": {"T": 60}}), INVALID, "/rules/0/pass"),
    (of_rule(pass_each="sixty"), INVALID, "/rules/0/pass_each"),
    (document({"title": "x"}), INVALID, "/rules/0/levels"),
    (of_rule(levels={"三级": "技师"}), "PROMOTION_LEVEL", "/rules/0/levels"),
    (of_rule(levels={"高级工": "工匠"}), "PROMOTION_LEVEL", "/rules/0/levels"),
    (of_rule(levels={"高级工": ["技师"]}), "PROMOTION_LEVEL", "/rules/0/levels"),
    (of_rule(levels={"技师": "高级工"}), "PROMOTION_DOWN", "/rules/0/levels"),
    (of_rule(levels={"技师": "技师"}), "PROMOTION_DOWN", "/rules/0/levels"),
    (of_rule(awards=["金牌"]), "PROMOTION_AWARD", "/rules/0/awards"),
    (of_rule(**{"pass": {"X": "60"}}), "PROMOTION_STAGE", "/rules/0/pass"),
    (of_rule(**{"pass": {"S": "60"}}), "PROMOTION_PASS", "/rules/0/pass"),
    (of_rule(pass_each="60"), "PROMOTION_PASS", "/rules/0/pass_each"),
]


@pytest.mark.parametrize(("wrong", "code", "where"), WRONG)
def test_what_is_wrong_has_its_code_and_its_place(wrong, code, where):
    assert found(wrong) == [(code, where)]


def test_any_award_reaches_nobody_where_there_are_none():
    assert found(of_rule(awards="any"), Ground({}, ())) == [("PROMOTION_AWARD", "/rules/0/awards")]
    assert found(of_rule(awards="any")) == []


def test_without_a_scheme_rules_are_checked_for_themselves_alone():
    fine = of_rule(awards=["金牌"], pass_each="60", **{"pass": {"X": "200"}})
    assert found(fine, None) == []


def test_everything_that_is_wrong_is_said_at_once():
    first, second = {**RULE, "from": 9, "levels": {"技师": "高级工"}}, {"levels": {"高级工": "技师"}}
    many = document(first, second, base="x")
    codes = [INVALID, INVALID, "PROMOTION_DOWN", INVALID]
    assert sorted(code for code, _where in found(many)) == sorted(codes)


def test_a_rule_says_what_it_says():
    text = json.dumps(of_rule(to_fraction="0.5", awards=["一等奖"], **{"pass": {"T": "60.5"}}))
    rule = read_text(text, GROUND).rules.rules[0]
    assert (rule.first_rank, rule.last_rank, rule.last_fraction) == (1, 3, 500_000)
    assert (rule.awards, rule.pass_marks, rule.levels) == (("一等奖",), {"T": 60_500_000}, {"高级工": "技师"})


@pytest.mark.parametrize("text", ["{", '{"format": "promotion/1",}', "[" * 20_000])
def test_what_is_no_json_is_told_with_its_line(text):
    read = read_text(text)
    assert read.rules is None
    assert [finding.code for finding in read.findings] == ["FILE_FORMAT"]


def test_a_key_given_twice_is_refused():
    text = json.dumps(document())[:-1] + ', "base": "ranked", "base": "entered"}'
    assert [finding.variant for finding in read_text(text).findings] == ["repeated_key"]
    levels = '{"技师": "高级技师", "技师": "首席技师"}'
    pair = f'{{"format": "promotion/1", "title": "x", "rules": [{{"title": "y", "levels": {levels}}}]}}'
    assert [finding.variant for finding in read_text(pair).findings] == ["pairs"]


@pytest.mark.parametrize("app", ["sqlite"], indirect=True)
def test_every_finding_has_its_words_in_both_languages(app):
    texts = [document_ for document_, _code, _where in WRONG] + [of_rule(awards="any")]
    grounds = [GROUND] * len(WRONG) + [Ground({}, ())]
    findings = [
        finding
        for wrong, ground in zip(texts, grounds, strict=True)
        for finding in read_document(wrong, ground).findings
    ] + [*read_text("{").findings]
    for locale, says in (("zh", "[一-鿿]"), ("en", "[a-z]{3}")):
        with app.test_request_context(), force_locale(locale):
            for finding in findings:
                words = finding_words(finding)
                assert re.search(says, words), finding
                assert "%(" not in words, finding
                assert "{" not in re.sub(r"{ […\"]", "", words), finding

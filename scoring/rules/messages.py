"""The words of every finding in English and Chinese, as templates (SCHEME.md section 7).

The recount has no gettext, so both languages stand here, and the product shows the same sentences. A template
is chosen by code and variant, and filled with the parameters of the finding.
"""

from collections.abc import Iterable, Mapping
from typing import Literal

from scoring.rules.findings import Finding, Param
from scoring.rules.messages_package import PACKAGE
from scoring.rules.messages_result import RESULT
from scoring.rules.messages_scheme import SCHEME
from scoring.rules.messages_standing import STANDING
from scoring.rules.resulttable import Difference

Language = Literal["en", "zh"]
Templates = Mapping[tuple[str, str], tuple[str, str]]

CATALOGUE: Templates = {**SCHEME, **PACKAGE, **RESULT, **STANDING}

LONGEST_PARAM = 200
MOST_DIFFERENCES = 10

AGREE = (
    "RESULTS_AGREE\tresults.csv\tThe published result agrees with the recount.",
    "RESULTS_AGREE\tresults.csv\t公布的成绩与复算结果一致。",
)
CELL = (
    "RESULTS_DIFFER\t{where}\tEntry {entry}, {column}: published {published}, recounted {recounted}.",
    "RESULTS_DIFFER\t{where}\t参赛编号 {entry} 的 {column}：公布为 {published}，复算为 {recounted}。",
)
ONLY_PUBLISHED = (
    "RESULTS_DIFFER\t{where}\tEntry {entry} is published once more than the recount has it.",
    "RESULTS_DIFFER\t{where}\t参赛编号 {entry} 在公布的成绩中多出一行。",
)
ONLY_RECOUNTED = (
    "RESULTS_DIFFER\t{where}\tEntry {entry} is missing from the published result.",
    "RESULTS_DIFFER\t{where}\t公布的成绩中缺少参赛编号 {entry}。",
)
MORE = (
    "RESULTS_DIFFER\tresults.csv\tThere are {count} more differences.",
    "RESULTS_DIFFER\tresults.csv\t另有 {count} 处不一致。",
)


def render(finding: Finding, language: Language = "en") -> str:
    """Return the message of a finding: what is wrong, why, and what to do about it."""
    template = CATALOGUE[finding.code, finding.variant][language == "zh"]
    return template.format(**{key: _shorten(value) for key, value in finding.params.items()})


def render_line(finding: Finding, language: Language = "en") -> str:
    """Return the line the recount prints: code, place and message, separated by tabs."""
    return "\t".join((finding.code, one_line(finding.where), one_line(render(finding, language))))


def comparison_lines(differences: list[Difference], language: Language = "en") -> list[str]:
    """Return what the recount says about a published result: that it agrees, or the first differences."""
    number = int(language == "zh")
    if not differences:
        return [AGREE[number]]
    lines = [_difference_line(difference, number) for difference in differences[:MOST_DIFFERENCES]]
    left = len(differences) - len(lines)
    return lines + ([MORE[number].format(count=left)] if left else [])


def one_line(text: str) -> str:
    """Return a text without line breaks, tabs or other control characters, so that it stays on its line."""
    return "".join(_visible(text))


def _visible(text: str) -> Iterable[str]:
    for letter in text:
        yield letter if letter.isprintable() else f"\\x{ord(letter):02x}"


def _shorten(value: Param) -> Param:
    if isinstance(value, str) and len(value) > LONGEST_PARAM:
        return value[: LONGEST_PARAM - 1] + "…"
    return value


def _difference_line(difference: Difference, number: int) -> str:
    if difference.recounted is None:
        template = ONLY_PUBLISHED
    elif difference.published is None:
        template = ONLY_RECOUNTED
    else:
        template = CELL
    return template[number].format(
        where=one_line(difference.where),
        entry=one_line(difference.entry),
        column=difference.column,
        published=one_line(difference.published or "-"),
        recounted=one_line(difference.recounted or "-"),
    )

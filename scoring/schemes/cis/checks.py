"""Compare what a marking scheme declares with what its aspects add up to. Pure."""

from scoring.rules.numbers import ONE, format_short
from scoring.schemes.cis.sheet import MarkingScheme

WHOLE = 100 * ONE


def check_totals(scheme: MarkingScheme) -> None:
    """Warn of every sum that is not what the sheet says, naming both numbers."""
    for criterion in scheme.criteria.values():
        if not criterion.aspects:
            scheme.warn("SCHEME_TOTAL", "criterion_empty", criterion.row, letter=criterion.letter)
            continue
        told: set[int] = set()
        for row, declared in criterion.declared.items():
            if declared != criterion.mark and declared not in told:
                told.add(declared)
                numbers = _numbers(declared, criterion.mark)
                scheme.warn("SCHEME_TOTAL", "criterion", row, letter=criterion.letter, **numbers)
    _check_whole(scheme)
    _check_sections(scheme)


def _check_whole(scheme: MarkingScheme) -> None:
    total = sum(criterion.mark for criterion in scheme.criteria.values())
    if scheme.total is not None and scheme.total[1] != total:
        scheme.warn("SCHEME_TOTAL", "competition", scheme.total[0], **_numbers(scheme.total[1], total))
    if total != WHOLE:
        scheme.warn("SCHEME_TOTAL", "hundred", 1, **_numbers(WHOLE, total))


def _check_sections(scheme: MarkingScheme) -> None:
    found: dict[str, int] = {}
    rows: dict[str, int] = {}
    for criterion in scheme.criteria.values():
        for aspect in criterion.aspects:
            found[aspect.section] = found.get(aspect.section, 0) + (aspect.mark or 0)
            rows.setdefault(aspect.section, aspect.row)
    for code, section in scheme.sections.items():
        if found.get(code, 0) != section.declared:
            numbers = _numbers(section.declared, found.get(code, 0))
            scheme.warn("SECTION_MISMATCH", "section", section.row, section=code, **numbers)
    for code in found.keys() - scheme.sections.keys() if scheme.sections else ():
        numbers = {"summed": format_short(found[code]), "section": code or "—"}
        scheme.warn("SECTION_MISMATCH", "section_unknown", rows[code], **numbers)


def _numbers(declared: int, summed: int) -> dict[str, str]:
    return {"declared": format_short(declared), "summed": format_short(summed)}

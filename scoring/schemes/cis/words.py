"""The sentences for what is wrong with a marking scheme, and with a template of ours: why, and what to do."""

from typing import Any

from flask_babel import lazy_gettext as _l

from scoring.schemes.cis.sheet import Fault
from scoring.schemes.template.columns import COLUMNS

SENTENCES: dict[str, Any] = {
    "no_table": _l(
        "No row with the headings of a marking scheme was found. It needs “Sub Criterion ID” and “Aspect - "
        "Description” at least; export the scheme again."
    ),
    "no_aspects": _l("The sheet has headings but no aspects. Fill it in."),
    "heading": _l("The column “%(heading)s” is missing in this block. Add it with its heading."),
    "letter_twice": _l(
        "Criterion %(letter)s stands here a second time (first in row %(first)s). Give each its own letter."
    ),
    "sub_code": _l("“%(value)s” is no code of a sub-criterion. Write a letter and a number, such as A1."),
    "sub_twice": _l(
        "Sub-criterion %(value)s stands here a second time (first in row %(first)s). Number it anew."
    ),
    "sub_foreign": _l(
        "Sub-criterion %(value)s stands below criterion %(letter)s. Move it, or correct its code."
    ),
    "before_criterion": _l("This aspect stands before any sub-criterion. Put a row such as A1 above it."),
    "no_type": _l("The aspect has no type. Write M (measurement) or J (judgement)."),
    "type": _l("“%(value)s” is no type of aspect. Write M (measurement) or J (judgement)."),
    "no_description": _l("The aspect has no description. Say what is marked."),
    "no_mark": _l(
        "The aspect has no maximum mark. Write it as a number; a formula counts with its saved value."
    ),
    "mark_form": _l("The maximum mark “%(value)s” is no number with at most 6 decimals. Correct it."),
    "mark_sign": _l("The maximum mark is %(value)s, but has to be above 0."),
    "levels": _l("This judgement lacks the words for level %(levels)s. Describe all levels from 0 to 3."),
    "level_alone": _l("This level belongs to no aspect. Put it below a judgement."),
    "level_measured": _l(
        "A level stands below a measurement (row %(first)s). Remove it, or make the aspect a judgement (J)."
    ),
    "level_value": _l("“%(value)s” is no level. Levels are 0, 1, 2 and 3."),
    "level_twice": _l("Level %(value)s stands here a second time. Keep one."),
    "level_words": _l("Level %(value)s has no words. Describe it."),
    "column": _l("The column “%(column)s” is missing. Add it with its heading."),
    "kind_word": _l("“%(value)s” is no kind of marking. Choose one from the list of the template."),
    "method_word": _l("“%(value)s” is no way to combine marks. Choose one from the list of the template."),
    "amount": _l("“%(value)s” in the column %(column)s is no plain number. Correct it."),
    "weight_twice": _l("The stage has the weight %(value)s here, but %(first)s above. Write the same."),
    "criterion_empty": _l("Criterion %(letter)s has no aspects; it was left out."),
    "criterion": _l(
        "Criterion %(letter)s declares %(declared)s marks, but its aspects add up to %(summed)s."
    ),
    "competition": _l("The total says %(declared)s marks, but all aspects add up to %(summed)s."),
    "hundred": _l("A WorldSkills scheme has %(declared)s marks; the aspects add up to %(summed)s."),
    "section": _l(
        "Standards section %(section)s declares %(declared)s marks, but its aspects add up to %(summed)s."
    ),
    "section_unknown": _l(
        "Aspects name the standards section %(section)s (%(summed)s marks), which is not declared."
    ),
}


def sentence(fault: Fault) -> str:
    """Return the sentence for a fault in the language of the request."""
    params = dict(fault.params)
    if "column" in params:
        params["column"] = str(COLUMNS[params["column"]][0])
    return str(SENTENCES[fault.variant]) % params

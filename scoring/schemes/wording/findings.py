"""Findings about a scheme for people who fill in a table: with the words of its fields, not of its file.

Whoever edits the JSON still finds each key, in brackets behind its word; what only concerns the file (numbers
without quotation marks, say) keeps the sentence of the recount.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core.i18n import current_locale
from scoring.rules import messages
from scoring.rules.findings import Finding, Param
from scoring.schemes.wording import places

KEYED = ("key", "other")
LONGEST = 60  # letters of a typed value that a sentence repeats
# About a value that was typed as a text.
TYPED: dict[str, Any] = {
    "decimal": _l(
        "“%(value)s” is no number that can be used here. Write digits, with at most 6 decimals, such as 0.5."
    ),
    "whole_number": _l("“%(value)s” is no whole number. Write digits alone, such as 3."),
}
ALWAYS: dict[str, Any] = {
    "sum": _l(
        "The weights of the stages add up to %(total)s; shares have to add up to exactly 1 (30%% is 0.3). "
        "Correct them, or choose “any factors” as weights of the stages."
    ),
    "trimmed_panel": _l(
        "Leaving out the %(drop)s highest and the %(drop)s lowest needs at least %(least)s judges. "
        "Raise “Judges at least”."
    ),
}


def told(document: object, finding: Finding) -> dict[str, Any]:
    """Return a finding as a page tells it: level, code, pointer, place and sentence."""
    found = {"level": finding.level, "code": finding.code, "pointer": finding.pointer}
    return found | {"place": place(document, finding), "message": sentence(document, finding)}


def place(document: object, finding: Finding) -> str:
    """Return where in the scheme a finding stands, in words."""
    if finding.pointer is None:
        return finding.where
    return " › ".join(places.crumbs(document, finding.pointer)) or _("The whole scheme")


def sentence(document: object, finding: Finding) -> str:
    """Return what is wrong, and what to do about it."""
    typed = finding.pointer is not None and isinstance(places.value_at(document, finding.pointer), str)
    own = ALWAYS.get(finding.variant) or (TYPED.get(finding.variant) if typed else None)
    if own is not None:
        return str(own) % {key: str(value)[:LONGEST] for key, value in finding.params.items()}
    named = replace(finding, params=_named(finding.params))
    return messages.render(named, "en" if current_locale() == "en" else "zh")


def _named(params: Mapping[str, Param]) -> dict[str, Param]:
    return {key: _word(str(value)) if key in KEYED else value for key, value in params.items()}


def _word(key: str) -> str:
    word = places.KEYS.get(key)
    return key if word is None else _("%(word)s (%(key)s)", word=word, key=key)

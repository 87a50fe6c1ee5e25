"""The words for what is wrong with promotion rules, and for what is refused."""

import re
from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from core import refusals
from core.i18n import current_locale
from scoring.promotions.rules import FILE, INVALID
from scoring.rules.findings import Finding
from scoring.rules.messages import CATALOGUE, render

LONGEST_PARAM = 120
RULE = re.compile("/rules/([0-9]+)(?:/(.*))?")
WORDS: Mapping[tuple[str, str], Any] = {
    (INVALID, "object"): _l("This has to be a JSON object, written as { … }."),
    (INVALID, "unknown_key"): _l(
        "“%(key)s” is no key of promotion rules here, so it would have no effect. Correct or remove it."
    ),
    (INVALID, "empty"): _l("“%(key)s” is empty. Write it in words, as it shall stand on the list."),
    (INVALID, "long"): _l("“%(key)s” has %(length)s characters; at most %(longest)s fit. Shorten it."),
    (INVALID, "range"): _l("The ranks end at %(last)s before they begin at %(first)s. Correct one of them."),
    (INVALID, "pairs"): _l("“%(key)s” has to name pairs, written as { \"…\": \"…\" }, each once."),
    (INVALID, "awards"): _l("“awards” has to be \"any\" or a list of award titles."),
    ("PROMOTION_LEVEL", ""): _l("“%(value)s” is no official level of skill. Use one of: %(options)s."),
    ("PROMOTION_DOWN", ""): _l(
        "%(proposed)s is not above %(current)s, so this would be no promotion. Correct the pair."
    ),
    ("PROMOTION_STAGE", ""): _l("The scheme has no stage “%(value)s”. Its stages are: %(options)s."),
    ("PROMOTION_PASS", ""): _l(
        "%(value)s points to pass are more than stage %(stage)s gives (%(most)s): nobody could. Lower it."
    ),
    ("PROMOTION_AWARD", "unknown"): _l(
        "The scheme has no award “%(value)s”. Its awards are: %(options)s. Write it as it stands there."
    ),
    ("PROMOTION_AWARD", "none"): _l(
        "The scheme gives no awards, so this rule would reach nobody. Add awards there, or name ranks here."
    ),
}


def finding_words(finding: Finding) -> str:
    """Return the sentence of a finding in the language of the request."""
    own = WORDS.get((finding.code, finding.variant))
    if own is not None:
        # gettext and not the lazy text itself, which would declare itself safe with what a person typed.
        return str(own) % {key: _short(value) for key, value in finding.params.items()}
    code = "SCHEME_INVALID" if (finding.code, finding.variant) not in CATALOGUE else finding.code
    shared = Finding(code, finding.where, finding.params, finding.level, finding.variant)
    return render(shared, "zh" if current_locale() == "zh" else "en")


def place_words(finding: Finding) -> str:
    """Return where in the document a finding is: the rule by its number, the key, or the line of the text."""
    pointer = finding.where.removeprefix(f"{FILE}:")
    rule = RULE.fullmatch(pointer)
    if rule is not None:
        number, key = int(rule[1]) + 1, rule[2]
        if not key:
            return _("rule %(number)s", number=number)
        return _("rule %(number)s, “%(key)s”", number=number, key=key)
    return _("line %(number)s", number=pointer) if pointer.isdecimal() else pointer or "/"


def _short(value: str | int) -> str:
    text = str(value)
    return text if len(text) <= LONGEST_PARAM else f"{text[: LONGEST_PARAM - 1]}…"


refusals.register(
    {
        "PROMOTION_CLOSED": _l("The event is archived or cancelled: nothing about promotions can change."),
        "PROMOTION_CHANGED": _l(
            "Somebody else has saved these rules while you were editing. Look at both, then save again."
        ),
        "PROMOTION_NOT_ANNOUNCED": _l(
            "Approvals are recorded once the result is announced and before the event is archived."
        ),
        "APPROVAL_NOBODY": _l("Tick at least one person whose promotion was approved."),
        "APPROVAL_FUTURE": _l("The document cannot be of a day to come. Correct the day."),
        "APPROVAL_GONE": _l("This approval is not recorded any more. Look again."),
        "LEVEL_UNKNOWN": _l("Choose one of the official levels."),
        "LEVEL_NOBODY": _l("This person is not entered here any more. Look again."),
    }
)

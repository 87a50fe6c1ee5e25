"""The words for what returns refuse."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from competitions.indicators.dictionary import by_key
from competitions.indicators.labels import name_of
from core.i18n import grouped
from core.refusals import Refusal, register

# One sentence for each rule of rules.check, with both numbers where there are two.
LOGIC: Mapping[str, Any] = {
    "empty": _l("No figure has been filled in."),
    "missing": _l(
        "Accepted returns of unions below are missing (%(count)s): the figures cannot be complete. Mark them "
        "as incomplete, or wait for the returns."
    ),
    "negative": _l("%(name)s is %(value)s: nothing is counted below 0."),
    "large": _l("%(name)s is %(value)s: so many there cannot be. Check the number of zeros."),
    "places": _l("%(name)s is %(value)s: at most %(places)s decimals are counted."),
    "number": _l(
        "%(name)s: “%(value)s” is no number. Write digits such as 25000; that it is about or more than so "
        "many is chosen beside it."
    ),
    "scaled": _l("%(name)s: “%(value)s” counts ten thousands twice, for the unit does already."),
    "qualifier": _l("%(name)s: “%(value)s” is none of =, ≈, >, ≥."),
    "remark": _l("%(name)s: the remark has %(length)s characters, at most %(most)s fit. Shorten it."),
    "more": _l("%(name)s is %(value)s, but %(other)s is %(limit)s: it cannot be more."),
    "nothing": _l("%(name)s is %(value)s, but %(other)s is 0: without it there is none."),
    "sum": _l(
        "%(name)s: own level %(own)s and accepted returns below %(below)s make %(sum)s, but %(value)s is "
        "written."
    ),
    "less": _l("%(name)s is %(value)s, but the accepted returns below make %(below)s already."),
    "one": _l("%(name)s is %(value)s, but a single union below has %(below)s."),
    "most": _l("%(name)s is %(value)s, but own level and all unions below have %(sum)s at most."),
    "exact": _l(
        "%(name)s is given as exact (%(value)s), but returns below are not (%(qualifier)s). Choose the same "
        "sign."
    ),
    "complete": _l(
        "%(name)s (%(value)s) is given as complete, but a return below is incomplete. Mark it as incomplete, "
        "too."
    ),
    "left": _l(
        "%(name)s is empty, but the accepted returns below make %(below)s. Take the sum over, write the "
        "total, or say in the remark why it stays empty."
    ),
    "left_apart": _l(
        "%(name)s is empty, but accepted returns below carry it (the largest %(below)s). It cannot be added: "
        "write the total, or say in the remark why it stays empty."
    ),
    "scale_below": _l(
        "%(name)s is %(value)s, the accepted returns below make %(below)s: one looks as if it were in ten "
        "thousands. Correct it, or say in the remark why both are right."
    ),
    "scale_own": _l(
        "%(name)s is %(value)s, own level and accepted returns below make %(sum)s: one looks as if it were "
        "in ten thousands. Correct it, or say in the remark why both are right."
    ),
    "scale_before": _l(
        "%(name)s is %(value)s, a year ago it was %(before)s: one looks as if it were in ten thousands. "
        "Correct it, or say in the remark why both are right."
    ),
    "scale": _l(
        "%(name)s is %(value)s, the system has counted %(computed)s: one looks as if it were in ten "
        "thousands. Correct it, or say in the remark why both are right."
    ),
}


def logic_words(refusal: Refusal) -> str:
    """Return the sentence for what cannot be true, with names and numbers."""
    params = {name: _shown(name, value) for name, value in refusal.params.items()}
    known = by_key().get(str(refusal.params.get("key", "")))
    return str(LOGIC[str(refusal.params["rule"])]) % {"name": name_of(known) if known else "", **params}


def _line(refusal: Refusal) -> str:
    fault = refusal.params["fault"]
    told = logic_words(fault) if isinstance(fault, Refusal) else ""
    return str(_l("Row %(row)s: %(fault)s")) % {"row": refusal.params["row"], "fault": told}


def _shown(name: str, value: object) -> str:
    if name == "other":
        return name_of(by_key()[str(value)])
    return grouped(value) if isinstance(value, int | Decimal) else str(value)


_words: Mapping[str, Callable[[Refusal], str] | Any] = {
    "STAT_LOGIC": logic_words,
    "PERIOD_DAYS": _l("The last day lies before the first one."),
    "PERIOD_DUE": _l("This lies before the period begins."),
    "PERIOD_TWICE": _l(
        "Returns for exactly these days are asked for already: “%(title)s”. Correct or withdraw that one, or "
        "choose other days."
    ),
    "PERIOD_BEGUN": _l("A return has been submitted already: what is asked for cannot be changed any more."),
    "PERIOD_WITHDRAWN": _l("These returns are not asked for any longer; nothing can be filled in."),
    "RETURN_CLOSED": _l(
        "This return has been submitted and cannot be changed; the union above can send it back."
    ),
    "RETURN_CHANGED": _l(
        "Somebody else has changed this return meanwhile. Open it again and enter your changes."
    ),
    "RETURN_UNSEEN": _l(
        "Somebody has changed these figures since you looked at them. They are shown anew: check them first."
    ),
    "RETURN_HEAD": _l("Name who answers for the return."),
    "RETURN_NOT_SUBMITTED": _l("This return has not been submitted, or was decided meanwhile."),
    "RETURN_ABOVE": _l(
        "The return of %(union)s, which builds on this one, has been submitted. It must be sent back first."
    ),
    "RETURN_ROW": _l("Row %(row)s: “%(key)s” is no code of this form, or stands there twice."),
    "RETURN_LINE": lambda refusal: _line(refusal),
    "RETURN_FORMULA": _l(
        "Cell %(cell)s holds a formula without a saved value. Write the number itself, or open and save the "
        "file in a spreadsheet program."
    ),
    "RETURN_UNNUMBERED": _l(
        "The file does not say which return it belongs to: its form number is missing. Download the form "
        "here and fill that one in."
    ),
    "RETURN_OTHER": _l(
        "This form belongs to another return: %(brought)s. This page is that of %(here)s. Open the return it "
        "belongs to, or download the form here."
    ),
    "RETURN_COMPLETE": _l("Cell %(cell)s: “%(value)s” says neither complete nor incomplete."),
    "RETURN_REASON": _l("Say what is to be mended, in at most %(most)s characters."),
}
register(_words)

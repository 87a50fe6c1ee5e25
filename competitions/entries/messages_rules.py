"""The words for what breaks the rules of entry, and for what is decided about entries."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from competitions.eligibility.wording import skill_words
from core.i18n import day, listed, moment
from core.refusals import Refusal, words


def _closed(refusal: Refusal) -> str:
    """Say why nobody can be entered: by the hour, or by the state of the event."""
    params: Any = refusal.params
    if "closed" in params:
        return _("Registration closed at %(time)s.", time=moment(params["closed"]))
    if "opens" in params:
        return _("Registration opens at %(time)s.", time=moment(params["opens"]))
    return _("Registration is not open: entries can no longer or not yet be changed.")


def _age(refusal: Refusal) -> str:
    """Say which age was asked for; a birth date that nobody can have is a slip of the pen."""
    params: Any = refusal.params
    if "retires" in params:
        return _(
            "The person reaches the statutory retirement age on %(retires)s; ages count on %(day)s.",
            retires=day(params["retires"]), day=day(params["day"]),
        )  # fmt: skip
    if "day" not in params:
        return _("The person would be younger than %(youngest)s or older than %(oldest)s.", **params)
    said = {"age": params["age"], "day": day(params["day"]), "least": params["least"], "most": params["most"]}
    if said["most"] is None:
        return _("Aged %(age)s on %(day)s; at least %(least)s is asked for.", **said)
    if said["least"] is None:
        return _("Aged %(age)s on %(day)s; at most %(most)s is allowed.", **said)
    return _("Aged %(age)s on %(day)s; %(least)s to %(most)s is asked for.", **said)


def _level(refusal: Refusal) -> str:
    params: Any = refusal.params
    if "least" in params:
        level, least = skill_words(params["level"]), skill_words(params["least"])
        return _("The level “%(level)s” is below %(least)s.", level=level, least=least)
    return _(
        "The level “%(level)s” is none of: %(levels)s.",
        level=skill_words(params["level"]),
        levels=listed(map(skill_words, params["levels"])),
    )


def _trade(refusal: Refusal) -> str:
    params: Any = refusal.params
    return _(
        "The own trade is “%(trade)s”; asked for is: %(trades)s.",
        trade=params["trade"], trades=listed(params["trades"]),
    )  # fmt: skip


def _no_trade(refusal: Refusal) -> str:
    params: Any = refusal.params
    return _("No own trade is given; asked for is: %(trades)s.", trades=listed(params["trades"]))


def _twice(refusal: Refusal) -> str:
    if "other" in refusal.params:
        return _(
            "Both are entered in “%(event)s”, as No. %(number)s and No. %(other)s: they are two people, or "
            "one of the entries has to be withdrawn first.",
            **refusal.params,
        )
    if "event" in refusal.params:
        return _(
            "Already entered in “%(event)s” of this competition (No. %(number)s); only one event is allowed.",
            **refusal.params,
        )
    return _("Already entered in this event as No. %(number)s.", **refusal.params)


def _quota(refusal: Refusal) -> str:
    if refusal.params.get("places") == 0:
        return _("This unit has no place in this event.")
    return _("The unit has used its %(places)s places in this event.", **refusal.params)


def _breaks(refusal: Refusal) -> str:
    params: Any = refusal.params
    return _(
        "No. %(number)s, %(who)s: %(why)s",
        number=params["number"], who=params["who"], why=words(params["fault"]),
    )  # fmt: skip


# code -> (why, what to do), as in competitions.entries.messages
WORDS: dict[str, tuple[Any, Any]] = {
    "REG_CLOSED": (_closed, _l("Ask the organiser to extend the registration.")),
    "AGE_OUT_OF_RANGE": (_age, _l("Compare the birth date in the ID number with the card.")),
    "AGE_UNKNOWN": (
        _l("Without an ID number the age cannot be checked."),
        _l("Nothing is refused for that; the organiser looks at it."),
    ),
    "OWN_TRADE": (_trade, _l("Correct the trade, or enter somebody of this trade.")),
    "OWN_TRADE_UNKNOWN": (_no_trade, _l("Choose the trade in which the person works.")),
    "SKILL_LEVEL": (_level, _l("Correct the level, or enter somebody else.")),
    "SKILL_LEVEL_UNKNOWN": (
        _l("This event asks for a skill level, and none of the usual ones is given."),
        _l("Choose the level that the person’s certificate names."),
    ),
    "DUPLICATE_ENTRY": (_twice, _l("Delete the row, or change the entry there.")),
    "PREVIOUS_WINNER": (
        _l("Won “%(award)s” in %(year)s (%(event)s); winners of those years cannot enter."),
        _l("Enter somebody else."),
    ),
    "UNIT_QUOTA": (_quota, _l("Take another entry of the unit back first, or ask the organiser for more.")),
    "ENTRY_BREAKS": (_breaks, ""),
    "ENTRY_MOVED_ON": (
        _l("Somebody has decided this entry in the meantime, or its unit has changed it."),
        _l("Look at it as it is now."),
    ),
    "NOTHING_TO_SUBMIT": (_l("There is no draft to be handed in."), ""),
    "ALL_BREAK_RULES": (
        _l("%(count)s entries wait, and each breaks a rule of entry (No. %(numbers)s)."),
        _l("Open them one by one."),
    ),
}

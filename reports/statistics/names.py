"""The names in an address: one that nothing reads would leave its filter out without a word."""

from collections.abc import Collection

from werkzeug.datastructures import MultiDict

from core.refusals import Refusal, Refused

FOREIGN = "utm_"  # what mailing programs add to every address; it says nothing about figures


def unknown(asked: MultiDict[str, str], known: Collection[str]) -> list[Refusal]:
    """Return what is wrong with the names of an address: none is unknown, and none stands twice."""
    found = []
    for name, values in asked.lists():
        if name not in known:
            found.append(Refusal("PARAMETER_UNKNOWN", name[:60], {"known": ", ".join(sorted(known))}))
        elif len(values) > 1:
            found.append(Refusal("PARAMETER_TWICE", name))
    return found


def check(asked: MultiDict[str, str], known: Collection[str]) -> None:
    """Refuse an address of a page that names what the page does not know.

    Raises: Refused PARAMETER_UNKNOWN, PARAMETER_TWICE.
    """
    theirs = {name for name in asked if name.startswith(FOREIGN)}
    if wrong := unknown(asked, {*known, *theirs}):
        raise Refused(*wrong)

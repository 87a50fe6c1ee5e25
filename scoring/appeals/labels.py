"""The words for how an appeal stands and what it is about."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from scoring.appeals import rules
from scoring.rules.model import Scheme

CHIPS: dict[str, tuple[str, Any]] = {
    "filed": ("warn", _l("filed, not yet taken up")),
    "accepted": ("info", _l("being looked into")),
    "refused": ("off", _l("not taken up")),
    "withdrawn": ("off", _l("withdrawn")),
    "upheld": ("ok", _l("upheld")),
    "partly": ("ok", _l("upheld in part")),
    "dismissed": ("off", _l("dismissed")),
}
DECISIONS: dict[str, Any] = {
    "upheld": _l("Upheld: what is named below is corrected"),
    "partly": _l("Upheld in part: what is named below is corrected"),
    "dismissed": _l("Dismissed: the result stands"),
}
RELEASES: dict[str, tuple[str, Any]] = {
    "asked": ("warn", _l("waits for an arbitrator")),
    "open": ("info", _l("open for correction")),
    "used": ("ok", _l("corrected")),
    "closed": ("off", _l("ended without a correction")),
    "declined": ("off", _l("not approved")),
}


def receipt(event_id: int, number: int) -> str:
    """Return the number of a receipt: SS, the event, the appeal."""
    return f"SS{event_id:05d}-{number:03d}"


def penalty_words(points: str, reason: str) -> str:
    """Return a penalty in words."""
    return _("Penalty of %(points)s points: %(reason)s", points=points, reason=reason)


def about_words(scheme: Scheme | None, penalties: Mapping[str, str], kind: str, code: str) -> str:
    """Return what an appeal is about, one thing of it."""
    if kind == rules.PENALTY:
        return penalties.get(code, "—")
    if kind == rules.STATUS:
        return _("Status of the result")
    if kind == rules.RANKING:
        return _("Rank or award")
    stage_code, _slash, aspect_code = code.partition("/")
    stage = scheme.find_stage(stage_code) if scheme else None
    title = stage.title or stage_code if stage else stage_code
    if not aspect_code:
        return _("All marks of %(stage)s", stage=title)
    aspect = scheme.find_aspect(stage_code, aspect_code) if scheme else None
    return f"{title} · {aspect.title or aspect_code if aspect else aspect_code}"

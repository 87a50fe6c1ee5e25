"""What the pages of honours share."""

from typing import Any

from flask import Blueprint, request
from flask_login import current_user

from accounts import policy
from accounts.guard import held_grants
from competitions.fields import tidy
from competitions.organisations import offers
from core import clock
from scoring.honours import labels
from scoring.honours.queries import Sought
from scoring.honours.services import Act

VIEW, EDIT = "honour.view", "honour.edit"
blueprint = Blueprint("honours", __name__)


def scopes() -> frozenset[tuple[str, int]]:
    """Return where the signed-in user sees honours."""
    return policy.scopes_of(held_grants(), VIEW)


def act() -> Act:
    """Return who asks, and when."""
    return Act(int(current_user.id), clock.now())


def unions() -> list[Any]:
    """Return the unions whose register the signed-in user keeps."""
    return offers.unions(EDIT)


def sought() -> Sought:
    """Return what the address asks for; what is not offered is left out."""
    asked = request.args
    year = asked.get("year", "")
    is_year = len(year) == 4 and year.isascii() and year.isdigit() and year > "1000"
    return Sought(
        tidy(asked.get("q"))[:80], _known("kind", labels.KINDS), _known("level", labels.LEVELS),
        _known("state", labels.STATES), int(year) if is_year else None,
    )  # fmt: skip


def _known(name: str, words: Any) -> str:
    said = request.args.get(name, "")
    return said if said in words else ""

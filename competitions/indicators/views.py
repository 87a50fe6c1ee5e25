"""The page of the dictionary."""

from itertools import groupby

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from accounts.guard import requires
from competitions.indicators import labels
from competitions.indicators.dictionary import indicators

blueprint = Blueprint("indicators", __name__, url_prefix="/statistics/indicators")


@blueprint.get("/")
@requires("statistics.view")
def show_dictionary() -> ResponseReturnValue:
    """Show every indicator: what it counts, in which unit, and what may be added."""
    groups = [(code, list(group)) for code, group in groupby(indicators(), key=lambda one: one.code)]
    return render_template("indicators/dictionary.html", groups=groups, labels=labels)

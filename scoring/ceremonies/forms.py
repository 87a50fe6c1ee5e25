"""How a ceremony is to go, and the wish for its next step."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from competitions.fields import WholeNumber
from scoring.ceremonies.rules import MANNERS, MOST_SINGLY, SINGLY

WORDS: dict[str, Any] = {
    "award": _l("Prize by prize, the highest last; entries without a prize do not appear"),
    "rank": _l("Every rank, from the last to the first"),
}


class CeremonyForm(FlaskForm):
    """In which manner a result is uncovered."""

    manner = RadioField(
        _l("How it is uncovered"),
        choices=[SelectChoice(manner, WORDS[manner]) for manner in MANNERS],
        default="award",
        validators=[InputRequired(_l("Choose how the result is uncovered."))],
    )
    singly = WholeNumber(
        _l("The best ranks one at a time, from rank"),
        least=0,
        most=MOST_SINGLY,
        default=SINGLY,
        description=_l("Ranks after it come up to eight on a screen; equal ranks always come together."),
    )


class StepForm(FlaskForm):
    """The number of the step that the screen wants to uncover."""

    number = WholeNumber("", least=1)

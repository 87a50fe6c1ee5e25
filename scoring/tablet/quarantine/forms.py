"""The chief judge's decision on what waits for one sheet."""

import re
from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length

from competitions.fields import tidy_text

LONGEST_REASON = 500
SHOWN = re.compile(r"[0-9]{1,9}(?: [0-9]{1,9}){0,999}")


class DecisionForm(FlaskForm):
    """What is decided about the operations that the page has shown, on the version that it has shown."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[tidy_text],
        validators=[
            InputRequired(_l("This is needed. Please fill it in.")),
            Length(max=LONGEST_REASON, message=_l("At most %(maximum)s characters.", maximum=LONGEST_REASON)),
        ],
    )
    version = HiddenField()
    shown = HiddenField()

    def __init__(self, sheet: str, **settings: Any) -> None:
        super().__init__(prefix=f"s{sheet[:8]}-", **settings)

    @property
    def seen_version(self) -> int:
        """Return the version of the sheet on which somebody decides."""
        said = self.version.data or ""
        return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1

    @property
    def seen(self) -> Sequence[int]:
        """Return the numbers of the operations that somebody has seen."""
        said = self.shown.data or ""
        return [int(number) for number in said.split()] if SHOWN.fullmatch(said) else []

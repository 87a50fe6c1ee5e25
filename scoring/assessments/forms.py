"""Input of periods: deadlines, reports, checks, evidence; values and notes are sent by aspect."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from competitions.eligibility.forms import Moment
from competitions.fields import NOT_OFFERED, TextLine, half_width, tidy, tidy_text
from scoring.assessments.rules import LONGEST_NOTE, LONGEST_VALUE
from scoring.assessments.services import TITLE_LENGTH, Texts
from scoring.rules.model import Stage
from scoring.sheets.forms import OPERATION_ID


class DueForm(FlaskForm):
    """Until when the units report."""

    due_at = Moment(_l("Units report until"), [InputRequired(_l("This is needed. Please fill it in."))])


class ValuesForm(FlaskForm):
    """A form whose values stand by aspect: the version that it was opened with."""

    version = HiddenField()


class CheckForm(ValuesForm):
    """Checked values, entered once under an operation id."""

    operation = HiddenField()

    def __init__(self, operation: str, **settings: Any) -> None:
        super().__init__(**settings)
        if not OPERATION_ID.fullmatch(self.operation.data or ""):
            self.operation.data = operation


class ReturnForm(FlaskForm):
    """Why a report goes back to its unit."""

    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("This is needed. Please fill it in.")), Length(max=500)],
        filters=[tidy_text],
    )


class EvidenceForm(FlaskForm):
    """One more piece of evidence."""

    aspect = SelectField(_l("Evidence for"))
    title = TextLine(_l("Title of the file"), maximum=TITLE_LENGTH)
    file = FileField(_l("File"), [FileRequired(_l("Choose the file first."))])

    def __init__(self, aspects: Iterable[tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        choices = [SelectChoice("", _l("the whole period")), *(SelectChoice(*one) for one in aspects)]
        self.aspect.choices, self.aspect.invalid_choice_message = choices, NOT_OFFERED


def read_texts(sent: Mapping[str, str], stage: Stage, value: str, note: str = "") -> Texts:
    """Return the values and notes that a form names as "<prefix>-<aspect>"; digits are made half width.

    Only what was sent is there: a form without a field says nothing of it.
    """
    values, notes = (
        {one.code: sent[name] for one in stage.aspects if (name := f"{prefix}-{one.code}") in sent}
        for prefix in (value, note)
    )
    return Texts(
        {code: half_width(text)[:LONGEST_VALUE] for code, text in values.items()},
        {code: tidy(text)[: LONGEST_NOTE + 1] for code, text in notes.items()} if note else {},
    )

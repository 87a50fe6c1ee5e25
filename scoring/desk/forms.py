"""What is entered at the desk: files, the meaning of columns, codes and marks of paper sheets."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, FieldList, HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional

from competitions.fields import NOT_OFFERED, half_width

CHOOSE_FILE: Any = _l("Choose the file first.")
NEEDED: Any = _l("This is needed. Please fill it in.")


class ListForm(FlaskForm):
    """A list of marks for one stage."""

    stage = SelectField(_l("Stage"))
    file = FileField(_l("Excel workbook (.xlsx) or CSV"), [FileRequired(CHOOSE_FILE)])
    signs = BooleanField(
        _l("The original is signed: sign the complete sheets with it"),
        description=_l("Without this the marks wait on the judges' sheets, and the judges sign."),
        default=True,
    )

    def __init__(self, stages: Sequence[tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.stage.choices = [SelectChoice(code, title) for code, title in stages]
        self.stage.invalid_choice_message = NOT_OFFERED


class ColumnsForm(FlaskForm):
    """What each column of a list is read as, in the order of the columns."""

    columns = FieldList(SelectField())

    def __init__(
        self,
        headings: Sequence[tuple[int, str]],
        offered: Sequence[tuple[str, Any]],
        fields: Mapping[int, str],
        **settings: Any,
    ) -> None:
        data = {"columns": [fields.get(index, "") for index, _heading in headings]}
        super().__init__(data=data, **settings)
        while len(self.columns) < len(headings):  # a form that was cut short on its way
            self.columns.append_entry("")
        for (_index, heading), column in zip(headings, self.columns, strict=False):
            column.choices, column.label.text = [SelectChoice(*choice) for choice in offered], heading
            column.invalid_choice_message = NOT_OFFERED
        self.headings = headings

    @property
    def fields(self) -> dict[int, str]:
        """Return the field of each column that is read."""
        pairs = zip(self.headings, self.columns, strict=False)
        return {index: column.data for (index, _heading), column in pairs if column.data}


class EnterForm(FlaskForm):
    """The figures that were looked at."""

    digest = HiddenField()


class FindForm(FlaskForm):
    """Which paper sheet is keyed: asked by address, so that nothing is written."""

    class Meta(FlaskForm.Meta):
        csrf = False

    code = StringField(_l("Entry code"), filters=[half_width], validators=[InputRequired(NEEDED)])
    judge = StringField(_l("Judge code"), filters=[half_width], validators=[InputRequired(NEEDED)])
    stage = SelectField(_l("Stage"))

    def __init__(self, stages: Sequence[tuple[str, str]], **settings: Any) -> None:
        super().__init__(**settings)
        self.stage.choices = [SelectChoice(code, title) for code, title in stages]
        self.stage.invalid_choice_message = NOT_OFFERED


class BackupForm(FlaskForm):
    """A backup file of a tablet."""

    backup = FileField(_l("Backup file (.jsbackup)"), [FileRequired(CHOOSE_FILE)])


class KeyForm(FlaskForm):
    """The marks of a paper sheet in the order of its places; `alone`: nobody keys it again."""

    values = FieldList(StringField(filters=[half_width]))
    signed = BooleanField(_l("The judge has signed the paper"), default=True)
    alone = StringField()

    def __init__(self, places: int, **settings: Any) -> None:
        super().__init__(**settings)
        while len(self.values) < places:
            self.values.append_entry("")


class SettleForm(FlaskForm):
    """What a third look at the paper says of each difference: one of the values, or another one."""

    base = HiddenField()
    picks = FieldList(RadioField(validators=[Optional()], validate_choice=False))
    others = FieldList(StringField(filters=[half_width]))

    def __init__(self, places: int, **settings: Any) -> None:
        super().__init__(**settings)
        for rows in (self.picks, self.others):
            while len(rows) < places:
                rows.append_entry("")

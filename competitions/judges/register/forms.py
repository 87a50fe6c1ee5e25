"""What the forms of the judge register accept."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import TextAreaField

from competitions.fields import Day, OneOf, TextLine, WordOf
from competitions.judges.forms import SHORT, AppointForm
from competitions.judges.register.labels import LEVELS
from competitions.judges.register.queries import Sought
from competitions.judges.register.services import ProfileValues, QualificationValues

FIRST_YEAR, LAST_YEAR = 1990, 2100
TITLE = _l("Professional title")


class SearchForm(FlaskForm):
    """Whom somebody looks for; sent by POST, so that no name stands in an address or a log."""

    name = TextLine(_l("Full name"), maximum=80)
    unit = TextLine(_l("Own unit"), maximum=120)
    trade = OneOf(_l("Trade"), empty=_l("All"))
    level = WordOf(_l("Level"), {"": _l("All"), **LEVELS})

    def sought(self) -> Sought:
        """Return what was asked for."""
        return Sought(self.name.data or "", self.unit.data or "", self.trade.data, self.level.data or "")


class CandidateForm(FlaskForm):
    """Whom somebody looks for to appoint."""

    name = TextLine(_l("Full name"), maximum=80)
    unit = TextLine(_l("Own unit"), maximum=120)

    def sought(self) -> Sought:
        """Return what was asked for."""
        return Sought(self.name.data or "", self.unit.data or "")


class ChooseForm(FlaskForm):
    """The judges who are ticked stand beside it."""


class ProfileForm(FlaskForm):
    """What the register says of a judge."""

    unit = TextLine(_l("Own unit"), maximum=120)
    title = TextLine(TITLE, maximum=80, description=_l("For example: senior engineer, senior technician."))
    note = TextAreaField(_l("Note"), [SHORT])

    def values(self, unit_id: int | None) -> ProfileValues:
        """Return what was said."""
        return ProfileValues(unit_id, self.title.data or "", (self.note.data or "").strip())


class NewJudgeForm(AppointForm):
    """Somebody who has an account and is to stand in the register."""

    chief = None
    head = None
    unit = TextLine(_l("Own unit"), maximum=120, required=True)
    title = TextLine(TITLE, maximum=80, description=_l("For example: senior engineer, senior technician."))
    note = TextAreaField(_l("Note"), [SHORT])
    values = ProfileForm.values


class QualificationForm(FlaskForm):
    """One qualification."""

    trade = TextLine(
        _l("Trade"),
        maximum=160,
        description=_l("Code or name as in the catalogue; empty for none in particular."),
    )
    level = WordOf(_l("Level"), LEVELS)
    certificate_number = TextLine(_l("Certificate number"), maximum=80)
    issued_by = TextLine(_l("Issued by"), maximum=120)
    valid_until = Day(_l("Valid until"), description=_l("The last day; empty without an end."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.valid_until.first_year, self.valid_until.last_year = FIRST_YEAR, LAST_YEAR

    def values(self, trade_id: int | None) -> QualificationValues:
        """Return what was said."""
        return QualificationValues(
            trade_id, self.level.data, self.certificate_number.data or "", self.issued_by.data or "",
            self.valid_until.data,
        )  # fmt: skip

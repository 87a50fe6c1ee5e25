"""Input for the particulars of works and for their review."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, FieldList, HiddenField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, ValidationError

from competitions.eligibility.forms import MaybeNumber, Moment
from competitions.fields import Day, TextLine, WordOf, half_width, show_refusals, tidy_text
from competitions.works import labels
from competitions.works.rules import BASIS_MAXIMUM, WHOLE, Particulars, benefit_text, yuan_of
from core.refusals import Refusal, Refused, words

YEARS = (1949, 2100)


class ParticularsForm(FlaskForm):
    """What is said of a work; one share for each author in their order."""

    version = HiddenField()
    nature = WordOf(_l("Kind of work"), {})
    implemented = BooleanField(_l("It is in use"))
    implemented_on = Day(_l("In use since"))
    benefit = TextLine(_l("Direct economic benefit"), maximum=20)
    evidence = BooleanField(_l("There is evidence of it, among the files of the work"))
    basis = TextAreaField(
        _l("How the benefit was counted"),
        validators=[Length(max=BASIS_MAXIMUM, message=_l("At most %(max)d characters fit here."))],
        filters=[tidy_text],
    )
    shares = FieldList(MaybeNumber(_l("Share of the work"), least=1, most=WHOLE), max_entries=200)

    def __init__(self, authors: int, said: Particulars | None = None, **settings: Any) -> None:
        data = {} if said is None else said._asdict() | {"benefit": benefit_text(said.benefit)}
        super().__init__(data=data, **settings)
        self.nature.choices = [
            SelectChoice("", _l("Choose…")),
            *(SelectChoice(key, word) for key, word in labels.NATURES.items()),
        ]
        self.implemented_on.first_year, self.implemented_on.last_year = YEARS
        while len(self.shares) < authors:
            self.shares.append_entry()

    def validate_benefit(self, field: TextLine) -> None:
        """Refuse what is no figure."""
        if field.data and yuan_of(half_width(field.data)) is None:
            raise ValidationError(words(Refusal("WORK_BENEFIT", "benefit")))

    def show(self, refused: Refused) -> list[str]:
        """Put each refusal at its field, that of the shares at the first one; return the words of others."""
        for refusal in refused.refusals:
            if refusal.where == "shares" and len(self.shares):
                self.shares[0].errors = [words(refusal)]
                self.shares.errors = [words(refusal)]
        return show_refusals(self, Refused(*(one for one in refused.refusals if one.where != "shares")))

    def values(self, authors: int) -> Particulars:
        """Return what was said."""
        shares = tuple(field.data for field in self.shares)[:authors]
        return Particulars(
            self.nature.data or "", bool(self.implemented.data), self.implemented_on.data,
            yuan_of(half_width(self.benefit.data)), bool(self.evidence.data), self.basis.data or "", shares,
        )  # fmt: skip


class ImplementedForm(FlaskForm):
    """Since when a work is in use, recorded after the registration."""

    implemented_on = Day(_l("In use since"))

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.implemented_on.first_year, self.implemented_on.last_year = YEARS


class TermsForm(FlaskForm):
    """How experts see the works of an event, and until when they mark."""

    anonymous = BooleanField(
        _l("Experts see neither authors nor units"),
        description=_l("Works go by their codes, files without their names."),
    )
    until = Moment(
        _l("Experts mark until"),
        description=_l("Afterwards no mark is taken any more, until you name a later time. Empty: no end."),
    )

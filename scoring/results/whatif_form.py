"""What somebody wishes to be otherwise, as a form."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import Length

from competitions.fields import NOT_OFFERED, WholeNumber, half_width, tidy
from scoring.results import whatif
from scoring.results.rules import Inputs
from scoring.results.whatif import MarkWish, Wishes
from scoring.results.words import DASH
from scoring.rules.numbers import format_short, parse_decimal, simplest
from scoring.schemes import documents
from scoring.schemes.wording import findings
from scoring.sheets.rules import judge_order

MARKS = 3
SHORT = Length(max=60, message=_l("At most %(max)d characters fit here."))
KEPT = SelectChoice("", _l("as it is"))
METHODS = [
    KEPT,
    SelectChoice("mean", _l("mean of all judges")),
    SelectChoice("trimmed_mean", _l("mean without highest and lowest")),
    SelectChoice("median", _l("median")),
    SelectChoice("sum", _l("sum")),
]
SHARES = [
    KEPT,
    SelectChoice("yes", _l("ranks may be shared")),
    SelectChoice("no", _l("ranks may not be shared")),
]
NONE = SelectChoice("", DASH)


def weight_text(text: str | None) -> str:
    """Return a typed weight as a decimal: digits of full width are digits, and 30% is 0.3."""
    plain = half_width(tidy(text)).replace("。", ".")
    amount = parse_decimal(plain.removesuffix("%")) if plain.endswith("%") else None
    return plain if amount is None else format_short(simplest(Fraction(amount, 100)))


class MarkForm(Form):
    """One mark with another value."""

    entry = StringField(_l("Entry code"), [SHORT], filters=[tidy])
    place = SelectField(_l("Aspect"), validate_choice=False)
    judge = SelectField(_l("Judge"), validate_choice=False)
    value = StringField(_l("Value instead"), [SHORT], filters=[tidy])


class WhatIfForm(FlaskForm):
    """Weights, one rule, a few marks, judges to leave out, or a whole other scheme."""

    weights = FieldList(StringField(_l("Weights of the stages"), [SHORT], [weight_text]))
    method = SelectField(
        _l("Combine the judges' marks by"), choices=METHODS, invalid_choice_message=NOT_OFFERED
    )
    drop = WholeNumber(_l("Highest and lowest left out"), least=1, most=9, default=1)
    where = SelectField(_l("For"), invalid_choice_message=NOT_OFFERED)
    share = SelectField(_l("Equal totals"), choices=SHARES, invalid_choice_message=NOT_OFFERED)
    left_out = SelectMultipleField(_l("Leave out judges"), validate_choice=False)
    marks = FieldList(FormField(MarkForm), min_entries=MARKS, max_entries=MARKS)
    document = TextAreaField(_l("The whole scheme as JSON"))

    def offer(self, inputs: Inputs) -> None:
        """Say what can be chosen for this result."""
        scheme = inputs.scheme
        self.codes = {entry.entry.casefold(): entry.entry for entry in inputs.entries}
        everywhere = SelectChoice("", _l("every aspect that judges mark apart"))
        free = [SelectChoice(".".join(p), _name(inputs, p)) for p in whatif.free_panels(scheme)]
        self.where.choices = [everywhere, *free]
        judges = sorted({mark.judge for mark in inputs.marks} | {row.judge for row in inputs.assignments})
        self.left_out.choices = [SelectChoice(judge, judge) for judge in sorted(judges, key=judge_order)]
        aspects = [aspect for stage in scheme.stages for aspect in stage.aspects]
        places = [SelectChoice(f"{a.stage}.{a.code}", a.title or a.code) for a in aspects]
        for row in self.marks:
            row.form.place.choices = [NONE, *places]
            row.form.judge.choices = [NONE, *self.left_out.choices]

    def wishes(self, inputs: Inputs, real: Any) -> Wishes:
        """Return what was wished; a scheme that is the real one is no wish."""
        read = documents.read_text(self.document.data or "") if (self.document.data or "").strip() else None
        other = read.document if read is not None and read.document != real else None
        return Wishes(
            weights=tuple(
                "" if field.data == weight else field.data or ""
                for field, weight in zip(self.weights, _weights(inputs), strict=False)
            ),
            method=self.method.data or "",
            drop=self.drop.data or 1,
            places=(_place(self.where.data),) if self.where.data else (),
            share={"yes": True, "no": False}.get(self.share.data or ""),
            left_out=frozenset(self.left_out.data or ()),
            marks=tuple(wish for row in self.marks if (wish := _mark(row.form, self.codes)) is not None),
            document=other if isinstance(other, dict) else None,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask for whole marks, and for a scheme that is JSON."""
        fine = bool(super().validate(extra_validators))
        for row in self.marks:
            fine = self._is_whole(row.form) and fine
        for field in self.weights:
            if field.data and parse_decimal(field.data) is None:
                fine = _refuse(field, findings.TYPED["decimal"] % {"value": field.data})
        text = (self.document.data or "").strip()
        if text and not isinstance(documents.read_text(text).document, dict):
            fine = _refuse(self.document, _("This is no JSON of a scheme."))
        return fine

    def refuse_weights(self, sentence: str) -> None:
        """Say at the weights what is wrong with all of them together."""
        self.weights.errors = [sentence]
        _refuse(self.weights[0], sentence)

    def _is_whole(self, form: Any) -> bool:
        given = [bool(form[name].data) for name in ("entry", "place", "judge")]
        if any(given) and not all(given):
            return _refuse(form.value, _("Choose entry, aspect and judge."))
        if form.entry.data and form.entry.data.casefold() not in self.codes:
            return _refuse(form.entry, _("There is no entry code “%(code)s” here.", code=form.entry.data))
        return True


def _refuse(field: Any, sentence: str) -> bool:
    field.errors = [*field.errors, sentence]
    return False


def form_for(inputs: Inputs, document: str) -> WhatIfForm:
    """Return the form of a result, filled with what is really so where nothing was sent."""
    form = WhatIfForm(data={"weights": _weights(inputs), "document": document, "drop": 1})
    form.offer(inputs)
    return form


def _weights(inputs: Inputs) -> list[str]:
    return [format_short(stage.weight) for stage in inputs.scheme.stages]


def _name(inputs: Inputs, place: tuple[str, str]) -> str:
    aspect = inputs.scheme.find_aspect(*place)
    return (aspect.title if aspect else "") or place[1]


def _place(path: str) -> tuple[str, str]:
    stage, _point, aspect = path.partition(".")
    return stage, aspect


def _mark(form: Any, codes: Mapping[str, str]) -> MarkWish | None:
    if not (form.entry.data and form.place.data and form.judge.data):
        return None
    stage, aspect = _place(form.place.data)
    entry = codes[form.entry.data.casefold()]
    return MarkWish(stage, aspect, entry, form.judge.data, 1, form.value.data or "")


"""Input for unions and units."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, Form, TextAreaField, ValidationError

from competitions.fields import OneOf, TextLine, WordOf
from competitions.organisations import labels
from competitions.organisations.contacts import ContactValues
from competitions.organisations.services import UnionValues, UnitValues

NONE: Any = _l("(none)")
CHOOSE: Any = _l("Choose…")


class UnionOf(OneOf):
    """The union of a unit: it is chosen, never the first one by itself."""

    def may_be_none(self, top: bool) -> None:
        """Say whether units of no union may be there: for those who manage what stands below none."""
        self.needed, self.empty = not top, NONE if top else CHOOSE

    def pre_validate(self, form: Form) -> None:
        """Ask for the union where there has to be one."""
        super().pre_validate(form)
        if self.needed and self.data is None:
            raise ValidationError(_l("This is needed. Please choose."))


class UnionForm(FlaskForm):
    """A union; `offers` names what each field offers."""

    name = TextLine(_l("Name"), maximum=120, required=True)
    name_en = TextLine(_l("English name"), maximum=200)
    kind = WordOf(_l("Kind of union"), labels.KINDS)
    parent_id = OneOf(_l("Belongs to"))
    national_union_id = OneOf(_l("National union"), empty=NONE)
    region_id = OneOf(_l("Region"), empty=NONE)

    def __init__(self, offers: dict[str, Iterable[Any]], *, top: bool, **settings: Any) -> None:
        super().__init__(**settings)
        self.parent_id.empty = _l("(none: stands at the top)") if top else None
        _offer(self, offers)

    def values(self) -> UnionValues:
        """Return what was said."""
        return UnionValues(**{name: self[name].data for name in UnionValues._fields})


class UnitForm(FlaskForm):
    """A unit; `offers` names what each field offers."""

    name = TextLine(_l("Name"), maximum=120, required=True)
    credit_code = TextLine(_l("Unified social credit code"), maximum=30)
    union_id = UnionOf(_l("Union"))
    region_id = OneOf(_l("Region"), empty=NONE)
    industry_id = OneOf(_l("Industry"), empty=NONE)
    ownership = WordOf(_l("Ownership"), {"": NONE} | labels.OWNERSHIPS, filters=[lambda word: word or ""])
    sure = BooleanField(_l("This is another unit"))

    def __init__(self, offers: dict[str, Iterable[Any]], *, top: bool, **settings: Any) -> None:
        super().__init__(**settings)
        self.union_id.may_be_none(top)
        _offer(self, offers)

    def values(self) -> UnitValues:
        """Return what was said; the code without spaces and in capitals."""
        given = {name: self[name].data for name in UnitValues._fields}
        given["credit_code"] = "".join(given["credit_code"].split()).upper() or None
        return UnitValues(**given)


class SeveralForm(FlaskForm):
    """Many units of one union: a name on each line, its code behind it."""

    union_id = UnionOf(_l("Union"))
    lines = TextAreaField(_l("Units"))

    def __init__(self, unions: Iterable[Any], *, top: bool, **settings: Any) -> None:
        super().__init__(**settings)
        self.union_id.may_be_none(top)
        self.union_id.offer(unions)


class ContactForm(FlaskForm):
    """Somebody whom one reaches at a union or a unit."""

    name = TextLine(_l("Full name"), maximum=80, required=True)
    duty = TextLine(_l("Duty"), maximum=80)
    phone = TextLine(_l("Phone"), maximum=40)
    email = TextLine(_l("E-mail"), maximum=120)

    def values(self) -> ContactValues:
        """Return what was said."""
        return ContactValues(**{name: self[name].data or "" for name in ContactValues._fields})


class RetireForm(FlaskForm):
    """Why a union or a unit goes out of use."""

    reason = TextLine(_l("Reason"), maximum=200)


def _offer(form: FlaskForm, offers: dict[str, Iterable[Any]]) -> None:
    for name, choices in offers.items():
        form[name].offer(choices)

"""The forms of templates."""

from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import BooleanField, DecimalField, FileField, HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from competitions.fields import TextLine, half_width
from reports.certificates.designs.services import FARTHEST

_LIMIT = FARTHEST // 10


class Millimetres(DecimalField):
    """How far something moves, in millimetres with one decimal; nothing is nought."""

    def __init__(self, label: Any, **settings: Any) -> None:
        message = _l("Enter a number from −%(limit)s to %(limit)s.", limit=_LIMIT)
        checks = [Optional(), NumberRange(-_LIMIT, _LIMIT, message=message)]
        super().__init__(label, validators=checks, places=1, **settings)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read the number, full-width digits as well."""
        super().process_formdata([half_width(valuelist[0] if valuelist else "").replace("−", "-") or "0"])

    @property
    def tenths(self) -> int:
        """Return it in tenths of a millimetre."""
        return round((self.data or Decimal(0)) * 10)


class ChoiceForm(FlaskForm):
    """What an event's certificates are printed with."""

    template = RadioField(_l("Template"), validators=[InputRequired(_l("Choose a template."))])
    seals = RadioField(
        _l("Seals"), default="room",
        choices=[
            SelectChoice("room", _l("Leave room: we stamp them by hand")),
            SelectChoice("drawn", _l("Draw round seals")),
        ],
    )  # fmt: skip
    stock = BooleanField(
        _l("Print on pre-printed paper"),
        description=_l("Frame, background and what the template marks as pre-printed are left out."),
    )
    right = Millimetres(_l("Move everything to the right"))
    down = Millimetres(_l("Move everything down"))

    def values(self) -> dict[str, Any]:
        """Return what was chosen, in the names of the service."""
        return {
            "template": self.template.data, "seals": self.seals.data == "drawn", "stock": self.stock.data,
            "right": self.right.tenths, "down": self.down.tenths,
        }  # fmt: skip


class NewForm(FlaskForm):
    """From what, and under which name, a template of one's own begins."""

    base = SelectField(_l("As a copy of"))
    name = TextLine(_l("Name of the template"), maximum=60, required=True)


class DocumentForm(FlaskForm):
    """A template as it is edited."""

    document = TextAreaField(
        _l("Template"), validators=[InputRequired(_l("This is needed. Please fill it in."))]
    )
    version = HiddenField()


class PictureForm(FlaskForm):
    """A picture for a template."""

    file = FileField(_l("Picture (PNG or JPEG)"))
